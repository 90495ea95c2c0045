import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/numerics/random.js';

describe('randomStream', () => {
  it('gives the same draws for the same path and others for another', () => {
    const take = (...path: string[]): number[] => {
      const random = randomStream(7, ...path);
      return [random.uniform(), random.normal(), random.exponential(), random.index(10), random.int32()];
    };
    expect(take('claim', 'setting')).toEqual(take('claim', 'setting'));
    expect(take('claim', 'setting')).not.toEqual(take('claim', 'other'));
    // A path is a list, not its concatenation.
    expect(take('ab', 'c')).not.toEqual(take('a', 'bc'));
  });

  it('draws from the laws it names: mean and variance within six standard errors', () => {
    const n = 100_000;
    const random = randomStream(8, 'moments');
    const check = (draw: () => number, mean: number, variance: number, fourth: number): void => {
      const draws = Array.from({ length: n }, draw);
      const m = draws.reduce((s, v) => s + v, 0) / n;
      const v = draws.reduce((s, x) => s + (x - mean) ** 2, 0) / n;
      expect(Math.abs(m - mean)).toBeLessThan(6 * Math.sqrt(variance / n));
      expect(Math.abs(v - variance)).toBeLessThan(6 * Math.sqrt((fourth - variance ** 2) / n));
    };
    check(() => random.uniform(), 1 / 2, 1 / 12, 1 / 80);
    check(() => random.normal(), 0, 1, 3);
    check(() => random.exponential(), 1, 1, 9);
    check(() => random.index(6), 2.5, 35 / 12, 14.7292);
  });
});
