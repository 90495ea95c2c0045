import * as n from './batch.js';
import { compare } from './compare.js';
import type { Comparison, Question } from './question.js';
import type { Bindings } from '../meaning/bindings.js';
import { plainReading } from '../meaning/bindings.js';
import { kernelOf } from './densities.js';
import { evaluate } from './evaluate.js';
import { keyOf, walk, type Expression, type Name, type Product, type Sum } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { newTrace } from './scope.js';
import { column, entries, plus, scalar, type Value } from './value.js';
import { fieldKey, isDensityName, isNoiseName } from '../meaning/vocabulary.js';
import { instances } from './world.js';
import { scopeFor } from './scope-for.js';
import { roundingError } from './tolerance.js';

// SDEs and samplers state laws, not values: each has its own test.

interface Sde {
  readonly drift: Expression | undefined;
  readonly diffusion: Expression | undefined;
  /** dW̄: time runs back. */
  readonly reverse: boolean;
}

/** The drift and the diffusion of `f dt + g dW`; undefined where a term is neither. */
export function sdeOf(e: Expression): Sde | undefined {
  const terms = e.k === 'sum' ? e.terms : [{ sign: 1 as const, term: e, signAt: -1 }];
  const drift: Sum['terms'][number][] = [];
  const diffusion: Sum['terms'][number][] = [];
  let reverse = false;
  for (const { sign, term, signAt } of terms) {
    const factors: Product['factors'] = term.k === 'product' ? term.factors : [{ via: '', factor: term }];
    const differentials = factors.filter(({ factor }) => factor.k === 'differential');
    const differential = differentials[0]?.factor;
    if (differentials.length !== 1 || differential?.k !== 'differential') return undefined;
    const rest = factors.filter(({ factor }) => factor.k !== 'differential');
    const span = { start: term.start, end: term.end };
    const coefficient: Expression =
      rest.length === 0
        ? { k: 'number', value: 1, ...span }
        : rest.length === 1
          ? rest[0].factor
          : { k: 'product', factors: rest, ...span };
    if (differential.of.name === 't' || differential.of.name === 't-') drift.push({ sign, term: coefficient, signAt });
    else if (/^[WwB]/.test(differential.of.name)) {
      diffusion.push({ sign, term: coefficient, signAt });
      if (differential.of.name.endsWith('-') || differential.of.name.endsWith('~')) reverse = true;
    } else return undefined;
  }
  const together = (list: Sum['terms'][number][]): Expression | undefined => {
    if (list.length === 0) return undefined;
    if (list.length === 1 && list[0].sign === 1) return list[0].term;
    return { k: 'sum', terms: list, start: list[0].term.start, end: list[list.length - 1].term.end };
  };
  return { drift: together(drift), diffusion: together(diffusion), reverse };
}

/** Whether an SDE states something: one with the score in its drift runs back through the marginals of dX = f dt + g dW. */
export const statesReverse = ({ drift, reverse }: Sde): boolean => reverse || (drift !== undefined && usesScore(drift));

const usesScore = (e: Expression): boolean =>
  [...walk(e)].some(
    (x) => x.k === 'nabla' || (x.k === 'call' && fieldKey(x.of) === 'S') || (x.k === 'name' && fieldKey(x) === 'S'),
  );

/**
 * dX = b dt + h dW̄ has the marginals p_t of dX = f dt + g dW, run back, iff b = f − ½(g² + h²)∇ log p_t (Fokker–Planck; Song et al. 2021,
 * equations 6 and 13, are h = g and h = 0). f and g are those of the document's forward equation, or free.
 */
