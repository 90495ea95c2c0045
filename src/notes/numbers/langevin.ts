import { plainReading } from '../meaning/bindings.js';
import { fieldKey, isDensityName, isNoiseName } from '../meaning/vocabulary.js';
import { keyOf, walk, type Expression, type Fraction, type Name, type Sum } from '../read/expression.js';
import { Unreadable, type Reason } from '../read/problem.js';
import * as n from './batch.js';
import { compare } from './compare.js';
import { evaluate } from './evaluate.js';
import type { Comparison, Question, Witness } from './question.js';
import { newTrace, type Scope, type Trace } from './scope.js';
import { scopeFor } from './scope-for.js';
import { roundingError } from './tolerance.js';
import { column, entries, scalar, type Value } from './value.js';
import { instances } from './world.js';

// A step of a sampler states a law, not values: unadjusted Langevin, x' = x + c ∇ log p(x) + noise of variance v, has the stationary law p to
// first order in the step iff v = 2c; on N(0, s²) the exact stationary variance is (v/2c)·s²/(1 − c/(2s²)).

/** x_{t+1} = x_t + …: the next point of a chain from the last. */
export function isStep(lhs: Expression, rhs: Expression): boolean {
  if (lhs.k !== 'name' || rhs.k !== 'sum' || !/^[xXyz]~?$/.test(lhs.name)) return false;
  return rhs.terms.some((term) => isPoint(term, lhs) && /[tki]/.test((term.term as Name).sub + lhs.sub));
}

const isPoint = ({ sign, term }: Sum['terms'][number], { name, sub }: Name): boolean =>
  sign === 1 && term.k === 'name' && term.name === name && term.sub !== sub;

/** The variance of the noise of a step as the document states it: ε ~ N(0, v I). */
export interface NoiseLaw {
  readonly key: string;
  readonly variance: Expression | undefined;
}

/** What a step moves along: a score, the gradient of a potential, whose law is e^{−U} at some temperature, or that of a density itself. */
type Direction = 'score' | 'potential' | 'density';

/** sign · factor · direction, the move of a step or the drift of an SDE. */
interface Move {
  readonly sign: 1 | -1;
  /** undefined for 1. */
  readonly factor: Expression | undefined;
  readonly along: Expression;
  readonly direction: Direction;
  /** The direction is a sum: scores of several laws, or of one with a weight. */
  readonly several: boolean;
}

/** The variance of the noise on an instance. */
type Variance = (scope: Scope) => number;

/** Whether a step of a sampler has the law that it moves towards as its stationary one. */
export function compareLangevin(question: Question, law: NoiseLaw | undefined): Comparison {
  return decided(question, () => {
    const { rhs, lhs } = question;
    if (rhs.k !== 'sum') throw new Unreadable('unsupported', 'A step that is no sum is not read.', rhs);
    const sizes = sizesOf(rhs);
    const noiseTerm = rhs.terms.find(
      ({ term }) => noiseIn(term, sizes) !== undefined && directionIn(term) === undefined,
    )?.term;
    const noise = noiseTerm && noiseIn(noiseTerm, sizes);
    const moves = rhs.terms.filter((term) => term.term !== noiseTerm && !isPoint(term, lhs as Name));
    if (
      moves.length === 0 ||
      noiseTerm === undefined ||
      noise === undefined ||
      directionIn(moves[0].term) === undefined
    )
      throw new Unreadable('unsupported', 'A step without a score or without noise is not judged.', rhs);
    if (moves.length > 1) throw new Unreadable('unsupported', 'A step in several directions is not judged.', rhs);
    if (law === undefined && !/^(z|xi|w|eta|epsilon)/.test(noise.name))
      throw new Unreadable('unsupported', 'The law of the noise is not stated.', rhs);
    if (law === undefined && noise.name === 'epsilon' && noiseTerm.k === 'name')
      throw new Unreadable('unbound', 'The variance of the noise is not stated.', rhs);
    const variance: Variance = (scope) => {
      const unit = column(Array.from({ length: scope.instance.dimension }, () => 1));
      const amplitude = evaluate(noiseTerm, { ...scope, vars: new Map([...scope.vars, [keyOf(noise), unit]]) });
      return numberOf(amplitude, noiseTerm) ** 2 * (law?.variance === undefined ? 1 : coefficient(law.variance, scope));
    };
    const move = moveOf(moves[0].sign, moves[0].term);
    const spread = lettersOf(noiseTerm, law?.variance).filter((key) => key !== keyOf(noise));
    return { move, variance, isFree: goesBack(lhs, rhs) || hasTemperature(lettersOf(move.factor), spread), sizes };
  });
}

