import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inversePositiveDefinite } from '../../src/numerics/linear-algebra.js';

test('a matrix times its inverse is the identity', () => {
  const squares = fc.integer({ min: 1, max: 6 }).chain((n) => {
    const row = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n, maxLength: n });
    return fc.array(row, { minLength: n, maxLength: n });
  });
  fc.assert(
    fc.property(squares, (b) => {
      // B Bᵀ + I: eigenvalues between 1 and 1 + n² = 37.
      const a = b.map((left, i) =>
        b.map((right, j) => left.reduce((sum, v, k) => sum + v * right[k], i === j ? 1 : 0)),
      );
      const inverse = inversePositiveDefinite(a);
      a.forEach((row, i) =>
        inverse.forEach((_, j) => {
          const entry = row.reduce((sum, v, k) => sum + v * inverse[k][j], 0);
          // d³ κ roundings (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., chapter 14).
          expect(Math.abs(entry - (i === j ? 1 : 0))).toBeLessThanOrEqual(216 * 37 * 2 ** -52);
        }),
      );
    }),
  );
});

test('a matrix that is not positive definite is refused', () => {
  expect(() =>
    inversePositiveDefinite([
      [1, 2],
      [2, 1],
    ]),
  ).toThrow(/positive definite/);
});
