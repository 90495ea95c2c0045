import { describe, expect, it } from 'vitest';
import {
  chainCdf,
  chainMoments,
  kolmogorovDistance,
  lawAfter,
  stationaryLaw,
  type Transition,
} from '../../src/oracle/chain-law.js';
import { lineCdf, type LineMixture } from '../../src/oracle/line-mixture.js';

const linear = (slope: number, offset: number, sd: number): Transition => ({
  sd,
  means: (points) => points.map((y) => slope * y + offset),
});

const start: LineMixture = { weights: [0.4, 0.6], means: [-1.3, 0.9], variances: [0.5, 1.1] };

describe('lawAfter', () => {
  // A linear chain keeps a mixture a mixture: mean m → a m + b, variance v → a² v + s², component by component.
  const steps = [linear(0.9, 0.3, 0.5), linear(1.1, -0.2, 0.07), linear(0.7, 0, 0.4), linear(0.95, 0.1, 0.2)];
  const exact: LineMixture = {
    weights: start.weights,
    means: start.means.map((m) => [0.9 * m + 0.3].map((x) => 1.1 * x - 0.2).map((x) => 0.7 * x)[0] * 0.95 + 0.1),
    variances: start.variances.map((v) => (((v * 0.81 + 0.25) * 1.21 + 0.0049) * 0.49 + 0.16) * 0.9025 + 0.04),
  };
  const law = lawAfter(start, steps)!;

  it('is the mixture that a linear chain makes of a mixture', () => {
    expect(kolmogorovDistance(law, exact, [-3, -1.1, -0.2, 0.4, 1.7, 3])).toBeLessThan(1e-9);
  });

  it('keeps the mass', () => {
    expect(law.masses.reduce((sum, m) => sum + m, 0)).toBeCloseTo(1, 10);
    expect(chainCdf(law, 50)).toBeCloseTo(1, 10);
  });

  it('has the moments of that mixture', () => {
    const { first, second } = chainMoments(law);
    const mean = exact.weights.reduce((sum, w, k) => sum + w * exact.means[k], 0);
    const square = exact.weights.reduce((sum, w, k) => sum + w * (exact.means[k] ** 2 + exact.variances[k]), 0);
    expect(first).toBeCloseTo(mean, 9);
    expect(second).toBeCloseTo(square, 9);
  });

  it('carries atoms through a step without noise, up to steps of a hundredth', () => {
    const mapped = lawAfter(start, [linear(1, 0, 0.3), linear(2, 0.5, 0)])!;
    const widened = (v: number): number => 4 * (v + 0.09);
    const p = { ...start, means: start.means.map((m) => 2 * m + 0.5), variances: start.variances.map(widened) };
    expect(kolmogorovDistance(mapped, p, [-3, -1.1, 0.2, 1.7])).toBeLessThan(0.01);
  });

  it('says so where a chain runs off', () => {
    const explodes = Array.from({ length: 40 }, () => linear(8, 0, 0.1));
    expect(lawAfter(start, explodes)).toBeUndefined();
  });
});

describe('stationaryLaw', () => {
  it('is N(b/(1 − a), s²/(1 − a²)) for y → a y + b + s z', () => {
    const law = stationaryLaw(linear(0.8, 0.5, 0.6), -4, 9)!;
    const variance = 0.36 / 0.36;
    const p = { weights: [1], means: [2.5], variances: [variance] };
    for (const x of [0.7, 2.1, 3.3]) expect(chainCdf(law, x)).toBeCloseTo(lineCdf(p, x), 9);
  });

  it('does not exist without noise', () => {
    expect(stationaryLaw(linear(0.8, 0, 0), -4, 4)).toBeUndefined();
  });
});
