import type { Name } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import * as n from './batch.js';
import type { Num } from './batch.js';
import { kernelOf } from './densities.js';
import { logDensityOf } from './log-densities.js';
import { note, withVars, type Scope } from './scope.js';
import { column, plus, type Value } from './value.js';
import { field } from './world.js';

/** The score model and the denoiser at a point. */
export function fieldAt(key: string, e: Name, x: readonly Num[], extra: readonly Num[], scope: Scope): Value {
  const { candidate, instance, reading } = scope;
  if (candidate?.key === key) {
    const best = scope.evaluate(
      candidate.body,
      withVars({ ...scope, candidate: undefined }, [[candidate.arg, column(x)]], [candidate.arg]),
    );
    const zero = field(instance, key, [], x, [], scope.pass);
    const moved = field(instance, key, scope.theta, x, [], scope.pass);
    scope.trace.theta = true;
    return plus(best, column(moved.map((m, i) => n.sub(m, zero[i]))), e);
  }
  if (e.star) throw new Unreadable('unsupported', 'An optimum by its star is not read.', e);
  if (e.sub.includes('*')) throw new Unreadable('unsupported', 'An optimum by its star is not read.', e);
  // ψ_x is the score of the density of x to some, the model to none.
  if (key === 'S' && /^[xXyY]$/.test(e.sub))
    throw new Unreadable('unsupported', `Which field ${e.name}_${e.sub} is, the reader does not know.`, e);
  const free = !e.sub.includes('theta');
  if (key === 'S' && free) {
    scope.trace.used.add('score');
    if (scope.reading.score === 'score') return column(scoreOf(x, scope));
  }
  if (key === 'h') {
    scope.trace.used.add('denoiser');
    if (reading.denoiser === 'optimal') {
      const { scale, std } = kernelOf(scope);
      const s = scoreOf(x, scope);
      return column(x.map((xi, i) => n.mul(1 / scale, n.add(xi, n.mul(std * std, s[i])))));
    }
  } else if (reading.denoiser === 'optimal') return column(scoreOf(x, scope));
  note(
    scope,
    key,
    key === 'S'
      ? 'any smooth vector field that is neither a gradient nor the score'
      : 'any smooth map of points to points',
  );
  scope.trace.theta = true;
  const levels = scope.bindings.impliedLevels.has(key) ? [] : extra;
  return column(field(instance, key, scope.theta, x, levels, scope.pass));
}

/** ∇ log of the noisy density, or of the only one. */
function scoreOf(x: readonly Num[], scope: Scope): readonly Num[] {
  const { hasRoles, cleanScore, clean, noisy } = scope.bindings;
  const key = hasRoles ? (cleanScore ? clean : noisy) : 'x';
  const tag = n.newTag();
  const name: Name = {
    k: 'name',
    name: 'p',
    sub: hasRoles ? (cleanScore ? '0' : 'sigma') : '',
    font: '',
    star: false,
    start: scope.at,
    end: scope.at,
  };
  return x.map((_, i) => {
    const moved = x.map((v, j) => (i === j ? n.dual(tag, v, 1) : v));
    return n.tangent(
      logDensityOf(withVars(scope, [[key, column(moved)]], [key]), name, [], [], () => moved),
      tag,
    );
  });
}
