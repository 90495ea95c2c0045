import { choleskyFactor } from '../../numerics/linear-algebra.js';
import * as n from './batch.js';
import type { Num } from './batch.js';
import { kernelOf, lawNamed, mixtureOf, role, type Law } from './densities.js';
import {
  keyOf,
  type Binder,
  type Call,
  type Expect,
  type Expression,
  type Integral,
  type Name,
} from '../read/expression.js';
import { freeOf } from '../meaning/free.js';
import { affineNodes, boxNodes, gaussianNodes, posterior, probeNodes, type Nodes } from './measures.js';
import { isNoise, isotropicVariance, noiseIsUnit } from './points.js';
import { Unreadable } from '../read/problem.js';
import { note, sliced, widened, withVars, type Scope } from './scope.js';
import {
  assembled,
  column,
  entries,
  entrywise,
  matrixOf,
  plus,
  scalar,
  times,
  transposed,
  type Value,
} from './value.js';
import { isDensityName, isProbe } from '../meaning/vocabulary.js';

/** An expectation over more points is not computed: it would take some seconds. */
const MAX_POINTS = 700_000;

/** So many points are computed at a time: what is passed from one operation to the next stays in the processor's cache. */
const CHUNK = 2_048;

/** One part of a law: nodes for each point of the batch, with weights. */
interface Branch {
  readonly vars: readonly (readonly [string, Value])[];
  /** Bound scope before these variables, already as wide as they are. */
  readonly scope: Scope;
  readonly nodeWeights: Float64Array;
  /** Weight of the branch at each point of the old batch. */
  readonly weight: Num;
}

/** E, Cov and Var. */
export function expectation(e: Expect, scope: Scope): Value {
  if (e.what !== 'E') {
    const square = (): Value => average(e, scope, (inner) => {
      const v = inner.evaluate(e.of, inner);
      return times(v, transposed(v), false, e);
    }); // prettier-ignore
    const mean = average(e, scope, (inner) => inner.evaluate(e.of, inner));
    const value = plus(square(), entrywise(times(mean, transposed(mean), false, e), n.neg), e);
    return e.what === 'Var' && value.k === 'matrix' ? matrixOf(value.x) : value;
  }
  return average(e, scope, (inner) => inner.evaluate(e.of, inner));
}

function average(e: Expect, scope: Scope, body: (scope: Scope) => Value): Value {
  return drawAll(bindersOf(e, scope), 0, scope, body);
}

function drawAll(binders: readonly Binder[], i: number, scope: Scope, body: (scope: Scope) => Value): Value {
  if (i === binders.length) return body(scope);
  const most = Math.max(1, Math.floor(CHUNK / nodeCount(binders[i], scope)));
  if (scope.batch > most) {
    const starts = Array.from({ length: Math.ceil(scope.batch / most) }, (_, k) => k * most);
    const ends = starts.map((from) => Math.min(scope.batch, from + most));
    const parts = starts.map((from, k) =>
      n.within(() => entrywise(drawAll(binders, i, sliced(scope, from, ends[k]), body), n.kept)),
    );
    const lengths = starts.map((from, k) => ends[k] - from);
    return assembled(parts, (list) => n.joined(list, lengths), binders[i]);
  }
  let total: Value = scalar(0);
  for (const branch of branchesOf(binders[i], scope)) {
    const keys = branch.vars.map(([key]) => key);
    const gathered = n.within(() => {
      const deeper = { ...branch.scope, expectations: scope.expectations + 1 };
      const inner = drawAll(binders, i + 1, withVars(deeper, branch.vars, keys), body);
      noteAverage(scope, inner, branch.nodeWeights);
      return entrywise(inner, (x) => n.kept(n.gather(x, branch.nodeWeights, scope.batch)));
    });
    total = plus(
      total,
      entrywise(gathered, (x) => n.mul(branch.weight, x)),
      binders[i],
    );
  }
  return total;
}

/** Notes the mean of the absolute value: what rounding and the error of a rule are measured by. */
function noteAverage(scope: Scope, inner: Value, weights: Float64Array): void {
  scope.trace.averages = true;
  if (scope.expectations > 0) return;
  for (const x of entries(inner))
    scope.trace.size = Math.max(scope.trace.size, n.largest(n.gather(n.abs(n.primal(x)), weights, scope.batch)));
}