export function compareReverseSde(question: Question, { drift, diffusion }: Sde, forward: Sde | undefined): Comparison {
  const point: Name = {
    k: 'name',
    name: 'x',
    sub: '',
    font: '',
    star: false,
    start: question.rhs.start,
    end: question.rhs.end,
  };
  const zero: Expression = { k: 'number', value: 0, start: point.start, end: point.end };
  if (drift === undefined) return open('unsupported', 'An SDE without drift.', question);
  return compare({ ...question, lhs: drift, rhs: diffusion ?? zero }, (_, scopeOf) => {
    const scope = scopeOf();
    const states = [...scope.vars.keys()].filter((key) => /^[xyz]/.test(key));
    if (states.length === 0) throw new Unreadable('unsupported', 'The drift depends on no state.', drift);
    // X_t, x and x_t are the state.
    const state = scope.vars.get(states[0]) as Value;
    const same = { ...scope, vars: new Map([...scope.vars, ...states.map((key) => [key, state] as const)]) };
    const b = evaluate(drift, same);
    const h = diffusion === undefined ? 0 : n.primal(asNumber(evaluate(diffusion, same), diffusion));
    // An equation in f and g of its own is that of any process, whatever forward one stands before it.
    const named = (pattern: RegExp): Expression | undefined =>
      [...walk(drift)].find((e) => (e.k === 'call' && pattern.test(e.of.name)) || (e.k === 'name' && pattern.test(e.name)));
    const ownG = named(/^g$/);
    const diffusionThere = ownG ?? forward?.diffusion;
    const g = diffusionThere === undefined ? scope.instance.scalar('g') : n.primal(asNumber(evaluate(diffusionThere, same), diffusionThere));
    const free = named(/^[fb]$/) ?? forward?.drift;
    if (free === undefined) throw new Unreadable('unsupported', 'The forward drift is not stated.', drift);
    const f = evaluate(free, same);
    const logp: Expression = {
      k: 'nabla', wrt: undefined, form: 'gradient', start: point.start, end: point.end,
      of: { k: 'fn', name: 'log', start: point.start, end: point.end, of: { ...point, name: 'p', sub: 't' } },
    }; // prettier-ignore
    const own = scoreIn(drift);
    const score = evaluate(own ?? logp, same);
    const [g2, h2] = [n.mul(g, g), n.mul(h, h)];
    const factor = n.mul(-0.5, n.add(g2, h2));
    return { lhs: b, rhs: plus(f, column(entries(score).map((s) => n.mul(factor, s))), drift) };
  }, 'Fokker–Planck: b = f − ½(g² + h²)∇log p_t'); // prettier-ignore
}

/**
 * The score as the drift writes it: s_θ(x, t) or ∇ log p_t(x). The score of the clean density p_0 is none of the process: undefined, so that p_t
 * is compared with it. Throws {@link Unreadable} (unsupported) for other times than t.
 */
function scoreIn(e: Expression): Expression | undefined {
  const found = [...walk(e)].find(
    (x) => (x.k === 'nabla' && x.form === 'gradient') || (x.k === 'call' && fieldKey(x.of) === 'S'),
  );
  if (found?.k !== 'nabla' || found.of === undefined) return found;
  // ∇p_t in the place of ∇ log p_t.
  if (found.of.k === 'call' && isDensityName(found.of.of)) return undefined;
  if (found.of.k === 'name' && isDensityName(found.of)) return undefined;
  const density = [...walk(found.of)].flatMap((x) => (x.k === 'call' ? [x.of] : x.k === 'name' ? [x] : [])).find(isDensityName); // prettier-ignore
  if (density === undefined || /^$|^t$|^sigma|theta/.test(density.sub)) return found;
  if (/^(0|data)$/.test(density.sub)) return undefined;
  throw new Unreadable(
    'unsupported',
    `The reader does not know that p_${density.sub} is the density at time t.`,
    density,
  );
}

function asNumber(value: Value, e: Expression): n.Num {
  if (value.k === 'scalar') return value.x;
  throw new Unreadable('unsupported', 'Only a diffusion that is a number is read.', e);
}

const open = (reason: Unreadable['reason'], message: string, { rhs }: Question): Comparison => ({
  outcome: 'open',
  reason,
  message,
  span: rhs,
  trace: newTrace(),
});

/** x_{t+1} = x_t + …: the next point of a chain from the last. */
export function isStep(lhs: Expression, rhs: Expression): boolean {
  if (lhs.k !== 'name' || rhs.k !== 'sum' || !/^[xXyz]~?$/.test(lhs.name)) return false;
  const now = rhs.terms.find(
    ({ term, sign }) =>
      sign === 1 &&
      term.k === 'name' &&
      term.name === lhs.name &&
      term.sub !== lhs.sub &&
      /[tki]/.test(term.sub + lhs.sub),
  );
  return now !== undefined;
}

/** The variance of the noise of a step as the document states it: ε ~ N(0, v I). */
export interface NoiseLaw {
  readonly key: string;
  readonly variance: Expression | undefined;
}

/**
 * Unadjusted Langevin, x' = x + c ∇ log p(x) + noise of variance v: its stationary law is p to first order in the step iff v = 2c; on N(0, s²)
 * the exact stationary variance is (v/2c)·s²/(1 − c/(2s²)).
 */
