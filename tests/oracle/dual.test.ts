import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float64, type Formula, type ScalarFormula } from '../../src/oracle/arithmetic.js';
import { divergence, gradient, jacobian } from '../../src/oracle/dual.js';

const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
/** Central difference with h = 1e-5: truncation h²·|f‴| ~ 1e-10, rounding 2⁻⁵²·|f|/h ~ 1e-11·|f|; the functions here have |f|, |f‴| below 100. */
const h = 1e-5;
const allowed = 1e-7;

const everyOperation: ScalarFormula = (a, [x, y]) =>
  a.sum([
    a.exp(a.mul(a.c(0.3), x)),
    a.log(a.add(a.c(4), y)),
    a.sqrt(a.add(a.c(1), a.mul(x, x))),
    a.softplus(a.sub(x, y)),
    a.sigmoid(a.mul(x, y)),
    a.sin(x),
    a.cos(a.mul(a.c(2), y)),
    a.div(x, a.add(a.c(5), y)),
    // The two never meet on the domain: at a kink a central difference is no derivative.
    a.max(a.mul(a.c(2), x), a.sub(y, a.c(20))),
  ]);

describe('gradient', () => {
  it('agrees with central differences', () => {
    fc.assert(
      fc.property(fc.tuple(coordinate, coordinate), ([x, y]) => {
        const [dx, dy] = gradient(everyOperation)(float64, [x, y]);
        const f = (u: number, v: number): number => everyOperation(float64, [u, v]);
        expect(Math.abs(dx - (f(x + h, y) - f(x - h, y)) / (2 * h))).toBeLessThan(allowed);
        expect(Math.abs(dy - (f(x, y + h) - f(x, y - h)) / (2 * h))).toBeLessThan(allowed);
      }),
    );
  });

  it('of a gradient is the Hessian, which is symmetric', () => {
    fc.assert(
      fc.property(fc.tuple(coordinate, coordinate), (x) => {
        const [, xy, yx] = jacobian(gradient(everyOperation))(float64, x);
        expect(Math.abs(xy - yx)).toBeLessThan(1e-13 * (1 + Math.abs(xy)));
      }),
    );
  });
});

describe('divergence', () => {
  it('is the trace of the Jacobian, also for a field that is no gradient', () => {
    const field: Formula = (a, [x, y]) => [a.mul(x, a.sin(y)), a.sub(a.exp(x), a.mul(y, y))];
    fc.assert(
      fc.property(fc.tuple(coordinate, coordinate), (x) => {
        const [xx, , , yy] = jacobian(field)(float64, x);
        expect(divergence(field)(float64, x)).toBeCloseTo(xx + yy, 12);
        expect(xx + yy).toBeCloseTo(Math.sin(x[1]) - 2 * x[1], 12);
      }),
    );
  });
});
