import * as n from './batch.js';
import type { Num } from './batch.js';
import { kernelOf } from './densities.js';
import type { Expression } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import type { Scope } from './scope.js';
import { column, type Value } from './value.js';

/** The point that is meant where an argument is left out: the innermost bound one, else the free one. */
export function impliedKey(scope: Scope): string {
  const { bindings } = scope;
  for (let i = scope.bound.length - 1; i >= 0; i--) {
    const key = scope.bound[i];
    if (!bindings.hasRoles ? /^[xy]/.test(key) : key === bindings.noisy) return key;
  }
  for (const key of [bindings.hasRoles ? bindings.noisy : 'x', 'x', bindings.clean, ...scope.bound])
    if (scope.vars.has(key)) return key;
  return bindings.hasRoles ? bindings.noisy : 'x';
}

/** Its value. Throws {@link Unreadable} (unbound) where there is none. */
export function impliedPoint(scope: Scope, e: Expression): readonly Num[] {
  const value = scope.vars.get(impliedKey(scope)) ?? derived(impliedKey(scope), scope);
  if (value?.k !== 'column') throw new Unreadable('unbound', 'No point is known at which this is taken.', e);
  return value.x;
}

/** A number where a point is needed, as documents on one real variable have it. */
export const asPoint = (value: Value, { bindings }: Scope): Value =>
  bindings.line && value.k === 'scalar' ? column([value.x]) : value;

/** The noisy point from the clean one and the noise, or the noise from both points. */
export function derived(key: string, scope: Scope): Value | undefined {
  const { clean, noisy, hasRoles } = scope.bindings;
  if (!hasRoles) return undefined;
  const x0 = scope.vars.get(clean);
  if (key === noisy && x0?.k === 'column') {
    const noise = [...scope.vars.keys()].find((k) => isNoise(k, scope));
    const e = noise === undefined ? undefined : scope.vars.get(noise);
    if (e?.k !== 'column' || noise === undefined) return undefined;
    const { scale, std } = kernelOf(scope);
    const factor = noiseIsUnit(noise, scope) ? std : 1;
    return column(x0.x.map((v, i) => n.add(n.mul(scale, v), n.mul(factor, e.x[i]))));
  }
  const x = scope.vars.get(noisy);
  if (isNoise(key, scope) && x0?.k === 'column' && x?.k === 'column') {
    const { scale, std } = kernelOf(scope);
    const factor = noiseIsUnit(key, scope) ? 1 / std : 1;
    return column(x.x.map((v, i) => n.mul(factor, n.sub(v, n.mul(scale, x0.x[i])))));
  }
  return undefined;
}

/** Whether a key names the noise of x = a x₀ + s ε. */
export const isNoise = (key: string, scope: Pick<Scope, 'bindings'>): boolean =>
  scope.bindings.noises.some((noise) => noise.key === key) || /^epsilon(_sigma|_t)?$/.test(key);

/** Whether the noise has unit variance, or that of the kernel, where the formula stands. */
export function noiseIsUnit(key: string, scope: Scope): boolean {
  const stated = scope.bindings.noises.filter((noise) => noise.key === key);
  const before = stated.filter(({ at }) => at <= scope.at).at(-1) ?? stated[0];
  const unit = before?.unit ?? !key.endsWith('_sigma');
  if (new Set(stated.map(({ unit: u }) => u)).size > 1) {
    scope.trace.used.add('noise');
    if (scope.reading.noise === 'other') return !unit;
  }
  return unit;
}

/** v of the covariance v·I. Throws {@link Unreadable} for others. */
export function isotropicVariance(e: Expression, scope: Scope): Num {
  const value = scope.evaluate(e, scope);
  if (value.k === 'scalar') return value.x;
  if (value.k === 'matrix' && value.x.every((r, i) => r.every((x, j) => i === j || x === 0))) return value.x[0][0];
  throw new Unreadable('unsupported', 'Only covariances that are a multiple of I are read.', e);
}
