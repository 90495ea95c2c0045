import { softmaxMeanBySteps } from './arithmetic.js';
import type { Arithmetic, Formula, Point, PointFormula, ScalarFormula } from './arithmetic.js';

/** a + b·ε with ε² = 0: a value with its derivative in one direction. */
export interface Dual<T> {
  readonly v: T;
  readonly d: T;
}

/** Dual numbers over any arithmetic: the derivative of a formula in one direction, exact up to rounding. Nest it for second derivatives. */
export function dual<T>(a: Arithmetic<T>): Arithmetic<Dual<T>> {
  const zero = a.c(0);
  const chain = (v: T, slope: T, x: Dual<T>): Dual<T> => ({ v, d: a.mul(slope, x.d) });
  const over: Arithmetic<Dual<T>> = {
    c: (x) => ({ v: a.c(x), d: zero }),
    add: (x, y) => ({ v: a.add(x.v, y.v), d: a.add(x.d, y.d) }),
    sub: (x, y) => ({ v: a.sub(x.v, y.v), d: a.sub(x.d, y.d) }),
    mul: (x, y) => ({ v: a.mul(x.v, y.v), d: a.add(a.mul(x.v, y.d), a.mul(x.d, y.v)) }),
    div: (x, y) => {
      const v = a.div(x.v, y.v);
      return { v, d: a.div(a.sub(x.d, a.mul(v, y.d)), y.v) };
    },
    exp: (x) => {
      const v = a.exp(x.v);
      return chain(v, v, x);
    },
    log: (x) => ({ v: a.log(x.v), d: a.div(x.d, x.v) }),
    sqrt: (x) => {
      const v = a.sqrt(x.v);
      return { v, d: a.div(x.d, a.mul(a.c(2), v)) };
    },
    abs: (x) => chain(a.abs(x.v), a.sign(x.v), x),
    max: (x, y) => ({ v: a.choose(x.v, y.v, x.v, y.v), d: a.choose(x.v, y.v, x.d, y.d) }),
    sum: (terms) => ({ v: a.sum(terms.map((t) => t.v)), d: a.sum(terms.map((t) => t.d)) }),
    combine: (coefficients, x) => ({
      v: a.combine(
        coefficients,
        x.map((xi) => xi.v),
      ),
      d: a.combine(
        coefficients,
        x.map((xi) => xi.d),
      ),
    }),
    softmaxMean: (logits, vectors) => softmaxMeanBySteps(over, logits, vectors),
    softplus: (x) => chain(a.softplus(x.v), a.sigmoid(x.v), x),
    sigmoid: (x) => {
      const v = a.sigmoid(x.v);
      return chain(v, a.mul(v, a.sub(a.c(1), v)), x);
    },
    sin: (x) => chain(a.sin(x.v), a.cos(x.v), x),
    cos: (x) => chain(a.cos(x.v), a.sub(zero, a.sin(x.v)), x),
    sign: (x) => ({ v: a.sign(x.v), d: zero }),
    choose: (p, q, x, y) => ({ v: a.choose(p.v, q.v, x.v, y.v), d: a.choose(p.v, q.v, x.d, y.d) }),
    value: (x) => a.value(x.v),
    opaque: () => {
      throw new Error('A formula computed outside the arithmetic has no derivative here. This is a bug in scorecheck.');
    },
  };
  return over;
}

const seedDirection = <T>(a: Arithmetic<T>, x: readonly T[], k: number): Dual<T>[] =>
  x.map((v, i) => ({ v, d: a.c(i === k ? 1 : 0) }));

/** ∇f: [d] -> [d]. */
export function gradient(f: ScalarFormula): Formula {
  return (a, x) => {
    const over = dual(a);
    return x.map((_, k) => f(over, seedDirection(a, x, k)).d);
  };
}

/** ∇·F = Σ ∂Fᵢ/∂xᵢ: [d] -> number. */
export function divergence(field: Formula): ScalarFormula {
  return (a, x) => {
    const over = dual(a);
    return a.sum(x.map((_, k) => field(over, seedDirection(a, x, k))[k].d));
  };
}

/** The Jacobian ∂Fᵢ/∂xⱼ, row by row: [d] -> [k·d]. */
export function jacobian(field: Formula): Formula {
  return (a, x) => {
    const over = dual(a);
    const columns = x.map((_, j) => field(over, seedDirection(a, x, j)));
    return columns[0].flatMap((_, i) => columns.map((column) => column[i].d));
  };
}

/** F(x) and (∇F) v, the derivative of F along v: two [d] -> [k] each. One pass, whatever d. */
export function valueAndDerivativeAlong<T>(
  field: Formula,
  a: Arithmetic<T>,
  x: readonly T[],
  v: readonly T[],
): { readonly value: T[]; readonly derivative: T[] } {
  const moving = x.map((value, i) => ({ v: value, d: v[i] }));
  const result = field(dual(a), moving);
  return { value: result.map((y) => y.v), derivative: result.map((y) => y.d) };
}

/** (∇F) v, the derivative of F along v: two [d] -> [k]. */
export const derivativeAlong =
  (field: Formula) =>
  <T>(a: Arithmetic<T>, x: readonly T[], v: readonly T[]): T[] =>
    valueAndDerivativeAlong(field, a, x, v).derivative;

/** ∂F/∂u for the single-number variable `name` of a formula of named variables. */
export function derivativeIn(name: string, formula: PointFormula): PointFormula {
  return (a, at) => {
    const over = dual(a);
    const lifted = Object.fromEntries(
      Object.entries(at).map(([key, values]) => [key, values.map((v) => ({ v, d: a.c(key === name ? 1 : 0) }))]),
    );
    return formula(over, lifted).map((y) => y.d);
  };
}

/** ∇f in the vector variable `name` of a formula of named variables, the others held fixed: [d]. */
export function gradientOf(name: string, formula: <T>(a: Arithmetic<T>, at: Point<T>) => T): PointFormula {
  return (a, at) => {
    const over = dual(a);
    const fixed = Object.fromEntries(
      Object.entries(at).map(([key, values]) => [key, values.map((v) => ({ v, d: a.c(0) }))]),
    );
    return at[name].map((_, k) => formula(over, { ...fixed, [name]: seedDirection(a, at[name], k) }).d);
  };
}
