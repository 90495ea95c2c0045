import { describe, expect, it } from 'vitest';
import { integrate, nodeByNode } from '../../src/oracle/quadrature.js';
import type { Interval } from '../../src/oracle/density.js';

const smooth = (reach: number): Interval => ({ from: -reach, to: reach, breaks: [], smooth: true });
const pieces = (from: number, to: number, ...breaks: number[]): Interval => ({ from, to, breaks, smooth: false });
const of = (f: (x: readonly number[]) => number) =>
  nodeByNode({ k: 1, extra: 0 }, (x, out) => {
    out[0] = f(x);
    out[1] = Math.abs(out[0]);
  });
const normal = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

describe('integrate', () => {
  it('gives moments of a Gaussian to rounding in one, two and three dimensions', () => {
    const one = integrate(
      [smooth(9)],
      of(([x]) => x ** 4 * normal(x)),
      1e5,
    );
    expect(one.converged).toBe(true);
    expect(Math.abs(one.values[0] - 3)).toBeLessThanOrEqual(one.errors[0]);
    const two = integrate(
      [smooth(9), smooth(9)],
      of(([x, y]) => x * x * y * y * normal(x) * normal(y)),
      1e5,
    );
    expect(Math.abs(two.values[0] - 1)).toBeLessThanOrEqual(two.errors[0]);
    const three = integrate(
      [smooth(9), smooth(9), smooth(9)],
      of(([x, y, z]) => (x + y + z) ** 2 * normal(x) * normal(y) * normal(z)),
      1.5e5,
    );
    expect(Math.abs(three.values[0] - 3)).toBeLessThanOrEqual(three.errors[0]);
    expect(three.errors[0]).toBeLessThan(1e-8);
  });

  it('splits at jumps and kinks', () => {
    const jump = integrate(
      [pieces(0, 60)],
      of(([x]) => x * Math.exp(-x)),
      1e5,
    );
    expect(Math.abs(jump.values[0] - 1)).toBeLessThanOrEqual(jump.errors[0]);
    expect(jump.errors[0]).toBeLessThan(1e-12);
    const kink = integrate(
      [pieces(-60, 60, 0.3)],
      of(([x]) => (Math.abs(x - 0.3) * Math.exp(-Math.abs(x - 0.3))) / 2),
      1e5,
    );
    expect(Math.abs(kink.values[0] - 1)).toBeLessThanOrEqual(kink.errors[0]);
  });

  it('says so when it has not converged, and then its error is the last change', () => {
    const rough = integrate(
      [smooth(9)],
      of(([x]) => (x > 0.1234 ? normal(x) : 0)),
      500,
    );
    expect(rough.converged).toBe(false);
    expect(rough.errors[0]).toBeGreaterThan(1e-6);
  });
});
