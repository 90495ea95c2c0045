import { isDensityName, isPointName, isScalarName } from '../meaning/vocabulary.js';
import { withBinders } from '../meaning/bind.js';
import { keyOf, type Binder, type Expression, type Name } from '../read/expression.js';

/** A tree with parts replaced, from the outside in: where `change` gives nothing the parts below are looked at. */
export function replaced(e: Expression, change: (part: Expression) => Expression | undefined): Expression {
  const made = change(e);
  if (made !== undefined) return made;
  const on = (part: Expression): Expression => replaced(part, change);
  const name = (part: Name): Name => {
    const other = on(part);
    return other.k === 'name' ? other : part;
  };
  switch (e.k) {
    case 'number':
    case 'name':
    case 'dots':
    case 'differential':
      return e;
    case 'sum':
      return { ...e, terms: e.terms.map((term) => ({ ...term, term: on(term.term) })) };
    case 'product':
      return { ...e, factors: e.factors.map(({ via, factor }) => ({ via, factor: on(factor) })) };
    case 'fraction':
      return { ...e, above: on(e.above), below: on(e.below) };
    case 'power':
      return { ...e, base: on(e.base), exponent: on(e.exponent) };
    case 'transpose':
    case 'norm':
    case 'fn':
    case 'arg':
    case 'indexed':
    case 'series':
      return { ...e, of: on(e.of) };
    case 'group':
      return { ...e, of: on(e.of), given: e.given.map(on) };
    case 'call':
      return { ...e, args: e.args.map(on), given: e.given.map(on), params: e.params.map(on) };
    case 'tuple':
      return { ...e, items: e.items.map(on) };
    case 'inner':
    case 'related':
      return { ...e, a: on(e.a), b: on(e.b) };
    case 'nabla':
      return { ...e, wrt: e.wrt && name(e.wrt), of: e.of && on(e.of) };
    case 'partial':
      return { ...e, wrt: e.wrt.map(on), of: e.of && on(e.of) };
    case 'expect': {
      const binder = (b: Binder): Binder => ({ ...b, law: b.law && on(b.law) });
      return { ...e, binders: e.binders.map(binder), of: on(e.of), given: e.given.map(on) };
    }
    case 'integral':
      return { ...e, of: on(e.of), limits: e.limits && { low: on(e.limits.low), high: on(e.limits.high) } };
    case 'matrix':
      return { ...e, rows: e.rows.map((row) => row.map(on)) };
  }
}

const isTime = (e: Expression): boolean => e.k === 'name' && e.name === 't' && e.sub === '';

/**
 * An expression at one time, in one notation: β(t) and β_t are β, f(x, t) is f(x), p(x, t) is p_t(x), and the state, by whatever of its names, is `point`.
 */
export function atOneTime(e: Expression, state: Name, point: Name): Expression {
  const isState = ({ name, sub }: Name): boolean =>
    name.toLowerCase() === state.name.toLowerCase() && (sub === '' || sub === 't' || sub === state.sub);
  const change = (x: Expression): Expression | undefined => {
    if (x.k === 'name') {
      if (isPointName(x)) return isState(x) ? { ...point, start: x.start, end: x.end } : undefined;
      if (isDensityName(x)) return x.sub === '' ? { ...x, sub: 't' } : undefined;
      return x.sub === 't' ? { ...x, sub: '' } : undefined;
    }
    if (x.k !== 'call' || x.params.length > 0 || x.given.length > 0) return undefined;
    const rest = x.args.filter((arg) => !isTime(arg)).map((arg) => replaced(arg, change));
    if (isDensityName(x.of)) {
      const timed = rest.length < x.args.length && x.of.sub === '';
      return { ...x, of: timed ? { ...x.of, sub: 't' } : x.of, args: rest };
    }
    const of = x.of.sub === 't' ? { ...x.of, sub: '' } : x.of;
    return rest.length === 0 ? { ...of, start: x.start, end: x.end } : { ...x, of, args: rest };
  };
  return replaced(e, change);
}

/** The letters of an equation that stand for coefficients of a process: not points, densities, times and signs of mathematics. */
export function coefficientsIn(...parts: readonly (Expression | undefined)[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const part of parts) {
    if (part === undefined) continue;
    for (const x of withBinders(part)) {
      const name = x.k === 'call' ? x.of : x.k === 'name' ? x : undefined;
      if (name === undefined || isPointName(name) || isDensityName(name) || isTime(name)) continue;
      if (!/^(pi|e|I|d|0|1)$/.test(name.name) || isScalarName(name)) keys.add(keyOf(name));
    }
  }
  return keys;
}

export const sameLetters = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((key) => b.has(key));
