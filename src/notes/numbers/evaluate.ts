import * as n from './batch.js';
import type { Num } from './batch.js';
import { gaussianLog, kernelOf, logDensityOf } from './densities.js';
import { expectation, integral } from './expectation.js';
import {
  children,
  keyOf,
  walk,
  type Call,
  type Expression,
  type Name,
  type Nabla,
  type Partial,
  type Product,
  type Sum,
} from '../read/expression.js';
import { listOf, matrixEntries, operatorProduct, substituted, WrongDimension } from './indices.js';
import { lossExpression } from '../meaning/losses.js';
import { isOutermost, remembered } from './memory.js';
import { derived, impliedKey, impliedPoint, isotropicVariance } from './points.js';
import { Unreadable } from '../read/problem.js';
import { definitionOf, note, noteSize, numberOf, withVars, type Scope } from './scope.js';
import {
  column,
  entries,
  entrywise,
  matrixOf,
  plus,
  row,
  scalar,
  shape,
  times,
  transposed,
  type Value,
} from './value.js';
import { componentIndex, definitionKey, fieldKey, isConstantName, isDensityName, isDimension, isLossName, isMatrixName, isNoiseName, isPointName, isScalarName, lossOf } from '../meaning/vocabulary.js'; // prettier-ignore
import { field, matrix, scalarField } from './world.js';

/** The value of an expression. Throws {@link Unreadable} where it has none that the reader is sure of. */
export function evaluate(e: Expression, scope: Scope): Value {
  const value = valueOf(e, scope);
  scope.trace.shapes?.set(e, shape(value));
  return value;
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
      return over(evaluate(e.above, scope), evaluate(e.below, scope), e);
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
      return isOutermost(scope)
        ? remembered('expectation', e, scope, (own) => expectation(e, own))
        : expectation(e, scope);
    case 'integral':
      return isOutermost(scope) ? remembered('integral', e, scope, (own) => integral(e, own)) : integral(e, scope);
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
      if (index !== undefined && (of.k === 'column' || of.k === 'row')) return scalar(of.x[index - 1]);
      throw new Unreadable('unsupported', `The index ${e.sub} is not read.`, e);
    }
    case 'related':
      throw new Unreadable('malformed', `A relation stands inside of brackets or of a norm.`, e);
    case 'dots':
      throw new Unreadable('unsupported', 'Dots are not read here.', e);
    case 'differential':
      throw new Unreadable('unsupported', 'A differential outside of an integral or an SDE.', e);
    case 'arg':
      throw new Unreadable('unsupported', `${e.what} is compared with another ${e.what} only.`, e);
  }
}

function over(a: Value, b: Value, e: Expression): Value {
  if (b.k !== 'scalar') throw new Unreadable('ill-typed', `Division by ${shape(b)}.`, e);
  return entrywise(a, (x) => n.div(x, b.x));
}

function sumValue(e: Sum, scope: Scope): Value {
  if (e.terms.some(({ term }) => term.k === 'dots')) {
    const first = e.terms[0].term;
    const total = Array.from({ length: scope.instance.dimension }, (_, k) =>
      evaluate(substituted(first, { '1': k + 1 }), scope),
    );
    return total.reduce((a, b) => plus(a, b, e));
  }
  let value: Value = scalar(0);
  for (const { sign, term } of e.terms) {
    const v = evaluate(term, scope);
    if (e.terms.length > 1) noteSize(scope, v);
    value = plus(value, sign === 1 ? v : entrywise(v, n.neg), term);
  }
  return value;
}

function productValue(e: Product, scope: Scope): Value {
  const operator = operatorProduct(e, scope);
  if (operator !== undefined) return evaluate(operator, scope);
  // S · (1/p)∇p: what is written side by side holds together closer than what a dot parts.
  let value: Value | undefined;
  let run: Value | undefined;
  let dotted = false;
  for (const { via, factor } of e.factors) {
    if ((factor.k === 'nabla' || factor.k === 'partial') && factor.of === undefined) {
      throw new Unreadable('ill-typed', 'A derivative acts on nothing.', factor);
    }
    if (factor.k === 'dots') continue;
    const v = evaluate(factor, scope);
    if (run !== undefined && (via === 'cdot' || via === 'times')) {
      value = value === undefined ? run : times(value, run, dotted, e);
      dotted = via === 'cdot';
      run = v;
    } else if (run === undefined) run = v;
    else run = via === '/' ? over(run, v, e) : times(run, v, false, e);
  }
  if (run === undefined) return scalar(1);
  return value === undefined ? run : times(value, run, dotted, e);
}

