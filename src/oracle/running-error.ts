import type { Arithmetic } from './arithmetic.js';

/** A value in float64 with e, a bound in units of the roundoff u on the error of evaluating it in the lower precision. */
export interface Bounded {
  readonly v: number;
  readonly e: number;
}

/** Unit roundoff of float32, 2⁻²⁴. */
export const FLOAT32_ROUNDOFF = 2 ** -24;
/** Unit roundoff of float64, 2⁻⁵³. */
export const FLOAT64_ROUNDOFF = 2 ** -53;

/**
 * Elementary functions (exp, log, sin, softplus ...) are allowed 2 ulp = 4u of relative error.
 * `tests/tensorflow/elementary-functions.test.ts` measures them on the backend in use.
 */
const ELEMENTARY = 4;

/**
 * TensorFlow takes softplus(a) = eᵃ below a = log(2⁻²³) + 2 (and a itself above the negative): there log(1 + eᵃ) = eᵃ − e²ᵃ/2 + …, so the
 * relative error is up to eᵃ/2 = 2⁻²³ e²/2 = e² u.
 */
const SOFTPLUS_CUT = Math.exp(2);

const bounded = (v: number, e: number): Bounded => ({ v, e });
/** A function with derivative bound `slope` near a: propagated error and its own. */
const elementary = (v: number, slope: number, a: Bounded): Bounded =>
  bounded(v, slope * a.e + ELEMENTARY * Math.abs(v));

/**
 * Running-error analysis to first order (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.3; the twofold in
 * {@link tolerance} covers the second order): each operation adds |result| for its own rounding and carries the errors of its operands.
 */
export const runningError: Arithmetic<Bounded> = {
  c: (x) => bounded(x, Math.fround(x) === x ? 0 : Math.abs(x)),
  add: (a, b) => bounded(a.v + b.v, a.e + b.e + Math.abs(a.v + b.v)),
  sub: (a, b) => bounded(a.v - b.v, a.e + b.e + Math.abs(a.v - b.v)),
  mul: (a, b) => {
    const v = a.v * b.v;
    return bounded(v, Math.abs(a.v) * b.e + Math.abs(b.v) * a.e + Math.abs(v));
  },
  div: (a, b) => {
    const v = a.v / b.v;
    return bounded(v, a.e / Math.abs(b.v) + (Math.abs(v) * b.e) / Math.abs(b.v) + Math.abs(v));
  },
  exp: (a) => {
    const v = Math.exp(a.v);
    // An error of a.e·u in the exponent multiplies the result by at most exp(a.e·u); where that overflows and v is 0, their product still is a number.
    const moved = a.e * FLOAT32_ROUNDOFF;
    const carried = moved < 1 ? v * Math.expm1(moved) : Math.exp(a.v + moved) - v;
    return bounded(v, carried / FLOAT32_ROUNDOFF + ELEMENTARY * v + UNDERFLOW);
  },
  log: (a) => elementary(Math.log(a.v), 1 / Math.abs(a.v), a),
  sqrt: (a) => {
    const v = Math.sqrt(a.v);
    // Near 0 the derivative 1/(2√a) is unbounded: √(a + δ) − √a ≤ √δ always holds.
    const carried = a.e === 0 ? 0 : Math.min(a.e / (2 * v), Math.sqrt(a.e / FLOAT32_ROUNDOFF));
    return bounded(v, carried + v);
  },
  abs: (a) => bounded(Math.abs(a.v), a.e),
  max: (a, b) => bounded(Math.max(a.v, b.v), Math.max(a.e, b.e)),
  sum: (terms) => {
    let v = 0;
    let e = 0;
    let magnitude = 0;
    for (const term of terms) {
      v += term.v;
      e += term.e;
      magnitude += Math.abs(term.v);
    }
    // γ_{n−1}: valid for any order, pairwise, blocked or fused.
    return bounded(v, e + Math.max(terms.length - 1, 0) * magnitude);
  },
  combine: (coefficients, x) => {
    let v = 0;
    let e = 0;
    let magnitude = 0;
    let terms = 0;
    for (let i = 0; i < x.length; i++) {
      const c = coefficients[i];
      // 0 times a finite number is 0 and adds nothing, exactly: a diagonal matrix sums one term a row.
      if (c !== 0) terms++;
      const product = Math.abs(c * x[i].v);
      v += c * x[i].v;
      magnitude += product;
      // The coefficient's own rounding, the operand's error, the product's rounding.
      e += (Math.fround(c) === c ? 0 : product) + Math.abs(c) * x[i].e + product;
    }
    return bounded(v, e + Math.max(terms - 1, 0) * magnitude);
  },
  softmaxMean: (logits, vectors) => softmaxMeanBound(logits, vectors),
  softplus: (a) => {
    const v = Math.max(a.v, 0) + Math.log1p(Math.exp(-Math.abs(a.v)));
    return bounded(v, a.e + (ELEMENTARY + SOFTPLUS_CUT) * v + UNDERFLOW);
  },
  sigmoid: (a) => {
    const v = 1 / (1 + Math.exp(-a.v));
    return elementary(v, v * (1 - v) + UNDERFLOW, a);
  },
  // An absolute allowance as well: near a zero of sin the relative error of a float32 range reduction is unbounded.
  sin: (a) => bounded(Math.sin(a.v), a.e + ELEMENTARY),
  cos: (a) => bounded(Math.cos(a.v), a.e + ELEMENTARY),
  sign: (a) => bounded(Math.sign(a.v), Math.abs(a.v) <= a.e * FLOAT32_ROUNDOFF ? 2 / FLOAT32_ROUNDOFF : 0),
  choose: (p, q, x, y) => (p.v >= q.v ? x : y),
  value: (a) => a.v,
  opaque: (x, y) => {
    const { value, error, lipschitz } = typeof y === 'function' ? y(x.map((xi) => xi.v)) : y;
    const carried = lipschitz * Math.hypot(...x.map((xi) => xi.e));
    return Array.from(value, (v, i) => bounded(v, error[i] + carried));
  },
};

