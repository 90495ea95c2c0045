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

// Written out for + and ×, where the time goes: a loop that calls a function for each element is five times slower. Of two lengths the shorter
// one belongs to a draw further out: each of its values stands for a run of the longer one.

function plainSum(a: number | Float64Array, b: number | Float64Array): number | Float64Array {
  if (typeof a === 'number') {
    if (typeof b === 'number') return a + b;
    return plainSum(b, a);
  }
  const out = room(typeof b === 'number' ? a.length : Math.max(a.length, b.length));
  if (typeof b === 'number') for (let i = 0; i < out.length; i++) out[i] = a[i] + b;
  else if (a.length === b.length) for (let i = 0; i < out.length; i++) out[i] = a[i] + b[i];
  else {
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    const run = long.length / short.length;
    for (let i = 0, k = 0; i < short.length; i++) {
      const x = short[i];
      for (const end = k + run; k < end; k++) out[k] = x + long[k];
    }
  }
  return out;
}

function plainProduct(a: number | Float64Array, b: number | Float64Array): number | Float64Array {
  if (typeof a === 'number') {
    if (typeof b === 'number') return a * b;
    return plainProduct(b, a);
  }
  const out = room(typeof b === 'number' ? a.length : Math.max(a.length, b.length));
  if (typeof b === 'number') for (let i = 0; i < out.length; i++) out[i] = a[i] * b;
  else if (a.length === b.length) for (let i = 0; i < out.length; i++) out[i] = a[i] * b[i];
  else {
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    const run = long.length / short.length;
    for (let i = 0, k = 0; i < short.length; i++) {
      const x = short[i];
      for (const end = k + run; k < end; k++) out[k] = x * long[k];
    }
  }
  return out;
}

// The lists of one piece of an expectation are thousands and all die together: they are cut from one block, which the next piece uses again.
// Fresh arrays cost more than what is computed in them.
const block = new Float64Array(1 << 20);
let used = 0;
let depth = 0;

/** Runs `body`, whose lists live until it ends: of what it returns, {@link kept} makes what may stay. */
export function within<T>(body: () => T): T {
  const before = used;
  depth++;
  try {
    return body();
  } finally {
    used = before;
    depth--;
  }
}

/** The number with lists of its own. */
export function kept(a: Num): Num {
  if (isDual(a)) return dual(a.tag, kept(a.re), kept(a.du));
  return typeof a === 'number' || a.buffer !== block.buffer ? a : new Float64Array(a);
}

