import { COMPARISON_RATE, FALSE_SUPPORT_RATE } from '../verify/budget.js';
import { geometricLooks, interval, lookAt, type MeanTest } from '../verify/evidence/catoni.js';
import type { Texts } from './texts.js';

/** A mean that has to be 0 if the submission is right: independent draws with a declared variance. */
export interface MeanCheck {
  /** Named in the diagnosis. */
  readonly id: string;
  /** What it means if the mean is not 0. */
  readonly says: Texts;
  readonly hint: Texts;
  readonly draws: Float64Array;
  /** At least the variance of a draw of a right submission, whatever law the contract leaves free. */
  readonly variance: number;
  /** Up to this no contradiction: rounding. */
  readonly allowance: number;
  /** The smallest effect worth finding: a pass excludes it. */
  readonly discrepancy: number;
  /** `above`: only a mean above 0 is wrong. */
  readonly side?: 'above';
  /** The same of draws that are standardised by their own mean and deviation, for what is said only if it is not their mean or variance that is wrong. */
  readonly alone?: () => Pick<MeanCheck, 'draws'> & Partial<Pick<MeanCheck, 'allowance' | 'discrepancy' | 'side'>>;
  /** It says that draws are shared: then they have another mean and variance as well. */
  readonly shared?: boolean;
}

/** What the draws say about a mean. */
export interface MeanFinding {
  readonly verdict: 'pass' | 'fail' | 'undecided';
  readonly estimate: number;
  readonly halfWidth: number;
  readonly draws: number;
}

/** A check with what its draws say. */
export interface JudgedMean {
  readonly check: MeanCheck;
  readonly finding: MeanFinding;
}

/** f of each of `rows`, as draws. A loop: `Float64Array.from` goes through an iterator, ten times slower, and there are tens of thousands. */
export function drawsOver<Row>(rows: readonly Row[], f: (row: Row, at: number) => number): Float64Array {
  const draws = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) draws[at] = f(rows[at], at);
  return draws;
}

/** The sequential test of verdicts.md 2.b at geometric looks, at one share of the error budget. */
export function judgeMean(check: MeanCheck): MeanFinding {
  const looks = geometricLooks(check.draws.length);
  const test: MeanTest = {
    delta0: check.allowance,
    delta1: check.discrepancy,
    variance: check.variance,
    alpha: COMPARISON_RATE,
    beta: FALSE_SUPPORT_RATE,
    looks,
  };
  for (const n of looks) {
    const decision = lookAt(check.draws, n, test);
    if (decision === 'continue' && n < check.draws.length) continue;
    const { estimate, halfWidth } = interval(check.draws, n, test);
    const wrong = decision === 'refuted' && (check.side !== 'above' || estimate > 0);
    const verdict = wrong ? 'fail' : decision === 'continue' ? 'undecided' : 'pass';
    return { verdict, estimate, halfWidth, draws: n };
  }
  throw new Error('Expected at least one look. This is a bug in scorecheck.');
}
