import * as n from './batch.js';
import type { Num } from './batch.js';
import { Unreadable } from '../read/problem.js';
import type { Span } from '../read/span.js';

/** A value with its shape: a scalar, a column, a row, a matrix. Shapes are what static checks look at. */
export type Value =
  | { readonly k: 'scalar'; readonly x: Num }
  | { readonly k: 'column' | 'row'; readonly x: readonly Num[] }
  | { readonly k: 'matrix'; readonly x: readonly (readonly Num[])[] };

export const scalar = (x: Num): Value => ({ k: 'scalar', x });
export const column = (x: readonly Num[]): Value => ({ k: 'column', x });
export const row = (x: readonly Num[]): Value => ({ k: 'row', x });
export const matrixOf = (x: readonly (readonly Num[])[]): Value => ({ k: 'matrix', x });

const words = { scalar: 'a number', column: 'a vector', row: 'a row vector', matrix: 'a matrix' } as const;
/** The shape in words, for a message. */
export const shape = (v: Value): string => words[v.k];

/** The value with `f` applied to each entry. */
export function entrywise(v: Value, f: (x: Num) => Num): Value {
  switch (v.k) {
    case 'scalar':
      return scalar(f(v.x));
    case 'matrix':
      return matrixOf(v.x.map((r) => r.map(f)));
    case 'column':
    case 'row':
      return { k: v.k, x: v.x.map(f) };
  }
}

/** All entries, row by row. */
export function entries(v: Value): readonly Num[] {
  return v.k === 'scalar' ? [v.x] : v.k === 'matrix' ? v.x.flat() : v.x;
}

/** One value out of those of parts of a batch, `join` for each entry. Throws {@link Unreadable} (ill-typed) where their shapes differ. */
export function assembled(parts: readonly Value[], join: (list: readonly Num[]) => Num, span: Span): Value {
  const shaped = parts.find((part) => !isZero(part)) ?? parts[0];
  const lists = parts.map((part) => (isZero(part) ? entries(shaped).map(() => 0) : entries(part)));
  if (parts.some((part) => !isZero(part) && part.k !== shaped.k) || new Set(lists.map(({ length }) => length)).size > 1)
    throw new Unreadable('ill-typed', 'The shape of a value differs from point to point.', span);
  let at = 0;
  return entrywise(shaped, () => {
    const i = at++;
    return join(lists.map((list) => list[i]));
  });
}

const isZero = (v: Value): boolean => v.k === 'scalar' && v.x === 0;

/** a + b; the number 0 is the zero of every shape. Throws {@link Unreadable} (ill-typed) where shapes differ. */
export function plus(a: Value, b: Value, span: Span): Value {
  if (isZero(a)) return b;
  if (isZero(b)) return a;
  if (a.k === 'scalar' && b.k === 'scalar') return scalar(n.add(a.x, b.x));
  if (a.k === 'matrix' && b.k === 'matrix') return matrixOf(a.x.map((r, i) => r.map((x, j) => n.add(x, b.x[i][j]))));
  if ((a.k === 'column' && b.k === 'column') || (a.k === 'row' && b.k === 'row'))
    return { k: a.k, x: a.x.map((x, i) => n.add(x, b.x[i])) };
  throw new Unreadable('ill-typed', `${cap(shape(a))} and ${shape(b)} are added.`, span);
}

const cap = (text: string): string => text[0].toUpperCase() + text.slice(1);

/** a·b in the order written: rows times columns are numbers, columns times rows matrices. `dotted`: a \cdot stands between. */
export function times(a: Value, b: Value, dotted: boolean, span: Span): Value {
  if (a.k === 'scalar') return entrywise(b, (x) => n.mul(a.x, x));
  if (b.k === 'scalar') return entrywise(a, (x) => n.mul(x, b.x));
  if (a.k === 'row' && b.k === 'column') return scalar(n.dot(a.x, b.x));
  if (a.k === 'matrix' && b.k === 'column') return column(a.x.map((r) => n.dot(r, b.x)));
  if (a.k === 'row' && b.k === 'matrix')
    return row(b.x[0].map((_, j) => n.sum(a.x.map((x, i) => n.mul(x, b.x[i][j])))));
  if (a.k === 'matrix' && b.k === 'matrix')
    return matrixOf(a.x.map((r) => b.x[0].map((_, j) => n.sum(r.map((x, i) => n.mul(x, b.x[i][j]))))));
  if (dotted && a.k !== 'matrix' && b.k !== 'matrix') return scalar(n.dot(a.x, b.x));
  if (a.k === 'column' && b.k === 'row') return matrixOf(a.x.map((x) => b.x.map((y) => n.mul(x, y))));
  throw new Unreadable('ill-typed', `${cap(shape(a))} times ${shape(b)} is not defined.`, span);
}

/** aᵀ. */
export function transposed(a: Value): Value {
  switch (a.k) {
    case 'scalar':
      return a;
    case 'column':
      return row(a.x);
    case 'row':
      return column(a.x);
    case 'matrix':
      return matrixOf(a.x[0].map((_, j) => a.x.map((r) => r[j])));
  }
}