/** Beside the size of the step, which both have, a letter that only one of them has may be a temperature. */
const hasTemperature = (step: readonly string[], noise: readonly string[]): boolean =>
  step.some((key) => noise.includes(key)) &&
  (step.some((key) => !noise.includes(key)) || noise.some((key) => !step.includes(key)));

const lettersOf = (...parts: readonly (Expression | undefined)[]): string[] =>
  parts.flatMap((e) => (e === undefined ? [] : [...walk(e)].flatMap((x) => (x.k === 'name' ? [keyOf(x)] : []))));

/** x_{t−1} of x_t: it may be a step of a reverse process, whose noise is another. */
const goesBack = (lhs: Expression, rhs: Expression): boolean =>
  [...walk(rhs)].some(
    (x) =>
      x.k === 'name' &&
      lhs.k === 'name' &&
      x.name === lhs.name &&
      (x.sub === `${lhs.sub}+1` || lhs.sub === `${x.sub}-1`),
  );

/** dX = c ∇ log p(X) dt + h dW, the Langevin equation: p is its stationary law iff h² = 2c. */
export function compareLangevinSde(question: Question, drift: Expression, diffusion: Expression): Comparison {
  return decided(question, () => {
    const term = drift.k === 'sum' && drift.terms.length === 1 ? drift.terms[0] : { sign: 1 as const, term: drift };
    const variance: Variance = (scope) => coefficient(diffusion, scope) ** 2;
    const move = moveOf(term.sign, term.term);
    // A temperature of its own samples a power of p.
    const isFree = [diffusion, ...(move.factor ? [move.factor] : [])].some((e) => [...walk(e)].some((x) => x.k === 'name' || x.k === 'call')); // prettier-ignore
    return { move, variance, isFree };
  });
}

function decided(
  question: Question,
  read: () => {
    readonly move: Move;
    readonly variance: Variance;
    readonly isFree: boolean;
    readonly sizes?: ReadonlySet<string>;
  },
): Comparison {
  const trace = newTrace();
  const open = (reason: Reason, message: string): Comparison => ({ outcome: 'open', reason, message, span: question.rhs, trace }); // prettier-ignore
  try {
    const { move, variance, isFree, sizes = new Set() } = read();
    if (move.direction === 'density') return densityInPlaceOfScore(move, question);
    const witnesses = instances
      .slice(0, 2)
      .map((instance) => witness(move, variance, { ...question, sizes }, instance, trace));
    const fits = witnesses.filter(({ residual, tolerance }) => residual <= tolerance).length;
    const residual = Math.max(...witnesses.map((w) => w.residual));
    const found = { residual, witnesses, trace, reading: plainReading, how: 'Langevin: noise variance against twice the step' }; // prettier-ignore
    if (fits === witnesses.length) return { outcome: 'equal', ...found };
    if (fits > 0) return open('undecided', 'The step agrees on one instance only.');
    if (move.direction === 'potential') return open('unbound', 'At which temperature the potential is meant is not stated.'); // prettier-ignore
    if (move.several) return open('unbound', 'Which law has this sum for its score is not stated.');
    if (isFree) return open('undecided', 'It may be a step of another process, or at another temperature: the noise is not that of Langevin dynamics.'); // prettier-ignore
    return { outcome: 'different', ...found };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { outcome: 'open', reason: error.reason, message: error.message, span: error.span, trace };
  }
}

/** Throws {@link Unreadable} where a term is no number times a direction. */
function moveOf(sign: 1 | -1, term: Expression): Move {
  const inner = term.k === 'group' && term.given.length === 0 ? term.of : term;
  const factors = inner.k === 'product' ? inner.factors : [{ via: '' as const, factor: inner }];
  const at = factors.findIndex(({ factor }) => directionIn(factor) !== undefined);
  const others = factors.filter((_, i) => i !== at);
  const along = factors[at]?.factor;
  const direction = along && directionIn(along);
  if (
    direction === undefined ||
    factors[at].via === '/' ||
    others.some(({ factor }) => directionIn(factor) !== undefined)
  )
    throw new Unreadable('unsupported', 'The step of the score is not read.', term);
  const several = along.k === 'group' || along.k === 'sum';
  const factor: Expression | undefined = others.length === 0 ? undefined : { ...term, k: 'product', factors: others };
  return { sign, factor, along, direction: several ? 'score' : direction, several };
}

