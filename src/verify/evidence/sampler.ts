import type { NormalSource } from '../../../reference/samplers/uniform-grid.js';
import { once } from '../../numerics/once.js';
import { randomStream, type Random } from '../../numerics/random.js';
import { chainCdf, chainMoments, kolmogorovDistance, lawAfter, type ChainLaw } from '../../oracle/chain-law.js';
import { lineCdf, lineMean, lineSecondAndFourth, type LineMixture } from '../../oracle/line-mixture.js';
import { acceptedReverseSchemes, transitionsOf } from '../../oracle/reverse-schemes.js';
import { alongAxes, scoreInTime, type AxisTarget } from '../axis-targets.js';
import type { Evidence } from '../evidence.js';
import type { Measurement } from '../measurement.js';
import { normalsFrom, type ReverseSampler, type SamplerSetting } from '../reverse-samplers.js';
import { quantilesOf } from './chain.js';
import type { Functional } from './mean-tests.js';
import { rowTests } from './sampler-run.js';

/** Draws of a sampler's end: n rows -> row-major [n·d]. `random` is the stream behind `normal`, for draws of other laws. */
export type Ends = (count: number, normal: NormalSource, random: Random) => ArrayLike<number>;

/** A sampler's end against a target, with what right schemes may miss. */
export interface EndClaim {
  readonly name: string;
  readonly target: AxisTarget;
  readonly ends: Ends;
  /** The exact laws of right schemes at the same number of steps, per scheme and axis: how far they miss the target is the allowance. */
  readonly accepted: () => readonly (readonly ChainLaw[])[];
}

/** The end of a reverse sampler started from its own prior; the accepted schemes start from the same. */
export function reverseEnd(sampler: ReverseSampler, { target, diffusion, steps }: SamplerSetting): EndClaim {
  const score = scoreInTime(target, diffusion);
  const prior: LineMixture = { weights: [1], means: [0], variances: [diffusion.priorSd ** 2] };
  return {
    name: 'end',
    target,
    ends: (count, normal) => {
      const start = sampler.prior([count, target.dimension], normal);
      const end = sampler.sample(score, start, steps, normal);
      const values = end.dataSync();
      start.dispose();
      end.dispose();
      return values;
    },
    accepted: once(() =>
      acceptedReverseSchemes(diffusion).map((scheme) =>
        target.axes.map(({ law }) => inRange(lawAfter(prior, transitionsOf(scheme, diffusion, law, steps)))),
      ),
    ),
  };
}

export function inRange(law: ChainLaw | undefined): ChainLaw {
  if (law === undefined)
    throw new Error('Expected an accepted scheme to stay in range. This is a bug in scorecheck; please report it.');
  return law;
}

/** Twice the largest miss of the accepted schemes is no contradiction. */
const ALLOWED = 2;
/** The declared variances are enlarged by this, for right code that is a little noisier. */
const DECLARED = 1.25;

/**
 * Means, second moments, mode weights and the product of two axes at the end of a sampler, against the target: Catoni's test with the allowance that
 * the accepted schemes need.
 */
export function endFunctionals(claim: EndClaim): Measurement {
  const { target, ends } = claim;
  return {
    name: `${claim.name}, moments and mode weights`,
    measure: (options) => {
      const accepted = claim.accepted();
      const wanted = target.axes.flatMap((axis, a) => axisFunctionals(axis, a, accepted));
      const product = target.axes.length < 2 ? [] : [crossFunctional(target, accepted)];
      const functionals = [...wanted, ...product].map(({ name, bias, variance }): Functional => ({
        name,
        delta0: ALLOWED * bias,
        delta1: ALLOWED * bias + options.discrepancy * Math.sqrt(variance),
        variance: DECLARED * variance,
        scale: Math.sqrt(variance),
      }));
      const rows = (count: number, normal: NormalSource, random: Random): Float64Array[] => {
        const columns = alongAxes(target, ends(count, normal, random));
        return [
          ...wanted.map(({ axis, of }) => columns[axis].map(of)),
          ...product.map(({ centre }) => columns[0].map((y, row) => (y - centre[0]) * (columns[1][row] - centre[1]))),
        ];
      };
      return rowTests(functionals, rows, 'moments and mode weights at the end', options);
    },
  };
}

