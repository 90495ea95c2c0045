import { expect, it } from 'vitest';
import { randomWords } from '../../../reference/data/random-words.js';

it('gives numbers in [0, 1) with the mean and variance of the uniform law, within a stream and across streams', () => {
  const n = 100_000;
  const within = randomWords(5, 0);
  const samples = [
    Array.from({ length: n }, () => within()),
    Array.from({ length: n }, (_, stream) => randomWords(5, stream)()),
  ];
  for (const sample of samples) {
    expect(sample.every((u) => u >= 0 && u < 1)).toBe(true);
    const mean = sample.reduce((sum, u) => sum + u, 0) / n;
    const variance = sample.reduce((sum, u) => sum + (u - 0.5) ** 2, 0) / n;
    // Six standard errors: Var u = 1/12, Var (u - 1/2)² = 1/80 - 1/144 = 1/180.
    expect(Math.abs(mean - 0.5)).toBeLessThan(6 / Math.sqrt(12 * n));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(6 / Math.sqrt(180 * n));
  }
});

it('gives the same numbers for the same pair only', () => {
  const start = (seed: number, stream: number): string => {
    const next = randomWords(seed, stream);
    return [next(), next(), next()].join(' ');
  };
  expect(start(7, 9)).toBe(start(7, 9));
  const others = [start(7, 9), start(9, 7), start(7, 10), start(8, 9), start(7 + 2 ** 32, 9), start(7, 9 + 2 ** 31)];
  expect(new Set(others).size).toBe(others.length);
});
