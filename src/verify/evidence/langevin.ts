import type { NormalSource } from '../../../reference/samplers/uniform-grid.js';
import { randomStream } from '../../numerics/random.js';
import {
  chainMoments,
  kolmogorovDistance,
  stationaryLaw,
  type ChainLaw,
  type Transition,
} from '../../oracle/chain-law.js';
import { lineCdf, lineScore, noisedLine, type LineMixture } from '../../oracle/line-mixture.js';
import { FLOAT32_ROUNDOFF } from '../../oracle/running-error.js';
import { tf, type Tensor, type Tensor2D } from '../../tensorflow/tensorflow.js';
import { alongAxes, scoreAtNoise, type AxisTarget } from '../axis-targets.js';
import type { Evidence } from '../evidence.js';
import type { Measurement } from '../measurement.js';
import { normalsFrom } from '../reverse-samplers.js';
import { quantilesOf, transitionAlong, type ChainStep } from './chain.js';
import { orderEvidence } from './order.js';

/** One step of a chain with step size γ on TensorFlow.js: [n, d] and unit noise [n, d] -> [n, d]. */
export type StepOfSize = (stepSize: number) => ChainStep;

/** Standard deviations of the target beyond which a chain is said to have left it. */
const REACH = 8;

const rangeOf = ({ means, variances }: LineMixture): [number, number] => [
  Math.min(...means.map((m, k) => m - REACH * Math.sqrt(variances[k]))),
  Math.max(...means.map((m, k) => m + REACH * Math.sqrt(variances[k]))),
];

/** Steps after which a chain without noise has come to rest, and the points it starts from. */
const RESTING = 300;
const POINTS = 65;

/** sup |F − F_p| of the law that the implementation's chain keeps, along one axis. A chain without noise is followed from the quantiles of p. */
function stationaryDistance(transition: Transition, p: LineMixture): number {
  const points = quantilesOf(p, POINTS);
  if (transition.sd === 0) {
    let y: Float64Array = Float64Array.from(points);
    for (let k = 0; k < RESTING; k++) y = transition.means(y);
    return Math.max(...[...y].sort((a, b) => a - b).map((v, i) => Math.abs(lineCdf(p, v) - (i + 0.5) / POINTS)));
  }
  const law = stationaryLaw(transition, ...rangeOf(p));
  return law === undefined ? 1 : kolmogorovDistance(law, p, points);
}

/** Float32 rounding of a step by 2⁻²⁴ of values of some units, against a noise of √(2γ): an error of distribution functions. */
const FLOOR = 1e-5;

/** The law that the chain keeps comes to p at order 1 in the step size γ, from the implementation's own step and without draws. */
export const stationaryOrder = (
  target: AxisTarget,
  step: StepOfSize,
  inverseSizes: readonly number[],
): Measurement => ({
  name: 'stationary law',
  measure: (options) =>
    orderEvidence(
      {
        name: 'stationary law',
        of: 'sup |F_γ − F| of the exact stationary law of the chain, 1/γ in place of steps',
        order: 1,
        steps: inverseSizes,
        floor: FLOOR,
        scale: 1,
        errorAt: (inverse) =>
          Math.max(
            ...target.axes.map(({ law }, axis) =>
              stationaryDistance(transitionAlong(target, axis, step(1 / inverse)), law),
            ),
          ),
      },
      options,
    ),
});

/** The claim that the chain keeps p itself at this step size, not only in the limit. */
export const stationaryExactly = (target: AxisTarget, step: StepOfSize, stepSize: number): Measurement => ({
  name: 'stationary law, exactly',
  measure: (): Evidence => {
    const residual = Math.max(
      ...target.axes.map(({ law }, axis) => stationaryDistance(transitionAlong(target, axis, step(stepSize)), law)),
    );
    return {
      method: 'sampler',
      compared: `sup |F_γ − F| of the exact stationary law at γ = ${stepSize} against 0`,
      residual,
      tolerance: FLOOR,
      resolution: FLOOR,
      scale: 1,
      samples: target.axes.length,
      verdict: residual <= FLOOR ? 'supported' : 'refuted',
    };
  },
});

/** On axes with a Gaussian law of variance v: the variance that the chain keeps is the claimed one, at several step sizes. */
export function gaussianVariance(
  target: AxisTarget,
  step: StepOfSize,
  claimed: (variance: number, stepSize: number) => number,
  stepSizes: readonly number[],
): Measurement[] {
  const gaussian = target.axes.flatMap(({ law }, axis) => (law.weights.length === 1 ? [{ law, axis }] : []));
  if (gaussian.length === 0) return [];
  const measure = (): Evidence => {
    const gaps = gaussian.flatMap(({ law, axis }) =>
      stepSizes.map((stepSize) => {
        const wanted = claimed(law.variances[0], stepSize);
        const kept = stationaryLaw(transitionAlong(target, axis, step(stepSize)), ...rangeOf(law));
        return { wanted, residual: kept === undefined ? Infinity : Math.abs(varianceOf(kept) - wanted) };
      }),
    );
    const worst = gaps.reduce((w, gap) => (gap.residual * w.wanted > w.residual * gap.wanted ? gap : w));
    const tolerance = VARIANCE_ROUNDING * worst.wanted;
    return {
      method: 'sampler',
      compared: `variance of the exact stationary law against v/(1 − γ/2v) as claimed, ${gaps.length} axes and step sizes`,
      residual: worst.residual,
      tolerance,
      resolution: tolerance,
      scale: worst.wanted,
      samples: gaps.length,
      verdict: gaps.every(({ residual, wanted }) => residual <= VARIANCE_ROUNDING * wanted) ? 'supported' : 'refuted',
    };
  };
  return [{ name: 'variance on a Gaussian', measure }];
}

