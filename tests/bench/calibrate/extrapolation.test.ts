import { describe, expect, it } from 'vitest';
import { extrapolatedOrder } from '../../../bench/calibrate/extrapolation.js';

const doubled = Array.from({ length: 8 }, (_, k) => 8 * 2 ** k);
const errorsOf = (error: (n: number) => number, rounding: number) =>
  doubled.map((steps) => ({ steps, error: error(steps), rounding }));

describe('the extrapolated order', () => {
  it.each([1, 2, 4])('finds order %i behind a term that coarse grids see', (p) => {
    const found = extrapolatedOrder(errorsOf((n) => 3 * n ** -p * (1 + 4 / n), 1e-12));
    // What is left is O(N⁻²): 16/N² times a number of order 1.
    expect(Math.abs((found?.order ?? NaN) - p)).toBeLessThan((2 * 16) / (found?.from ?? NaN) ** 2);
  });

  it('stays on the grids that rounding leaves', () => {
    const found = extrapolatedOrder(errorsOf((n) => n ** -2 + (n > 100 ? 1e-5 : 0), 1e-6));
    expect(found?.from).toBe(16);
    expect(found?.order).toBeCloseTo(2, 6);
    expect(extrapolatedOrder(errorsOf((n) => n ** -2, 1))).toBeUndefined();
  });

  it('shows a plateau as an order near 0', () => {
    expect(extrapolatedOrder(errorsOf((n) => 1e-2 + n ** -2, 1e-9))?.order).toBeLessThan(0.1);
  });
});
