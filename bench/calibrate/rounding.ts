import { scriptOutput } from './child.js';
import type { Effort, Goal } from './goal.js';
import type { RoundingCounts } from './rounding-child.js';
import { scientific, share } from './words.js';

/** G7: right float32 answers that are called wrong, and the smallest error that is found, on each backend. */
export async function rounding({ quick, seed, progress }: Effort): Promise<Goal> {
  const points = quick ? 500 : 62_500;
  const found: RoundingCounts[] = [];
  for (const backend of ['native', 'wasm']) {
    progress(`G7: ${16 * points} comparisons on ${backend}`);
    const line = await scriptOutput('./rounding-child.js', [String(points), String(seed)], {
      SCORECHECK_BACKEND: backend,
    });
    found.push(...(JSON.parse(line) as RoundingCounts[]));
  }
  // The smallest error is asked for where the noise is isotropic, as in the course; a full covariance costs two more products in the bound.
  const isotropic = found.filter((at) => at.covariances === 'isotropic');
  const failed = (backend: string): number =>
    found.reduce((sum, at) => sum + (at.backend === backend ? at.failures['scorecheck'] : 0), 0);
  const rules = Object.keys(found[0].failures);
  return {
    id: 'G7',
    title: 'Float32 answers that are right',
    target: 'none of 1e6 on each backend called wrong; median smallest error found at most 1e-4 of the value',
    measured: isotropic
      .map(
        (at) =>
          `${at.backend}: ${failed(at.backend)} of ${(2 * at.comparisons).toLocaleString('en-US')}, median ${scientific(at.medianTolerance)}`,
      )
      .join('; '),
    met: found.every((at) => at.failures['scorecheck'] === 0) && isotropic.every((at) => at.medianTolerance <= 1e-4),
    method:
      'The score of a mixture of three Gaussians in 8 dimensions, isotropic and with full covariances, half of the points where the pulls of two components cancel. The tolerance is the running-error ' +
      'bound of the formula at the point. `missed 1 %`: comparisons at which an answer 1 % too large would have passed.',
    tables: [
      {
        caption: 'Right comparisons called wrong, by rule',
        columns: [
          'backend',
          'covariances',
          'comparisons',
          ...rules,
          'largest error ÷ tolerance',
          'median tolerance ÷ value',
          'missed 1 %',
        ],
        rows: found.map((at) => [
          at.backend,
          at.covariances,
          at.comparisons.toLocaleString('en-US'),
          ...rules.map((rule) => String(at.failures[rule])),
          scientific(at.largestRatio),
          scientific(at.medianTolerance),
          share(at.missedOnePercent),
        ]),
      },
    ],
    figures: [],
  };
}
