import { componentIndex, definitionKey, fieldKey, isConstantName, isDensityName, isDimension, isLossName, isMatrixName, isNoiseName, isPointName, isScalarName, lossOf } from '../meaning/vocabulary.js'; // prettier-ignore
import { lossExpression } from '../meaning/losses.js';
import { keyOf, type Name } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import * as n from './batch.js';
import { applied } from './definitions.js';
import { logDensityOf } from './log-densities.js';
import { partialValue } from './derivatives.js';
import { energyAt, gradientOfEnergy } from './energies.js';
import { fieldAt } from './fields.js';
import { componentOf, indexOf, WrongDimension } from './indices.js';
import { derived, impliedKey, impliedPoint } from './points.js';
import { definitionOf, note, type Scope } from './scope.js';
import { column, entrywise, matrixOf, scalar, type Value } from './value.js';
import { covariance, field, fixedVector, matrix, scalarField } from './world.js';

/** A name: what is drawn, fixed, defined, or known to the course by that name. Throws {@link Unreadable} (unbound). */
export function nameValue(e: Name, scope: Scope): Value {
  const key = keyOf(e);
  const bound = scope.vars.get(key);
  if (bound) return bound;
  const { instance, bindings } = scope;
  if (bindings.coordinates.length > 0 && e.sub !== '' && isDensityName(e) && bindings.coordinates.includes(e.sub)) {
    // p_x next to ∂_x: a partial derivative.
    return partialValue(
      { k: 'partial', wrt: [{ ...e, name: e.sub, sub: '' }], of: { ...e, sub: '' }, start: e.start, end: e.end },
      scope,
    );
  }
  const computed = derived(key, scope);
  if (computed) return computed;
  const data = /^[xX]$/.test(e.name) ? scope.indices.get(e.sub) : undefined;
  if (data !== undefined) return coordinateOrData(data, scope);
  const entry = entryOf(e, scope);
  if (entry !== undefined) return entry;
  if (e.name === 'pi' && e.sub === '') return scalar(Math.PI);
  if (e.name === 'I' && (e.sub === '' || isDimension({ ...e, name: e.sub, sub: '' })))
    return identity(instance.dimension);
  if (e.name === '0') return scalar(0);
  if (e.name === '1' && e.font === 'text') return column(Array.from({ length: instance.dimension }, () => 1));
  const definition = definitionOf(scope, definitionKey(e));
  if (isDimension(e) && definition?.body.k === 'number') {
    // d = 2: the instances of two dimensions are meant; there is none of 784, where any does for what holds in all.
    if (definition.body.value <= 3 && definition.body.value !== instance.dimension) throw new WrongDimension();
    return scalar(instance.dimension);
  }
  if (definition !== undefined && definition.args.length === 0)
    return scope.evaluate(definition.body, { ...scope, expanding: [...scope.expanding, definition.key] });
  const loss = lossOf(e);
  if (isLossName(e)) {
    if (definition)
      return scope.evaluate(definition.body, {
        ...scope,
        expanding: [...scope.expanding, definition.key],
      });
    if (loss !== undefined)
      return scope.evaluate(lossExpression(loss, bindings), {
        ...scope,
        expanding: [...scope.expanding, definitionKey(e)],
      });
    throw new Unreadable('unbound', `${e.name}${e.sub === '' ? '' : `_${e.sub}`} is not defined.`, e);
  }
  if (isConstantName(e)) return scalar(scope.constant);
  if (isDimension(e)) return scalar(instance.dimension);
  const asField = fieldKey(e);
  if (asField !== undefined) {
    const component = componentIndex(e.sub);
    if (component !== undefined && !(component === 'k' && !scope.indices.has('k'))) {
      const index = indexOf(component, scope);
      if (index !== undefined) {
        const value = fieldAt(asField, e, impliedPoint(scope, e), [], scope);
        return componentOf(value, index, e);
      }
      throw new Unreadable('unbound', `The index ${component} of ${e.name} runs over nothing here.`, e);
    }
    if (definition !== undefined)
      return applied(definition.args, [impliedPoint(scope, e)], definition.body, definition.key, scope);
    return fieldAt(asField, e, impliedPoint(scope, e), [], scope);
  }
  if (isDensityName(e) && definition !== undefined)
    return applied(definition.args, [impliedPoint(scope, e)], definition.body, definition.key, scope);
  if (isDensityName(e)) return scalar(n.exp(logDensityOf(scope, e, [], [], () => impliedPoint(scope, e))));
  if (bindings.energy && e.name === 'E') return scalar(energyAt(e, [], scope));
  if (bindings.energy && e.name === 'F') return entrywise(gradientOfEnergy(e, scope), n.neg);
  if (e.name === 'Sigma') return matrixOf(covariance(instance, key));
  if (isMatrixName(e)) {
    scope.trace.used.add('matrices');
    return matrixOf(
      bindings.symmetric || scope.reading.matrices === 'symmetric' ? covariance(instance, key) : matrix(instance, key),
    );
  }
  if (bindings.vectorFields.has(e.name)) return column(field(instance, e.name, [], impliedPoint(scope, e), []));
  if (/^[fgF]$/.test(e.name))
    return e.name === 'g' && bindings.sde
      ? scalar(instance.scalar('g'))
      : scalar(scalarField(instance, e.name, impliedPoint(scope, e), []));
  const component = isPointName(e) || isNoiseName(e) ? coordinateBeside(e, scope) : undefined;
  if (component !== undefined) return component;
  if (isPointName(e) || isNoiseName(e))
    throw new Unreadable('unbound', `${key} is neither drawn nor fixed by anything here.`, e);
  if (bindings.vectors.has(key)) {
    note(scope, key, 'a fixed vector');
    return column(fixedVector(instance, key));
  }
  if (isScalarName(e)) {
    note(scope, key, `a positive number: ${instance.scalar(key)} in ${instance.name}`);
    return scalar(instance.scalar(key));
  }
  if (definition?.args.length === 1)
    return applied(definition.args, [impliedPoint(scope, e)], definition.body, definition.key, scope);
  throw new Unreadable('unbound', `${key} is not known to the reader and not defined in the document.`, e);
}