function axisFunctionals(
  { law, valley }: AxisTarget['axes'][number],
  axis: number,
  accepted: ReturnType<EndClaim['accepted']>,
) {
  const moments = accepted.map((laws) => chainMoments(laws[axis]));
  const mean = lineMean(law);
  const { second, fourth } = lineSecondAndFourth(law);
  const most = (values: readonly number[]): number => Math.max(0, ...values);
  const where = `along axis ${axis + 1}`;
  const left = valley === undefined ? [] : [{ valley, weight: lineCdf(law, valley) }];
  return [
    {
      name: `mean ${where}`,
      axis,
      of: (y: number) => y - mean,
      bias: most(moments.map((m) => Math.abs(m.first - mean))),
      variance: most([second - mean ** 2, ...moments.map((m) => m.second - m.first ** 2)]),
    },
    {
      name: `second moment ${where}`,
      axis,
      of: (y: number) => y * y - second,
      bias: most(moments.map((m) => Math.abs(m.second - second))),
      variance: most([fourth - second ** 2, ...moments.map((m) => m.fourth - m.second ** 2)]),
    },
    ...left.map(({ valley: at, weight }) => ({
      name: `weight of the mode below ${at} ${where}`,
      axis,
      of: (y: number) => (y < at ? 1 : 0) - weight,
      bias: most(accepted.map((laws) => Math.abs(chainCdf(laws[axis], at) - weight))),
      // Right schemes change a weight by a few hundredths at most: ¼ bounds the variance of any.
      variance: Math.min(0.25, 1.5 * weight * (1 - weight)),
    })),
  ];
}

/** The product of the first two axes about their means: independent in the target and in each accepted scheme. */
function crossFunctional({ axes }: AxisTarget, accepted: ReturnType<EndClaim['accepted']>) {
  const centre = axes.map(({ law }) => lineMean(law));
  const moments = accepted.map((laws) => laws.map(chainMoments));
  const spread = (m: ReturnType<typeof chainMoments>, a: number): number =>
    m.second - 2 * centre[a] * m.first + centre[a] ** 2;
  return {
    name: 'product of the axes',
    centre,
    bias: Math.max(0, ...moments.map((m) => Math.abs((m[0].first - centre[0]) * (m[1].first - centre[1])))),
    variance: Math.max(...moments.map((m) => spread(m[0], 0) * spread(m[1], 1))),
  };
}

/** Share of the discrepancy taken by the half-width at rate β: what is left is more than the chance of a right sampler needs. */
const HALF_WIDTH_SHARE = 0.45;

/**
 * The distribution function along each axis at the end of a sampler, by the Dvoretzky-Kiefer-Wolfowitz-Massart inequality: refuted where
 * sup |F_n − F| exceeds the allowance by √(log(2/α)/2n). Massart (1990).
 */
export function endDistribution(claim: EndClaim): Measurement {
  const { target, ends } = claim;
  return {
    name: `${claim.name}, distribution`,
    measure: ({ alpha, beta, discrepancy, maxDraws, seed, path }): Evidence => {
      const accepted = claim.accepted();
      const n = Math.min(maxDraws, Math.ceil(Math.log(2 / beta) / 2 / (HALF_WIDTH_SHARE * discrepancy) ** 2));
      const halfWidth = (rate: number): number => Math.sqrt(Math.log(2 / rate) / (2 * n));
      const random = randomStream(seed, ...path);
      const columns = alongAxes(target, ends(n, normalsFrom(random), random));
      const axes = target.axes.map(({ law }, a) => {
        const points = quantilesOf(law);
        return {
          distance: supremum(columns[a], law),
          allowed: ALLOWED * Math.max(0, ...accepted.map((laws) => kolmogorovDistance(laws[a], law, points))),
        };
      });
      const worst = axes.reduce((w, axis) => (axis.distance - axis.allowed > w.distance - w.allowed ? axis : w));
      const refuted = axes.some(({ distance, allowed }) => distance > allowed + halfWidth(alpha));
      const supported = axes.every(({ distance, allowed }) => distance + halfWidth(beta) < allowed + discrepancy);
      return {
        method: 'sampler',
        compared: `sup |F_n − F| at the end, worst of ${axes.length} axes`,
        residual: worst.distance,
        tolerance: worst.allowed + halfWidth(alpha),
        resolution: worst.allowed + 2 * halfWidth(alpha),
        scale: 1,
        samples: n,
        comparisons: axes.length,
        seed: [seed, ...path].join('/'),
        verdict: refuted ? 'refuted' : supported ? 'supported' : 'inconclusive',
        ...(!refuted && !supported
          ? {
              note: `sup |F_n − F| < ${(worst.distance + halfWidth(beta)).toExponential(1)} after ${n} draws; ${(worst.allowed + discrepancy).toExponential(1)} was wanted.`,
            }
          : {}),
      };
    },
  };
}

/** sup |F_n − F|; a draw that is not a number is as far off as can be. */
function supremum(draws: Float64Array, law: LineMixture): number {
  if (!draws.every(Number.isFinite)) return 1;
  const n = draws.length;
  return Float64Array.from(draws)
    .sort()
    .reduce((most, y, i) => {
      const f = lineCdf(law, y);
      return Math.max(most, f - i / n, (i + 1) / n - f);
    }, 0);
}
