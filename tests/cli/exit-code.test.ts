import { describe, expect, it } from 'vitest';
import { exitCodeOf, unexpected } from '../../src/cli/exit-code.js';
import type { Verification } from '../../src/verify/result.js';
import { asClaimed } from './verification.js';

/** The verification where all is as claimed, changed in its first claim. */
function changed(change: (claim: Verification['claims'][number]) => void): Verification {
  const verification = structuredClone(asClaimed);
  change(verification.claims[0]);
  return verification;
}

describe('exitCodeOf', () => {
  it('is 0 where every claim is supported, every false variant refuted and every assumption shown', () => {
    expect(unexpected(asClaimed)).toEqual([]);
    expect(exitCodeOf(asClaimed)).toBe(0);
  });

  it.each(['refuted', 'inconclusive'] as const)('is 1 where a setting is %s', (verdict) => {
    const verification = changed((claim) => {
      claim.settings[0].verdict = verdict;
      claim.verdict = verdict;
    });
    expect(unexpected(verification)).toEqual([`score-mean-zero: ${verdict} for a mixture`]);
    expect(exitCodeOf(verification)).toBe(1);
  });

  it('is 1 where a false variant with numbers is not refuted', () => {
    const verification = changed((claim) => {
      claim.falseVariants[0].refuted = false;
    });
    expect(unexpected(verification)).toEqual([
      'score-mean-zero: its false variant clean-score is not refuted in every setting',
    ]);
    expect(exitCodeOf(verification)).toBe(1);
  });

  it('does not ask for numbers against a variant that has none', () => {
    expect(asClaimed.claims[0].falseVariants[1]).toMatchObject({ kind: 'vacuous', refuted: null });
    expect(exitCodeOf(asClaimed)).toBe(0);
  });

  it('is 1 where an assumption is not shown to matter', () => {
    const verification = changed((claim) => {
      claim.withoutAssumption[0].shown = false;
    });
    expect(unexpected(verification)).toEqual([
      'score-mean-zero: Exp(1) does not show that the assumption "boundary" matters',
    ]);
    expect(exitCodeOf(verification)).toBe(1);
  });

  it('is 1 where there is no evidence: no claim, or a claim without a setting', () => {
    expect(exitCodeOf({ ...asClaimed, claims: [] })).toBe(1);
    const verification = changed((claim) => {
      claim.settings = [];
    });
    expect(exitCodeOf(verification)).toBe(1);
  });
});
