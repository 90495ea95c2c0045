import { softmaxMeanBySteps } from './arithmetic.js';
import type { Arithmetic } from './arithmetic.js';

/** A value with its derivatives in several directions; `undefined` where all of them are 0, as they are for what is given. */
export interface Duals<T> {
  readonly v: T;
  readonly d: readonly T[] | undefined;
}

/**
 * Dual numbers in `directions` directions at a time: derivative by derivative the operations of `dual`, and so its numbers and its bounds, while each value is
 * computed once for all directions and what depends on no direction costs nothing.
 */
export function duals<T>(a: Arithmetic<T>, directions: number): Arithmetic<Duals<T>> {
  const zero = a.c(0);
  const zeros: readonly T[] = new Array<T>(directions).fill(zero);
  /** One direction after the other, from the derivatives of the operands. */
  const each = (f: (k: number) => T): T[] => {
    const d = new Array<T>(directions);
    for (let k = 0; k < directions; k++) d[k] = f(k);
    return d;
  };
  const linear = (v: T, x: Duals<T>, y: Duals<T>, of: (dx: T, dy: T) => T): Duals<T> => {
    if (x.d === undefined && y.d === undefined) return { v, d: undefined };
    const [dx, dy] = [x.d ?? zeros, y.d ?? zeros];
    return { v, d: each((k) => of(dx[k], dy[k])) };
  };
  const through = (v: T, x: Duals<T>, of: (dx: T) => T): Duals<T> => {
    const { d } = x;
    return { v, d: d === undefined ? undefined : each((k) => of(d[k])) };
  };
  const chain = (v: T, slope: () => T, x: Duals<T>): Duals<T> => {
    if (x.d === undefined) return { v, d: undefined };
    const known = slope();
    return through(v, x, (dx) => a.mul(known, dx));
  };
  const summed = (v: T, x: readonly Duals<T>[], of: (terms: T[]) => T): Duals<T> => {
    if (x.every(({ d }) => d === undefined)) return { v, d: undefined };
    return { v, d: each((k) => of(x.map(({ d }) => (d === undefined ? zero : d[k])))) };
  };
  const values = (x: readonly Duals<T>[]): T[] => x.map(({ v }) => v);
  const over: Arithmetic<Duals<T>> = {
    c: (x) => ({ v: a.c(x), d: undefined }),
    add: (x, y) => linear(a.add(x.v, y.v), x, y, (dx, dy) => a.add(dx, dy)),
    sub: (x, y) => linear(a.sub(x.v, y.v), x, y, (dx, dy) => a.sub(dx, dy)),
    mul: (x, y) => {
      const v = a.mul(x.v, y.v);
      // A product with 0 is 0 without an error: it is not computed, its sum is.
      if (x.d === undefined) return through(v, y, (dy) => a.add(a.mul(x.v, dy), zero));
      if (y.d === undefined) return through(v, x, (dx) => a.add(zero, a.mul(dx, y.v)));
      return linear(v, x, y, (dx, dy) => a.add(a.mul(x.v, dy), a.mul(dx, y.v)));
    },
    div: (x, y) => {
      const v = a.div(x.v, y.v);
      if (y.d === undefined) return through(v, x, (dx) => a.div(a.sub(dx, zero), y.v));
      return linear(v, x, y, (dx, dy) => a.div(a.sub(dx, a.mul(v, dy)), y.v));
    },
    exp: (x) => {
      const v = a.exp(x.v);
      return chain(v, () => v, x);
    },
    log: (x) => through(a.log(x.v), x, (dx) => a.div(dx, x.v)),
    sqrt: (x) => {
      const v = a.sqrt(x.v);
      return through(v, x, (dx) => a.div(dx, a.mul(a.c(2), v)));
    },
    abs: (x) => chain(a.abs(x.v), () => a.sign(x.v), x),
    max: (x, y) => linear(a.choose(x.v, y.v, x.v, y.v), x, y, (dx, dy) => a.choose(x.v, y.v, dx, dy)),
    sum: (terms) => summed(a.sum(values(terms)), terms, (d) => a.sum(d)),
    combine: (coefficients, x) => summed(a.combine(coefficients, values(x)), x, (d) => a.combine(coefficients, d)),
    softmaxMean: (logits, vectors) => softmaxMeanBySteps(over, logits, vectors),
    softplus: (x) => chain(a.softplus(x.v), () => a.sigmoid(x.v), x),
    sigmoid: (x) => {
      const v = a.sigmoid(x.v);
      return chain(v, () => a.mul(v, a.sub(a.c(1), v)), x);
    },
    sin: (x) => chain(a.sin(x.v), () => a.cos(x.v), x),
    cos: (x) => chain(a.cos(x.v), () => a.sub(zero, a.sin(x.v)), x),
    sign: (x) => ({ v: a.sign(x.v), d: undefined }),
    choose: (p, q, x, y) => linear(a.choose(p.v, q.v, x.v, y.v), x, y, (dx, dy) => a.choose(p.v, q.v, dx, dy)),
    value: (x) => a.value(x.v),
    opaque: () => {
      throw new Error('A formula computed outside the arithmetic has no derivative here. This is a bug in scorecheck.');
    },
  };
  return over;
}