function powerValue(base: Expression, exponent: Expression, e: Expression, scope: Scope): Value {
  if (base.k === 'name' && base.name === 'e' && base.sub === '') return scalar(n.exp(numberOf(exponent, scope)));
  if (exponent.k === 'name' && fieldKey(exponent) !== undefined)
    throw new Unreadable('unsupported', 'This superscript is not read.', exponent);
  const k = numberOf(exponent, scope);
  if (typeof k !== 'number') throw new Unreadable('unsupported', 'An exponent that varies is not read.', exponent);
  if (base.k === 'norm' && k === 2) {
    const of = evaluate(base.of, scope);
    return scalar(n.dot(entries(of), entries(of)));
  }
  const value = evaluate(base, scope);
  if (value.k === 'scalar') return scalar(n.power(value.x, k));
  if (value.k === 'matrix' && k === 2) return times(value, value, false, e);
  if (value.k === 'column' && k === 2)
    throw new Unreadable('ill-typed', 'A vector is squared; its norm may be meant.', e);
  throw new Unreadable('unsupported', `The power of ${shape(value)} is not read.`, e);
}

function fnValue(name: string, of: Expression, e: Expression, scope: Scope): Value {
  if (name === 'log') {
    const inside = of.k === 'group' && of.given.length === 0 ? of.of : of;
    if ((inside.k === 'call' || inside.k === 'name') && isDensity(inside, scope)) {
      const [nm, args, given] = inside.k === 'call' ? [inside.of, inside.args, inside.given] : [inside, [], []];
      if (definitionOf(scope, keyOf(nm)) === undefined)
        return scalar(logDensityOf(scope, nm, args, given, () => impliedPoint(scope, inside)));
    }
  }
  const value = evaluate(of, scope);
  if (name === 'trace') {
    if (value.k === 'matrix') return scalar(n.sum(value.x.map((r, i) => r[i])));
    if (value.k === 'scalar') return value;
    throw new Unreadable('ill-typed', `The trace of ${shape(value)}.`, e);
  }
  if (name === 'vec' || name === 'diag') throw new Unreadable('unsupported', `${name} is not read.`, e);
  if (name === 'sign') return entrywise(value, n.sign);
  if (value.k !== 'scalar') {
    if (name === 'det') throw new Unreadable('unsupported', 'Determinants are not read.', e);
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

function indexOf(sub: string, scope: Scope): number | undefined {
  const bound = scope.indices.get(sub);
  if (bound !== undefined) return bound;
  if (sub === 'd' || sub === 'n') return scope.instance.dimension;
  if (/^[1-9]$/.test(sub)) {
    if (Number(sub) > scope.instance.dimension) throw new WrongDimension();
    return Number(sub);
  }
  return undefined;
}

function nameValue(e: Name, scope: Scope): Value {
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
  if (e.name === 'pi' && e.sub === '') return scalar(Math.PI);
  if (e.name === 'I' && (e.sub === '' || isDimension({ ...e, name: e.sub, sub: '' })))
    return identity(instance.dimension);
  if (e.name === '0') return scalar(0);
  if (e.name === '1' && e.font === 'text') return column(Array.from({ length: instance.dimension }, () => 1));
  const definition = definitionOf(scope, definitionKey(e));
  if (definition !== undefined && definition.args.length === 0)
    return evaluate(definition.body, { ...scope, expanding: [...scope.expanding, definition.key] });
  const loss = lossOf(e);
  if (isLossName(e)) {
    if (definition)
      return evaluate(definition.body, {
        ...scope,
        expanding: [...scope.expanding, definition.key],
      });
    if (loss !== undefined)
      return evaluate(lossExpression(loss, bindings), { ...scope, expanding: [...scope.expanding, definitionKey(e)] });
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
        return scalar(entries(value)[index - 1]);
      }
      throw new Unreadable('unbound', `The index ${component} of ${e.name} runs over nothing here.`, e);
    }
    if (definition !== undefined)
      return applied(definition.args, [impliedPoint(scope, e)], definition.body, definition.key, scope);
    return fieldAt(asField, e, impliedPoint(scope, e), [], scope);
  }
  if (isDensityName(e)) return scalar(n.exp(logDensityOf(scope, e, [], [], () => impliedPoint(scope, e))));
  if (bindings.energy && e.name === 'E') return scalar(energyAt(e, [], scope));
  if (bindings.energy && e.name === 'F') return entrywise(gradientOfEnergy(e, scope), n.neg);
  if (e.name === 'Sigma' || isMatrixName(e)) return matrixOf(matrix(instance, key));
  if (bindings.vectorFields.has(e.name)) return column(field(instance, e.name, [], impliedPoint(scope, e), []));
  if (/^[fgF]$/.test(e.name))
    return e.name === 'g' && bindings.sde
      ? scalar(instance.scalar('g'))
      : scalar(scalarField(instance, e.name, impliedPoint(scope, e), []));
  if (isPointName(e) || isNoiseName(e))
    throw new Unreadable('unbound', `${key} is neither drawn nor fixed by anything here.`, e);
  if (isScalarName(e)) {
    note(scope, key, `a positive number: ${instance.scalar(key)} in ${instance.name}`);
    return scalar(instance.scalar(key));
  }
  throw new Unreadable('unbound', `${key} is not known to the reader and not defined in the document.`, e);
}

