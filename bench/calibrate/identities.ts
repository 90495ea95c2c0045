import { claims } from '../../src/claims/index.js';
import { loadDigits } from '../../reference/data/digits.js';
import { quadratureEvidence, canIntegrate } from '../../src/verify/evidence/quadrature.js';
import { groupsOf } from '../../src/verify/evidence/moments.js';
import type { IdentityStatement } from '../../src/verify/statement.js';
import type { Effort, Goal } from './goal.js';
import { scientific } from './words.js';

/** G8: identities by quadrature: what is left of a true one, what a false one shows, and how long it takes. */
export function identities({ progress }: Effort): Goal {
  const found = claims.find(({ id }) => id === 'esm-equals-ism');
  if (found === undefined) throw new TypeError('Expected the claim esm-equals-ism in the registry.');
  const resources = { digits: loadDigits({}), trainingImages: 0 };
  const rows = found.settings.flatMap(({ name, prepare, usesDigits }) => {
    if (usesDigits) return [];
    progress(`G8: ${name}`);
    const { statement, variants } = prepare(resources);
    if (statement.kind !== 'identity' || !canIntegrate(statement)) return [];
    const begun = performance.now();
    const right = relative(statement);
    const seconds = (performance.now() - begun) / 1000;
    const wrong = Object.values(variants).map((variant) =>
      variant.kind === 'identity' ? relative(variant) : Infinity,
    );
    return [{ name, dimension: dimensionOf(statement), right, wrong: Math.min(...wrong), seconds }];
  });
  const largest = Math.max(...rows.map(({ right }) => right));
  const smallest = Math.min(...rows.map(({ wrong }) => wrong));
  const slowest = Math.max(...rows.map(({ seconds }) => seconds));
  return {
    id: 'G8',
    title: 'Identities by quadrature',
    target: 'true: at most 1e-12 of the sides; false: at least 1e-3; d ≤ 3; under 1 s each',
    measured: `true: at most ${scientific(largest)}; false: at least ${scientific(smallest)}; slowest ${slowest.toFixed(1)} s`,
    met: largest <= 1e-12 && smallest >= 1e-3 && slowest < 1,
    method:
      'ESM = ISM + constant and its false variants, in the settings of its claim, by tensor trapezoid in float64, refined until two values agree to rounding. Gauss-Hermite with 128 nodes, the ' +
      'usual choice, leaves about $10^{-6}$ on a mixture, since its score has poles near the real axis.',
    tables: [
      {
        caption: 'E[lhs] − E[rhs] relative to the size of the sides',
        columns: ['setting', 'd', 'true claim', 'smallest of its false variants', 'seconds'],
        rows: rows.map((row) => [
          row.name,
          String(row.dimension),
          scientific(row.right),
          scientific(row.wrong),
          row.seconds.toFixed(2),
        ]),
      },
    ],
    figures: [],
  };
}

const relative = (statement: IdentityStatement): number => {
  const { residual, scale } = quadratureEvidence(statement, { discrepancy: 1, fineness: 'fine' });
  return residual / scale;
};

const dimensionOf = (statement: IdentityStatement): number =>
  Math.max(...groupsOf(statement).map(({ law }) => law.density?.axes.length ?? 0));
