import { isProbe } from '../meaning/vocabulary.js';
import { keyOf, type Binder, type Expect, type Expression, type Integral } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import * as n from './batch.js';
import type { Num } from './batch.js';
import { bindersOf } from './binders.js';
import { kernelOf, mixtureOf, role } from './densities.js';
import { branchesOf, nodeCount, probeLawAt, wider } from './draws.js';
import { boxNodes, posterior } from './measures.js';
import { isNoise } from './points.js';
import { newPass } from './pass.js';
import { numberOf, sliced, withVars, type Scope } from './scope.js';
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

/** So many points are computed at a time: what is passed from one operation to the next stays in the processor's cache. */
const CHUNK = 2_048;

/** Whether an expectation is E[x₀ | x], the mean of the clean variable given the noisy one. */
export function isPosteriorMean(e: Expect, { clean, noisy, hasRoles }: Scope['bindings']): boolean {
  const of = e.of.k === 'group' ? e.of.of : e.of;
  const [given] = e.given;
  const isName = (x: Expression | undefined, key: string): boolean => x?.k === 'name' && keyOf(x) === key;
  return (
    hasRoles &&
    e.what === 'E' &&
    e.binders.length === 0 &&
    e.given.length === 1 &&
    isName(of, clean) &&
    isName(given, noisy)
  );
}

/** E, Cov and Var. */
export function expectation(e: Expect, scope: Scope): Value {
  if (e.what !== 'E') {
    for (const binder of bindersOf(e, scope)) knownLaw(binder, scope);
    const square = (): Value => average(e, scope, (inner) => {
      const v = inner.evaluate(e.of, inner);
      return times(v, transposed(v), false, e);
    }); // prettier-ignore
    const mean = average(e, scope, (inner) => inner.evaluate(e.of, inner));
    const value = plus(square(), entrywise(times(mean, transposed(mean), false, e), n.neg), e);
    return e.what === 'Var' && value.k === 'matrix' ? matrixOf(value.x) : value;
  }
  return average(e, scope, (inner) => inside(e.of, inner));
}

/** The variance of vᵀAv is another for each law with E[v vᵀ] = I: it needs one that is stated. Throws {@link Unreadable} (unbound). */
function knownLaw({ vars, law, ...span }: Binder, scope: Scope): void {
  for (const key of vars.map(keyOf))
    if (
      law === undefined &&
      isProbe(key) &&
      !isNoise(key, scope) &&
      role(scope, key) === undefined &&
      probeLawAt(key, scope) === undefined
    )
      throw new Unreadable(
        'unbound',
        `The variance depends on the law of ${key}, which no formula of the document states.`,
        span,
      );
}

/** What is averaged; under several parameters the matrix of one row for each, from one pass over the innermost nodes. */
function inside(e: Expression, scope: Scope): Value {
  const { plane } = scope;
  if (plane === undefined) return scope.evaluate(e, scope);
  if (e.k === 'group' && e.given.length === 0) return inside(e.of, scope);
  if ((e.k === 'expect' && e.what === 'E' && !isPosteriorMean(e, scope.bindings)) || e.k === 'integral')
    return e.k === 'expect' ? expectation(e, scope) : integral(e, scope);
  const own = { ...scope, plane: undefined, pass: newPass(scope) };
  return matrixOf(plane.map((theta) => [numberOf(e, { ...own, theta })]));
}

function average(e: Expect, scope: Scope, body: (scope: Scope) => Value): Value {
  const mean = e.what === 'E' ? posteriorMean(e, scope) : undefined;
  if (mean) return mean;
  return drawAll(bindersOf(e, scope), 0, scope, body);
}

/** E[x₀ | x] in closed form, Σ rₖ(x) times the mean of each part: exact, and no nodes within those of an expectation around it. */
function posteriorMean(e: Expect, scope: Scope): Value | undefined {
  if (!isPosteriorMean(e, scope.bindings)) return undefined;
  const x = scope.vars.get(scope.bindings.noisy);
  if (x?.k !== 'column') return undefined;
  const { scale, std } = kernelOf(scope);
  const parts = posterior(mixtureOf(scope, 'clean'), scale, std, x.x);
  return column(x.x.map((_, i) => n.sum(parts.map(({ weight, mean }) => n.mul(weight, mean[i])))));
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

/** ∫ … dx over R^d by the trapezoid rule on a box. */
export function integral(e: Integral, scope: Scope): Value {
  if (e.limits) throw new Unreadable('unsupported', 'Integrals between limits are not computed.', e);
  return over(e, 0, scope);
}

function over(e: Integral, i: number, scope: Scope): Value {
  if (i === e.vars.length) return inside(e.of, scope);
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
