import type { NormalSource } from '../../../reference/samplers/uniform-grid.js';
import type { FieldInTime } from '../../../reference/sdes/sde.js';
import { randomStream, type Random } from '../../numerics/random.js';
import { float64 } from '../../oracle/arithmetic.js';
import { lineScore } from '../../oracle/line-mixture.js';
import { acceptedReverseSchemes, marginalAt } from '../../oracle/reverse-schemes.js';
import { FLOAT32_ROUNDOFF } from '../../oracle/running-error.js';
import { alongAxes, scoreInTime } from '../axis-targets.js';
import type { Evidence } from '../evidence.js';
import type { Measurement, MeasureOptions } from '../measurement.js';
import { normalsFrom, type ReverseSampler, type SamplerSetting } from '../reverse-samplers.js';
import { geometricLooks } from './catoni.js';
import { quantilesOf } from './chain.js';
import { meanTests, type Functional } from './mean-tests.js';

/** What the score was asked, in order. */
interface Call {
  /** Row-major [n·d]. */
  readonly x: Float32Array;
  /** [n]. */
  readonly t: Float32Array;
}

/** A score that writes down each state and time that it is asked for. */
export function recording(score: FieldInTime): { readonly score: FieldInTime; readonly calls: Call[] } {
  const calls: Call[] = [];
  return {
    calls,
    score: (x, t) => {
      calls.push({ x: Float32Array.from(x.dataSync()), t: Float32Array.from(t.dataSync()) });
      return score(x, t);
    },
  };
}

/** A run with everything that the score saw. */
function recordedRun(
  sampler: ReverseSampler,
  { target, diffusion, steps }: SamplerSetting,
  n: number,
  normal: NormalSource,
) {
  const { score, calls } = recording(scoreInTime(target, diffusion));
  const start = sampler.prior([n, target.dimension], normal);
  const end = sampler.sample(score, start, steps, normal);
  const run = { start: Float32Array.from(start.dataSync()), calls, end: Float32Array.from(end.dataSync()) };
  start.dispose();
  end.dispose();
  return run;
}

/**
 * What the score is asked in a run: first the start itself, then times that fall from 1 to 0 by equal steps (a scheme of several stages may ask
 * for any time within its step). No randomness enters the verdict.
 */
export function timeGrid(sampler: ReverseSampler, setting: SamplerSetting): Measurement {
  return {
    name: 'time grid',
    measure: ({ seed, path }) => {
      const { calls, start } = recordedRun(sampler, setting, 4, normalsFrom(randomStream(seed, ...path)));
      const { steps } = setting;
      const stages = calls.length / steps;
      const late = calls.map(({ t }, j) => {
        const k = Math.floor(j / stages);
        const [from, to] = [1 - k / steps, 1 - (k + 1) / steps];
        return Math.max(...Array.from(t, (time) => Math.max(time - from, to - time, 0)));
      });
      const moved = Math.max(...Array.from(calls[0]?.x ?? [], (v, i) => Math.abs(v - start[i])));
      const whole = Number.isInteger(stages) && stages > 0;
      const residual = whole ? Math.max(moved, ...late) : Infinity;
      // A time added up in float32 from `steps` equal parts is off by half a unit of the last digit each.
      const tolerance = steps * FLOAT32_ROUNDOFF;
      return {
        method: 'sampler',
        compared: `the times and the first state that the score is asked for in ${steps} steps, against the grid from 1 to 0 and the start`,
        residual,
        tolerance,
        resolution: tolerance,
        scale: 1,
        samples: calls.length,
        verdict: residual <= tolerance ? 'supported' : 'refuted',
      };
    },
  };
}

/** Looks at least, and the chance, in standard deviations of the mean, that the first one leaves for the estimate. */
const FEWEST_LOOKS = 128;
const CHANCE = 1;

/**
 * Draws at which a right sampler is about to be supported: half-width √(2 log(1/β) v/n) and chance √(v/n) within the discrepancy. Batches smaller than
 * that would only repeat the dear run.
 */
function firstLook(functionals: readonly Functional[], { beta, maxDraws }: MeasureOptions): number {
  const needed = functionals.map(
    ({ variance, delta0, delta1 }) =>
      (variance * (Math.sqrt(2 * Math.log(1 / beta)) + CHANCE) ** 2) / (delta1 - delta0) ** 2,
  );
  return Math.min(maxDraws, Math.max(FEWEST_LOOKS, Math.ceil(Math.max(...needed))));
}

