// Numbers of the reader: one number for a whole batch, one for each of its points, or a dual number over either. Derivatives are exact to
// rounding: forward mode, tagged so that a gradient inside of a gradient keeps them apart (Siskind & Pearlmutter 2008).

/** A dual number re + du·ε with its own ε; a tag made later lies outside. */
export interface Dual {
  readonly tag: number;
  readonly re: Num;
  readonly du: Num;
}
export type Num = number | Float64Array | Dual;

let tags = 0;
/** A new infinitesimal. */
export const newTag = (): number => ++tags;

const isDual = (a: Num): a is Dual => typeof a === 'object' && 'tag' in a;

/** re + du·ε. */
export const dual = (tag: number, re: Num, du: Num): Dual => ({ tag, re, du });

/** The coefficient of ε with this tag; 0 where there is none. */
export function tangent(a: Num, tag: number): Num {
  if (!isDual(a)) return 0;
  if (a.tag === tag) return a.du;
  if (a.tag < tag) return 0;
  return dual(a.tag, tangent(a.re, tag), tangent(a.du, tag));
}

// Written out for + and ×, where the time goes: a loop that calls a function for each element is five times slower.

function plainSum(a: number | Float64Array, b: number | Float64Array): number | Float64Array {
  if (typeof a === 'number') {
    if (typeof b === 'number') return a + b;
    return plainSum(b, a);
  }
  const out = new Float64Array(a.length);
  if (typeof b === 'number') for (let i = 0; i < out.length; i++) out[i] = a[i] + b;
  else for (let i = 0; i < out.length; i++) out[i] = a[i] + b[i];
  return out;
}

function plainProduct(a: number | Float64Array, b: number | Float64Array): number | Float64Array {
  if (typeof a === 'number') {
    if (typeof b === 'number') return a * b;
    return plainProduct(b, a);
  }
  const out = new Float64Array(a.length);
  if (typeof b === 'number') for (let i = 0; i < out.length; i++) out[i] = a[i] * b;
  else for (let i = 0; i < out.length; i++) out[i] = a[i] * b[i];
  return out;
}

/** The outer tag of two numbers, 0 where both are plain. */
const outer = (a: Num, b: Num): number => Math.max(isDual(a) ? a.tag : 0, isDual(b) ? b.tag : 0);
const re = (a: Num, tag: number): Num => (isDual(a) && a.tag === tag ? a.re : a);
const du = (a: Num, tag: number): Num => (isDual(a) && a.tag === tag ? a.du : 0);

export function add(a: Num, b: Num): Num {
  if (a === 0) return b;
  if (b === 0) return a;
  const tag = outer(a, b);
  if (tag > 0) return dual(tag, add(re(a, tag), re(b, tag)), add(du(a, tag), du(b, tag)));
  return plainSum(a as number | Float64Array, b as number | Float64Array);
}

export function mul(a: Num, b: Num): Num {
  // An exact 0 is a derivative that is not there; 0 times infinity cannot occur, since values are checked to be finite.
  if (a === 0 || b === 0) return 0;
  if (a === 1) return b;
  if (b === 1) return a;
  const tag = outer(a, b);
  if (tag > 0) {
    const [ar, br] = [re(a, tag), re(b, tag)];
    return dual(tag, mul(ar, br), add(mul(ar, du(b, tag)), mul(du(a, tag), br)));
  }
  return plainProduct(a as number | Float64Array, b as number | Float64Array);
}

export const neg = (a: Num): Num => mul(-1, a);
export const sub = (a: Num, b: Num): Num => add(a, neg(b));
export const sum = (xs: readonly Num[]): Num => xs.reduce(add, 0);
export const dot = (a: readonly Num[], b: readonly Num[]): Num => sum(a.map((x, i) => mul(x, b[i])));

type Elementwise = (a: Float64Array) => Float64Array;

