import { isDensityName, isLossName, isPointName } from '../meaning/vocabulary.js';
import { children, keyOf, walk, type Expression, type Nabla, type Name, type Partial } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import * as n from './batch.js';
import { indexOf, WrongDimension } from './indices.js';
import { derived, impliedKey } from './points.js';
import { levelDerivative, levelOf } from './level-derivative.js';
import { withVars, type Scope } from './scope.js';
import { column, entries, entrywise, matrixOf, scalar, shape, type Value } from './value.js';

/** The variable that ∇ means: its subscript, else the first argument of what it acts on, else the point at hand. */
export function gradientKey(e: Nabla, scope: Scope): string {
  if (e.wrt !== undefined) {
    const key = keyOf(e.wrt);
    if (key === 'x' && scope.bindings.hasRoles && !scope.vars.has('x') && scope.vars.has(scope.bindings.noisy))
      return scope.bindings.noisy;
    return key;
  }
  return (e.of && firstArgument(e.of, scope)) ?? impliedKey(scope);
}

/** ∇ log p(x, x₀): the gradient in x is another than that in x₀. Throws {@link Unreadable} (unbound). */
function unnamedVariable(of: Expression, e: Nabla): void {
  for (const x of walk(of))
    if (x.k === 'call' && isDensityName(x.of) && x.args.filter((a) => a.k === 'name' && isPointName(a)).length > 1)
      throw new Unreadable('unbound', `∇ names no variable, and ${x.of.name} depends on two points here.`, e);
}

function firstArgument(e: Expression, scope: Scope): string | undefined {
  if (e.k === 'call' && !isLossName(e.of)) {
    const arg = e.args.find((a): a is Name => a.k === 'name' && (isPointName(a) || scope.vars.has(keyOf(a))));
    if (arg) return keyOf(arg);
  }
  for (const child of children(e)) {
    const found = firstArgument(child, scope);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** ∇f, ∇·f, ∇²f, Δf by dual numbers. */
export function nablaValue(e: Nabla, scope: Scope): Value {
  if (e.of === undefined) throw new Unreadable('ill-typed', '∇ acts on nothing here.', e);
  if (scope.derivatives >= 4) throw new Unreadable('limit', 'More than four derivatives within each other.', e);
  if (e.wrt === undefined) unnamedVariable(e.of, e);
  const key = gradientKey(e, scope);
  if (/theta|phi/.test(key)) throw new Unreadable('unsupported', 'Gradients in the parameters are not computed.', e);
  const at = scope.vars.get(key) ?? derived(key, scope);
  if (at?.k !== 'column') throw new Unreadable('unbound', `∇ is taken in ${key}, which is no point here.`, e);
  const { of } = e;
  const derivatives = (f: (moved: Scope) => Value): Value[] =>
    at.x.map((_, i) => {
      const tag = n.newTag();
      const moved = at.x.map((v, j) => (i === j ? n.dual(tag, v, 1) : v));
      return entrywise(f(withVars({ ...scope, derivatives: scope.derivatives + 1 }, [[key, column(moved)]])), (x) =>
        n.tangent(x, tag),
      );
    });
  const first = derivatives((moved) => scope.evaluate(of, moved));
  const kind = first[0].k;
  if (e.form === 'divergence') {
    if (kind === 'column' || kind === 'row') return scalar(n.sum(first.map((v, i) => entries(v)[i])));
    throw new Unreadable('ill-typed', `The divergence of ${shape(first[0])}; it takes a vector field.`, e);
  }
  if (e.form === 'second' || e.form === 'laplacian') {
    if (kind !== 'scalar')
      throw new Unreadable('unsupported', `Second derivatives of ${shape(first[0])} are not read.`, e);
    if (e.form === 'second') scope.trace.used.add('second');
    const gradient: Nabla = { ...e, form: 'gradient' };
    const hessian = derivatives((moved) => nablaValue(gradient, moved));
    if (e.form === 'laplacian' || scope.reading.second === 'laplacian')
      return scalar(n.sum(hessian.map((v, i) => entries(v)[i])));
    return matrixOf(hessian.map((v) => entries(v)));
  }
  if (kind === 'scalar') return column(first.map((v) => entries(v)[0]));
  if (kind === 'matrix') throw new Unreadable('unsupported', 'The gradient of a matrix is not read.', e);
  // (∇S)_ij = ∂_j S_i, or ∂_i S_j where the document lays it out so.
  scope.trace.used.add('jacobian');
  const columns = first.map((v) => entries(v));
  return scope.reading.jacobian === 'columns'
    ? matrixOf(columns)
    : matrixOf(columns[0].map((_, i) => columns.map((c) => c[i])));
}

/** ∂f/∂x of a coordinate, or the gradient in a point. */
export function partialValue(e: Partial, scope: Scope): Value {
  if (e.of === undefined) throw new Unreadable('ill-typed', 'A partial derivative acts on nothing here.', e);
  const level = levelOf(e, scope);
  if (level !== undefined) return levelDerivative(e.of, level, e, scope);
  const [variable, ...rest] = e.wrt;
  const inner: Expression = rest.length > 0 ? { ...e, wrt: rest } : e.of;
  if (variable.k !== 'name')
    throw new Unreadable('unsupported', 'A derivative with respect to an expression is not computed.', e);
  const tag = n.newTag();
  const { key, index } = coordinate(variable, scope);
  const at = scope.vars.get(key) ?? derived(key, scope);
  if (at?.k === 'column' && index !== undefined) {
    const moved = at.x.map((v, j) => (j === index - 1 ? n.dual(tag, v, 1) : v));
    if (scope.derivatives >= 4) throw new Unreadable('limit', 'More than four derivatives within each other.', e);
    return entrywise(
      scope.evaluate(inner, withVars({ ...scope, derivatives: scope.derivatives + 1 }, [[key, column(moved)]])),
      (x) => n.tangent(x, tag),
    );
  }
  if (at?.k === 'column' && scope.instance.dimension > 0) {
    // ∂_x of a function of the vector x: the gradient.
    return nablaValue({ k: 'nabla', wrt: variable, form: 'gradient', of: inner, start: e.start, end: e.end }, scope);
  }
  throw new Unreadable('unsupported', `A derivative with respect to ${keyOf(variable)} is not computed.`, e);
}

function coordinate(variable: Name, scope: Scope): { key: string; index: number | undefined } {
  const { coordinates } = scope.bindings;
  if (coordinates.length > 0 && variable.sub === '') {
    const at = coordinates.indexOf(variable.name);
    if (at >= 0) {
      if (scope.instance.dimension !== coordinates.length) throw new WrongDimension();
      return { key: impliedKey(scope), index: at + 1 };
    }
  }
  // ∂_i inside of a sum over i.
  const running =
    variable.sub === '' && !scope.vars.has(keyOf(variable)) ? scope.indices.get(variable.name) : undefined;
  if (running !== undefined) return { key: impliedKey(scope), index: running };
  if (scope.vars.has(keyOf(variable)) || variable.sub === '') return { key: keyOf(variable), index: undefined };
  const index = indexOf(variable.sub, scope);
  const base = keyOf({ name: variable.name, sub: '' });
  return { key: scope.vars.has(base) ? base : impliedKey(scope), index };
}
