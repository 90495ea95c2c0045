import { chainCdf, kolmogorovDistance, lawAfter, type ChainLaw } from '../../oracle/chain-law.js';
import { lineCdf, type LineMixture } from '../../oracle/line-mixture.js';
import type { AxisTarget } from '../axis-targets.js';
import type { Evidence } from '../evidence.js';
import type { Measurement } from '../measurement.js';
import { quantilesOf, transitionAlong, type ChainStep } from './chain.js';

/** A step that is repeated. */
export interface Phase {
  readonly steps: number;
  readonly step: ChainStep;
}

/** Each step rounds its points by 2⁻²⁴ of their size times a density that falls like 1/size: 2⁻²⁰ over all of them, added up as a random walk. */
const rounding = (steps: number): number => 1e-6 * Math.sqrt(steps);

/**
 * The exact law of an implementation's chain after all phases comes as near to the target, in distribution function and in each mode's weight along
 * each axis, as the scheme itself does: `scheme` is its exact law along each axis, from the closed-form score in float64. No draws.
 */
export const annealedLaw = (
  target: AxisTarget,
  start: LineMixture,
  phases: readonly Phase[],
  scheme: () => readonly ChainLaw[],
): Measurement => ({
  name: 'law of the end',
  measure: ({ thorough }): Evidence => {
    const count = phases.reduce((sum, { steps }) => sum + steps, 0);
    // A false variant is judged along the axis of the modes; the chain acts along each axis alone.
    const axes = target.axes.map((axis, index) => ({ ...axis, axis: index }));
    const judged = thorough ? axes : axes.filter(({ valley }) => valley !== undefined);
    const gaps = judged.flatMap(({ law, valley, axis }) => {
      const transitions = phases.flatMap(({ steps, step }) => {
        const transition = transitionAlong(target, axis, step);
        return Array.from({ length: steps }, () => transition);
      });
      const reached = lawAfter(start, transitions);
      const points = quantilesOf(law);
      const missed = (from: ChainLaw): number => kolmogorovDistance(from, law, points);
      const wrongWeight = (from: ChainLaw, at: number): number => Math.abs(chainCdf(from, at) - lineCdf(law, at));
      const exact = scheme()[axis];
      const gap = (of: string, miss: (from: ChainLaw) => number) => ({
        of: `${of} along axis ${axis + 1}`,
        residual: reached === undefined ? 1 : miss(reached),
        tolerance: miss(exact) + rounding(count),
      });
      return [
        ...(valley === undefined ? [] : [gap(`the weight of the mode below ${valley}`, (l) => wrongWeight(l, valley))]),
        gap('the distribution function', missed),
      ];
    });
    const worst = gaps.reduce((w, gap) => (gap.residual * w.tolerance > w.residual * gap.tolerance ? gap : w));
    return {
      method: 'sampler',
      compared: `distance of the exact law of the chain after ${count} steps to the target, against that of the scheme in float64; worst: ${worst.of}`,
      residual: worst.residual,
      tolerance: worst.tolerance,
      resolution: worst.tolerance,
      scale: 1,
      samples: gaps.length,
      verdict: worst.residual <= worst.tolerance ? 'supported' : 'refuted',
    };
  },
});
