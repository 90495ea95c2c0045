import type { Expression } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { fnValue, powerValue, productValue, quotient, seriesValue, sumValue } from './algebra.js';
import * as n from './batch.js';
import type { Num } from './batch.js';
import { callValue } from './calls.js';
import { nablaValue, partialValue } from './derivatives.js';
import { drawn } from './drawn.js';
import { indexOf, listOf, matrixEntries, WrongDimension } from './indices.js';
import { minimumValue } from './minimum.js';
import { nameValue } from './names.js';
import { once } from './pass.js';
import { numberOf, type Scope } from './scope.js';
import { checkTime } from './time-limit.js';
import { column, entries, matrixOf, row, scalar, shape, transposed, type Value } from './value.js';

/** The value of an expression. Throws {@link Unreadable} where it has none that the reader is sure of. */
export function evaluate(e: Expression, scope: Scope): Value {
  checkTime(e);
  const value = scope.pass === undefined ? onLine(e, scope) : once(e, scope, onLine);
  scope.trace.shapes?.set(e, shape(value));
  return value;
}

/** The value; of a document on one real variable points are numbers. */
function onLine(e: Expression, scope: Scope): Value {
  const value = valueOf(e, scope);
  return scope.bindings.line && value.k !== 'scalar' && entries(value).length === 1 ? scalar(entries(value)[0]) : value;
}

function valueOf(e: Expression, scope: Scope): Value {
  switch (e.k) {
    case 'number':
      return scalar(e.value);
    case 'name':
      return nameValue(e, scope);
    case 'sum':
      return sumValue(e, scope);
    case 'product':
      return productValue(e, scope);
    case 'fraction':
      return quotient(evaluate(e.above, scope), evaluate(e.below, scope), e);
    case 'power':
      return powerValue(e.base, e.exponent, e, scope);
    case 'transpose':
      return transposed(evaluate(e.of, scope));
    case 'group':
      if (e.given.length > 0) throw new Unreadable('malformed', 'A condition stands outside of an expectation.', e);
      return evaluate(e.of, scope);
    case 'tuple': {
      const items = listOf(e.items, scope.instance.dimension).map((item) => numberOf(item, scope));
      if (items.length !== scope.instance.dimension) throw new WrongDimension();
      return e.open === '[' ? row(items) : column(items);
    }
    case 'norm': {
      const of = evaluate(e.of, scope);
      // A squared norm is computed as a sum of squares by `powerValue`; the root has no derivative at 0.
      return scalar(of.k === 'scalar' ? n.abs(of.x) : n.sqrt(n.dot(entries(of), entries(of))));
    }
    case 'inner': {
      const [a, b] = [evaluate(e.a, scope), evaluate(e.b, scope)];
      if (a.k !== b.k || a.k === 'scalar')
        throw new Unreadable('ill-typed', `An inner product of ${shape(a)} and ${shape(b)}.`, e);
      return scalar(n.dot(entries(a), entries(b)));
    }
    case 'fn':
      return fnValue(e.name, e.of, e, scope);
    case 'call':
      return callValue(e, scope);
    case 'nabla':
      return nablaValue(e, scope);
    case 'partial':
      return partialValue(e, scope);
    case 'expect':
    case 'integral':
      return drawn(e, scope);
    case 'series':
      return seriesValue(e, scope);
    case 'matrix': {
      // One dimension cannot tell a matrix from a vector.
      if (scope.instance.dimension === 1) throw new WrongDimension();
      const rows = matrixEntries(e, scope.instance.dimension).map((r) => r.map((cell) => numberOf(cell, scope)));
      if (rows.length !== scope.instance.dimension && rows[0].length !== scope.instance.dimension)
        throw new WrongDimension();
      if (rows[0].length === 1) return column(rows.map((r) => r[0]));
      return rows.length === 1 ? row(rows[0]) : matrixOf(rows);
    }
    case 'indexed': {
      if (e.sub === 'ij' || e.sub === 'i,j') {
        const d = scope.instance.dimension;
        const at = (i: number, j: number): Num =>
          numberOf(e.of, { ...scope, indices: new Map([...scope.indices, ['i', i], ['j', j]]) });
        return matrixOf(Array.from({ length: d }, (_, i) => Array.from({ length: d }, (__, j) => at(i + 1, j + 1))));
      }
      const of = evaluate(e.of, scope);
      const index = indexOf(e.sub, scope);
      if (index !== undefined && (of.k === 'column' || of.k === 'row') && index <= of.x.length)
        return scalar(of.x[index - 1]);
      throw new Unreadable('unsupported', `The index ${e.sub} is not read.`, e);
    }
    case 'related':
      throw new Unreadable('malformed', `A relation stands inside of brackets or of a norm.`, e);
    case 'dots':
      throw new Unreadable('unsupported', 'Dots are not read here.', e);
    case 'differential':
      throw new Unreadable('unsupported', 'A differential outside of an integral or an SDE.', e);
    case 'arg':
      return minimumValue(e, scope);
  }
}
