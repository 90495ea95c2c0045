import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float64, logSumExp, softmax, type Arithmetic } from '../../src/oracle/arithmetic.js';
import { BLOCK, blockArithmetic, laneAt, type Lanes } from '../../src/oracle/blocks.js';
import { gradient } from '../../src/oracle/dual.js';

const formulas: Record<string, <T>(a: Arithmetic<T>, x: readonly T[]) => T> = {
  'sums, products and quotients with constants': (a, [x, y]) =>
    a.div(a.sub(a.mul(a.c(0.3), x), a.add(y, a.c(1))), a.add(a.c(2), a.mul(x, x))),
  'constants alone': (a) => a.div(a.mul(a.c(3), a.sub(a.c(5), a.c(0.25))), a.add(a.c(1), a.c(6))),
  'neutral constants': (a, [x, y]) => a.add(a.mul(a.c(1), x), a.sub(a.add(a.c(0), y), a.mul(a.c(0), x))),
  'a row of constants with variables and constants': (a, [x, y]) => a.combine([0.1, 0, -0.7, 2], [x, y, a.c(3), y]),
  'log-sum-exp': (a, x) => logSumExp(a, x),
  'a softmax mean': (a, x) => a.sum(softmax(a, x).map((w, i) => a.mul(w, x[i]))),
  'softplus and sigmoid': (a, [x, y]) => a.sub(a.softplus(a.mul(x, y)), a.sigmoid(a.sub(x, y))),
  'sine, cosine and sign': (a, [x, y]) => a.add(a.mul(a.sign(x), a.sin(x)), a.cos(y)),
  'square root, absolute value and logarithm': (a, [x, y]) => a.log(a.add(a.c(1), a.sqrt(a.abs(a.mul(x, y))))),
  'the larger one, and what a comparison chooses': (a, [x, y]) => a.choose(x, a.c(0.5), a.max(x, y), a.c(-1)),
  'what was computed outside': (a, x) =>
    a.opaque(x, ([u, v]) => ({ value: [Math.hypot(u, v), u - v], error: [0, 0], lipschitz: 1 }))[1],
};

const points = fc.array(
  fc.tuple(fc.double({ min: -8, max: 8, noNaN: true }), fc.double({ min: -8, max: 8, noNaN: true })),
  {
    minLength: 1,
    maxLength: 40,
  },
);

const agree = (formula: <T>(a: Arithmetic<T>, x: readonly T[]) => T): void => {
  const blocks = blockArithmetic();
  fc.assert(
    fc.property(points, (rows) => {
      blocks.start(rows.length);
      const columns = [0, 1].map((j) => Float64Array.from(rows, (row) => row[j]));
      const together = formula<Lanes>(blocks, columns);
      // The same operations in the same order: the same numbers. Adding 0 takes the sign off −0.
      rows.forEach((row, i) => expect(laneAt(together, i) + 0).toBe(formula<number>(float64, row) + 0));
    }),
  );
};

describe('block arithmetic gives what float64 gives point by point', () => {
  for (const [name, formula] of Object.entries(formulas)) it(name, () => agree(formula));

  it('derivatives', () => {
    const slope = gradient((a, x) => a.add(logSumExp(a, x), a.softplus(a.mul(x[0], x[1]))));
    agree((a, x) => slope(a, x)[1]);
  });
});

it('a formula that asks for a value is refused', () => {
  const blocks = blockArithmetic();
  blocks.start(2);
  expect(() => blocks.value(new Float64Array(BLOCK))).toThrow(/same at all points of a block/);
});
