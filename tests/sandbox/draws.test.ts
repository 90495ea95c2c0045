import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawer, replay, streamKey } from '../../src/sandbox/draws.js';
import type { Draw } from '../../src/sandbox/question.js';
import { testSeed } from '../seed.js';

const key = streamKey(testSeed, 'draws');

describe('draws', () => {
  it('are replayed exactly, in order', () => {
    const draw = fc.record({
      law: fc.constantFrom('normal', 'uniform', 'rademacher'),
      shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(draw, { maxLength: 5 }), (draws: Draw[]) => {
        const draw = drawer(key);
        expect(replay(key, draws)).toEqual(draws.map((each) => draw(each)));
      }),
    );
  });

  it('of another key are others', () => {
    const draws: Draw[] = [{ law: 'uniform', shape: [4] }];
    expect(replay(key, draws)).not.toEqual(replay(streamKey(testSeed, 'other'), draws));
  });

  // n draws: the mean of the uniform law has standard error sqrt(1/12/n), of a sign and of N(0, 1) 1/sqrt(n). Six of them are exceeded with
  // probability 2e-9.
  it.each([
    ['normal', 0, 1],
    ['uniform', 0.5, 1 / 12],
    ['rademacher', 0, 1],
  ] as const)('of the %s law have its mean and variance', (law, mean, variance) => {
    const n = 100_000;
    const x = replay(key, [{ law, shape: [n] }])[0] ?? new Float32Array();
    const average = x.reduce((sum, each) => sum + each, 0) / n;
    expect(Math.abs(average - mean)).toBeLessThan(6 * Math.sqrt(variance / n));
    const spread = x.reduce((sum, each) => sum + (each - mean) ** 2, 0) / n;
    // The variance of (x - mean)² is at most 2 variance² for these laws (N(0, 1): exactly).
    expect(Math.abs(spread - variance)).toBeLessThanOrEqual(6 * variance * Math.sqrt(2 / n));
  });

  it('of the uniform law are below 1 in float32', () => {
    const x = replay(key, [{ law: 'uniform', shape: [100_000] }])[0] ?? new Float32Array();
    expect(x.every((each) => each >= 0 && each < 1)).toBe(true);
  });
});