function coordinateOrData(index: number, scope: Scope): Value {
  const point = scope.vars.get('x') ?? scope.vars.get(impliedKey(scope));
  if (point?.k === 'column' && index <= scope.instance.dimension && !scope.indices.has('data'))
    return scalar(point.x[index - 1]);
  return column(scope.instance.clean.means[0].map((m, i) => m + Math.sin(3 * index + i)));
}

const identity = (d: number): Value =>
  matrixOf(Array.from({ length: d }, (_, i) => Array.from({ length: d }, (__, j) => (i === j ? 1 : 0))));

/** The score model and the denoiser at a point. */
function fieldAt(key: string, e: Name, x: readonly Num[], extra: readonly Num[], scope: Scope): Value {
  const { candidate, instance, reading } = scope;
  if (candidate?.key === key) {
    const best = evaluate(
      candidate.body,
      withVars({ ...scope, candidate: undefined }, [[candidate.arg, column(x)]], [candidate.arg]),
    );
    const zero = field(instance, key, [], x, []);
    const moved = field(instance, key, scope.theta, x, []);
    scope.trace.theta = true;
    return plus(best, column(moved.map((m, i) => n.sub(m, zero[i]))), e);
  }
  if (e.star) throw new Unreadable('unsupported', 'An optimum by its star is not read.', e);
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
  return column(field(instance, key, scope.theta, x, extra));
}

