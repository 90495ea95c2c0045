import { describe, expect, it } from 'vitest';
import {
  lineCdf,
  lineDensity,
  lineMean,
  lineQuantile,
  lineScore,
  lineSecondAndFourth,
  noisedLine,
} from '../../src/oracle/line-mixture.js';
import { normalCdf } from '../../src/oracle/normal-distribution.js';

describe('normalCdf', () => {
  // By mpmath with 30 digits, rounded.
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.96, 0.024997895148220435],
    [4.9, 0.9999995208167234],
    [-5.1, 1.6982674071475982e-7],
    [-8, 6.220960574271784e-16],
    [-20, 2.7536241186062337e-89],
  ])('has Φ(%d) to 14 digits', (x, value) => {
    expect(Math.abs(normalCdf(x) / value - 1)).toBeLessThan(1e-14);
  });

  it('is symmetric: Φ(x) + Φ(−x) = 1', () => {
    for (let x = 0; x < 12; x += 0.37) expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 15);
  });
});

describe('a mixture on the line', () => {
  const p = { weights: [0.3, 0.7], means: [-1.7, 1.4], variances: [0.36, 0.81] };
  const points = [-3.1, -1.2, 0.1, 0.8, 2.9];
  // Central differences with h = 1e-5 err by h² and by rounding 1e-16/h: 1e-9 of values of size 1.
  const h = 1e-5;

  it('has the density that its distribution function grows by', () => {
    for (const x of points) {
      expect((lineCdf(p, x + h) - lineCdf(p, x - h)) / (2 * h)).toBeCloseTo(lineDensity(p, x), 8);
    }
  });

  it('has the score that the logarithm of its density grows by', () => {
    for (const x of points) {
      const slope = (Math.log(lineDensity(p, x + h)) - Math.log(lineDensity(p, x - h))) / (2 * h);
      expect(slope).toBeCloseTo(lineScore(p, x), 7);
    }
  });

  it('has quantiles that its distribution function takes back', () => {
    for (const u of [1e-6, 0.02, 0.31, 0.5, 0.97]) expect(lineCdf(p, lineQuantile(p, u))).toBeCloseTo(u, 13);
  });

  it('has the moments that sums over a fine grid have', () => {
    const sum = (f: (x: number) => number): number => {
      let total = 0;
      for (let x = -12; x <= 12; x += 0.05) total += 0.05 * f(x) * lineDensity(p, x);
      return total;
    };
    const { second, fourth } = lineSecondAndFourth(p);
    expect(sum((x) => x)).toBeCloseTo(lineMean(p), 12);
    expect(sum((x) => x ** 2)).toBeCloseTo(second, 12);
    expect(sum((x) => x ** 4)).toBeCloseTo(fourth, 11);
  });

  it('shrinks and widens under noise', () => {
    expect(noisedLine(p, 0.5, 0.2)).toEqual({
      weights: [0.3, 0.7],
      means: [-0.85, 0.7],
      variances: [0.25 * 0.36 + 0.2, 0.25 * 0.81 + 0.2],
    });
  });
});
