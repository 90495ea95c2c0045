import type { Bindings } from './bindings.js';
import { binderKeys, freeOf } from './free.js';
import { children, keyOf, walk, type Expression } from '../read/expression.js';
import type { Reason } from '../read/problem.js';
import type { Span } from '../read/span.js';

/** Something wrong with a side before any number is computed. */
export interface StaticProblem {
  readonly reason: Reason;
  readonly message: string;
  readonly span: Span;
}

/** Variables that an expectation binds twice, or binds and never uses. */
export function staticProblem(e: Expression, bindings: Bindings): StaticProblem | undefined {
  return nested(e, bindings, []);
}

function nested(e: Expression, bindings: Bindings, outer: readonly string[]): StaticProblem | undefined {
  let inner = [...outer];
  if (e.k === 'expect') {
    const own: { key: string; span: Span }[] = [];
    for (const binder of e.binders) {
      for (const key of binderKeys(binder, bindings)) {
        if (binder.vars.length > 0 && outer.includes(key))
          return {
            reason: 'ill-typed',
            message: `${key} is bound twice: by this expectation and by one around it.`,
            span: binder,
          };
        own.push({ key, span: binder });
        inner = [...inner, key];
      }
    }
    // Only what stands alone: a bound variable that neither the body nor a later law needs.
    const used = freeOf(e.of, bindings, []);
    const named = new Set([...walk(e.of)].flatMap((x) => (x.k === 'name' ? [keyOf(x)] : [])));
    const derivedFrom = used.has(bindings.noisy) || used.has(bindings.clean);
    for (const [i, { key, span }] of own.entries()) {
      const binder = e.binders[i];
      if (binder === undefined || binder.vars.length !== 1 || /^(sigma|t|s)(_|$)/.test(key)) continue;
      const later = e.binders.slice(i + 1).length > 0;
      const body = innerBinders(e.of);
      if (used.has(key) || named.has(key) || [...named].some((other) => other.startsWith(`${key},`)) || later || body)
        continue;
      if (derivedFrom && (key === bindings.noisy || key === bindings.clean) && usesImplied(e.of)) continue;
      if (derivedFrom && /^(epsilon|xi|eta|z)/.test(key) && bindings.hasRoles) continue;
      return { reason: 'unused', message: `${key} is drawn and never used.`, span };
    }
  }
  if (e.k === 'integral') inner = [...inner, ...e.vars.map(keyOf)];
  for (const child of children(e)) {
    const found = nested(child, bindings, inner);
    if (found) return found;
  }
  return undefined;
}

const innerBinders = (e: Expression): boolean => [...walk(e)].some((x) => x.k === 'expect' && x.binders.length > 0);

const usesImplied = (e: Expression): boolean => [...walk(e)].some((x) => x.k === 'name' && /^[pqSsh]/.test(x.name));

/** Points that the right side leaves free while the left side has none: nothing draws or fixes them. */
export function unboundPoints(lhs: Expression, rhs: Expression, bindings: Bindings): readonly string[] {
  const left = freeOf(lhs, bindings, []);
  if (left.size > 0) return [];
  return [...freeOf(rhs, bindings, [])];
}