/** Below the smallest normal float32 number results may be flushed to zero: 2⁻¹²⁶ in units of u. */
const UNDERFLOW = 2 ** -126 / FLOAT32_ROUNDOFF;

/**
 * The bound of s = Σ rₖ vₖ, r = softmax(l), which knows that the weights sum to 1. Weights off by factors e^(ωₖ), |ωₖ| ≤ αₖ, give Σ rₖ e^(ωₖ) vₖ / Σ rₖ e^(ωₖ),
 * which is off from s by exactly Σ rₖ (e^(ωₖ) − 1)(vₖ − s) / Σ rₖ e^(ωₖ), as Σ rₖ (vₖ − s) = 0: an error of a logit counts by how far its vector lies from
 * the mean, and an error that all logits share not at all. αₖ = u (eₖ + |log rₖ| + 4): the logit's own error, the shift of the exponent by the largest logit or
 * by log Σ exp, and exp. The normaliser's rounding is common to all weights and multiplies s: K − 1 for its sum; a softmax made as exp(l − log Σ exp l) adds
 * those of that logarithm. Last, each term is rounded by a division, or a product with a reciprocal (2), its product with vₖ (1) and their sum (K − 1).
 */
function softmaxMeanBound(logits: readonly Bounded[], vectors: readonly (readonly Bounded[])[]): Bounded[] {
  const count = logits.length;
  const top = logits.reduce((m, l) => Math.max(m, l.v), -Infinity);
  const total = logits.reduce((sum, l) => sum + Math.exp(l.v - top), 0);
  const logTotal = top + Math.log(total);
  const logShares = logits.map((l) => l.v - logTotal);
  const shares = logits.map((l) => Math.exp(l.v - top) / total);
  const moved = logits.map((l, k) => FLOAT32_ROUNDOFF * (l.e - logShares[k] + ELEMENTARY));
  // What the least possible normaliser leaves of 1.
  const least = shares.reduce((sum, r, k) => sum + r * Math.exp(-moved[k]), 0);
  const spread = shares.map((r, k) => {
    const grown = moved[k] < 1 ? r * Math.expm1(moved[k]) : Math.exp(logShares[k] + moved[k]) - r;
    return (grown / FLOAT32_ROUNDOFF + UNDERFLOW) / least;
  });
  const common =
    count -
    1 +
    Math.abs(logTotal) +
    ELEMENTARY * Math.log(total) +
    shares.reduce((sum, r, k) => sum + r * (ELEMENTARY - logShares[k]), 0);
  return vectors[0].map((_, i) => {
    const v = vectors.reduce((sum, vector, k) => sum + shares[k] * vector[i].v, 0);
    const own = vectors.reduce(
      (sum, vector, k) =>
        sum + spread[k] * Math.abs(vector[i].v - v) + shares[k] * ((count + 2) * Math.abs(vector[i].v) + vector[i].e),
      0,
    );
    return bounded(v, own + common * Math.abs(v));
  });
}

/** The largest |float32 evaluation − value| that rounding alone can explain: 2·u·e (the 2 covers the second order). */
export function tolerance(b: Bounded, roundoff: number = FLOAT32_ROUNDOFF): number {
  return 2 * roundoff * b.e;
}
