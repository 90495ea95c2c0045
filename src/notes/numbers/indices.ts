import { Unreadable } from '../read/problem.js';
import type { Expression, Matrix, Product } from '../read/expression.js';
import type { Scope } from './scope.js';
import { entries, scalar, type Value } from './value.js';

/** A formula for another number of dimensions than the instance has: that instance says nothing. */
export class WrongDimension extends Error {
  override readonly name = 'WrongDimension';
}

type Indices = Readonly<Record<string, number>>;

/** The expression with subscripts replaced: x_1 with { '1': 3 } is x_3. */
export function substituted(e: Expression, indices: Indices): Expression {
  const s = (x: Expression): Expression => substituted(x, indices);
  switch (e.k) {
    case 'name':
      return e.sub in indices ? { ...e, sub: String(indices[e.sub]) } : e;
    case 'number':
    case 'dots':
    case 'differential':
      return e;
    case 'sum':
      return { ...e, terms: e.terms.map((t) => ({ ...t, term: s(t.term) })) };
    case 'product':
      return { ...e, factors: e.factors.map((f) => ({ ...f, factor: s(f.factor) })) };
    case 'fraction':
      return { ...e, above: s(e.above), below: s(e.below) };
    case 'power':
      return { ...e, base: s(e.base) };
    case 'partial':
      return { ...e, wrt: e.wrt.map(s), ...(e.of ? { of: s(e.of) } : {}) };
    case 'nabla':
      return e.of ? { ...e, of: s(e.of) } : e;
    case 'call': {
      const of = s(e.of);
      return { ...e, of: of.k === 'name' ? of : e.of, args: e.args.map(s), given: e.given.map(s) };
    }
    case 'transpose':
    case 'norm':
    case 'fn':
    case 'group':
    case 'indexed':
    case 'expect':
    case 'integral':
    case 'series':
    case 'arg':
      return { ...e, of: s(e.of) };
    case 'inner':
    case 'related':
      return { ...e, a: s(e.a), b: s(e.b) };
    case 'tuple':
      return { ...e, items: e.items.map(s) };
    case 'matrix':
      return { ...e, rows: e.rows.map((r) => r.map(s)) };
  }
}

/** Whether the items are dots in part. */
export const isGroupOfDots = (items: readonly Expression[]): boolean => items.some(({ k }) => k === 'dots');

/** (a_1, a_2, …, a_d) written out for d; a list without dots as it stands. */
export function listOf(items: readonly Expression[], d: number): readonly Expression[] {
  if (!isGroupOfDots(items)) return items;
  return Array.from({ length: d }, (_, i) => substituted(items[0], { '1': i + 1 }));
}

/** The entries of a matrix, dots written out: the pattern of rows and columns is read off the entry (1, 2), or (1, 1) of a column. */
export function matrixEntries(e: Matrix, d: number): readonly (readonly Expression[])[] {
  if (!e.rows.some(isGroupOfDots)) {
    if (new Set(e.rows.map((r) => r.length)).size > 1)
      throw new Unreadable('malformed', 'The rows of a matrix differ in length.', e);
    return e.rows;
  }
  const first = e.rows[0];
  if (first.length === 1) return listOf([first[0], { k: 'dots', start: e.start, end: e.end }], d).map((x) => [x]);
  if (e.rows.length === 1) return [listOf(first, d)];
  const pattern = first[1];
  if (pattern.k === 'dots') throw new Unreadable('unsupported', 'The pattern of this matrix is not clear.', e);
  return Array.from({ length: d }, (_, i) =>
    Array.from({ length: d }, (__, j) => substituted(pattern, { '1': i + 1, '2': j + 1 })),
  );
}

/** (∂₁, …, ∂_d)ᵀ · V written out: a divergence for a column V, the matrix ∂ᵢ V_j for a row V. */
export function operatorProduct(e: Product, scope: Scope): Expression | undefined {
  const at = e.factors.findIndex(
    ({ factor }) =>
      factor.k === 'matrix' &&
      factor.rows.flat().every((cell) => cell.k === 'dots' || (cell.k === 'partial' && cell.of === undefined)),
  );
  if (at < 0) return undefined;
  const operators = e.factors[at].factor;
  const operand = e.factors[at + 1]?.factor;
  if (operators.k !== 'matrix' || operand === undefined || e.factors.length !== 2) {
    throw new Unreadable('unsupported', 'A column of derivatives acts on what stands behind it only.', e);
  }
  const d = scope.instance.dimension;
  const partials = matrixEntries(operators, d).map((r) => r[0]);
  const span = { start: e.start, end: e.end };
  const act = (p: Expression, of: Expression): Expression => (p.k === 'partial' ? { ...p, of, ...span } : p);
  const asRow =
    operand.k === 'tuple' && operand.open === '['
      ? listOf(operand.items, d)
      : operand.k === 'matrix' && operand.rows.length === 1
        ? matrixEntries(operand, d)[0]
        : undefined;
  if (asRow) return { k: 'matrix', rows: partials.map((p) => asRow.map((of) => act(p, of))), ...span };
  const asColumn =
    operand.k === 'matrix'
      ? matrixEntries(operand, d).map((r) => r[0])
      : operand.k === 'tuple'
        ? listOf(operand.items, d)
        : undefined;
  if (asColumn === undefined)
    throw new Unreadable('unsupported', 'A column of derivatives acts on a row or a column only.', e);
  return {
    k: 'sum',
    terms: partials.map((p, i) => ({ sign: 1 as const, term: act(p, asColumn[i]), signAt: -1 })),
    ...span,
  };
}

/** What an index stands for: a number, the last one d, or what a sum runs over. Throws {@link WrongDimension}. */
export function indexOf(sub: string, scope: Scope): number | undefined {
  const bound = scope.indices.get(sub);
  if (bound !== undefined) return bound;
  if (sub === 'd' || sub === 'n') return scope.instance.dimension;
  if (/^[1-9]$/.test(sub)) {
    if (Number(sub) > scope.instance.dimension) throw new WrongDimension();
    return Number(sub);
  }
  const mirrored = /^d\+1(?:-|minus)([a-z])$/.exec(sub);
  const of = mirrored === null ? undefined : scope.indices.get(mirrored[1]);
  return of === undefined ? undefined : scope.instance.dimension + 1 - of;
}

/** The component of a vector by its index. Throws {@link Unreadable} (unbound) where the index runs over something else, such as times. */
export function componentOf(value: Value, index: number, e: Expression): Value {
  const all = entries(value);
  if (index > all.length) throw new Unreadable('unbound', `There is no component ${index} of a vector with ${all.length}.`, e); // prettier-ignore
  return scalar(all[index - 1]);
}