/** v_i beside v, ε_1 beside ε: a coordinate, where no sum over data runs. */
function coordinateBeside(e: Name, scope: Scope): Value | undefined {
  const base = keyOf({ name: e.name, sub: '' });
  const of = scope.vars.get(base) ?? derived(base, scope);
  if (of?.k !== 'column' || componentIndex(e.sub) === undefined || scope.indices.has('data')) return undefined;
  const index = indexOf(e.sub, scope);
  return index === undefined || index > of.x.length ? undefined : scalar(of.x[index - 1]);
}

/** A_ij and a_ij under sums over i and j: an entry of the matrix A. */
function entryOf(e: Name, scope: Scope): Value | undefined {
  const places = /^([ijk]),?([ijk])$/
    .exec(e.sub)
    ?.slice(1)
    .map((index) => scope.indices.get(index));
  const whole: Name = { ...e, name: e.name.toUpperCase(), sub: '' };
  if (places === undefined || !isMatrixName(whole)) return undefined;
  const [i, j] = places;
  const of = i === undefined || j === undefined ? undefined : scope.evaluate(whole, scope);
  if (of?.k !== 'matrix' || i === undefined || j === undefined)
    throw new Unreadable('unbound', `What the indices of ${e.name}_${e.sub} run over, the document does not say.`, e);
  const entry = (of.x as readonly (readonly n.Num[] | undefined)[])[i - 1]?.[j - 1];
  if (entry === undefined) throw new Unreadable('unsupported', `${e.name} has no entry at these indices.`, e);
  return scalar(entry);
}

function coordinateOrData(index: number, scope: Scope): Value {
  const point = scope.vars.get('x') ?? scope.vars.get(impliedKey(scope));
  if (point?.k === 'column' && index <= scope.instance.dimension && !scope.indices.has('data'))
    return scalar(point.x[index - 1]);
  return column(scope.instance.clean.means[0].map((m, i) => m + Math.sin(3 * index + i)));
}

const identity = (d: number): Value =>
  matrixOf(Array.from({ length: d }, (_, i) => Array.from({ length: d }, (__, j) => (i === j ? 1 : 0))));
