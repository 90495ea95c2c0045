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

/** A chain whose steps differ by their time alone. */
export interface TimedChain {
  /** The time at the start of each step. */
  readonly times: readonly number[];
  /** One step with its unit noise handed in: [n, d], a time for each row [n], and [n, d] -> [n, d]. */
  readonly step: (x: Tensor2D, t: Tensor1D, noise: Tensor2D) => Tensor2D;
}

/**
 * The steps of a chain as they act along one axis of the target: the implementation itself says, at the points asked, where it moves them and how far its
 * noise reaches. All steps are tried out in one call. Throws where a step does not act on each axis alone with additive noise.
 */
export function transitionsAlong(target: AxisTarget, axis: number, { times, step }: TimedChain): Transition[] {
  const moved = (
    at: ArrayLike<number>,
    points: ArrayLike<number>,
    off: ArrayLike<number>,
    noise: ArrayLike<number>,
  ): Float64Array => {
    const zeros = new Float64Array(points.length);
    const result = tf.tidy(() =>
      step(
        pointsFrom(
          target,
          target.axes.map((_, a) => (a === axis ? points : off)),
        ),
        tf.tensor1d(Float32Array.from(at)),
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
  const probes = times.flatMap((t) => PROBES.flatMap((point) => PROBE_KINDS.map((kind) => ({ t, point, ...kind }))));
  const answers = moved(
    probes.map(({ t }) => t),
    probes.map(({ point }) => point),
    probes.map(({ off }) => off),
    probes.map(({ noise }) => noise),
  );
  const perStep = PROBES.length * PROBE_KINDS.length;
  return times.map((t, k) => ({
    sd: noiseOf(answers.subarray(k * perStep, (k + 1) * perStep), target, axis),
    means: (points) => {
      const zeros = new Float64Array(points.length);
      return moved(new Float64Array(points.length).fill(t), points, zeros, zeros);
    },
  }));
}

/** The size of a step's noise, from its answers at the probes; 0 where it is of the size of the rounding. */
function noiseOf(answers: Float64Array, target: AxisTarget, axis: number): number {
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
  return sd > allowed ? sd : 0;
}

/** A step as it acts along one axis of the target: {@link transitionsAlong} for a step that knows no time. */
export const transitionAlong = (target: AxisTarget, axis: number, step: ChainStep): Transition =>
  transitionsAlong(target, axis, { times: [0], step: (x, _, noise) => step(x, noise) })[0];

/** The law along one axis after all steps of an implementation, without draws; `undefined` where it runs off. */
export const chainLawAlong = (
  target: AxisTarget,
  axis: number,
  start: LineMixture,
  chain: TimedChain,
): ChainLaw | undefined => lawAfter(start, transitionsAlong(target, axis, chain));

/** The times at which the steps of a uniform grid start. */
export const uniformTimes = (from: number, to: number, steps: number): number[] =>
  Array.from({ length: steps }, (_, k) => from + (k * (to - from)) / steps);

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
  readonly chain: (steps: number) => TimedChain;
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
      const chain = claim.chain(count);
      return claim.end.flatMap((end, axis) => {
        const law = chainLawAlong(claim.target, axis, claim.start[axis], chain);
        return law === undefined ? [Infinity] : points[axis].map((x) => chainCdf(law, x) - lineCdf(end, x));
      });
    },
  });
}
