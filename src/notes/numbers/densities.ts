import { choleskyFactor, type Rows } from '../../numerics/linear-algebra.js';
import { CLEAN_LAW } from '../meaning/bindings.js';
import { add, div, dot, log, mul, primal, sub, type Num } from './batch.js';
import type { Expression, Name } from '../read/expression.js';
import { keyOf, walk } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { definitionOf, note, numberOf, type Scope } from './scope.js';
import type { Span } from '../read/span.js';
import { entries } from './value.js';
import { noised, type Mixture } from './world.js';

/** Which law a density names. */
export type Law = 'clean' | 'noisy' | 'kernel' | 'posterior' | 'joint' | 'other' | 'other-noisy' | 'model';

const meanings: Readonly<Record<Law, string>> = {
  clean: 'density of the clean data: a mixture of two Gaussians',
  noisy: 'density of the noisy variable: the clean one under the noise',
  kernel: 'Gaussian density of the noisy variable given the clean one',
  posterior: 'density of the clean variable given the noisy one',
  joint: 'joint density of the clean and the noisy variable',
  other: 'a second density, another mixture',
  'other-noisy': 'the second density under the noise',
  model: 'density of the model, another mixture',
};

/** The law that `p_sub(args | given)` names: the subscript first, then the variables; `variable` is what an expectation binds. */
export function lawNamed(
  scope: Scope,
  name: Name,
  args: readonly Expression[],
  given: readonly Expression[],
  variable?: string,
): Law {
  const law = decide(scope, name, args, given, variable);
  if (law !== 'clean' && given.length === 0 && args.length < 2 && definitionOf(scope, keyOf(name)) !== undefined)
    throw new Unreadable('unsupported', 'Laws that the document gives by a formula of their density are not averaged over.', name); // prettier-ignore
  const text = `${name.name}${name.sub === '' ? '' : `_${name.sub}`}${args.length === 0 ? '' : `(${args.map(label).join(', ')}${given.length === 0 ? '' : ` | ${given.map(label).join(', ')}`})`}`;
  note(scope, text, meanings[law]);
  return law;
}

/** Subscripts of conditional densities that tell times, levels, models or variables; p_γ(x | y) is a density of its own. */
const conditionalSubscripts = /^$|sigma|tau|alpha|beta|epsilon|theta|phi|noisy|data|[|]|^[tT0sk\d]|[xXyYzZ]/;

/** Whether the reader knows what a conditional density is by its subscript. */
export const isKnownConditional = ({ sub }: Name): boolean => conditionalSubscripts.test(sub);

const label = (e: Expression): string => (e.k === 'name' ? keyOf(e) : '·');

function decide(
  scope: Scope,
  name: Name,
  args: readonly Expression[],
  given: readonly Expression[],
  variable: string | undefined,
): Law {
  const { bindings } = scope;
  const roleOf = (e: Expression | undefined): 'clean' | 'noisy' | undefined => {
    if (e?.k !== 'name') return undefined;
    return role(scope, keyOf(e));
  };
  if (given.length > 0) {
    const [a, b] = [roleOf(args[0]), roleOf(given[0])];
    const isPair = args.length === 1 && given.length === 1;
    if (!isKnownConditional(name))
      throw new Unreadable('unbound', `The document does not say what density ${name.name}_${name.sub} is.`, name);
    if (isPair && a === 'noisy' && b === 'clean') return 'kernel';
    if (isPair && a === 'clean' && b === 'noisy') return 'posterior';
    throw new Unreadable(
      'unsupported',
      'The reader knows no conditional density of these variables.',
      join(name, given),
    );
  }
  if (args.length > 2) throw new Unreadable('unsupported', 'The reader knows no density of so many variables.', name);
  if (args.length === 2) {
    const roles = new Set(args.map(roleOf));
    if (roles.has('clean') && roles.has('noisy')) return 'joint';
    throw new Unreadable('unsupported', 'The reader knows no joint density of these variables.', join(name, args));
  }
  const { sub } = name;
  const second = name.name.startsWith('q') && !bindings.conditionalNames.has(name.name);
  const noisySub = /sigma|^t$|^T$|_t|alpha|noisy|tau/.test(sub);
  if (sub.includes('theta')) return 'model';
  if (/^(0|data|clean|d)$/.test(sub)) {
    if (sub === 'data') {
      scope.trace.used.add('data');
      if (scope.reading.data === 'same' && bindings.hasRoles) return roleOf(args[0]) ?? 'clean';
    }
    return 'clean';
  }
  if (second) return noisySub ? 'other-noisy' : 'other';
  if (noisySub) return 'noisy';
  if (sub !== '' && !/^[xXyY]~?$/.test(sub)) {
    throw new Unreadable('unbound', `The document does not say what density ${name.name}_${sub} is.`, name);
  }
  const byVariable = roleOf(args[0]) ?? (variable === undefined ? undefined : role(scope, variable));
  if (byVariable !== undefined) return byVariable;
  if (!bindings.hasRoles) return 'clean';
  // p alone is p(x): noisy where x is, clean where the noisy one is x~.
  return role(scope, 'x') ?? 'noisy';
}

const join = (name: Span, args: readonly Span[]): Span => ({
  start: name.start,
  end: Math.max(name.end, ...args.map(({ end }) => end)),
});

/** Whether a variable is the clean or the noisy one. A document without noise has clean points only. */
export function role(scope: Scope, key: string): 'clean' | 'noisy' | undefined {
  const { clean, noisy, hasRoles } = scope.bindings;
  if (!hasRoles) return /^[xyz]/.test(key) ? 'clean' : undefined;
  if (key === clean) return 'clean';
  if (key === noisy) return 'noisy';
  return undefined;
}

