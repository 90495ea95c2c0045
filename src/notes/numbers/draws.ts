import { choleskyFactor } from '../../numerics/linear-algebra.js';
import type { ProbeLaw } from '../meaning/probe-laws.js';
import { probeLawOf } from '../meaning/probe-laws.js';
import { isDensityName, isProbe } from '../meaning/vocabulary.js';
import { keyOf, type Binder, type Expression, type Name } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import * as n from './batch.js';
import type { Num } from './batch.js';
import { kernelOf, lawNamed, mixtureOf, role, type Law } from './densities.js';
import { affineNodes, gaussianNodes, posterior, probeNodes, type Nodes } from './measures.js';
import { isNoise, isotropicVariance, noiseIsUnit } from './points.js';
import { nodesOf } from './probe-nodes.js';
import { note, widened, withVars, type Scope } from './scope.js';
import { column, entries, scalar, type Value } from './value.js';

// What a binder of an expectation draws: nodes and weights for each point of the batch.

/** An expectation over more points is not computed: it would take some seconds. */
const MAX_POINTS = 700_000;

/** One part of a law: nodes for each point of the batch, with weights. */
export interface Branch {
  readonly vars: readonly (readonly [string, Value])[];
  /** Bound scope before these variables, already as wide as they are. */
  readonly scope: Scope;
  readonly nodeWeights: Float64Array;
  /** Weight of the branch at each point of the old batch. */
  readonly weight: Num;
}

/** How many nodes a binder will have for each point. */
export function nodeCount({ vars, law }: Binder, scope: Scope): number {
  const d = scope.instance.dimension;
  const key = vars.length === 1 ? keyOf(vars[0]) : '';
  const isPlainProbe = law === undefined && isProbe(key) && !isNoise(key, scope) && role(scope, key) === undefined;
  return (isPlainProbe ? scope.rule.probes : scope.rule.laws.count) ** d;
}

/** The law of a binder as branches: the components of a mixture, or the levels. */
export function branchesOf(binder: Binder, scope: Scope): Branch[] {
  const { law } = binder;
  const d = scope.instance.dimension;
  const vars = binder.vars.map(keyOf);
  if (law === undefined) return lawless(binder, vars, scope);
  const name = law.k === 'call' ? law.of : law.k === 'name' ? law : undefined;
  const probe = name?.font === 'text' ? probeLawOf(name.name) : undefined;
  if (probe !== undefined) return byLaw(one(vars, binder), probe, scope);
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
  const { clean, noisy, hasRoles } = scope.bindings;
  if (hasRoles && r !== undefined && scope.bound.includes(r === 'clean' ? noisy : clean)) {
    scope.trace.used.add('inner');
    if (scope.reading.inner === 'given') return ofLaw(r === 'clean' ? 'posterior' : 'kernel', key, scope, binder);
  }
  if (r === 'clean') return ofLaw('clean', key, scope, binder);
  if (r === 'noisy') return ofLaw('noisy', key, scope, binder);
  return probeOrNumber(key, scope, binder);
}

/** Noise, a probe with E[v vᵀ] = I, or a level such as t or σ drawn from a few values. */
function probeOrNumber(key: string, scope: Scope, binder: Binder): Branch[] {
  const d = scope.instance.dimension;
  if (isNoise(key, scope)) {
    if (scope.bindings.otherLaws.has(key))
      throw new Unreadable('unbound', `The law of ${key} is not Gaussian.`, binder);
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
    const stated = probeLawAt(key, scope);
    if (stated !== undefined) return byLaw(key, stated, scope);
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

/** The law that the document states for a probe before a formula or in it. */
export const probeLawAt = (key: string, { bindings, at }: Scope): ProbeLaw | undefined =>
  bindings.probeLaws.filter((stated) => stated.key === key.split('_')[0] && stated.at <= at).at(-1)?.law;

function byLaw(key: string, law: ProbeLaw, scope: Scope): Branch[] {
  note(scope, key, 'a probe of the law that the document states');
  const nodes = nodesOf(law, scope.instance.dimension, scope.rule.probes);
  const wide = wider(scope, nodes.weights.length);
  const at = nodes.at.map((list) => n.tile(list, scope.batch));
  return [{ vars: [[key, column(at)]], scope: wide, nodeWeights: nodes.weights, weight: 1 }];
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

/** The scope for a batch `times` as long. Throws {@link Unreadable} (limit) where that takes too long. */
export function wider(scope: Scope, times: number): Scope {
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
      return posterior(mixtureOf(scope, 'clean'), scale, std, x).map((part) => {
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