/** How many nodes a binder will have for each point. */
function nodeCount({ vars, law }: Binder, scope: Scope): number {
  const d = scope.instance.dimension;
  const key = vars.length === 1 ? keyOf(vars[0]) : '';
  const isPlainProbe = law === undefined && isProbe(key) && !isNoise(key, scope) && role(scope, key) === undefined;
  return (isPlainProbe ? scope.rule.probes : scope.rule.laws.count) ** d;
}

/** The binders as written, or those that an expectation without subscript means. */
function bindersOf(e: Expect, scope: Scope): readonly Binder[] {
  if (e.binders.length > 0) return e.binders;
  const span = { start: e.start, end: e.end };
  const name = (key: string): Name => ({
    k: 'name',
    name: key.split('_')[0],
    sub: key.split('_').slice(1).join('_'),
    font: '',
    star: false,
    ...span,
  });
  const { clean, noisy } = scope.bindings;
  if (e.given.length > 0) {
    const given = e.given.filter((g): g is Name => g.k === 'name');
    if (given.length === 1 && role(scope, keyOf(given[0])) === 'noisy')
      return [{ vars: [name(clean)], given, law: undefined, ...span }];
    if (given.length === 1 && role(scope, keyOf(given[0])) === 'clean')
      return [{ vars: [name(noisy)], given, law: undefined, ...span }];
    throw new Unreadable('unsupported', 'The law of this conditional expectation is not known.', e);
  }
  const free = [...freeOf(e.of, scope.bindings, [])];
  const probes = free.filter(
    (key) => isProbe(key) && !(isNoise(key, scope) && (free.includes(clean) || free.includes(noisy))),
  );
  if (probes.length > 0) scope.trace.used.add('bare');
  const over =
    probes.length > 0 && scope.reading.bare === 'probes'
      ? probes
      : free.filter((key) => isProbe(key) || role(scope, key) !== undefined);
  if (over.length === 0) throw new Unreadable('unbound', 'It is not clear what the expectation runs over.', e);
  // Both variables: the clean one first, then the noise.
  if (over.includes(noisy) && over.includes(clean)) {
    return [
      { vars: [name(clean)], given: [], law: undefined, ...span },
      { vars: [name(noisy)], given: [name(clean)], law: undefined, ...span },
      ...over
        .filter((key) => key !== clean && key !== noisy && !isNoise(key, scope))
        .map((key): Binder => ({ vars: [name(key)], given: [], law: undefined, ...span })),
    ];
  }
  return over.map((key) => ({ vars: [name(key)], given: [], law: undefined, ...span }));
}

function branchesOf(binder: Binder, scope: Scope): Branch[] {
  const { law } = binder;
  const d = scope.instance.dimension;
  const vars = binder.vars.map(keyOf);
  if (law === undefined) return lawless(binder, vars, scope);
  const name = law.k === 'call' ? law.of : law.k === 'name' ? law : undefined;
  if (name !== undefined && (name.name === 'N' || name.name === 'normal')) {
    if (law.k !== 'call') throw new Unreadable('unsupported', 'A normal law without its mean and variance.', law);
    const [mean, covariance] = law.params.length === 2 ? law.params : law.given.length === 2 ? law.given : law.args;
    if (covariance === undefined) throw new Unreadable('unsupported', 'A normal law without its variance.', law);
    return normal(one(vars, binder), mean, covariance, scope, d);
  }
  if (
    name !== undefined &&
    (/^(Rademacher|Rad)$/.test(name.name) ||
      (/^(U|Unif|Uniform|Cat)$/.test(name.name) && /^(sigma|t|s|tau|i|k)/.test(vars[0] ?? '')))
  )
    return probeOrNumber(one(vars, binder), scope, binder);
  if (name !== undefined && isDensityName(name)) {
    const args = law.k === 'call' ? law.args : [];
    const given = law.k === 'call' ? law.given : [];
    if (given.length === 0 && args.length < 2) {
      const key = vars[0] ?? argumentKey(args) ?? defaultKey(scope, name);
      if (role(scope, key) === undefined && name.sub === '' && (isProbe(key) || !/^[xy]/.test(key)))
        return probeOrNumber(key, scope, binder);
      if (binder.given.length > 0) return lawless(binder, vars, scope);
      const which = lawNamed(scope, name, args, given, key);
      return ofLaw(which, key, scope, binder);
    }
    if (args.length === 2 && given.length === 0) {
      const { clean, noisy } = scope.bindings;
      lawNamed(scope, name, args, given);
      return ofLaw('clean', clean, scope, binder).flatMap((outer) => {
        const inner = ofLaw('kernel', noisy, withVars(outer.scope, outer.vars, [clean]), binder);
        return inner.map((branch) => ({
          ...branch,
          vars: [...[...branch.scope.vars].filter(([key]) => key === clean), ...branch.vars],
          nodeWeights: product(outer.nodeWeights, branch.nodeWeights),
          weight: outer.weight,
        }));
      });
    }
    const which = lawNamed(scope, name, args, given);
    return ofLaw(which, vars[0] ?? argumentKey(args) ?? scope.bindings.noisy, scope, binder);
  }
  throw new Unreadable('unsupported', 'This law is not known to the reader.', law);
}

