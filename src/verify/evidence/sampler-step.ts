import { float64 } from '../../oracle/arithmetic.js';
import { lineScore } from '../../oracle/line-mixture.js';
import { acceptedReverseSchemes, marginalAt } from '../../oracle/reverse-schemes.js';
import { FLOAT32_ROUNDOFF } from '../../oracle/running-error.js';
import { tf } from '../../tensorflow/tensorflow.js';
import { alongAxes, pointsFrom, scoreInTime } from '../axis-targets.js';
import type { Evidence } from '../evidence.js';
import type { Measurement } from '../measurement.js';
import type { ReverseSampler, SamplerSetting } from '../reverse-samplers.js';
import { quantilesOf } from './chain.js';

/** Times at which a step is asked; nearer to 0 the drift of a short step drowns in float32. */
const TIMES = [1, 0.7, 0.45, 0.25];
/** Length of the step: right schemes differ by O(h), rounding grows like 1/h. */
const STEP = 2e-4;
/** Points per time. */
const POINTS = 5;
/** Times the largest disagreement of accepted schemes. */
const MARGIN = 5;
/** Roundings of the state in one step, x + a + b, twice (the difference of two is taken), with the points' own. */
const ROUNDINGS = 6;

interface Comparison {
  readonly what: string;
  readonly residual: number;
  readonly tolerance: number;
  readonly size: number;
}

/**
 * One short step with the noise handed in: (step(0) − x)/h is the drift −f + g²s of the reverse SDE, and (step(z) − step(0))/√h its noise g z, at
 * several noise levels and points. No randomness; tolerance: 5 times what accepted schemes differ by, and rounding.
 */
export function injectedStep(sampler: ReverseSampler, setting: SamplerSetting): Measurement {
  return { name: 'injected step', measure: () => injectedStepEvidence(sampler, setting) };
}

function injectedStepEvidence(sampler: ReverseSampler, setting: SamplerSetting): Evidence {
  const comparisons = TIMES.flatMap((t) => comparisonsAt(t, sampler, setting));
  const worst = comparisons.reduce((w, c) => (c.residual * w.tolerance > w.residual * c.tolerance ? c : w));
  const coarsest = comparisons.reduce((w, c) => (c.tolerance * w.size > w.tolerance * c.size ? c : w));
  return {
    method: 'sampler',
    compared: `drift and noise of one step of ${STEP} with the noise handed in, against f − g²s and g; worst: ${worst.what}`,
    residual: worst.residual,
    tolerance: worst.tolerance,
    resolution: coarsest.tolerance,
    scale: coarsest.size,
    samples: comparisons.length,
    verdict: comparisons.every((c) => c.residual <= c.tolerance) ? 'supported' : 'refuted',
  };
}

function comparisonsAt(t: number, sampler: ReverseSampler, { target, diffusion }: SamplerSetting): Comparison[] {
  const laws = target.axes.map(({ law }) => marginalAt(law, diffusion, t));
  // Each axis runs through its quantiles in another order, so that points lie off the diagonal.
  const columns = laws.map((law, a) => {
    const points = quantilesOf(law, POINTS);
    return points.map((_, i) => Math.fround(points[(i * (a + 1) + a) % POINTS]));
  });
  const noises = target.axes.map((_, a) => columns[0].map((__, i) => (i % 2 === 0 ? 1 : -0.6) * (a === 0 ? 1 : 0.8)));
  const { x, still, pushed } = answers(t, sampler, { target, diffusion }, columns, noises);
  const schemes = acceptedReverseSchemes(diffusion);
  const rounding = ROUNDINGS * FLOAT32_ROUNDOFF * Math.max(...x.map((column) => Math.max(...column.map(Math.abs))));
  const g = Math.sqrt(diffusion.squaredDiffusion(float64, t));
  const drifts = columns.flatMap((_, a) =>
    columns[a].map((__, i) => {
      const y = x[a][i];
      const accepted = schemes.map((scheme) => scheme.drift(y, lineScore(laws[a], y), t, STEP));
      return { found: (still[a][i] - y) / STEP, accepted };
    }),
  );
  const spread = Math.max(...drifts.map(({ accepted }) => Math.max(...accepted) - Math.min(...accepted)));
  const size = Math.max(...drifts.map(({ accepted }) => Math.abs(accepted[0])));
  const sds = schemes.map((scheme) => scheme.sd(t, STEP) / Math.sqrt(STEP));
  return [
    ...drifts.map(({ found, accepted }) => ({
      what: `drift at t = ${t}`,
      residual: finiteOr(Math.abs(found - accepted[0])),
      tolerance: MARGIN * spread + rounding / STEP,
      size,
    })),
    ...columns.flatMap((_, a) =>
      columns[a].map((__, i) => ({
        what: `noise at t = ${t}`,
        residual: finiteOr(distanceToEither((pushed[a][i] - still[a][i]) / Math.sqrt(STEP), g * noises[a][i])),
        tolerance: MARGIN * (Math.max(...sds) - Math.min(...sds)) + rounding / Math.sqrt(STEP),
        size: g,
      })),
    ),
  ];
}

/** Noise of either sign has the same law. */
const distanceToEither = (found: number, noise: number): number =>
  Math.min(Math.abs(found - noise), Math.abs(found + noise));

const finiteOr = (value: number): number => (Number.isFinite(value) ? value : Infinity);

/** Where the step takes the points without and with the noise, along the axes; x as TensorFlow.js sees it. */
function answers(
  t: number,
  sampler: ReverseSampler,
  { target, diffusion }: Pick<SamplerSetting, 'target' | 'diffusion'>,
  columns: readonly number[][],
  noises: readonly number[][],
) {
  const score = scoreInTime(target, diffusion);
  const tensors = tf.tidy(() => {
    const x = pointsFrom(target, columns);
    const times = tf.tensor1d(columns[0].map(() => t));
    const noise = pointsFrom(target, noises);
    return [x, sampler.step(score, x, times, STEP, noise.zerosLike()), sampler.step(score, x, times, STEP, noise)];
  });
  const [x, still, pushed] = tensors.map((tensor) => alongAxes(target, tensor.dataSync()));
  tf.dispose(tensors);
  return { x, still, pushed };
}