const seedOf = ({ seed, path }: MeasureOptions): string => [seed, ...path].join('/');

/** Catoni's test of functionals of independent rows, drawn batch by batch. */
export function rowTests(
  functionals: readonly Functional[],
  rows: (count: number, normal: NormalSource, random: Random) => readonly Float64Array[],
  compared: string,
  options: MeasureOptions,
): Evidence {
  const random = randomStream(options.seed, ...options.path);
  const normal = normalsFrom(random);
  const looks = geometricLooks(options.maxDraws, firstLook(functionals, options));
  const { worst, ...found } = meanTests(functionals, (count) => rows(count, normal, random), { ...options, looks });
  return { method: 'sampler', compared: `${compared}; worst: ${worst}`, seed: seedOf(options), ...found };
}

/** Values of float32 draws of unit size, and of their squares and products, have means off by less than this: a few units of 2⁻²⁴. */
const ROUNDING = 16 * FLOAT32_ROUNDOFF;

/** The start law is N(0, s² I): means, variances and correlations of x/s. */
export function priorLaw(prior: ReverseSampler['prior'], dimension: number, sd: number): Measurement {
  const coordinates = Array.from({ length: dimension }, (_, i) => i);
  const pairs = coordinates.flatMap((i) => coordinates.filter((j) => j < i).map((j) => [i, j] as const));
  return {
    name: 'start law',
    measure: (options) => {
      const unit = (name: string, variance: number): Functional => ({
        name,
        delta0: ROUNDING,
        delta1: ROUNDING + options.discrepancy,
        variance,
        scale: 1,
      });
      const functionals = [
        ...coordinates.map((i) => unit(`mean of coordinate ${i + 1}`, 1)),
        ...coordinates.map((i) => unit(`variance of coordinate ${i + 1}`, 2)),
        ...pairs.map(([i, j]) => unit(`correlation of coordinates ${j + 1} and ${i + 1}`, 1)),
      ];
      const rows = (count: number, normal: NormalSource): Float64Array[] => {
        const x = prior([count, dimension], normal);
        const values = x.dataSync();
        x.dispose();
        const column = (i: number): Float64Array =>
          Float64Array.from({ length: count }, (_, row) => values[row * dimension + i] / sd);
        const columns = coordinates.map(column);
        return [
          ...columns,
          ...columns.map((c) => c.map((v) => v * v - 1)),
          ...pairs.map(([i, j]) => columns[i].map((v, row) => v * columns[j][row])),
        ];
      };
      return rowTests(functionals, rows, `x/${sd} at the start: means 0, variances 1, no correlation`, options);
    },
  };
}

/** The instruments by which the noise of a run is judged. */
const INSTRUMENTS = ['mean', 'mean weighted with the score', 'variance', 'correlation with the noise before'] as const;

/**
 * The sampler's own noise, recovered from the states that the score saw: e = (x′ − x − drift·h)/(g√h) is N(0, I), fresh at each step. Its mean, its
 * mean weighted with the score (a halved drift shows there alone, since E[score] = 0), its variance, and its correlation with the step before (the
 * start, at the first). Per chain these are sums over the steps ÷ √steps: independent rows.
 */
export function ownNoise(sampler: ReverseSampler, setting: SamplerSetting): Measurement {
  return {
    name: 'own noise',
    measure: (options) => {
      const bounds = noiseBounds(setting);
      const functionals = INSTRUMENTS.map((name, j): Functional => ({
        name,
        delta0: bounds.bias[j],
        // Relative to √steps: a mean of the noise off by the discrepancy at each step.
        delta1: bounds.bias[j] + options.discrepancy * Math.sqrt(setting.steps),
        variance: bounds.variance[j],
        scale: Math.sqrt(setting.steps),
      }));
      return rowTests(
        functionals,
        (count, normal) => noiseRows(recordedRun(sampler, setting, count, normal), setting),
        `the noise of each of ${setting.steps} steps, recovered from the states that the score saw`,
        options,
      );
    },
  };
}