/**
 * A float32 slope 1 − γ/v of the chain is off by some 2⁻²⁴, and the variance 2γ/(1 − slope²) by that over γ/v ≥ 0.02: 10⁻⁴ with room for the rounding of
 * the points.
 */
const VARIANCE_ROUNDING = 1e-4;

function varianceOf(law: ChainLaw): number {
  const { first, second } = chainMoments(law);
  return second - first ** 2;
}

/** A level of annealing: its noise scale and the step size there. */
export interface Level {
  readonly sigma: number;
  readonly stepSize: number;
}

/** The steps of an oracle chain x + γ s_σ(x) + √(2γ) z on the line, level by level. */
export const langevinTransitions = (p: LineMixture, levels: readonly Level[], stepsPerLevel: number): Transition[] =>
  levels.flatMap(({ sigma, stepSize }) => {
    const noised = noisedLine(p, 1, sigma ** 2);
    const transition: Transition = {
      sd: Math.sqrt(2 * stepSize),
      means: (points) => points.map((y) => y + stepSize * lineScore(noised, y)),
    };
    return Array.from({ length: stepsPerLevel }, () => transition);
  });

/** Roundings of the state in one step, with those of the score: counted in units of 2⁻²⁴ of the state's size and of the step's. */
const ROUNDINGS = 64;

/**
 * A run with the noise written down: each state that the score saw, and the end, is the state before plus γ s + √(2γ) z with the noise that was handed
 * out, at the noise scale of its level. No randomness enters the verdict.
 */
export function replayedSteps(
  target: AxisTarget,
  levels: readonly Level[],
  stepsPerLevel: number,
  sample: (score: (x: Tensor2D, sigma: number | Tensor) => Tensor2D, start: Tensor2D, normal: NormalSource) => Tensor2D,
): Measurement {
  return {
    name: 'replayed steps',
    measure: ({ seed, path }): Evidence => {
      const { states, sigmas, noises } = recordedRun(target, sample, normalsFrom(randomStream(seed, ...path)));
      const expected = levels.flatMap((level) => Array.from({ length: stepsPerLevel }, () => level));
      const complete = noises.length === expected.length && states.length === expected.length + 1;
      const gaps = !complete
        ? [{ residual: Infinity, tolerance: 1 }]
        : expected.flatMap(({ sigma, stepSize }, k) => [
            { residual: Math.abs(sigmas[k] - sigma), tolerance: FLOAT32_ROUNDOFF * (1 + sigma) },
            ...target.axes.flatMap(({ law }, a) => {
              const noised = noisedLine(law, 1, sigma ** 2);
              return Array.from(states[k][a], (y, row) => {
                const drift = stepSize * lineScore(noised, y);
                const kick = Math.sqrt(2 * stepSize) * noises[k][a][row];
                const size =
                  Math.max(...target.axes.map((_, b) => Math.abs(states[k][b][row]))) +
                  Math.abs(drift) +
                  Math.abs(kick);
                return {
                  residual: Math.abs(states[k + 1][a][row] - (y + drift + kick)),
                  tolerance: ROUNDINGS * FLOAT32_ROUNDOFF * size,
                };
              });
            }),
          ]);
      const worst = gaps.reduce((w, gap) => (gap.residual * w.tolerance > w.residual * gap.tolerance ? gap : w));
      return {
        method: 'sampler',
        compared: `each of ${expected.length} steps with the noise that it was given, against x + γ s + √(2γ) z`,
        residual: worst.residual,
        tolerance: worst.tolerance,
        resolution: worst.tolerance,
        scale: 1,
        samples: gaps.length,
        verdict: gaps.every(({ residual, tolerance }) => residual <= tolerance) ? 'supported' : 'refuted',
      };
    },
  };
}

/** Chains of a recorded run. */
const ROWS = 5;

function recordedRun(
  target: AxisTarget,
  sample: Parameters<typeof replayedSteps>[3],
  normal: NormalSource,
): { states: Float64Array[][]; sigmas: number[]; noises: Float64Array[][] } {
  const exact = scoreAtNoise(target);
  const states: Float64Array[][] = [];
  const sigmas: number[] = [];
  const noises: Float64Array[][] = [];
  const start = normal([ROWS, target.dimension]);
  const end = sample(
    (x, sigma) => {
      const scale = typeof sigma === 'number' ? sigma : sigma.dataSync()[0];
      states.push(alongAxes(target, x.dataSync()));
      sigmas.push(scale);
      return exact(x, tf.fill([x.shape[0]], scale));
    },
    start,
    (shape) => {
      const noise = normal(shape);
      noises.push(alongAxes(target, noise.dataSync()));
      return noise;
    },
  );
  states.push(alongAxes(target, end.dataSync()));
  start.dispose();
  end.dispose();
  return { states, sigmas, noises };
}
