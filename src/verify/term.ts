import type { Arithmetic, Point, PointFormula } from '../oracle/arithmetic.js';
import type { Tensor2D } from '../tensorflow/tensorflow.js';

/** Named variables of n draws each: tensors [n, d], float32. */
export type Batch = Readonly<Record<string, Tensor2D>>;

/**
 * A quantity per example, in two independent implementations: a formula over any arithmetic (float64 value, rounding bound,
 * derivative) and the reference on TensorFlow.js.
 */
export interface Term {
  /** k, the number of coordinates of the quantity. */
  readonly size: number;
  /** The quantity at one point: [k]. */
  readonly formula: PointFormula;
  /** The quantity at n points at once, float32: [n, k]. */
  readonly tensor: (at: Batch) => Tensor2D;
  /** The same quantity derived by computer algebra, as a formula: [k]. Only where a closed form exists. */
  readonly symbolic?: PointFormula;
}

/** Left + right, coordinate by coordinate. */
export const plus = (left: Term, right: Term): Term => combine(left, right, 'add');

/** Left − right, coordinate by coordinate. */
export const minus = (left: Term, right: Term): Term => combine(left, right, 'sub');

/** k · term for a number k. */
export function times(k: number, term: Term): Term {
  return {
    size: term.size,
    formula: (a, at) => term.formula(a, at).map((value) => a.mul(a.c(k), value)),
    tensor: (at) => term.tensor(at).mul(k),
  };
}

/** The constant vector `values`, whatever the point. */
export function constant(...values: readonly number[]): Term {
  return {
    size: values.length,
    formula: (a) => values.map((value) => a.c(value)),
    tensor: (at) => {
      const rows = anyOf(at);
      return rows
        .slice([0, 0], [rows.shape[0], 1])
        .mul(0)
        .add([[...values]]);
    },
  };
}

/** The terms below one another: sizes add up. Symbolic where every term is. */
export function stack(...terms: readonly Term[]): Term {
  const derived = terms.flatMap(({ symbolic }) => (symbolic === undefined ? [] : [symbolic]));
  const symbolic: PointFormula = (a, at) => derived.flatMap((formula) => formula(a, at));
  return {
    ...(derived.length === terms.length ? { symbolic } : {}),
    size: terms.reduce((total, term) => total + term.size, 0),
    formula: (a, at) => terms.flatMap((term) => term.formula(a, at)),
    tensor: (at) => {
      const [first, ...rest] = terms.map((term) => term.tensor(at));
      return rest.length === 0 ? first : first.concat(rest, 1);
    },
  };
}

/** A term with its variables renamed: `renamed(term, { x0: 'other' })` reads `other` where the term says x0. */
export function renamed(term: Term, names: Readonly<Record<string, string>>): Term {
  const rename = <V>(at: Readonly<Record<string, V>>): Record<string, V> => ({
    ...at,
    ...Object.fromEntries(Object.entries(names).map(([to, from]) => [to, at[from]])),
  });
  return { size: term.size, formula: (a, at) => term.formula(a, rename(at)), tensor: (at) => term.tensor(rename(at)) };
}

function combine(left: Term, right: Term, operation: 'add' | 'sub'): Term {
  if (left.size !== right.size) {
    throw new TypeError(`Expected two terms of one size, found ${left.size} and ${right.size} coordinates.`);
  }
  return {
    size: left.size,
    formula: (a, at) => {
      const l = left.formula(a, at);
      const r = right.formula(a, at);
      return l.map((value, i) => a[operation](value, r[i]));
    },
    tensor: (at) => left.tensor(at)[operation](right.tensor(at)),
  };
}

function anyOf(at: Batch): Tensor2D {
  const [first] = Object.values(at);
  return first;
}

/** Evaluates a term's formula at one point given as plain numbers, in the arithmetic `a`. */
export function evaluateAt<T>(term: Term, a: Arithmetic<T>, at: Point<number>): T[] {
  return term.formula(
    a,
    Object.fromEntries(Object.entries(at).map(([name, values]) => [name, values.map((v) => a.c(v))])),
  );
}
