import { describe, expect, it } from 'vitest';
import { gaussianChecks } from '../../src/grade/gaussian-checks.js';
import { judgeMean } from '../../src/grade/random-checks.js';
import { telling } from '../../src/grade/telling.js';
import { randomStream } from '../../src/numerics/random.js';
import { testSeed } from '../seed.js';

const law = {
  mean: [1, -2],
  covariance: [
    [2, 0.3],
    [0.3, 0.5],
  ],
};
const rows = 16_384;

/** Two calls of draws: `of` makes a row of two noise numbers of its own, those of the row, of the call, and of all calls. */
function told(
  of: (noise: {
    own: readonly number[];
    row: number;
    call: readonly number[];
    at: readonly number[];
  }) => readonly number[],
): string[] {
  const random = randomStream(testSeed, 'telling');
  const frozen = Array.from({ length: rows }, () => [random.normal(), random.normal()]);
  const answers = [0, 1].map(() => {
    const call = [random.normal(), random.normal()];
    return frozen.flatMap((at) => {
      const [a, b] = of({ own: [random.normal(), random.normal()], row: random.normal(), call, at });
      // The factor of Cholesky of the covariance.
      return [1 + Math.SQRT2 * a, -2 + (0.3 / Math.SQRT2) * a + Math.sqrt(0.5 - 0.045) * b];
    });
  });
  const failed = gaussianChecks(answers, law)
    .map((check) => ({ check, finding: judgeMean(check) }))
    .filter(({ finding }) => finding.verdict === 'fail');
  return [...new Set(telling(failed).map(({ check }) => check.id))];
}

describe('what is told of samples that are wrong', () => {
  it('is nothing of right ones', () => {
    expect(told(({ own }) => own)).toEqual([]);
  });

  it('is the mean or the variance alone, and not that noise is shared or is not Gaussian', () => {
    expect(told(({ own: [a, b] }) => [a + 3, b + 1])).toEqual(['mean-of-samples', 'variance-of-samples']);
    expect(told(({ own: [a, b] }) => [2 * a, 0.5 * b])).toEqual(['variance-of-samples']);
    expect(told(() => [0, 0])).toEqual(['variance-of-samples']);
    expect(told(({ own: [a, b] }) => [a, 0.8 * b + 0.3 * a])).toEqual(['variance-of-samples']);
  });

  it('is that noise is shared, and not that its mean and variance are off', () => {
    expect(told(({ row }) => [row, row])).toEqual(['noise-shared-by-dimensions']);
    expect(told(({ call }) => call)).toEqual(['noise-shared-by-rows']);
    expect(told(({ at }) => at)).toEqual(['noise-frozen']);
    expect(told(({ at: [a, b] }) => [a + 3, 2 * b])).toEqual(['noise-frozen']);
  });

  it('is that it is not Gaussian where its mean and variance are right', () => {
    const sign = (value: number): number => Math.sign(value);
    expect(told(({ own: [a, b] }) => [sign(a), sign(b)])).toEqual(['noise-not-gaussian']);
  });
});