export function compareLangevin(question: Question, law: NoiseLaw | undefined): Comparison {
  const { rhs, bindings } = question;
  if (rhs.k !== 'sum') return open('unsupported', 'A step that is no sum is not read.', question);
  const noiseTerm = rhs.terms.find(
    ({ term }) => [...walk(term)].some((x) => x.k === 'name' && isStepNoise(x)) && !usesScore(term),
  );
  const scoreTerm = rhs.terms.find(({ term }) => usesScore(term));
  if (scoreTerm === undefined || noiseTerm === undefined)
    return open('unsupported', 'A step without a score or without noise is not judged.', question);
  const noise = [...walk(noiseTerm.term)].find((x): x is Name => x.k === 'name' && isStepNoise(x));
  if (noise === undefined) return open('unsupported', 'The noise of the step was not found.', question);
  if (law === undefined && !/^(z|xi|w|eta|epsilon)/.test(noise.name))
    return open('unsupported', 'The law of the noise is not stated.', question);
  if (law === undefined && noise.name === 'epsilon' && noiseTerm.term.k === 'name')
    return open('unbound', 'The variance of the noise is not stated.', question);
  const trace = newTrace();
  const witnesses = [];
  let [equal, different] = [0, 0];
  try {
    for (const instance of instances.slice(0, 2)) {
      const { scope } = scopeFor(
        {
          ...question,
          lhs: { k: 'number', value: 0, start: 0, end: 0 },
          rhs: { k: 'number', value: 0, start: 0, end: 0 },
        },
        instance,
        plainReading,
        trace,
      );
      const unit = column(Array.from({ length: instance.dimension }, () => 1));
      const amplitude = coefficientOf(noiseTerm.term, noise, { ...scope, vars: new Map([[keyOf(noise), unit]]) });
      const variance =
        law?.variance === undefined ? 1 : (n.primal(asNumber(evaluate(law.variance, scope), law.variance)) as number);
      const c = scoreTerm.sign * coefficientOfScore(scoreTerm.term, scope);
      const v = amplitude * amplitude * variance;
      const residual = Math.abs(v - 2 * c) / Math.max(Math.abs(v), Math.abs(2 * c));
      const tolerance = roundingError(1, scope);
      witnesses.push({ instance: instance.name, point: {}, lhs: [2 * c], rhs: [v], residual, tolerance });
      if (residual <= tolerance) equal++;
      else different++;
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { outcome: 'open', reason: error.reason, message: error.message, span: error.span, trace };
  }
  void bindings;
  const residual = Math.max(...witnesses.map((w) => w.residual));
  const how = 'Langevin: noise variance against twice the step';
  if (equal === 2) return { outcome: 'equal', residual, witnesses, trace, reading: plainReading, how };
  if (different === 2) return { outcome: 'different', residual, witnesses, trace, reading: plainReading, how };
  return {
    outcome: 'open',
    reason: 'undecided',
    message: 'The step agrees on one instance only.',
    span: undefined,
    trace,
  };
}

const isStepNoise = (x: Name): boolean => isNoiseName(x) || /^(z|w|Z|W|n)$/.test(x.name);

type ScopeOf = ReturnType<typeof scopeFor>['scope'];

function coefficientOf(term: Expression, noise: Name, scope: ScopeOf): number {
  const value = evaluate(term, {
    ...scope,
    vars: new Map([...scope.vars, [keyOf(noise), scope.vars.get(keyOf(noise)) as Value]]),
  });
  const x = n.primal(entries(value)[0]);
  if (typeof x !== 'number') throw new Unreadable('unsupported', 'The size of the noise varies.', term);
  return x;
}

/** c of c·S(x), c·∇ log p(x): what stands beside the score. */
function coefficientOfScore(term: Expression, scope: ScopeOf): number {
  if (
    term.k === 'nabla' ||
    (term.k === 'call' && fieldKey(term.of) === 'S') ||
    (term.k === 'name' && fieldKey(term) === 'S')
  )
    return 1;
  if (term.k !== 'product') throw new Unreadable('unsupported', 'The step of the score is not read.', term);
  const rest = term.factors.filter(({ factor }) => !usesScore(factor));
  if (rest.length + 1 !== term.factors.length)
    throw new Unreadable('unsupported', 'The step of the score is not read.', term);
  const value = rest.length === 0 ? scalar(1) : evaluate({ ...term, factors: rest }, scope);
  return n.primal(asNumber(value, term)) as number;
}

/** x_T ~ N(0, I) in a document whose noise is added: the variance is that of the data plus σ², never 1. */
export function contradictsAdditiveNoise(
  bindings: Bindings,
  variable: Name,
  mean: Expression,
  covariance: Expression,
): boolean {
  if (!/^[xX]$/.test(variable.name) || variable.sub !== 'T' || bindings.kernels.length === 0) return false;
  const zero = (mean.k === 'number' && mean.value === 0) || (mean.k === 'name' && mean.name === '0');
  const unit = covariance.k === 'name' && covariance.name === 'I';
  // Any kernel that shrinks x_0, as the variance-preserving ones do, may end at N(0, I).
  return zero && unit && bindings.kernels.every(({ scale }) => scale === undefined);
}

export { kernelOf };
