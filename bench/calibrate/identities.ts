import { esmEqualsIsm } from '../../src/claims/esm-equals-ism.js';
import { loadDigits } from '../../reference/data/digits.js';
import { quadratureEvidence, canIntegrate } from '../../src/verify/evidence/quadrature.js';
import { groupsOf } from '../../src/verify/evidence/moments.js';
import type { IdentityStatement, Statement } from '../../src/verify/statement.js';
import type { Goal } from './goal.js';
import { study } from './study.js';
import { scientific } from './words.js';

/** What the identity of one setting leaves, and its false variants show. */
interface Found {
  readonly name: string;
  readonly dimension: number;
  readonly right: number;
  readonly wrong: number;
  /** Seconds of the true identity: of the processor, and as they passed. */
  readonly processor: number;
  readonly wall: number;
}

/** G8: identities by quadrature: what is left of a true one, what a false one shows, and how long it takes. */
export const identities = study<Found>({
  parts: () => {
    const resources = { digits: loadDigits({}), trainingImages: 0 };
    return esmEqualsIsm.settings.flatMap(({ name, prepare, usesDigits }) => {
      if (usesDigits) return [];
      const { statement, variants } = prepare(resources);
      if (statement.kind !== 'identity' || !canIntegrate(statement)) return [];
      return [{ name: `G8, ${name}`, run: () => measure(name, statement, Object.values(variants)) }];
    });
  },
  goals: (found) => [goal(found)],
});

function measure(name: string, statement: IdentityStatement, variants: readonly Statement[]): Found {
  const [begun, spent] = [performance.now(), process.cpuUsage()];
  const right = relative(statement);
  const { user, system } = process.cpuUsage(spent);
  const wall = (performance.now() - begun) / 1000;
  const wrong = variants.flatMap((variant) => (variant.kind === 'identity' ? [relative(variant)] : []));
  return {
    name,
    dimension: dimensionOf(statement),
    right,
    wrong: Math.min(...wrong),
    processor: (user + system) / 1e6,
    wall,
  };
}

function goal(rows: readonly Found[]): Goal {
  const largest = Math.max(...rows.map(({ right }) => right));
  const smallest = Math.min(...rows.map(({ wrong }) => wrong));
  const slowest = Math.max(...rows.map(({ processor }) => processor));
  return {
    id: 'G8',
    title: 'Identities by quadrature',
    target: 'true: at most 1e-12 of the sides; false: at least 1e-3; d ≤ 3; under 1 s of the processor each',
    measured: `true: at most ${scientific(largest)}; false: at least ${scientific(smallest)}; slowest ${slowest.toFixed(2)} s of the processor`,
    met: largest <= 1e-12 && smallest >= 1e-3 && slowest < 1,
    method:
      'ESM = ISM + constant and its false variants, in the settings of its claim, by tensor trapezoid in float64, refined until two values agree to rounding. Gauss-Hermite with 128 nodes, the ' +
      'usual choice, leaves about $10^{-6}$ on a mixture, since its score has poles near the real axis. The time is that of the true identity, evaluated once; seconds of the processor mean the same on a busy machine.',
    tables: [
      {
        caption: 'E[lhs] − E[rhs] relative to the size of the sides',
        columns: ['setting', 'd', 'true claim', 'smallest of its false variants', 'processor, s', 'wall clock, s'],
        rows: rows.map((row) => [
          row.name,
          String(row.dimension),
          scientific(row.right),
          scientific(row.wrong),
          row.processor.toFixed(2),
          row.wall.toFixed(2),
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
