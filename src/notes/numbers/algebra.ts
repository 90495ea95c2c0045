import * as n from './batch.js';
import type { Num } from './batch.js';
import { fieldKey, isDensityName, isDimension, isPointName } from '../meaning/vocabulary.js';
import {
  keyOf,
  walk,
  type Call,
  type Expression,
  type Name,
  type Product,
  type Series,
  type Sum,
} from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { logDensityOf } from './log-densities.js';
import { operatorProduct, substituted } from './indices.js';
import { impliedPoint } from './points.js';
import { definitionOf, noteSize, numberOf, type Scope } from './scope.js';
import { inverseAndDeterminant } from './matrices.js';
import { column, entries, entrywise, matrixOf, plus, scalar, shape, times, type Value } from './value.js';

// Sums, products, fractions, powers and functions.

/** a / b for a number b. Throws {@link Unreadable} (ill-typed). */
export function quotient(a: Value, b: Value, e: Expression): Value {
  if (b.k !== 'scalar') throw new Unreadable('ill-typed', `Division by ${shape(b)}.`, e);
  return entrywise(a, (x) => n.div(x, b.x));
}

/** Σ of signed terms; x_1 + … is written out. */
export function sumValue(e: Sum, scope: Scope): Value {
  if (e.terms.some(({ term }) => term.k === 'dots')) {
    const first = e.terms[0].term;
    const total = Array.from({ length: scope.instance.dimension }, (_, k) =>
      scope.evaluate(substituted(first, { '1': k + 1 }), scope),
    );
    return total.reduce((a, b) => plus(a, b, e));
  }
  let value: Value = scalar(0);
  for (const { sign, term } of e.terms) {
    const v = scope.evaluate(term, scope);
    if (e.terms.length > 1) noteSize(scope, v);
    value = plus(value, sign === 1 ? v : entrywise(v, n.neg), term);
  }
  return value;
}

/** A product in the order written. */
export function productValue(e: Product, scope: Scope): Value {
  const operator = operatorProduct(e, scope);
  if (operator !== undefined) return scope.evaluate(operator, scope);
  // S · (1/p)∇p: what is written side by side holds together closer than what a dot parts.
  let value: Value | undefined;
  let run: Value | undefined;
  let dotted = false;
  for (const { via, factor } of e.factors) {
    if ((factor.k === 'nabla' || factor.k === 'partial') && factor.of === undefined) {
      throw new Unreadable('ill-typed', 'A derivative acts on nothing.', factor);
    }
    if (factor.k === 'dots') continue;
    const v = scope.evaluate(factor, scope);
    if (run !== undefined && (via === 'cdot' || via === 'times')) {
      value = value === undefined ? run : times(value, run, dotted, e);
      dotted = via === 'cdot';
      run = v;
    } else if (run === undefined) run = v;
    else run = via === '/' ? quotient(run, v, e) : times(run, v, false, e);
  }
  if (run === undefined) return scalar(1);
  return value === undefined ? run : times(value, run, dotted, e);
}

/** baseᵉˣᵖᵒⁿᵉⁿᵗ; a squared norm as a sum of squares. */
export function powerValue(base: Expression, exponent: Expression, e: Expression, scope: Scope): Value {
  if (base.k === 'name' && base.name === 'e' && base.sub === '') return scalar(n.exp(numberOf(exponent, scope)));
  if (exponent.k === 'name' && fieldKey(exponent) !== undefined)
    throw new Unreadable('unsupported', 'This superscript is not read.', exponent);
  const k = numberOf(exponent, scope);
  if (typeof k !== 'number') throw new Unreadable('unsupported', 'An exponent that varies is not read.', exponent);
  if (base.k === 'norm' && k === 2) {
    const of = scope.evaluate(base.of, scope);
    return scalar(n.dot(entries(of), entries(of)));
  }
  const value = scope.evaluate(base, scope);
  if (value.k === 'scalar') return scalar(n.power(value.x, k));
  if (value.k === 'matrix' && k === -1) return matrixOf(inverseAndDeterminant(value.x, e).inverse);
  if (value.k === 'matrix' && k === 2) return times(value, value, false, e);
  if (value.k === 'column' && k === 2)
    throw new Unreadable('unsupported', 'A vector is squared: its norm may be meant, or one dimension.', e);
  throw new Unreadable('unsupported', `The power of ${shape(value)} is not read.`, e);
}

