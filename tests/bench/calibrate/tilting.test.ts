import { describe, expect, it } from 'vitest';
import { laws, mirrored, sampler } from '../../../bench/calibrate/laws.js';
import { normalCritical, tCritical } from '../../../bench/calibrate/quantiles.js';
import { sumExceeds, tExceeds } from '../../../bench/calibrate/tilting.js';
import { randomStream } from '../../../src/numerics/random.js';
import { testSeed } from '../../seed.js';

const [gaussian] = laws;
const design = (n: number, name: string) => ({ n, runs: 400, random: randomStream(testSeed, name) });

/** An estimate with this relative standard error lies within six of them but for 2e-9, and the exact rate is known. */
function expectRate(rate: { probability: number; relativeError: number }, exact: number): void {
  expect(rate.relativeError).toBeLessThan(0.2);
  expect(Math.abs(rate.probability - exact)).toBeLessThan(6 * rate.relativeError * rate.probability);
}

describe('importance sampling', () => {
  it('finds the known rate of z on Gaussian draws at 1e-8', () => {
    const n = 256;
    const threshold = normalCritical(1e-8) * Math.sqrt(n);
    expectRate(
      sumExceeds(gaussian, (d) => d, threshold, design(n, 'z')),
      1e-8,
    );
  });

  it('finds the known rate of t on Gaussian draws at 1e-8', () => {
    expectRate(tExceeds(gaussian, tCritical(1e-8, 255), design(256, 't')), 1e-8);
  });

  it('finds a rate that plain simulation sees as well', () => {
    const law = laws.find(({ name }) => name === 'chi2') ?? gaussian;
    const [n, threshold, runs] = [64, 16, 20_000];
    const tilted = sumExceeds(law, (d) => d, threshold, design(n, 'tilted'));
    const random = randomStream(testSeed, 'plain');
    const draw = sampler(law);
    let hits = 0;
    for (let run = 0; run < runs; run++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += draw(random);
      if (sum > threshold) hits++;
    }
    const error = Math.hypot(tilted.relativeError * tilted.probability, Math.sqrt(hits) / runs);
    expect(Math.abs(tilted.probability - hits / runs)).toBeLessThan(6 * error);
  });

  it('gives 0 for what cannot happen', () => {
    expect(sumExceeds(gaussian, (d) => Math.min(d, 1), 300, design(256, 'bounded')).probability).toBe(0);
  });
});

describe('laws', () => {
  it.each([...laws, ...laws.map(mirrored)])('$name has mean 0 and variance 1', ({ values, weights }) => {
    const moment = (k: number): number => values.reduce((sum, v, i) => sum + weights[i] * v ** k, 0);
    expect(moment(0)).toBeCloseTo(1, 12);
    expect(moment(1)).toBeCloseTo(0, 10);
    expect(moment(2)).toBeCloseTo(1, 10);
  });

  it('are drawn with their weights', () => {
    const law = { name: 'three', values: Float64Array.of(0, 1, 2), weights: Float64Array.of(0.5, 0.2, 0.3) };
    const draw = sampler(law);
    const random = randomStream(testSeed, 'alias');
    const runs = 20_000;
    const counts = [0, 0, 0];
    for (let i = 0; i < runs; i++) counts[draw(random)]++;
    // Six standard deviations.
    law.weights.forEach((w, i) =>
      expect(Math.abs(counts[i] - w * runs)).toBeLessThan(6 * Math.sqrt(runs * w * (1 - w))),
    );
  });
});
