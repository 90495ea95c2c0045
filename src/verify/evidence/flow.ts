import { lineCdf, lineQuantile, type LineMixture } from '../../oracle/line-mixture.js';
import { tf, type Tensor2D } from '../../tensorflow/tensorflow.js';
import { alongAxes, pointsFrom, type AxisTarget } from '../axis-targets.js';
import { orderOfGaps, type OrderOfGaps } from './order.js';

/** Quantiles that are carried along. A prime, so that each axis can run through them in another order. */
const COUNT = 61;

/**
 * The claim that a flow carries one law to another at an order in the number of steps. On the line such a flow is the map of quantiles,
 * F_end⁻¹ ∘ F_start: the error is sup |F_end(flow(F_start⁻¹(u))) − u| over u, worst axis. No draws.
 */
export function flowOrder(claim: {
  readonly name: string;
  readonly of: string;
  readonly target: AxisTarget;
  readonly order: number;
  readonly steps: readonly number[];
  /** Carries [n, d] through so many steps; the result is a new tensor. */
  readonly flow: (start: Tensor2D, steps: number) => Tensor2D;
  readonly start: readonly LineMixture[];
  readonly end: readonly LineMixture[];
}): OrderOfGaps {
  const { target } = claim;
  const levels = target.axes.map((_, a) =>
    Array.from({ length: COUNT }, (__, i) => (((i * (7 * a + 1)) % COUNT) + 0.5) / COUNT),
  );
  const columns = claim.start.map((law, a) => levels[a].map((u) => lineQuantile(law, u)));
  return orderOfGaps({
    ...claim,
    // Each step rounds points of some units by 2⁻²⁴, as a random walk, and the density is below 1; the start is rounded once.
    floor: 1e-6 * Math.sqrt(Math.max(...claim.steps)),
    scale: 1,
    gapsAt: (steps) => {
      const end = tf.tidy(() => claim.flow(pointsFrom(target, columns), steps));
      const reached = alongAxes(target, end.dataSync());
      end.dispose();
      const gaps = reached.flatMap((column, a) =>
        Array.from(column, (y, i) => lineCdf(claim.end[a], y) - levels[a][i]),
      );
      return gaps.every(Number.isFinite) ? gaps : [Infinity];
    },
  });
}
