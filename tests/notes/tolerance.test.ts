import { describe, expect, it } from 'vitest';
import { newTrace, type Rule } from '../../src/notes/numbers/scope.js';
import { coarser, quadratureError } from '../../src/notes/numbers/tolerance.js';
import { gaussianNodes } from '../../src/notes/numbers/measures.js';

const rule = (count: number): Rule => ({
  laws: { count, reach: 6.5 },
  boxes: { count: 65, reach: 8 },
  probes: 6,
  step: 1 / 32,
});

/** E f(u) for u ~ N(0, 1) by a rule. */
function mean(f: (u: number) => number, laws: Rule['laws']): number {
  const { at, weights } = gaussianNodes(1, laws);
  return weights.reduce((total, w, i) => total + w * f(at[0][i]), 0);
}

describe('quadratureError', () => {
  it.each([
    ['a square', (u: number) => u * u, 1],
    ['a fourth power', (u: number) => u ** 4, 3],
    ['an entire function', (u: number) => Math.cos(1.3 * u), Math.exp(-0.845)],
    ['a rational one with poles at ±i', (u: number) => 1 / (1 + u * u), 0.655679542418798],
  ])('bounds what each rule leaves of the mean of %s, and not by much at 37 nodes', (_, f, exact) => {
    for (const count of [11, 15, 25, 37, 65]) {
      const own = rule(count);
      const fine = mean(f, own.laws);
      const bound = quadratureError(fine, mean(f, coarser(own).laws), undefined, Math.abs(exact), own);
      expect(Math.abs(fine - exact)).toBeLessThan(bound + 1e-14);
    }
    const own = rule(37);
    expect(quadratureError(mean(f, own.laws), mean(f, coarser(own).laws), undefined, 1, own)).toBeLessThan(1e-3);
  });

  it('is 0 where two rules agree', () => {
    expect(quadratureError(1, 1, undefined, 1, rule(37))).toBe(0);
    expect(newTrace().averages).toBe(false);
  });
});
