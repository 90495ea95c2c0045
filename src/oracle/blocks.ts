import { float64, softmaxMeanBySteps, type Arithmetic } from './arithmetic.js';

/** A value at each point of a block, or one number that is the same at all of them. */
export type Lanes = number | Float64Array;

/** Points per block: two thousand intermediate results of this length fit the cache of a core. */
export const BLOCK = 256;

/**
 * Float64 arithmetic at up to {@link BLOCK} points at once: what a formula says is read once for a block, and each operation is one loop. It gives
 * the numbers of {@link float64}, but for 0·x, which is 0 here whatever x. Results live until the next `start`.
 */
export interface BlockArithmetic extends Arithmetic<Lanes> {
  /** Begins a block of so many points, and gives up all results of the block before. */
  start(points: number): void;
}

/** The value at point i of a block. */
export const laneAt = (x: Lanes, i: number): number => (typeof x === 'number' ? x : x[i]);

/** A block arithmetic with a store of its own for results. */
export function blockArithmetic(): BlockArithmetic {
  const store: Float64Array[] = [];
  let used = 0;
  let n = 0;
  const fresh = (): Float64Array => {
    if (used === store.length) store.push(new Float64Array(BLOCK));
    return store[used++];
  };
  const spread = (x: Lanes): Float64Array => (typeof x === 'number' ? fresh().fill(x, 0, n) : x);
  const each = (f: (x: number) => number) => (x: Lanes) => {
    if (typeof x === 'number') return f(x);
    const out = fresh();
    for (let i = 0; i < n; i++) out[i] = f(x[i]);
    return out;
  };

  // The four operations and exp are written out: a function handed in would be called for each point.
  const add = (a: Lanes, b: Lanes): Lanes => {
    if (typeof a === 'number' && typeof b === 'number') return a + b;
    if (a === 0) return b;
    if (b === 0) return a;
    const [x, y, out] = [spread(a), spread(b), fresh()];
    for (let i = 0; i < n; i++) out[i] = x[i] + y[i];
    return out;
  };
  const sub = (a: Lanes, b: Lanes): Lanes => {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    if (b === 0) return a;
    const [x, y, out] = [spread(a), spread(b), fresh()];
    for (let i = 0; i < n; i++) out[i] = x[i] - y[i];
    return out;
  };
  const mul = (a: Lanes, b: Lanes): Lanes => {
    if (typeof a === 'number' && typeof b === 'number') return a * b;
    if (a === 0 || b === 0) return 0;
    if (a === 1) return b;
    if (b === 1) return a;
    const [x, y, out] = [spread(a), spread(b), fresh()];
    for (let i = 0; i < n; i++) out[i] = x[i] * y[i];
    return out;
  };
  const div = (a: Lanes, b: Lanes): Lanes => {
    if (typeof a === 'number' && typeof b === 'number') return a / b;
    const [x, y, out] = [spread(a), spread(b), fresh()];
    for (let i = 0; i < n; i++) out[i] = x[i] / y[i];
    return out;
  };
  const exp = (a: Lanes): Lanes => {
    if (typeof a === 'number') return Math.exp(a);
    const out = fresh();
    for (let i = 0; i < n; i++) out[i] = Math.exp(a[i]);
    return out;
  };
  const choose = (p: Lanes, q: Lanes, x: Lanes, y: Lanes): Lanes => {
    if (typeof p === 'number' && typeof q === 'number') return p >= q ? x : y;
    const [left, right, first, second, out] = [spread(p), spread(q), spread(x), spread(y), fresh()];
    for (let i = 0; i < n; i++) out[i] = left[i] >= right[i] ? first[i] : second[i];
    return out;
  };
  const combine = (coefficients: ArrayLike<number>, x: readonly Lanes[]): Lanes => {
    // In the order of the coefficients, as in float64: a plain number until the first term that differs from point to point.
    let start = 0;
    let out: Float64Array | undefined;
    for (let k = 0; k < x.length; k++) {
      const c = coefficients[k];
      const xk = x[k];
      if (c === 0) continue;
      if (out === undefined && typeof xk === 'number') start += c * xk;
      else {
        const column = spread(xk);
        out ??= fresh().fill(start, 0, n);
        for (let i = 0; i < n; i++) out[i] += c * column[i];
      }
    }
    return out ?? start;
  };

  const over: BlockArithmetic = {
    start: (points) => {
      n = points;
      used = 0;
    },
    c: (x) => x,
    add,
    sub,
    mul,
    div,
    exp,
    log: each(Math.log),
    sqrt: each(Math.sqrt),
    abs: each(Math.abs),
    max: (a, b) => choose(a, b, a, b),
    sum: (terms) => terms.reduce<Lanes>(add, 0),
    combine,
    softmaxMean: (logits, vectors) => softmaxMeanBySteps(over, logits, vectors),
    softplus: each((x) => float64.softplus(x)),
    sigmoid: each((x) => float64.sigmoid(x)),
    sin: each(Math.sin),
    cos: each(Math.cos),
    sign: each(Math.sign),
    choose,
    value: () => {
      throw new TypeError(
        'Expected a formula that is the same at all points of a block, found one that asks for a value. Let it `choose`, or take the value inside `opaque`.',
      );
    },
    opaque: (x, y) => {
      if (typeof y !== 'function') return Array.from(y.value);
      let columns: Float64Array[] = [];
      for (let i = 0; i < n; i++) {
        const { value } = y(x.map((xj) => laneAt(xj, i)));
        if (i === 0) columns = Array.from(value, fresh);
        for (let j = 0; j < columns.length; j++) columns[j][i] = value[j];
      }
      return columns;
    },
  };
  return over;
}
