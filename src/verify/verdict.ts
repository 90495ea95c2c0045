import type { Evidence, Verdict } from './evidence.js';

/** The verdict of several pieces of evidence on one statement: one refutation refutes, one doubt leaves doubt, nothing at all is inconclusive. */
export function combined(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('refuted')) return 'refuted';
  return verdicts.length === 0 || verdicts.includes('inconclusive') ? 'inconclusive' : 'supported';
}

/** How clearly evidence speaks against a statement: residual ÷ tolerance. */
export const clarityOf = ({ residual, tolerance }: Evidence): number => (residual === 0 ? 0 : residual / tolerance);
