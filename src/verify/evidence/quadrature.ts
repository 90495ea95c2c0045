import type { Evidence } from '../evidence.js';
import type { IdentityStatement } from '../statement.js';
import { groupsOf, integrable, momentsOf, type Fineness } from './moments.js';

/** True where every expectation of the statement can be integrated (d ≤ 3). */
export const canIntegrate = (statement: IdentityStatement): boolean => groupsOf(statement).every(integrable);

/**
 * E[lhs] − E[rhs] in float64 by tensor quadrature: trapezoid on smooth axes, tanh-sinh pieces elsewhere, doubled until two values agree to the
 * rounding of the sum. `expected` is the difference that the statement names: 0 for an identity.
 */
export function quadratureEvidence(
  statement: IdentityStatement,
  options: { readonly discrepancy: number; readonly fineness: Fineness; readonly expected?: number },
): Evidence {
  const parts = groupsOf(statement).map((group) => momentsOf(group, options.fineness));
  const total = (pick: (part: (typeof parts)[number]) => Float64Array): number[] =>
    Array.from(pick(parts[0]), (_, j) => parts.reduce((sum, part) => sum + pick(part)[j], 0));
  const means = total((part) => part.mean);
  const errors = total((part) => part.error);
  const scales = total((part) => part.magnitude);
  const expected = options.expected ?? 0;
  const excess = means.map((mean, j) => Math.abs(mean - expected) / Math.max(errors[j], Number.MIN_VALUE));
  const worst = excess.indexOf(Math.max(...excess));
  const residual = Math.abs(means[worst] - expected);
  const converged = parts.every((part) => part.converged);
  const nodes = parts.reduce((sum, part) => sum + part.nodes, 0);
  const blind = errors[worst] > options.discrepancy * scales[worst] * 1e-3;
  return {
    method: 'quadrature',
    compared: `E[lhs] − E[rhs] by quadrature in float64${expected === 0 ? '' : `, against ${expected}`}`,
    residual,
    tolerance: errors[worst],
    resolution: errors[worst],
    scale: scales[worst],
    samples: nodes,
    verdict:
      residual > errors[worst]
        ? converged || residual > 1e3 * errors[worst]
          ? 'refuted'
          : 'inconclusive'
        : blind
          ? 'inconclusive'
          : 'supported',
    ...(converged ? {} : { note: 'The last doubling still changed the value; that change is the tolerance.' }),
  };
}
