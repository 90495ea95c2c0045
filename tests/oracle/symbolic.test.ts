import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float64 } from '../../src/oracle/arithmetic.js';
import { gradient } from '../../src/oracle/dual.js';
import { mixtureOracle } from '../../src/oracle/mixture.js';
import { symbolicFormula, symbolicGradient } from '../../src/oracle/symbolic.js';

describe('symbolicGradient', () => {
  it('differentiates a mixture as dual numbers do', () => {
    const p = mixtureOracle({
      weights: [0.4, 0.6],
      means: [
        [0.5, -1],
        [-1, 0.7],
      ],
      covariances: [
        [
          [0.9, 0.2],
          [0.2, 0.6],
        ],
        [
          [0.5, -0.1],
          [-0.1, 1.2],
        ],
      ],
    });
    const symbolic = symbolicGradient(p.symbolicLogDensity!('x'), ['x_1', 'x_2']);
    const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(coordinate, coordinate), (x) => {
        const expected = gradient(p.logDensity)(float64, x);
        symbolic(float64, { x }).forEach((value, i) =>
          expect(Math.abs(value - expected[i])).toBeLessThan(1e-11 * (1 + Math.abs(expected[i]))),
        );
      }),
    );
  });

  it('names what it cannot read', () => {
    expect(() => symbolicFormula('gamma(x)')(float64, { x: [2] })).toThrow(/found "gamma"/);
    expect(() => symbolicFormula('x + y')(float64, { x: [2] })).toThrow(/found the variable "y"/);
    expect(() => symbolicFormula('x^1.3')(float64, { x: [2] })).toThrow(/whole exponent or 1\/2, found 1.3/);
  });
});
