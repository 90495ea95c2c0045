import fc from 'fast-check';
import { expect, test } from 'vitest';
import { empiricalValue } from '../../src/oracle/empirical.js';

test('two points in one dimension: the closed form', () => {
  // Points ±1: E[x0|x] = tanh(x/σ²), posterior variance 1 − tanh², p = (N(x; 1, σ²) + N(x; −1, σ²))/2.
  const sigma = 0.7;
  const x = 0.3;
  const normal = (m: number): number =>
    Math.exp(-((x - m) ** 2) / (2 * sigma ** 2)) / Math.sqrt(2 * Math.PI * sigma ** 2);
  const value = empiricalValue([1, -1], [x], sigma);
  const mean = Math.tanh(x / sigma ** 2);
  expect(value.mean[0]).toBeCloseTo(mean, 14);
  expect(value.variance).toBeCloseTo(1 - mean ** 2, 14);
  expect(value.score[0]).toBeCloseTo((mean - x) / sigma ** 2, 13);
  expect(value.logDensity).toBeCloseTo(Math.log((normal(1) + normal(-1)) / 2), 14);
});

test('the score is the derivative of the log density', () => {
  const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 6 }),
      fc.tuple(coordinate, coordinate),
      fc.double({ min: 0.3, max: 3, noNaN: true }),
      (points, x, sigma) => {
        const flat = points.flat();
        const h = 1e-4;
        const logDensity = (x0: number): number => empiricalValue(flat, [x0, x[1]], sigma).logDensity;
        const slope = (logDensity(x[0] + h) - logDensity(x[0] - h)) / (2 * h);
        // The third derivative of log p_σ is the third cumulant of the posterior over σ⁶: on [−2, 2] that is at most 4³/σ⁶,
        // times h²/6. Rounding: |log p| < 400, so 400·2⁻⁵² over h.
        const tolerance = ((64 / sigma ** 6) * h * h) / 6 + (400 * 2 ** -52 * 8) / h;
        expect(Math.abs(slope - empiricalValue(flat, x, sigma).score[0])).toBeLessThanOrEqual(tolerance);
      },
    ),
  );
});

test('one point is a Gaussian, and equal points weigh the same', () => {
  const one = empiricalValue([1, 2], [1.5, 0], 0.5);
  expect([...one.mean]).toEqual([1, 2]);
  expect([...one.score]).toEqual([-2, 8]);
  expect(one.variance).toBe(0);
  expect([...empiricalValue([1, 1, 5], [0], 0.1).weights]).toEqual([0.5, 0.5, 0]);
});

test('points far away, where every weight underflows without a shift', () => {
  const value = empiricalValue([0, 1], [1e4], 0.01);
  expect([...value.mean]).toEqual([1]);
  expect(Number.isFinite(value.logDensity)).toBe(true);
});

test('points of another dimension are refused', () => {
  expect(() => empiricalValue([1, 2, 3], [0, 0], 1)).toThrow(/Expected points of dimension 2 as in x, found 3 numbers/);
});