const product = (a: Float64Array, b: Float64Array): Float64Array => {
  const out = new Float64Array(a.length * b.length);
  for (let i = 0, k = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) out[k++] = a[i] * b[j];
  return out;
};

const argumentKey = (args: readonly Expression[]): string | undefined =>
  args[0]?.k === 'name' ? keyOf(args[0]) : undefined;

/** The variable that `E_p` binds: x, or the clean or noisy one where x plays no part. */
function defaultKey(scope: Scope, name: Name): string {
  const { hasRoles, clean, noisy } = scope.bindings;
  if (!hasRoles) return 'x';
  return lawNamed(scope, name, [], []) === 'clean' ? clean : noisy;
}

function one(vars: readonly string[], binder: Binder): string {
  if (vars.length !== 1) throw new Unreadable('unsupported', 'One law for several variables is not read.', binder);
  return vars[0];
}

/** `E_x`, `E_{x|x_0}`, `E_ε`: the law is that of the variable's role. */
function lawless(binder: Binder, vars: readonly string[], scope: Scope): Branch[] {
  const key = one(vars, binder);
  const r = role(scope, key);
  if (binder.given.length > 0) {
    const given = role(scope, keyOf(binder.given[0]));
    if (r === 'noisy' && given === 'clean') return ofLaw('kernel', key, scope, binder);
    if (r === 'clean' && given === 'noisy') return ofLaw('posterior', key, scope, binder);
    throw new Unreadable('unsupported', 'The reader knows no conditional law of these variables.', binder);
  }
  if (r === 'clean') return ofLaw('clean', key, scope, binder);
  if (r === 'noisy') return ofLaw('noisy', key, scope, binder);
  return probeOrNumber(key, scope, binder);
}

/** Noise, a probe with E[v vᵀ] = I, or a level such as t or σ drawn from a few values. */
function probeOrNumber(key: string, scope: Scope, binder: Binder): Branch[] {
  const d = scope.instance.dimension;
  if (isNoise(key, scope)) {
    const unit = noiseIsUnit(key, scope);
    note(scope, key, unit ? 'noise of variance 1' : 'noise with the variance of the noising');
    return gaussianBranch(
      key,
      Array.from({ length: d }, () => 0),
      unit ? 1 : kernelOf(scope).std,
      scope,
    );
  }
  if (isProbe(key)) {
    if (scope.bindings.oddProbes.has(key.split('_')[0]))
      throw new Unreadable('unsupported', `The law of ${key} is not known to the reader.`, binder);
    note(scope, key, 'a probe with E[v vᵀ] = I, standard normal');
    return gaussianBranch(
      key,
      Array.from({ length: d }, () => 0),
      1,
      scope,
      probeNodes(d, scope.rule.probes),
    );
  }
  if (/^(sigma|t|s|tau|lambda|i|k|l)(_.*)?$/.test(key)) {
    note(scope, key, 'a level drawn from three values');
    const values = Float64Array.from([0.45, 0.85, 1.3]);
    // One branch a value: a noise level has to be one number for all points.
    return [...values].map((v) => ({
      vars: [[key, scalar(v)] as const],
      scope,
      nodeWeights: Float64Array.of(1),
      weight: 1 / 3,
    }));
  }
  throw new Unreadable('unbound', `The law of ${key} is not known.`, binder);
}

function gaussianBranch(
  key: string,
  mean: readonly Num[],
  std: number,
  scope: Scope,
  nodes: Nodes = gaussianNodes(scope.instance.dimension, scope.rule.laws),
): Branch[] {
  const wide = wider(scope, nodes.weights.length);
  const x = mean.map((m, i) => n.add(m, n.mul(std, n.tile(nodes.at[i], scope.batch))));
  return [{ vars: [[key, column(x)]], scope: wide, nodeWeights: nodes.weights, weight: 1 }];
}

