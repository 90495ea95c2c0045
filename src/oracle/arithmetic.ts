/**
 * The operations a formula may use. A formula is written once over this interface and then evaluated in float64
 * (its value), in running-error arithmetic (how far a float32 evaluation may lie from that value) or in dual numbers
 * (its derivative).
 */
export interface Arithmetic<T> {
  /** The constant x. */
  c(x: number): T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  exp(a: T): T;
  /** Natural logarithm. */
  log(a: T): T;
  sqrt(a: T): T;
  abs(a: T): T;
  max(a: T, b: T): T;
  /** Σ terms, in any order. */
  sum(terms: readonly T[]): T;
  /** Σ cᵢ xᵢ with numbers cᵢ: a row of a constant matrix times a vector, in any order. */
  combine(coefficients: ArrayLike<number>, x: readonly T[]): T;
  /** Σₖ rₖ vₖ with r = softmax(l): K logits, K vectors [d] -> [d]. The mean of the vectors under weights that sum to 1, whatever their errors. */
  softmaxMean(logits: readonly T[], vectors: readonly (readonly T[])[]): T[];
  /** log(1 + eᵃ). */
  softplus(a: T): T;
  /** 1 / (1 + e⁻ᵃ). */
  sigmoid(a: T): T;
  /** sin a, a in radians. */
  sin(a: T): T;
  /** cos a, a in radians. */
  cos(a: T): T;
  /** −1, 0 or 1. */
  sign(a: T): T;
  /** x where p ≥ q, else y. */
  choose(p: T, q: T, x: T, y: T): T;
  /** The float64 value carried by a; for decisions (which branch, which component), never for arithmetic. Throws where a stands for many points. */
  value(a: T): number;
  /** Brings in y = f(x) computed outside this arithmetic. Throws where the arithmetic needs a derivative of f. */
  opaque(x: readonly T[], y: Outside | ((x: readonly number[]) => Outside)): T[];
}

/**
 * What was computed outside an arithmetic: `value` in float64, `error` the absolute error that a float32 evaluation of f may have at exact x (in
 * units of the roundoff u), and `lipschitz` a bound of ‖∂y/∂x‖ that carries the error of x over.
 */
export interface Outside {
  readonly value: ArrayLike<number>;
  readonly error: ArrayLike<number>;
  readonly lipschitz: number;
}

/** A formula from a vector to a vector, over any arithmetic. */
export type Formula = <T>(a: Arithmetic<T>, x: readonly T[]) => T[];

/** A formula from a vector to a number, over any arithmetic. */
export type ScalarFormula = <T>(a: Arithmetic<T>, x: readonly T[]) => T;

/** Named variables, each a vector: a point where a formula is evaluated. */
export type Point<T> = Readonly<Record<string, readonly T[]>>;

/** A formula of named vector variables. */
export type PointFormula = <T>(a: Arithmetic<T>, at: Point<T>) => T[];

const logistic = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** Plain float64. */
export const float64: Arithmetic<number> = {
  c: (x) => x,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  max: (a, b) => (a > b ? a : b),
  sum: (terms) => {
    let total = 0;
    for (let i = 0; i < terms.length; i++) total += terms[i];
    return total;
  },
  combine: (coefficients, x) => {
    let total = 0;
    for (let i = 0; i < x.length; i++) total += coefficients[i] * x[i];
    return total;
  },
  softmaxMean: (logits, vectors) => softmaxMeanBySteps(float64, logits, vectors),
  softplus: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
  sigmoid: logistic,
  sin: Math.sin,
  cos: Math.cos,
  sign: Math.sign,
  choose: (p, q, x, y) => (p >= q ? x : y),
  value: (a) => a,
  opaque: (x, y) => Array.from((typeof y === 'function' ? y(x) : y).value),
};

/** Σ aᵢ bᵢ. */
export function dot<T>(a: Arithmetic<T>, left: readonly T[], right: readonly T[]): T {
  return a.sum(left.map((l, i) => a.mul(l, right[i])));
}

/** ‖x‖². */
export function squaredNorm<T>(a: Arithmetic<T>, x: readonly T[]): T {
  return a.sum(x.map((xi) => a.mul(xi, xi)));
}

/** Componentwise x − y. */
export function subtract<T>(a: Arithmetic<T>, x: readonly T[], y: readonly T[]): T[] {
  return x.map((xi, i) => a.sub(xi, y[i]));
}

/** Componentwise x + y. */
export function addVectors<T>(a: Arithmetic<T>, x: readonly T[], y: readonly T[]): T[] {
  return x.map((xi, i) => a.add(xi, y[i]));
}

/** Componentwise k·x for a number k. */
export function scaleVector<T>(a: Arithmetic<T>, k: number, x: readonly T[]): T[] {
  return x.map((xi) => a.mul(a.c(k), xi));
}

/** M x for a constant matrix M given by rows. */
export function applyMatrix<T>(a: Arithmetic<T>, matrix: readonly (readonly number[])[], x: readonly T[]): T[] {
  return matrix.map((row) => a.combine(row, x));
}

/** log Σ exp lᵢ, shifted by the largest lᵢ. */
export function logSumExp<T>(a: Arithmetic<T>, logits: readonly T[]): T {
  const top = logits.reduce((m, l) => a.max(m, l));
  return a.add(top, a.log(a.sum(logits.map((l) => a.exp(a.sub(l, top))))));
}

/** exp lᵢ / Σ exp lⱼ, shifted by the largest lᵢ. */
export function softmax<T>(a: Arithmetic<T>, logits: readonly T[]): T[] {
  const top = logits.reduce((m, l) => a.max(m, l));
  const weights = logits.map((l) => a.exp(a.sub(l, top)));
  const total = a.sum(weights);
  return weights.map((w) => a.div(w, total));
}

/** Σₖ rₖ vₖ with r = softmax(l), one operation after the other. */
export function softmaxMeanBySteps<T>(a: Arithmetic<T>, logits: readonly T[], vectors: readonly (readonly T[])[]): T[] {
  const weights = softmax(a, logits);
  return vectors[0].map((_, i) => a.sum(weights.map((w, k) => a.mul(w, vectors[k][i]))));
}
