import { describe, expect, it } from 'vitest';
import { randomStream, type Random } from '../../../src/numerics/random.js';
import {
  geometricLooks,
  influence,
  interval,
  lookAt,
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

function verdictOf(draw: (r: Random) => number, shift: number, design: MeanTest, random: Random): string {
  const draws = new Float64Array(design.looks[design.looks.length - 1]);
  let filled = 0;
  for (const look of design.looks) {
    for (; filled < look; filled++) draws[filled] = draw(random) + shift;
    const verdict = lookAt(draws, look, design);
    if (verdict !== 'continue') return verdict;
  }
  return 'inconclusive';
}

/**
 * Upper count that k ~ Binomial(n, rate) exceeds with probability below 1e-6 (Chernoff: P(k ≥ m) ≤ exp(−n KL(m/n ‖ rate))).
 */
function bound(n: number, rate: number): number {
  const kl = (q: number): number => q * Math.log(q / rate) + (1 - q) * Math.log((1 - q) / (1 - rate));
  let m = Math.ceil(n * rate) + 1;
  while (m < n && n * kl(m / n) < Math.log(1e6)) m++;
  return m;
}

describe('lookAt', () => {
  const runs = 300;
  for (const [name, draw] of Object.entries(laws)) {
    it(`refutes a true claim on ${name} draws no more often than its rate, and supports it`, () => {
      const random = randomStream(11, 'true claim', name);
      const verdicts = Array.from({ length: runs }, () => verdictOf(draw, 0, test(0.05, 0.05, 8192), random));
      expect(verdicts.filter((v) => v === 'refuted').length).toBeLessThanOrEqual(bound(runs, 0.05));
      expect(verdicts.filter((v) => v === 'supported').length).toBeGreaterThan(0.9 * runs);
    });

    it(`supports a claim on ${name} draws that is wrong by delta1 no more often than its rate, on either side`, () => {
      for (const shift of [0.1, -0.1]) {
        const random = randomStream(12, 'wrong claim', name, String(shift));
        const verdicts = Array.from({ length: runs }, () => verdictOf(draw, shift, test(1e-6, 0.05, 8192), random));
        expect(verdicts.filter((v) => v === 'supported').length).toBeLessThanOrEqual(bound(runs, 0.05));
      }
    });
  }

  it('finds an effect of its stated resolution with about 95 % probability', () => {
    const design = test(1e-8, 1e-4, 8192);
    const effect = resolutionAt(8192, design);
    const random = randomStream(13, 'resolution');
    const found = Array.from({ length: runs }, () => verdictOf(laws['Gaussian'], effect, design, random)).filter(
      (v) => v === 'refuted',
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
