import {
  componentIndex,
  definitionKey,
  fieldKey,
  isDensityName,
  isLossName,
  isScalarName,
} from '../meaning/vocabulary.js';
import { keyOf, type Call } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import * as n from './batch.js';
import { applied } from './definitions.js';
import { gaussianLog } from './densities.js';
import { logDensityOf } from './log-densities.js';
import { divergenceOfLaws } from './divergences-of-laws.js';
import { energyAt, gradientOfEnergy } from './energies.js';
import { fieldAt } from './fields.js';
import { componentOf, indexOf } from './indices.js';
import { inverseAndDeterminant } from './matrices.js';
import { nameValue } from './names.js';
import { asPoint, impliedPoint, isotropicVariance } from './points.js';
import { definitionOf, type Scope } from './scope.js';
import { column, entries, entrywise, scalar, type Value } from './value.js';
import { field, scalarField } from './world.js';

/** f(x): a definition applied, a density, a field, a scalar function. Throws {@link Unreadable} (unbound). */
export function callValue(e: Call, scope: Scope): Value {
  const { of: name, args } = e;
  const { bindings, instance } = scope;
  const definition = definitionOf(scope, definitionKey(name));
  if (name.name === 'KL' || (name.name === 'D' && (e.bars || /^(KL|F)$/i.test(name.sub))))
    return divergenceOfLaws(e, scope);
  if (isLossName(name)) return nameValue(name, scope);
  if (name.name === 'N') return gaussianCall(e, scope);
  if (isDensityName(name) && definition === undefined)
    return scalar(n.exp(logDensityOf(scope, name, args, e.given, () => impliedPoint(scope, e))));
  if (name.name === 'E' && bindings.energy) return scalar(energyAt(name, args, scope));
  if (name.name === 'F' && bindings.energy) return entrywise(gradientOfEnergy(name, scope), n.neg);
  if (name.name === 'Z') return scalar(instance.scalar('Z'));
  const values = args.map((arg, i) =>
    i === 0 ? asPoint(scope.evaluate(arg, scope), scope) : scope.evaluate(arg, scope),
  );
  if (definition !== undefined && definition.args.length > 0) {
    return applied(definition.args, values, definition.body, definition.key, scope);
  }
  const point = values.find((v) => v.k === 'column');
  const extra = values.flatMap((v) => (v.k === 'scalar' ? [v.x] : []));
  const key = fieldKey(name);
  if (key !== undefined) {
    if (point?.k !== 'column') throw new Unreadable('ill-typed', `${name.name} takes a point.`, e);
    const value = fieldAt(key, name, point.x, extra, scope);
    const component = componentIndex(name.sub);
    const index = component === undefined || /^(k|m)$/.test(component) ? undefined : indexOf(component, scope);
    return index === undefined ? value : componentOf(value, index, e);
  }
  if (bindings.vectorFields.has(name.name) && point?.k === 'column') {
    scope.trace.theta = true;
    return column(field(instance, name.name, scope.theta, point.x, extra, scope.pass));
  }
  if (point === undefined && args.length === 1 && isScalarName(name)) {
    // g(t), σ(t), β(t): one number at the time at hand; γ(0) and γ(1) are others.
    const [time] = args;
    return scalar(instance.scalar(time.k === 'number' ? `${keyOf(name)}(${time.value})` : keyOf(name)));
  }
  if (/^[fgFVUu]$|^phi$/.test(name.name) && point?.k === 'column')
    return scalar(scalarField(instance, name.name, point.x, extra));
  throw new Unreadable('unbound', `${name.name}(…) is not known to the reader and not defined in the document.`, e);
}

/** 𝒩(x; μ, Σ) and 𝒩(x | μ, Σ) as densities. */
function gaussianCall(e: Call, scope: Scope): Value {
  const rest = e.params.length > 0 ? e.params : e.given;
  if (e.args.length !== 1 || rest.length !== 2)
    throw new Unreadable('unsupported', 'A normal law stands where a number is needed.', e);
  const [x, mean] = [asPoint(scope.evaluate(e.args[0], scope), scope), scope.evaluate(rest[0], scope)];
  if (x.k !== 'column') throw new Unreadable('ill-typed', 'A normal density takes a point.', e);
  const centre = mean.k === 'column' ? mean.x : x.x.map(() => entries(mean)[0]);
  const covariance = scope.evaluate(rest[1], scope);
  if (covariance.k !== 'matrix') return scalar(n.exp(gaussianLog(x.x, centre, isotropicVariance(rest[1], scope))));
  const { inverse, determinant } = inverseAndDeterminant(covariance.x, rest[1]);
  const centred = x.x.map((xi, i) => n.sub(xi, centre[i]));
  const square = n.dot(
    centred,
    inverse.map((row) => n.dot(row, centred)),
  );
  const norm = n.add(x.x.length * Math.log(2 * Math.PI), n.log(determinant));
  return scalar(n.exp(n.mul(-0.5, n.add(norm, square))));
}
