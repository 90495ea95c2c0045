import { chainCdf, lawAfter, type ChainLaw, type Transition } from '../../oracle/chain-law.js';
import { lineCdf, lineQuantile, type LineMixture } from '../../oracle/line-mixture.js';
import { tf, type Tensor1D, type Tensor2D } from '../../tensorflow/tensorflow.js';
import { alongAxes, pointsFrom, type AxisTarget } from '../axis-targets.js';
import { orderOfGaps, type OrderOfGaps } from './order.js';

/** One step of a chain on TensorFlow.js with its unit noise handed in: [n, d] and [n, d] -> [n, d]. */
export type ChainStep = (x: Tensor2D, noise: Tensor2D) => Tensor2D;

/** Points along the axis at which a step is tried out, with noise 0, 1 and −1, and from elsewhere off the axis: the answers must agree. */
const PROBES = [-1.1, 0.4, 1.9];
const PROBE_KINDS = [
  { off: 0, noise: 0 },
  { off: 0, noise: 1 },
  { off: 0, noise: -1 },
  { off: 0.7, noise: 0 },
];
/** The two answers may differ by float32 rounding of values of some tens: 100 · 2⁻²⁴. */
const SAME = 1e-5;

/**
 * A step as it acts along one axis of the target: the implementation itself says, at the points asked, where it moves them and how far its noise
 * reaches. Throws where the step does not act on each axis alone with additive noise.
 */
export function transitionAlong(target: AxisTarget, axis: number, step: ChainStep): Transition {
  const moved = (points: ArrayLike<number>, off: ArrayLike<number>, noise: ArrayLike<number>): Float64Array => {
    const zeros = Float64Array.from(points, () => 0);
    const result = tf.tidy(() =>
      step(
        pointsFrom(
          target,
          target.axes.map((_, a) => (a === axis ? points : off)),
        ),
        pointsFrom(
          target,
          target.axes.map((_, a) => (a === axis ? noise : zeros)),
        ),
      ),
    );
    const values = result.dataSync();
    result.dispose();
    return alongAxes(target, values)[axis];
  };
  const probes = PROBES.flatMap((point) => PROBE_KINDS.map((kind) => ({ point, ...kind })));
  const answers = moved(
    probes.map(({ point }) => point),
    probes.map(({ off }) => off),
    probes.map(({ noise }) => noise),
  );
  const found = PROBES.map((_, i) => [...answers.subarray(i * PROBE_KINDS.length, (i + 1) * PROBE_KINDS.length)]);
  const sd = Math.abs(found[0][1] - found[0][0]);
  const allowed = SAME * (1 + sd + Math.max(...found.map(([still]) => Math.abs(still))));
  const separates = found.every(
    ([still, up, down, elsewhere]) =>
      !(Math.abs(elsewhere - still) > allowed) &&
      !(Math.abs(up - still - (still - down)) > allowed) &&
      !(Math.abs(Math.abs(up - still) - sd) > allowed),
  );
  if (!separates) {
    throw new TypeError(
      `Expected a step that acts along axis ${axis} of ${target.name} alone and adds its noise, found ${JSON.stringify(found)} at noise 0, 1, -1 and off the axis. Judge such a step by draws.`,
    );
  }
  return {
    // Noise of the size of the rounding is none.
    sd: sd > allowed ? sd : 0,
    means: (points) => {
      const zeros = Float64Array.from(points, () => 0);
      return moved(points, zeros, zeros);
    },
  };
}

/** The law along one axis after all steps of an implementation, without draws; `undefined` where it runs off. */
export const chainLawAlong = (
  target: AxisTarget,
  axis: number,
  start: LineMixture,
  steps: readonly ChainStep[],
): ChainLaw | undefined =>
  lawAfter(
    start,
    steps.map((step) => transitionAlong(target, axis, step)),
  );

/** The steps of a uniform grid: the time at the start of each, one per row, and its signed length. */
export const timesOf = (from: number, to: number, steps: number): { t: (x: Tensor2D) => Tensor1D; h: number }[] =>
  Array.from({ length: steps }, (_, k) => ({
    t: (x) => tf.fill([x.shape[0]], from + (k * (to - from)) / steps),
    h: (to - from) / steps,
  }));

/** Quantiles of a law at which distribution functions are compared. */
const QUANTILES = 65;
export const quantilesOf = (p: LineMixture, count = QUANTILES): number[] =>
  Array.from({ length: count }, (_, i) => lineQuantile(p, (i + 0.5) / count));

/**
 * The claim that a chain's law comes to the claimed one at an order in the number of steps: the error is the Kolmogorov distance, worst axis, of
 * the exact law of the implementation.
 */
export function lawOrder(claim: {
  readonly name: string;
  readonly of: string;
  readonly target: AxisTarget;
  readonly order: number;
  readonly steps: readonly number[];
  /** The steps of a run with so many of them. */
  readonly chain: (steps: number) => readonly ChainStep[];
  readonly start: readonly LineMixture[];
  readonly end: readonly LineMixture[];
}): OrderOfGaps {
  const points = claim.end.map((law) => quantilesOf(law));
  return orderOfGaps({
    ...claim,
    // Each step rounds its points by 2⁻²⁴ of values of some units, and the density is below 1: 2⁻²⁰ over all of them, added up as a random walk.
    floor: 1e-6 * Math.sqrt(Math.max(...claim.steps)),
    scale: 1,
    gapsAt: (count) => {
      const steps = claim.chain(count);
      return claim.end.flatMap((end, axis) => {
        const law = chainLawAlong(claim.target, axis, claim.start[axis], steps);
        return law === undefined ? [Infinity] : points[axis].map((x) => chainCdf(law, x) - lineCdf(end, x));
      });
    },
  });
}