/** The weight of the score instrument: the score in units of its usual size, cut off. */
const weightOf = (score: number, sd: number): number => Math.max(-3, Math.min(3, sd * score));

/** Standard deviation of x_t given x_0, about the reciprocal of the usual size of the score there. */
const kernelSd = ({ diffusion }: SamplerSetting, t: number): number => Math.sqrt(diffusion.variance(float64, t));

/** States at which the accepted schemes are compared. */
const GRID = 16;
/** The declared variances are enlarged by this, for right code that is a little noisier. */
const DECLARED = 1.25;

/** By how much the instruments' means may differ from 0 in an accepted scheme (the steps' biases have one sign at worst), and their variances. */
function noiseBounds(setting: SamplerSetting): { bias: number[]; variance: number[] } {
  const { target, diffusion, steps } = setting;
  const schemes = acceptedReverseSchemes(diffusion);
  const h = 1 / steps;
  const perScheme = schemes.map((scheme) => {
    const sums = { bias: [0, 0, 0, 0], square: [0, 0, 0, 0], noise: [0, 0, 0, 0] };
    for (let k = 0; k < steps; k++) {
      const t = 1 - k * h;
      for (const { law } of target.axes) {
        const noised = marginalAt(law, diffusion, t);
        for (const y of quantilesOf(noised, GRID)) {
          const share = 1 / (steps * target.axes.length * GRID);
          const score = lineScore(noised, y);
          const w = weightOf(score, kernelSd(setting, t));
          const b = (h * (scheme.drift(y, score, t, h) - schemes[0].drift(y, score, t, h))) / schemes[0].sd(t, h);
          const r2 = (scheme.sd(t, h) / schemes[0].sd(t, h)) ** 2;
          const means = [b, b * w, b * b + r2 - 1, b * b];
          const spreads = [r2, r2 * w * w, 2 * r2 * r2 + 4 * r2 * b * b, r2 * r2 + 2 * r2 * b * b];
          means.forEach((m, j) => {
            sums.bias[j] += share * Math.abs(m);
            sums.square[j] += share * m * m;
            sums.noise[j] += share * spreads[j];
          });
        }
      }
    }
    return sums;
  });
  const worst = (of: (sums: (typeof perScheme)[number], j: number) => number): number[] =>
    INSTRUMENTS.map((_, j) => Math.max(...perScheme.map((sums) => of(sums, j))));
  return {
    bias: worst(({ bias }, j) => ROUNDING * steps + Math.sqrt(steps) * bias[j]),
    // The biases of a chain's steps may go together: at most √steps times their root mean square.
    variance: worst(({ square, noise }, j) => DECLARED * (Math.sqrt(noise[j]) + Math.sqrt(steps * square[j])) ** 2),
  };
}

/** The instruments of each chain, from a recorded run. */
function noiseRows(run: ReturnType<typeof recordedRun>, setting: SamplerSetting): Float64Array[] {
  const { target, diffusion, steps } = setting;
  const euler = acceptedReverseSchemes(diffusion)[0];
  const stages = run.calls.length / steps;
  const states = [...Array.from({ length: steps }, (_, k) => run.calls[k * stages].x), run.end].map((x) =>
    alongAxes(target, x),
  );
  const rows = states[0][0].length;
  const h = 1 / steps;
  const sums = INSTRUMENTS.map(() => new Float64Array(rows));
  target.axes.forEach(({ law }, a) => {
    let before = alongAxes(target, run.start)[a].map((v) => v / diffusion.priorSd);
    for (let k = 0; k < steps; k++) {
      const t = 1 - k * h;
      const noised = marginalAt(law, diffusion, t);
      const sd = kernelSd(setting, t);
      const noise = states[k][a].map((y, row) => {
        const score = lineScore(noised, y);
        const e = (states[k + 1][a][row] - y - h * euler.drift(y, score, t, h)) / euler.sd(t, h);
        // The axes take turns from row to row: effects of opposite signs on two axes do not cancel in one row.
        if ((row + k) % target.axes.length === a) {
          [e, e * weightOf(score, sd), e * e - 1, e * before[row]].forEach(
            (value, j) => (sums[j][row] += value / Math.sqrt(steps)),
          );
        }
        return e;
      });
      before = noise;
    }
  });
  return sums;
}