/** A function of a number, log of a density by its logarithm, a trace. */
export function fnValue(name: string, of: Expression, e: Expression, scope: Scope): Value {
  if (name === 'log') {
    const inside = of.k === 'group' && of.given.length === 0 ? of.of : of;
    if ((inside.k === 'call' || inside.k === 'name') && isDensity(inside, scope)) {
      const [nm, args, given] = inside.k === 'call' ? [inside.of, inside.args, inside.given] : [inside, [], []];
      if (definitionOf(scope, keyOf(nm)) === undefined)
        return scalar(logDensityOf(scope, nm, args, given, () => impliedPoint(scope, inside)));
    }
  }
  const value = scope.evaluate(of, scope);
  if (name === 'trace') {
    if (value.k === 'matrix') return scalar(n.sum(value.x.map((r, i) => r[i])));
    if (value.k === 'scalar') return value;
    throw new Unreadable('ill-typed', `The trace of ${shape(value)}.`, e);
  }
  if (name === 'vec' && value.k !== 'row')
    return value.k === 'matrix' ? column(value.x[0].flatMap((_, j) => value.x.map((r) => r[j]))) : value;
  if (name === 'diag' && value.k === 'matrix') return column(value.x.map((r, i) => r[i]));
  if (name === 'diag' && value.k === 'column')
    return matrixOf(value.x.map((x, i) => value.x.map((_, j) => (i === j ? x : 0))));
  if (name === 'vec' || name === 'diag')
    throw new Unreadable('unsupported', `${name} of ${shape(value)} is not read.`, e);
  if (name === 'sign') return entrywise(value, n.sign);
  if (value.k !== 'scalar') {
    if (name === 'det' && value.k === 'matrix') return scalar(inverseAndDeterminant(value.x, e).determinant);
    throw new Unreadable('ill-typed', `${name} of ${shape(value)}.`, e);
  }
  const functions: Readonly<Record<string, (x: Num) => Num>> = {
    log: n.log,
    exp: n.exp,
    sqrt: n.sqrt,
    sin: n.sin,
    cos: n.cos,
    tanh: n.tanh,
    det: (x) => x,
  };
  return scalar(functions[name](value.x));
}

const isDensity = (e: Call | Name, scope: Scope): boolean => {
  const name = e.k === 'call' ? e.of : e;
  return isDensityName(name) && !(e.k === 'name' && scope.vars.has(keyOf(name)));
};

/** Σ over i ≠ j: over j alone where i runs already. */
function overPairs(e: Series, i: string, j: string, scope: Scope): Value {
  const d = scope.instance.dimension;
  const [outer, inner] = scope.indices.has(j) ? [j, i] : [i, j];
  const fixed = scope.indices.get(outer);
  let total: Value = scalar(0);
  for (const a of fixed === undefined ? Array.from({ length: d }, (_, k) => k + 1) : [fixed])
    for (let b = 1; b <= d; b++)
      if (a !== b)
        total = plus(total, scope.evaluate(e.of, { ...scope, indices: new Map([...scope.indices, [outer, a], [inner, b]]) }), e); // prettier-ignore
  return total;
}

/** Σ over an index, coordinates or a few numbers. */
export function seriesValue(e: Series, scope: Scope): Value {
  const d = scope.instance.dimension;
  const pair = /^([a-z])(?:neq|ne|!=)([a-z])$/.exec(e.index);
  if (pair !== null && e.what === 'sum' && e.low === undefined && e.high === undefined)
    return overPairs(e, pair[1], pair[2], scope);
  const high = e.high;
  const overCoordinates = high === undefined || (high.k === 'name' && isDimension(high));
  const overData = [...walk(e.of)].some(
    (x) =>
      x.k === 'name' &&
      x.sub === e.index &&
      isPointName(x) &&
      (high === undefined || /^[NMK]$/.test(high.k === 'name' ? high.name : '')),
  );
  if (overData) throw new Unreadable('unsupported', 'A sum over data is not computed.', e);
  const last = overCoordinates ? d : high.k === 'number' ? high.value : 3;
  if (last > 50) throw new Unreadable('limit', 'A sum of more than 50 terms.', e);
  if (!/^[a-z]$/.test(e.index) || e.what === 'prod')
    throw new Unreadable('unsupported', 'This sum or product is not read.', e);
  let total: Value = scalar(0);
  for (let i = 1; i <= last; i++) {
    const indices = new Map([...scope.indices, [e.index, i] as const]);
    if (!overCoordinates) indices.set('data', 1);
    total = plus(total, scope.evaluate(e.of, { ...scope, indices }), e);
  }
  return total;
}
