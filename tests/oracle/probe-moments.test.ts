import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/numerics/random.js';
import {
  gaussianQuadraticForm,
  independentFormVariance,
  rademacherQuadraticForm,
  sphereQuadraticForm,
} from '../../src/oracle/probe-moments.js';
import { testSeed } from '../seed.js';

const matrix = [
  [1.4, -0.7, 0.9],
  [0.3, -0.8, 1.1],
  [-1.2, 0.5, 2.1],
];
const form = (v: readonly number[]): number =>
  v.reduce((sum, vi, i) => sum + vi * v.reduce((t, vj, j) => t + (matrix[i]?.[j] ?? 0) * vj, 0), 0);

describe('the moments of a quadratic form', () => {
  it('are for signs the means over all of them', () => {
    const signs = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => [0, 1, 2].map((i) => ((bits >> i) & 1 ? 1 : -1)));
    const mean = signs.reduce((sum, v) => sum + form(v) / 8, 0);
    const central = (k: number): number => signs.reduce((sum, v) => sum + (form(v) - mean) ** k / 8, 0);
    const found = rademacherQuadraticForm(matrix);
    expect(found.mean).toBeCloseTo(mean, 12);
    expect(found.variance).toBeCloseTo(central(2), 12);
    expect(found.fourth).toBeCloseTo(central(4), 10);
    expect(independentFormVariance(matrix, 1)).toBeCloseTo(found.variance, 12);
  });

  it.each([
    ['Gaussian', gaussianQuadraticForm, (z: Float64Array) => [...z]],
    [
      'sphere',
      sphereQuadraticForm,
      (z: Float64Array) => [...z].map((v) => (v * Math.sqrt(z.length)) / Math.hypot(...z)),
    ],
  ] as const)('are for the %s those of many draws', (name, moments, probe) => {
    const n = 2e5;
    const random = randomStream(testSeed, 'quadratic form', name);
    const { mean, variance, fourth } = moments(matrix);
    let [first, second, last] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const deviation = form(probe(random.normals(3))) - mean;
      first += deviation / n;
      second += deviation ** 2 / n;
      last += deviation ** 4 / n;
    }
    // Six standard errors of a mean of n draws: a false alarm in 5e8 runs. The eighth central moment is at most 331 times the square of the fourth, its
    // value for z² with one normal z, the heaviest of these forms: 1,190,672/60².
    expect(Math.abs(first)).toBeLessThan(6 * Math.sqrt(variance / n));
    expect(Math.abs(second - variance)).toBeLessThan(6 * Math.sqrt((fourth - variance ** 2) / n));
    expect(Math.abs(last - fourth)).toBeLessThan(6 * fourth * Math.sqrt(331 / n));
  });

  it('agree with the printed variances', () => {
    // Σ aᵢᵢ² = 1.4² + 0.8² + 2.1² = 7.01 and tr A = 2.7; off the diagonal A_s has −0.2, −0.15 and 0.8, each twice.
    const off = 2 * ((-0.2) ** 2 + (-0.15) ** 2 + 0.8 ** 2);
    expect(gaussianQuadraticForm(matrix).variance).toBeCloseTo(2 * (7.01 + off), 12);
    expect(rademacherQuadraticForm(matrix).variance).toBeCloseTo(2 * off, 12);
    expect(sphereQuadraticForm(matrix).variance).toBeCloseTo((6 / 5) * (7.01 + off - 2.7 ** 2 / 3), 12);
    expect(independentFormVariance(matrix, 3)).toBeCloseTo(gaussianQuadraticForm(matrix).variance, 12);
  });

  it('are refused for signs in more than 16 dimensions', () => {
    const large = Array.from({ length: 17 }, () => Array.from({ length: 17 }, () => 1));
    expect(() => rademacherQuadraticForm(large)).toThrow('Expected a matrix of at most 16 rows, found 17.');
  });
});