/** ∇ log of the noisy density, or of the only one. */
function scoreOf(x: readonly Num[], scope: Scope): readonly Num[] {
  const key = scope.bindings.hasRoles ? scope.bindings.noisy : 'x';
  const tag = n.newTag();
  const name: Name = {
    k: 'name',
    name: 'p',
    sub: scope.bindings.hasRoles ? 'sigma' : '',
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

function energyAt(e: Name, args: readonly Expression[], scope: Scope): Num {
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

function gradientOfEnergy(e: Name, scope: Scope): Value {
  note(scope, 'F', 'the force −∇E');
  return nablaValue(
    { k: 'nabla', wrt: undefined, form: 'gradient', of: { ...e, name: 'E', sub: '' }, start: e.start, end: e.end },
    scope,
  );
}

function applied(
  args: readonly string[],
  values: readonly (readonly Num[] | Value)[],
  body: Expression,
  key: string,
  scope: Scope,
): Value {
  const vars = args.map((arg, i): readonly [string, Value] => {
    const v = values[i];
    return [arg, Array.isArray(v) ? column(v as readonly Num[]) : (v as Value)];
  });
  return evaluate(body, withVars({ ...scope, expanding: [...scope.expanding, key] }, vars, args));
}

function callValue(e: Call, scope: Scope): Value {
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
  const values = args.map((arg) => evaluate(arg, scope));
  if (definition !== undefined && definition.args.length > 0 && !(fieldKey(name) === 'S')) {
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
    return index === undefined ? value : scalar(entries(value)[index - 1]);
  }
  if (bindings.vectorFields.has(name.name) && point?.k === 'column') {
    scope.trace.theta = true;
    return column(field(instance, name.name, scope.theta, point.x, extra));
  }
  if (point === undefined && args.length === 1 && isScalarName(name)) {
    // g(t), σ(t), β(t): one number at the time at hand.
    return scalar(instance.scalar(keyOf(name)));
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
  const [x, mean] = [evaluate(e.args[0], scope), evaluate(rest[0], scope)];
  const variance = isotropicVariance(rest[1], scope);
  if (x.k !== 'column') throw new Unreadable('ill-typed', 'A normal density takes a point.', e);
  const centre = mean.k === 'column' ? mean.x : x.x.map(() => entries(mean)[0]);
  return scalar(n.exp(gaussianLog(x.x, centre, variance)));
}

/** KL(p ‖ q) and the Fisher divergence D_F(p ‖ q), by their definitions. */
function divergenceOfLaws(e: Call, scope: Scope): Value {
  if (e.args.length !== 2) throw new Unreadable('unsupported', 'A divergence of two densities is expected.', e);
  const [p, q] = e.args.map((arg) => (arg.k === 'call' ? arg.of : arg));
  if (p.k !== 'name' || q.k !== 'name')
    throw new Unreadable('unsupported', 'A divergence of two densities is expected.', e);
  const variable: Name = { k: 'name', name: 'x', sub: '', font: '', star: false, start: e.start, end: e.end };
  const firstArg = e.args[0].k === 'call' ? e.args[0].args[0] : undefined;
  const at = firstArg?.k === 'name' ? firstArg : variable;
  const call = (name: Name): Call => ({
    k: 'call',
    of: name,
    args: [at],
    given: [],
    params: [],
    bars: false,
    start: e.start,
    end: e.end,
  });
  const span = { start: e.start, end: e.end };
  const logOf = (name: Name): Expression => ({ k: 'fn', name: 'log', of: call(name), ...span });
  const difference = (wrap: (x: Expression) => Expression): Expression => ({
    k: 'sum',
    terms: [
      { sign: 1, term: wrap(logOf(p)), signAt: -1 },
      { sign: -1, term: wrap(logOf(q)), signAt: -1 },
    ],
    ...span,
  });
  const fisher = name0(e.of) === 'F';
  const body: Expression = fisher
    ? {
        k: 'power',
        base: {
          k: 'norm',
          bars: 2,
          of: difference((x) => ({ k: 'nabla', wrt: at, form: 'gradient', of: x, ...span })),
          ...span,
        },
        exponent: { k: 'number', value: 2, ...span },
        ...span,
      }
    : difference((x) => x);
  return evaluate(
    {
      k: 'expect',
      what: 'E',
      binders: [{ vars: [at], given: [], law: call(p), ...span }],
      of: body,
      given: [],
      subscript: undefined,
      ...span,
    },
    scope,
  );
}

const name0 = (name: Name): string => (name.name === 'D' ? name.sub : name.name);

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

function nablaValue(e: Nabla, scope: Scope): Value {
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
  const first = derivatives((moved) => evaluate(of, moved));
  const kind = first[0].k;
  if (e.form === 'divergence') {
    if (kind === 'column' || kind === 'row') return scalar(n.sum(first.map((v, i) => entries(v)[i])));
    throw new Unreadable('ill-typed', `The divergence of ${shape(first[0])}; it takes a vector field.`, e);
  }
  if (e.form === 'second' || e.form === 'laplacian') {
    if (kind !== 'scalar')
      throw new Unreadable('ill-typed', `Second derivatives of ${shape(first[0])} are not read.`, e);
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

function partialValue(e: Partial, scope: Scope): Value {
  if (e.of === undefined) throw new Unreadable('ill-typed', 'A partial derivative acts on nothing here.', e);
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
      evaluate(inner, withVars({ ...scope, derivatives: scope.derivatives + 1 }, [[key, column(moved)]])),
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
  if (scope.vars.has(keyOf(variable)) || variable.sub === '') return { key: keyOf(variable), index: undefined };
  const index = indexOf(variable.sub, scope);
  const base = keyOf({ name: variable.name, sub: '' });
  return { key: scope.vars.has(base) ? base : impliedKey(scope), index };
}

function seriesValue(e: Extract<Expression, { k: 'series' }>, scope: Scope): Value {
  const d = scope.instance.dimension;
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
    total = plus(total, evaluate(e.of, { ...scope, indices }), e);
  }
  return total;
}