const isStepNoise = (x: Name): boolean => isNoiseName(x) || /^(z|w|Z|W|n)$/.test(x.name);
const noiseIn = (e: Expression, sizes: ReadonlySet<string>): Name | undefined =>
  [...walk(e)].find((x): x is Name => x.k === 'name' && isStepNoise(x) && !sizes.has(keyOf(x)));

/** x + ε s(x) + √(2ε) z: letters of noise that stand in front of the score are the size of the step. */
const sizesOf = ({ terms }: Sum): ReadonlySet<string> =>
  new Set(
    terms
      .filter(({ term }) => directionIn(term) !== undefined)
      .flatMap(({ term }) => [...walk(term)].flatMap((x) => (x.k === 'name' && isStepNoise(x) ? [keyOf(x)] : []))),
  );

/** S, ∇ log p and ∇p / p are scores; ∇p alone is none, and any other gradient that of a potential. Of a sum, what its first part is. */
function directionIn(e: Expression): Direction | undefined {
  for (const x of walk(e)) {
    if (x.k === 'call' && fieldKey(x.of) === 'S') return 'score';
    if (x.k === 'name' && fieldKey(x) === 'S') return 'score';
    if (x.k === 'fraction' && isDensity(gradientOf(x.above)) && sameDensity(x)) return 'score';
    if (x.k !== 'nabla') continue;
    if (isDensity(x.of)) return x.form === 'gradient' ? 'density' : undefined;
    return x.of?.k === 'fn' && x.of.name === 'log' ? 'score' : 'potential';
  }
  return undefined;
}

const gradientOf = (e: Expression): Expression | undefined =>
  e.k === 'nabla' && e.form === 'gradient' ? e.of : undefined;
const densityName = (e: Expression | undefined): Name | undefined => (e?.k === 'call' ? e.of : e?.k === 'name' ? e : undefined); // prettier-ignore
const isDensity = (e: Expression | undefined): boolean => {
  const name = densityName(e);
  return name !== undefined && isDensityName(name);
};
const sameDensity = ({ above, below }: Fraction): boolean => {
  const [a, b] = [densityName(gradientOf(above)), densityName(below)];
  return a !== undefined && b !== undefined && keyOf(a) === keyOf(b);
};

/** How a step along ∇p is told from one along ∇ log p. */
export const DENSITY_FOR_SCORE = 'Langevin moves along ∇ log p, not along ∇p';

/** ∇p is p times the score, no number times it: the two are compared at points. */
function densityInPlaceOfScore({ factor, along }: Move, question: Question): Comparison {
  if (along.k !== 'nabla' || along.of === undefined || (factor && [...walk(factor)].some((x) => isDensity(x))))
    throw new Unreadable('unsupported', 'The step of the score is not read.', along);
  const { start, end } = along.of;
  const bare = { ...along, wrt: undefined };
  const score: Expression = { ...bare, of: { k: 'fn', name: 'log', of: along.of, start, end } };
  return compare({ ...question, lhs: score, rhs: bare }, undefined, DENSITY_FOR_SCORE);
}

/** 2c and v on an instance; the law of a potential is e^{−U}. */
function witness(
  { sign, factor, direction }: Move,
  variance: Variance,
  { sizes, ...question }: Question & { readonly sizes: ReadonlySet<string> },
  instance: (typeof instances)[number],
  trace: Trace,
): Witness {
  const nothing: Expression = { k: 'number', value: 0, start: 0, end: 0 };
  const made = scopeFor({ ...question, lhs: nothing, rhs: nothing }, instance, plainReading, trace).scope;
  const size = scalar(instance.scalar('gamma'));
  const scope: Scope = { ...made, vars: new Map([...made.vars, ...[...sizes].map((key) => [key, size] as const)]) };
  const c = sign * (factor === undefined ? 1 : coefficient(factor, scope));
  const twice = direction === 'potential' ? -2 * c : 2 * c;
  const v = variance(scope);
  const residual = Math.abs(v - twice) / Math.max(Math.abs(v), Math.abs(twice));
  return { instance: instance.name, point: {}, lhs: [twice], rhs: [v], residual, tolerance: roundingError(1, scope) };
}

function numberOf(value: Value, e: Expression): number {
  const x = n.primal(entries(value)[0]);
  if (typeof x !== 'number') throw new Unreadable('unsupported', 'The size of the noise varies.', e);
  return x;
}

function coefficient(e: Expression, scope: Scope): number {
  const value = evaluate(e, scope);
  if (value.k !== 'scalar') throw new Unreadable('unsupported', 'Only a step that is a number is read.', e);
  return numberOf(value, e);
}
