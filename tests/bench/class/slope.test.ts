import { describe, expect, it } from 'vitest';
import { growth, type Sample } from '../../../bench/class/slope.js';
import { randomStream } from '../../../src/numerics/random.js';
import { testSeed } from '../../seed.js';

/** Memory of 100 MB that is sampled 2,000 times over 1,000 submissions: a heap that fills by 20 MB and falls back, noise of 3 MB, a start that grows. */
function run(seed: string, { leak = 0, count = 2_000, noise = 3e6 } = {}): Sample[] {
  const random = randomStream(testSeed, 'growth', seed);
  return Array.from({ length: count }, (_, i) => {
    const done = (1000 * i) / count;
    const start = 30e6 * Math.exp(-done / 40);
    return { done, value: 100e6 - start + 20e6 * ((done / 7) % 1) + leak * done + noise * random.normal() };
  });
}

describe('the criterion of flat memory', () => {
  const many = Array.from({ length: 50 }, (_, i) => String(i));

  it('passes what stays, and finds the growth of what does not', () => {
    for (const seed of many) {
      expect(growth(run(seed)).flat).toBe(true);
      // 20 KB a submission are 20 MB over 1,000: a fifth of the level.
      const { flat, slope, error } = growth(run(seed, { leak: 20e3 }));
      expect(flat).toBe(false);
      expect(Math.abs(slope - 20e6)).toBeLessThan(6 * error);
    }
  });

  it('refuses what shows nothing: few samples, or noise beyond the bound', () => {
    expect(() => growth(run('few', { count: 50 }))).toThrow(RangeError);
    const passed = many.filter((seed) => growth(run(seed, { count: 100, noise: 200e6 })).flat);
    // The mean of 80 samples of that noise is off by 22 MB, the slope by far more: it passes where chance gives a slope well below 0.
    expect(passed.length).toBeLessThan(many.length / 5);
  });
});
