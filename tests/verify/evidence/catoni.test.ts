import { describe, expect, it } from 'vitest';
import { largestCount, runTest } from '../../../bench/calibrate/sequential.js';
import { randomStream, type Random } from '../../../src/numerics/random.js';
import {
  geometricLooks,
  influence,
  influenceSum,
  interval,
  resolutionAt,
  type MeanTest,
} from '../../../src/verify/evidence/catoni.js';

/** Laws with mean 0 and variance 1: symmetric, skew, heavy-tailed, and a spike that carries half the variance in one draw of a thousand. */
const laws: Record<string, (random: Random) => number> = {
  Gaussian: (r) => r.normal(),
  'squared Gaussian': (r) => (r.normal() ** 2 - 1) / Math.SQRT2,
  exponential: (r) => 1 - r.exponential(),
  spike: (r) => {
    const p = 1e-3;
    const rare = r.uniform() < p ? 1 : 0;
    return Math.SQRT1_2 * r.normal() + Math.SQRT1_2 * ((rare - p) / Math.sqrt(p * (1 - p)));
  },
};

const test = (alpha: number, beta: number, nMax: number): MeanTest => ({
  delta0: 0,
  delta1: 0.1,
  variance: 1,
  alpha,
  beta,
  looks: geometricLooks(nMax),
});

describe('lookAt', () => {
  const runs = 300;
  for (const [name, draw] of Object.entries(laws)) {
    it(`refutes a true claim on ${name} draws no more often than its rate, and supports it`, () => {
      const random = randomStream(11, 'true claim', name);
      const verdicts = Array.from({ length: runs }, () => runTest(test(0.05, 0.05, 8192), draw, 0, random));
      expect(verdicts.filter(({ verdict }) => verdict === 'refuted').length).toBeLessThanOrEqual(
        largestCount(runs, 0.05),
      );
      expect(verdicts.filter(({ verdict }) => verdict === 'supported').length).toBeGreaterThan(0.9 * runs);
    });

    it(`supports a claim on ${name} draws that is wrong by delta1 no more often than its rate, on either side`, () => {
      for (const shift of [0.1, -0.1]) {
        const random = randomStream(12, 'wrong claim', name, String(shift));
        const verdicts = Array.from({ length: runs }, () => runTest(test(1e-6, 0.05, 8192), draw, shift, random));
        expect(verdicts.filter(({ verdict }) => verdict === 'supported').length).toBeLessThanOrEqual(
          largestCount(runs, 0.05),
        );
      }
    });
  }

  it('keeps its rate where it looks at every draw', () => {
    const [first, last] = [64, 1024];
    const design = { ...test(0.05, 0.05, last), looks: Array.from({ length: last - first + 1 }, (_, i) => first + i) };
    for (const [name, draw] of Object.entries(laws)) {
      const random = randomStream(15, 'every draw', name);
      const refuted = Array.from({ length: runs }, () => runTest(design, draw, 0, random)).filter(
        ({ verdict }) => verdict === 'refuted',
      );
      expect(refuted.length, name).toBeLessThanOrEqual(largestCount(runs, 0.05));
    }
  });

  it('finds an effect of its stated resolution with about 95 % probability', () => {
    const design = test(1e-8, 1e-4, 8192);
    const effect = resolutionAt(8192, design);
    const random = randomStream(13, 'resolution');
    const found = Array.from({ length: runs }, () => runTest(design, laws['Gaussian'], effect, random)).filter(
      ({ verdict }) => verdict === 'refuted',
    ).length;
    // Catoni's half-width exceeds the Gaussian one by lower-order terms: at least 85 % of 300, 1e-6 below a true 95 %.
    expect(found).toBeGreaterThan(0.85 * runs);
  });
});

describe('influence', () => {
  it('satisfies the inequality that the proof rests on', () => {
    for (let y = -30; y <= 30; y += 0.01) {
      expect(Math.exp(influence(y))).toBeLessThanOrEqual((1 + y + (y * y) / 2) * (1 + 1e-12));
    }
  });
});

describe('influenceSum', () => {
  it('is the sum of the influences, also of draws far out', () => {
    const random = randomStream(16, 'sum');
    const draws = Float64Array.from({ length: 5000 }, (_, i) => random.normal() * (i % 100 === 0 ? 1e9 : 1));
    draws[7] = 1e150;
    for (const [lambda, m] of [
      [0.01, 0.3],
      [3, -2],
    ]) {
      const sum = draws.reduce((total, d) => total + influence(lambda * (d - m)), 0);
      expect(Math.abs(influenceSum(draws, draws.length, lambda, m) - sum)).toBeLessThan(1e-9 * Math.abs(sum));
    }
  });
});

describe('interval', () => {
  it('contains the mean and shrinks with the draws', () => {
    const random = randomStream(14, 'interval');
    const draws = Float64Array.from({ length: 8192 }, () => random.normal() + 0.3);
    const design = test(1e-6, 1e-4, 8192);
    const [early, late] = [interval(draws, 512, design), interval(draws, 8192, design)];
    expect(Math.abs(late.estimate - 0.3)).toBeLessThan(late.halfWidth);
    expect(late.halfWidth).toBeLessThan(early.halfWidth / 3);
  });
});

describe('geometricLooks', () => {
  it('ends at nMax, also below the first look', () => {
    expect(geometricLooks(64)).toEqual([64]);
    expect(geometricLooks(300)).toEqual([128, 152, 181, 215, 256, 300]);
  });
});
