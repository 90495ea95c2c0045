import { describe, expect, it } from 'vitest';
import { binomialInterval, binomialTail, divergence, divergenceLaw } from '../../src/numerics/multinomial.js';

/** All counts of n draws in k cells. */
function* outcomes(n: number, k: number): Generator<number[]> {
  if (k === 1) yield [n];
  else for (let c = 0; c <= n; c++) for (const rest of outcomes(n - c, k - 1)) yield [c, ...rest];
}
const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

describe('divergenceLaw', () => {
  const probabilities = [0.5, 0.2, 0.2, 0.1];
  const n = 14;
  const law = divergenceLaw(n, probabilities, 40);
  /** P(G ≥ g) by all 680 outcomes. */
  const enumerated = (g: number): number => {
    let sum = 0;
    for (const counts of outcomes(n, probabilities.length)) {
      if (divergence(counts, probabilities) < g) continue;
      sum += counts.reduce((p, c, k) => (p * probabilities[k] ** c) / factorial(c), factorial(n));
    }
    return sum;
  };

  it('bounds the tail from above, by the tail at most K/8 + K/8 + 1/4 earlier', () => {
    for (const g of [0.5, 2, 5, 9, 14, 20]) {
      expect(law.tail(g)).toBeGreaterThanOrEqual(enumerated(g) * (1 - 1e-9));
      expect(law.tail(g)).toBeLessThanOrEqual(Math.max(1e-15, enumerated(g - 1.26) * (1 + 1e-9)) + 1e-15);
    }
  });

  it('has a critical value that chance exceeds with probability alpha at most', () => {
    for (const alpha of [0.05, 1e-3, 1e-6]) {
      const g = law.critical(alpha);
      expect(enumerated(g)).toBeLessThanOrEqual(alpha);
      expect(enumerated(g - 2)).toBeGreaterThan(alpha);
    }
  });

  it('reaches far tails: 16 cells of 512 draws near the chi-square law', () => {
    const wide = divergenceLaw(512, new Array<number>(16).fill(1 / 16), 75);
    // 2G is near chi-square with 15 degrees of freedom, whose 1 − 2.4e-10 quantile is 78.6; the lattice adds 4 to 2G.
    expect(2 * wide.critical(2.4e-10)).toBeGreaterThan(74);
    expect(2 * wide.critical(2.4e-10)).toBeLessThan(88);
  });

  it('gives infinity where a cell of probability 0 was hit', () => {
    expect(divergence([3, 1], [1, 0])).toBe(Infinity);
  });
});

describe('binomialInterval', () => {
  it('covers with the rate that it says', () => {
    const [n, rate] = [30, 0.01];
    for (const p of [0.03, 0.3, 0.5, 0.97]) {
      let missed = 0;
      for (let c = 0; c <= n; c++) {
        const [low, high] = binomialInterval(c, n, rate);
        if (p < low || p > high) missed += binomialTail(n, p, c) - binomialTail(n, p, c + 1);
      }
      expect(missed).toBeLessThanOrEqual(rate);
    }
  });

  it('ends at 0 and 1 where nothing or everything was hit', () => {
    expect(binomialInterval(0, 10, 0.05)[0]).toBe(0);
    expect(binomialInterval(10, 10, 0.05)[1]).toBe(1);
    // (1 − p)¹⁰ = 0.025
    expect(binomialInterval(0, 10, 0.05)[1]).toBeCloseTo(1 - 0.025 ** 0.1, 9);
  });
});
