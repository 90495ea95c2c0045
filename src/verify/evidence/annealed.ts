import { chainCdf, kolmogorovDistance, lawAfter } from '../../oracle/chain-law.js';
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

/**
 * The exact law of an implementation's chain after all phases lies within `miss` of the target in distribution function and in each mode's weight,
 * along each axis. No draws.
 */
export const annealedLaw = (
  target: AxisTarget,
  start: LineMixture,
  phases: readonly Phase[],
  miss: number,
): Measurement => ({
  name: 'law of the end',
  measure: ({ thorough }): Evidence => {
    // A false variant is judged along the axis of the modes; the chain acts along each axis alone.
    const axes = target.axes.map((axis, index) => ({ ...axis, axis: index }));
    const judged = thorough ? axes : axes.filter(({ valley }) => valley !== undefined);
    const gaps = judged.flatMap(({ law, valley, axis }) => {
      const transitions = phases.flatMap(({ steps, step }) => {
        const transition = transitionAlong(target, axis, step);
        return Array.from({ length: steps }, () => transition);
      });
      const reached = lawAfter(start, transitions);
      if (reached === undefined) return [{ of: `the law along axis ${axis + 1}, which runs off`, residual: 1 }];
      const weight =
        valley === undefined
          ? []
          : [
              {
                of: `the weight of the mode below ${valley} along axis ${axis + 1}`,
                residual: Math.abs(chainCdf(reached, valley) - lineCdf(law, valley)),
              },
            ];
      const distance = kolmogorovDistance(reached, law, quantilesOf(law));
      return [...weight, { of: `the distribution function along axis ${axis + 1}`, residual: distance }];
    });
    const worst = gaps.reduce((w, gap) => (gap.residual > w.residual ? gap : w));
    return {
      method: 'sampler',
      compared: `the exact law of the chain after ${phases.reduce((sum, { steps }) => sum + steps, 0)} steps against the target; worst: ${worst.of}`,
      residual: worst.residual,
      tolerance: miss,
      resolution: miss,
      scale: 1,
      samples: gaps.length,
      verdict: worst.residual <= miss ? 'supported' : 'refuted',
    };
  },
});