function room(length: number): Float64Array {
  if (depth === 0 || used + length > block.length) return new Float64Array(length);
  used += length;
  return block.subarray(used - length, used);
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
export const sub = (a: Num, b: Num): Num => (typeof b === 'number' ? add(a, -b) : linear(0, [1, -1], [a, b]));
export const sum = (xs: readonly Num[]): Num => (xs.length === 1 ? xs[0] : linear(0, xs.map(() => 1), xs)); // prettier-ignore

/** constant + Σ cᵢ xᵢ in one pass. */
export function linear(constant: number, c: readonly number[], xs: readonly Num[]): Num {
  const tag = xs.reduce((t: number, x) => (isDual(x) ? Math.max(t, x.tag) : t), 0);
  if (tag > 0)
    return dual(tag, linear(constant, c, xs.map((x) => re(x, tag))), linear(0, c, xs.map((x) => du(x, tag)))); // prettier-ignore
  let fixed = constant;
  let length = 0;
  xs.forEach((x, i) => {
    if (typeof x === 'number') fixed += c[i] * x;
    else length = Math.max(length, (x as Float64Array).length);
  });
  if (length === 0) return fixed;
  const out = room(length).fill(fixed);
  xs.forEach((x, i) => {
    if (typeof x !== 'number') accumulate(out, c[i], x as Float64Array);
  });
  return out;
}

/** Σ aᵢ bᵢ in one pass. */
export function dot(a: readonly Num[], b: readonly Num[]): Num {
  const tag = a.reduce((t: number, x, i) => Math.max(t, outer(x, b[i])), 0);
  if (tag > 0) {
    const [ar, br] = [a.map((x) => re(x, tag)), b.map((x) => re(x, tag))];
    const turned = dot(ar, b.map((x) => du(x, tag))); // prettier-ignore
    // A square has both halves alike.
    const other = a === b ? turned : dot(a.map((x) => du(x, tag)), br); // prettier-ignore
    return dual(tag, dot(ar, br), add(turned, other));
  }
  const products = a.map((x, i): Num => (typeof x === 'number' || typeof b[i] === 'number' ? mul(x, b[i]) : 0));
  const pairs = a.flatMap((x, i) => (typeof x === 'number' || typeof b[i] === 'number' ? [] : [[x, b[i]] as const]));
  const length = Math.max(0, ...[...products, ...pairs.flat()].map((x) => (typeof x === 'number' ? 0 : (x as Float64Array).length))); // prettier-ignore
  if (length === 0) return products.reduce((t: number, x) => t + (x as number), 0);
  const out = room(length).fill(0);
  for (const x of products) {
    if (x === 0) continue;
    if (typeof x !== 'number') accumulate(out, 1, x as Float64Array);
    else for (let i = 0; i < length; i++) out[i] += x;
  }
  for (const [x, y] of pairs as (readonly [Float64Array, Float64Array])[]) {
    if (x.length === length && y.length === length) for (let i = 0; i < length; i++) out[i] += x[i] * y[i];
    else accumulate(out, 1, plainProduct(x, y) as Float64Array);
  }
  return out;
}

/** out += c·x, where x may belong to a draw further out. */
function accumulate(out: Float64Array, c: number, x: Float64Array): void {
  if (x.length === out.length) for (let i = 0; i < out.length; i++) out[i] += c * x[i];
  else {
    const run = out.length / x.length;
    for (let i = 0, k = 0; i < x.length; i++) for (const end = k + run; k < end; k++) out[k] += c * x[i];
  }
}

type Elementwise = (a: Float64Array) => Float64Array;

/** One loop for each function, for the same reason. */
const loops = {
  inv: ((a) => {
    const out = room(a.length);
    for (let i = 0; i < out.length; i++) out[i] = 1 / a[i];
    return out;
  }) satisfies Elementwise,
  exp: ((a) => {
    const out = room(a.length);
    for (let i = 0; i < out.length; i++) out[i] = Math.exp(a[i]);
    return out;
  }) satisfies Elementwise,
  log: ((a) => {
    const out = room(a.length);
    for (let i = 0; i < out.length; i++) out[i] = Math.log(a[i]);
    return out;
  }) satisfies Elementwise,
  sin: ((a) => {
    const out = room(a.length);
    for (let i = 0; i < out.length; i++) out[i] = Math.sin(a[i]);
    return out;
  }) satisfies Elementwise,
  cos: ((a) => {
    const out = room(a.length);
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

/** The values of points [from, to) out of `batch`; a value further out stands for a run of points. */
export function slice(a: Num, from: number, to: number, batch: number): Num {
  if (typeof a === 'number') return a;
  if (isDual(a)) return dual(a.tag, slice(a.re, from, to, batch), slice(a.du, from, to, batch));
  if (a.length === batch) return to - from === 1 ? a[from] : a.subarray(from, to);
  const run = batch / a.length;
  const first = Math.floor(from / run);
  if (Math.floor((to - 1) / run) === first) return a[first];
  return Float64Array.from({ length: to - from }, (_, i) => a[Math.floor((from + i) / run)]);
}

/** One list out of lists for `lengths` points each. */
export function joined(parts: readonly Num[], lengths: readonly number[]): Num {
  const tag = Math.max(0, ...parts.map((part) => (isDual(part) ? part.tag : 0)));
  if (tag > 0) return dual(tag, joined(parts.map((p) => re(p, tag)), lengths), joined(parts.map((p) => du(p, tag)), lengths)); // prettier-ignore
  if (parts.every((part) => part === parts[0] && typeof part === 'number')) return parts[0];
  const out = new Float64Array(lengths.reduce((t, x) => t + x, 0));
  let at = 0;
  parts.forEach((part, i) => {
    if (typeof part === 'number') out.fill(part, at, at + lengths[i]);
    else if (!isDual(part)) for (let k = 0; k < lengths[i]; k++) out[at + k] = part[Math.floor((k * part.length) / lengths[i])];
    at += lengths[i];
  }); // prettier-ignore
  return out;
}

/** The list over and over, `times` times. */
export function tile(a: Float64Array, times: number): Float64Array {
  if (times === 1) return a;
  const out = room(a.length * times);
  for (let i = 0; i < times; i++) out.set(a, i * a.length);
  return out;
}

/** Σⱼ wⱼ aᵢⱼ: back from a batch of n·m to one of n. A value that no node entered is multiplied by Σ w. */
export function gather(a: Num, weights: Float64Array, n: number): Num {
  if (isDual(a)) return dual(a.tag, gather(a.re, weights, n), gather(a.du, weights, n));
  const m = weights.length;
  if (typeof a === 'number' || (a.length <= n && m > 1)) return mul(a, weights.reduce((total, w) => total + w, 0)); // prettier-ignore
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

/** The largest absolute value. */
export function largest(a: Num): number {
  const plain = primal(a);
  if (typeof plain === 'number') return Math.abs(plain);
  let most = 0;
  for (const x of plain) most = Math.max(most, Math.abs(x));
  return most;
}