/** a and s of x = a x₀ + s ε, in this instance. */
export function kernelOf(scope: Scope): { scale: number; std: number } {
  const stated = scope.bindings.kernels.filter(({ at }) => at <= scope.at).at(-1) ?? scope.bindings.kernels[0];
  const isOther = stated === undefined ? scope.bindings.otherNoise : scope.bindings.otherLaws.has(stated.noise ?? '');
  if (isOther)
    throw new Unreadable('unbound', 'The document does not say how the noise enters, or its noise is not Gaussian.', {
      start: scope.at,
      end: scope.at + 1,
    });
  if (stated === undefined) {
    return { scale: 1, std: parameter(scope, scope.bindings.level) };
  }
  const number = (e: Expression): number => {
    const value = primal(numberOf(e, scope));
    if (typeof value !== 'number')
      throw new Unreadable('unsupported', 'A noise level that depends on a point is not read.', e);
    return value;
  };
  const std = stated.std
    ? number(stated.std)
    : stated.variance
      ? Math.sqrt(number(stated.variance))
      : parameter(scope, scope.bindings.level);
  return { scale: stated.scale ? number(stated.scale) : 1, std };
}

/** The letters that say how strong the noise is. */
export function kernelLetters({ bindings, at }: Pick<Scope, 'bindings' | 'at'>): readonly string[] {
  const stated = bindings.kernels.filter((kernel) => kernel.at <= at).at(-1) ?? bindings.kernels[0];
  if (stated === undefined) return bindings.otherNoise ? [] : [bindings.level];
  const parts = [stated.scale, stated.std, stated.variance].flatMap((part) => (part ? [...walk(part)] : []));
  const letters = parts.flatMap((part) => (part.k === 'name' ? [keyOf(part)] : []));
  return letters.length > 0 ? [...new Set(letters)] : stated.std || stated.variance ? [] : [bindings.level];
}

/** A scalar by its key, from an expectation over it or from the instance. */
export function parameter(scope: Scope, key: string): number {
  const stated = definitionOf(scope, key);
  const value =
    scope.vars.get(key) ??
    (stated?.args.length === 0
      ? scope.evaluate(stated.body, { ...scope, expanding: [...scope.expanding, key] })
      : undefined);
  if (value?.k === 'scalar') {
    const x = value.x;
    if (typeof x === 'number') return x;
    throw new Unreadable('unsupported', 'A derivative with respect to the noise level is not computed.', {
      start: scope.at,
      end: scope.at + 1,
    });
  }
  return scope.instance.scalar(key);
}

/** The mixture behind a law of one variable. */
export function mixtureOf(scope: Scope, law: Law): Mixture {
  switch (law) {
    case 'clean':
      return cleanMixture(scope);
    case 'other':
      return scope.instance.other;
    case 'model':
      return scope.instance.model;
    case 'noisy':
    case 'other-noisy': {
      const { scale, std } = kernelOf(scope);
      return noised(law === 'noisy' ? cleanMixture(scope) : scope.instance.other, scale, std);
    }
    case 'kernel':
    case 'posterior':
    case 'joint':
      throw new Error('This is a bug in scorecheck; a conditional law has no mixture.');
  }
}

/** The density of the clean data: a mixture, unless the document says that it is a normal law. Throws {@link Unreadable} for another formula. */
function cleanMixture(scope: Scope): Mixture {
  const stated = definitionOf(scope, CLEAN_LAW);
  if (stated === undefined) return scope.instance.clean;
  const { body } = stated;
  if (body.k !== 'call' || body.of.name !== 'N')
    throw new Unreadable('unsupported', 'Laws that the document gives by a formula of their density are not averaged over.', { start: scope.at, end: scope.at + 1 }); // prettier-ignore
  const [mean, covariance] = (body.params.length === 2 ? body.params : body.given).map((e) =>
    scope.evaluate(e, { ...scope, vars: new Map(), expanding: [...scope.expanding, CLEAN_LAW] }),
  );
  const d = scope.instance.dimension;
  const number = (x: Num): number => {
    const plain = primal(x);
    if (typeof plain !== 'number')
      throw new Unreadable('unsupported', 'A law that varies with a point is not read.', body);
    return plain;
  };
  const entry = (i: number, j: number): number =>
    covariance.k === 'matrix' ? number(covariance.x[i][j]) : i === j ? number(entries(covariance)[0]) : 0;
  const at = Array.from({ length: d }, (_, i) => number(mean.k === 'scalar' ? mean.x : entries(mean)[i]));
  const rows = at.map((_, i) => at.map((__, j) => entry(i, j)));
  // Of a letter alone, such as K in N(μ, K⁻¹), nothing makes a covariance.
  if (!isPositiveDefinite(rows))
    throw new Unreadable('unsupported', 'What the document states as a covariance need not be one: its letters may be any matrix.', body); // prettier-ignore
  return { weights: [1], means: [at], covariances: [rows] };
}

function isPositiveDefinite(a: Rows): boolean {
  if (a.some((row, i) => row.some((value, j) => Math.abs(value - a[j][i]) > 1e-9 * (1 + Math.abs(value)))))
    return false;
  try {
    choleskyFactor(a);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** log N(x; mean, std² I). */
export function gaussianLog(x: readonly Num[], mean: readonly Num[], variance: Num): Num {
  const centred = x.map((xi, i) => sub(xi, mean[i]));
  const norm = mul(-0.5 * x.length, add(Math.log(2 * Math.PI), log(variance)));
  return sub(norm, mul(0.5, div(dot(centred, centred), variance)));
}

/** Whether the document gives a density a meaning of its own. */
export const isDefinedDensity = (scope: Scope, name: Name): boolean => definitionOf(scope, keyOf(name)) !== undefined;
