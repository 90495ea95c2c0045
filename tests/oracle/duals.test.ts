import fc from 'fast-check';
import { expect, it } from 'vitest';
import { float64, type Arithmetic, type Formula } from '../../src/oracle/arithmetic.js';
import { dual } from '../../src/oracle/dual.js';
import { duals } from '../../src/oracle/duals.js';
import { runningError } from '../../src/oracle/running-error.js';

const coordinate = fc.double({ min: -3, max: 3, noNaN: true });

/** Every operation, with operands that are given, fixed, and made of both. */
const everything: Formula = (a, [x, y, z]) => [
  a.sum([a.exp(a.mul(a.c(0.3), x)), a.log(a.add(a.c(4), y)), a.sqrt(a.add(a.c(1), a.mul(z, z))), a.c(7)]),
  a.div(a.sub(x, a.c(2)), a.add(a.c(5), a.abs(y))),
  a.div(a.c(2), a.add(a.c(5), a.mul(z, z))),
  a.softplus(a.sigmoid(a.mul(x, a.sub(a.c(1), y)))),
  a.add(a.sin(x), a.mul(a.cos(z), a.sign(y))),
  a.max(a.combine([0.5, -1.25], [x, y]), a.choose(x, y, z, a.c(3))),
  ...a.softmaxMean([x, y, a.c(0.2)], [[z], [a.c(1)], [y]]),
  a.exp(a.sin(a.c(0.4))),
];

/** Each derivative by itself, by the dual numbers of one direction. */
function oneByOne<T>(a: Arithmetic<T>, x: readonly number[]): { v: T; d: T[] }[] {
  const over = dual(a);
  const columns = x.map((_, k) =>
    everything(
      over,
      x.map((value, i) => ({ v: a.c(value), d: a.c(i === k ? 1 : 0) })),
    ),
  );
  return columns[0].map(({ v }, i) => ({ v, d: columns.map((column) => column[i].d) }));
}

function allAtOnce<T>(a: Arithmetic<T>, x: readonly number[]): { v: T; d: T[] }[] {
  const own = x.map((value, i) => ({ v: a.c(value), d: x.map((_, k) => a.c(i === k ? 1 : 0)) }));
  return everything(duals(a, x.length), own).map(({ v, d }) => ({ v, d: x.map((_, k) => d?.[k] ?? a.c(0)) }));
}

/** 0 and −0 are one number here. */
const plain = <T>(found: T): T => JSON.parse(JSON.stringify(found)) as T;

it('are the dual numbers of every direction, with their values and their bounds', () => {
  fc.assert(
    fc.property(fc.tuple(coordinate, coordinate, coordinate), (x) => {
      expect(plain(allAtOnce(float64, x))).toEqual(plain(oneByOne(float64, x)));
      expect(plain(allAtOnce(runningError, x))).toEqual(plain(oneByOne(runningError, x)));
    }),
  );
});