/** One loop for each function, for the same reason. */
const loops = {
  inv: ((a) => {
    const out = new Float64Array(a.length);
    for (let i = 0; i < out.length; i++) out[i] = 1 / a[i];
    return out;
  }) satisfies Elementwise,
  exp: ((a) => {
    const out = new Float64Array(a.length);
    for (let i = 0; i < out.length; i++) out[i] = Math.exp(a[i]);
    return out;
  }) satisfies Elementwise,
  log: ((a) => {
    const out = new Float64Array(a.length);
    for (let i = 0; i < out.length; i++) out[i] = Math.log(a[i]);
    return out;
  }) satisfies Elementwise,
  sin: ((a) => {
    const out = new Float64Array(a.length);
    for (let i = 0; i < out.length; i++) out[i] = Math.sin(a[i]);
    return out;
  }) satisfies Elementwise,
  cos: ((a) => {
    const out = new Float64Array(a.length);
    for (let i = 0; i < out.length; i++) out[i] = Math.cos(a[i]);
    return out;
  }) satisfies Elementwise,
};

function map(a: Num, f: (x: number) => number, derivative: (x: Num, value: Num) => Num, loop?: Elementwise): Num {
  if (isDual(a)) {
    const value = map(a.re, f, derivative, loop);
    return dual(a.tag, value, a.du === 0 ? 0 : mul(derivative(a.re, value), a.du));
  }
  if (typeof a === 'number') return f(a);
  return loop ? loop(a) : a.map(f);
}

export const inv = (a: Num): Num => map(a, (x) => 1 / x, (_, v) => neg(mul(v, v)), loops.inv); // prettier-ignore
export const div = (a: Num, b: Num): Num => mul(a, inv(b));
export const exp = (a: Num): Num => map(a, Math.exp, (_, v) => v, loops.exp);
export const log = (a: Num): Num => map(a, Math.log, (x) => inv(x), loops.log);
export const sqrt = (a: Num): Num => map(a, Math.sqrt, (_, v) => inv(mul(2, v)));
export const sin = (a: Num): Num => map(a, Math.sin, (x) => cos(x), loops.sin);
export const cos = (a: Num): Num => map(a, Math.cos, (x) => neg(sin(x)), loops.cos);
export const tanh = (a: Num): Num => map(a, Math.tanh, (_, v) => sub(1, mul(v, v)));
export const abs = (a: Num): Num => map(a, Math.abs, (x) => sign(x));
export const sign = (a: Num): Num => map(a, Math.sign, () => 0);

/** a^k for a number k; whole k by products, so that negative bases and zeros are right. */
export function power(a: Num, k: number): Num {
  if (Number.isInteger(k) && Math.abs(k) <= 16) {
    if (k < 0) return inv(power(a, -k));
    let value: Num = 1;
    for (let i = 0; i < k; i++) value = mul(value, a);
    return value;
  }
  return map(
    a,
    (x) => x ** k,
    (x) => mul(k, power(x, k - 1)),
  );
}

/** Each value `times` times in a row: from a batch of n to one of n·times. */
export function spread(a: Num, times: number): Num {
  if (typeof a === 'number') return a;
  if (isDual(a)) return dual(a.tag, spread(a.re, times), spread(a.du, times));
  const out = new Float64Array(a.length * times);
  for (let i = 0, k = 0; i < a.length; i++) for (let j = 0; j < times; j++) out[k++] = a[i];
  return out;
}

/** The list over and over, `times` times. */
export function tile(a: Float64Array, times: number): Float64Array {
  const out = new Float64Array(a.length * times);
  for (let i = 0; i < times; i++) out.set(a, i * a.length);
  return out;
}

/** Σⱼ wⱼ aᵢⱼ: back from a batch of n·m to one of n. */
export function gather(a: Num, weights: Float64Array): Num {
  if (typeof a === 'number') return a * weights.reduce((total, w) => total + w, 0);
  if (isDual(a)) return dual(a.tag, gather(a.re, weights), gather(a.du, weights));
  const m = weights.length;
  const out = new Float64Array(a.length / m);
  for (let i = 0, k = 0; i < out.length; i++) {
    let total = 0;
    for (let j = 0; j < m; j++) total += weights[j] * a[k++];
    out[i] = total;
  }
  return out.length === 1 ? out[0] : out;
}

/** The plain value, derivatives dropped. */
export function primal(a: Num): number | Float64Array {
  return isDual(a) ? primal(a.re) : a;
}
