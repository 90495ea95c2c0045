import { scriptOutput } from './child.js';
import { count } from '../../src/report/numbers.js';
import type { Goal } from './goal.js';
import type { RoundingCounts } from './rounding-child.js';
import { study } from './study.js';
import { scientific, share } from './words.js';

const COVARIANCES = ['isotropic', 'full'] as const;

/** G7: right float32 answers that are called wrong, and the smallest error that is found, on each backend. */
export const rounding = study<RoundingCounts>({
  parts: ({ quick, seed }) =>
    ['native', 'wasm'].flatMap((backend) =>
      COVARIANCES.map((covariances) => ({
        name: `G7, ${backend}, ${covariances} covariances`,
        run: async () => {
          // Eight comparisons a point: a million on each backend.
          const args = [covariances, String(quick ? 500 : 62_500), String(seed)];
          return JSON.parse(
            await scriptOutput('./rounding-child.js', args, { SCORECHECK_BACKEND: backend }),
          ) as RoundingCounts;
        },
      })),
    ),
  goals: (found) => [goal(found)],
});

function goal(found: readonly RoundingCounts[]): Goal {
  // The smallest error is asked for where the noise is isotropic, as in the course; a full covariance costs two more products in the bound.
  const isotropic = found.filter((at) => at.covariances === 'isotropic');
  const failed = (backend: string): number =>
    found.reduce((sum, at) => sum + (at.backend === backend ? at.failures['scorecheck'] : 0), 0);
  const rules = Object.keys(found[0].failures);
  const wrong = (rule: (typeof rules)[number]): string =>
    share(found.reduce((sum, at) => sum + at.failures[rule], 0) / found.reduce((sum, at) => sum + at.comparisons, 0));
  return {
    id: 'G7',
    title: 'Float32 answers that are right',
    target: 'none of 1e6 on each backend called wrong; median smallest error found at most 1e-4 of the value',
    measured: isotropic
      .map(
        (at) =>
          `${at.backend}: ${failed(at.backend)} of ${count(2 * at.comparisons)}, median ${scientific(at.medianTolerance)}`,
      )
      .join('; '),
    met: found.every((at) => at.failures['scorecheck'] === 0) && isotropic.every((at) => at.medianTolerance <= 1e-4),
    method:
      'The score of a mixture of three Gaussians in 8 dimensions, isotropic and with full covariances, half of the points where the pulls of two components cancel. The tolerance is the running-error ' +
      'bound of the formula at the point. `missed 1 %`: comparisons at which an answer 1 % too large would have passed.',
    beside: {
      measure: 'right float32 answers called wrong',
      reached: {
        scorecheck: wrong('scorecheck'),
        allclose: `${wrong('allclose(rtol 1e-5, atol 1e-8)')} or ${wrong('allclose(rtol 1e-4, atol 1e-6)')}`,
      },
    },
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
          count(at.comparisons),
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
