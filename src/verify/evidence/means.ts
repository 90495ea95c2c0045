import type { Evidence } from '../evidence.js';
import type { Measurement } from '../measurement.js';
import type { IdentityStatement } from '../statement.js';
import { randomStream } from '../../numerics/random.js';
import { agreementEvidence } from './agreement.js';
import { groupsOf, momentsOf } from './moments.js';
import { canIntegrate, quadratureEvidence } from './quadrature.js';
import { sequentialMeanEvidence } from './sequential-mean.js';

/** E[lhs] = E[rhs] as part of a claim that says more: each of the methods that judge an identity, as a measurement. */
export function meansAgree(name: string, statement: IdentityStatement): Measurement[] {
  const sampled: Measurement = {
    name: `${name}, sampled`,
    measure: (options) => sequentialMeanEvidence(statement, options),
  };
  const agreement: Measurement = {
    name: `${name}, implementations`,
    measure: ({ seed, path, discrepancy }) =>
      agreementEvidence(statement, {
        discrepancy,
        seed: randomStream(seed, ...path).int32(),
        seedName: [seed, ...path].join('/'),
      }),
  };
  return canIntegrate(statement)
    ? [integrated(`${name}, integrated`, statement), agreement, sampled]
    : [agreement, sampled];
}

const integrated = (name: string, statement: IdentityStatement): Measurement => ({
  name,
  measure: ({ discrepancy, thorough }) =>
    quadratureEvidence(statement, { discrepancy, fineness: thorough ? 'fine' : 'coarse' }),
});

/** E[lhs] ≥ E[rhs] by quadrature, coordinate by coordinate: refuted where the difference is below 0 by more than the error of the rule. */
export function atLeast(name: string, statement: IdentityStatement): Measurement {
  return {
    name,
    measure: ({ thorough }): Evidence => {
      const parts = groupsOf(statement).map((group) => momentsOf(group, thorough ? 'fine' : 'coarse'));
      const total = (pick: (part: (typeof parts)[number]) => Float64Array): number[] =>
        Array.from(pick(parts[0]), (_, j) => parts.reduce((sum, part) => sum + pick(part)[j], 0));
      const shortfalls = total((part) => part.mean).map((mean) => Math.max(0, -mean));
      const errors = total((part) => part.error);
      const scales = total((part) => part.magnitude);
      const excess = shortfalls.map((shortfall, j) => shortfall / Math.max(errors[j], Number.MIN_VALUE));
      const worst = excess.indexOf(Math.max(...excess));
      return {
        method: 'quadrature',
        compared: 'E[lhs] ≥ E[rhs] by quadrature in float64; the residual is what is missing',
        residual: shortfalls[worst],
        tolerance: errors[worst],
        resolution: errors[worst],
        scale: scales[worst],
        samples: parts.reduce((sum, part) => sum + part.nodes, 0),
        verdict: shortfalls[worst] > errors[worst] ? 'refuted' : 'supported',
      };
    },
  };
}
