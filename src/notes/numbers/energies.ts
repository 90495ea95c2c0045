import type { Expression, Name } from '../read/expression.js';
import * as n from './batch.js';
import type { Num } from './batch.js';
import { logDensityOf } from './log-densities.js';
import { nablaValue } from './derivatives.js';
import { impliedPoint } from './points.js';
import { note, type Scope } from './scope.js';
import type { Value } from './value.js';

/** E(x) = −(log p(x) + log Z)/β. */
export function energyAt(e: Name, args: readonly Expression[], scope: Scope): Num {
  const p: Name = { ...e, name: 'p' };
  const log = logDensityOf(scope, p, args, [], () => impliedPoint(scope, e));
  scope.trace.used.add('energy');
  const beta =
    scope.bindings.energyHasBeta && args.length < 2 && scope.reading.energy === 'stated'
      ? scope.instance.scalar('beta')
      : 1;
  const withZ = n.add(log, Math.log(scope.instance.scalar('Z')));
  note(scope, 'E', 'the energy −log p, up to the constant log Z');
  return n.mul(-1 / beta, withZ);
}

/** ∇E. */
export function gradientOfEnergy(e: Name, scope: Scope): Value {
  note(scope, 'F', 'the force −∇E');
  return nablaValue(
    { k: 'nabla', wrt: undefined, form: 'gradient', of: { ...e, name: 'E', sub: '' }, start: e.start, end: e.end },
    scope,
  );
}