function wider(scope: Scope, times: number): Scope {
  if (scope.work * times > MAX_POINTS) {
    throw new Unreadable('limit', 'This integral has too many dimensions to be computed.', {
      start: scope.at,
      end: scope.at + 1,
    });
  }
  return widened(scope, times);
}

function normal(key: string, mean: Expression, covariance: Expression, scope: Scope, d: number): Branch[] {
  const centre = scope.evaluate(mean, scope);
  const variance = n.primal(isotropicVariance(covariance, scope));
  if (typeof variance !== 'number')
    throw new Unreadable('unsupported', 'A variance that depends on a point.', covariance);
  const x = centre.k === 'scalar' ? Array.from({ length: d }, () => centre.x) : entries(centre);
  return gaussianBranch(key, x, Math.sqrt(variance), scope);
}

function ofLaw(law: Law, key: string, scope: Scope, binder: Binder): Branch[] {
  const d = scope.instance.dimension;
  const { clean, noisy } = scope.bindings;
  const point = (k: string, what: string): readonly Num[] => {
    const value = scope.vars.get(k);
    if (value?.k !== 'column')
      throw new Unreadable('unbound', `${k} is free: ${what} needs it, and nothing draws or fixes it.`, binder);
    return value.x;
  };
  switch (law) {
    case 'kernel': {
      const x0 = point(clean, 'the noising law');
      const { scale, std } = kernelOf(scope);
      return gaussianBranch(key, x0.map((v) => n.mul(scale, v)), std, scope); // prettier-ignore
    }
    case 'posterior': {
      const x = point(noisy, 'the posterior law');
      const { scale, std } = kernelOf(scope);
      const nodes = gaussianNodes(d, scope.rule.laws);
      return posterior(scope.instance.clean, scale, std, x).map((part) => {
        const wide = wider(scope, nodes.weights.length);
        const factor = choleskyFactor(part.covariance);
        const at = part.mean.map((m, i) => {
          let value: Num = m;
          for (let j = 0; j <= i; j++) value = n.add(value, n.mul(factor[i][j], n.tile(nodes.at[j], scope.batch)));
          return value;
        });
        return { vars: [[key, column(at)] as const], scope: wide, nodeWeights: nodes.weights, weight: part.weight };
      });
    }
    case 'joint':
      throw new Unreadable('unsupported', 'The joint law is not drawn from this way.', binder);
    case 'clean':
    case 'noisy':
    case 'other':
    case 'other-noisy':
    case 'model': {
      const p = mixtureOf(scope, law);
      const nodes = gaussianNodes(d, scope.rule.laws);
      return p.weights.map((weight, k) => {
        const wide = wider(scope, nodes.weights.length);
        const at = affineNodes(p.means[k], p.covariances[k], nodes).map((list) => n.tile(list, scope.batch));
        return { vars: [[key, column(at)] as const], scope: wide, nodeWeights: nodes.weights, weight };
      });
    }
  }
}

/** ∫ … dx over R^d by the trapezoid rule on a box. */
export function integral(e: Integral, scope: Scope): Value {
  if (e.limits) throw new Unreadable('unsupported', 'Integrals between limits are not computed.', e);
  return over(e, 0, scope);
}

function over(e: Integral, i: number, scope: Scope): Value {
  if (i === e.vars.length) return scope.evaluate(e.of, scope);
  const key = keyOf(e.vars[i]);
  if (!/^[xyzuvw]/.test(key) && role(scope, key) === undefined)
    throw new Unreadable('unsupported', `An integral over ${key} is not computed.`, e.vars[i]);
  const nodes = boxNodes(scope.instance.dimension, scope.rule.boxes);
  const wide = wider(scope, nodes.weights.length);
  const x = nodes.at.map((list) => n.tile(list, scope.batch));
  const inner = over(e, i + 1, withVars({ ...wide, expectations: scope.expectations + 1 }, [[key, column(x)]], [key]));
  noteAverage(scope, inner, nodes.weights);
  scope.trace.usesBox = true;
  if (entries(inner).every((v) => v !== 0 && isFreeOf(v, scope.batch)))
    throw new Unreadable('diverges', 'The integrand is constant: the integral over all space diverges.', e);
  return entrywise(inner, (v) => n.gather(v, nodes.weights, scope.batch));
}

/** Whether no node of the innermost draw entered a value. */
function isFreeOf(v: Num, batch: number): boolean {
  const plain = n.primal(v);
  return typeof plain === 'number' || plain.length <= batch;
}

export type { Call };
