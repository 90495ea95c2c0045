import { plainReading, type Reading } from '../meaning/bindings.js';
import { walk } from '../read/expression.js';
import { Unreadable, type Reason } from '../read/problem.js';
import type { Span } from '../read/span.js';
import { evaluate } from './evaluate.js';
import { WrongDimension } from './indices.js';
import { remembered } from './memory.js';
import type { Comparison, Question, Witness } from './question.js';
import { alternatives } from './readings.js';
import { absorb, newTrace, type Rule, type Scope, type Trace } from './scope.js';
import { scopeFor } from './scope-for.js';
import { SECONDS_A_COMPARISON, withinSeconds } from './time-limit.js';
import { CERTAIN, coarser, DIFFERENT, finer, isTooWide } from './tolerance.js';
import { witnessOf, type Sides } from './witness.js';
import { freshInstances, instances, type Instance } from './world.js';

/** What is compared: by default both sides. */
export type Method = (question: Question, scopeOf: ScopeMaker) => Sides;
type ScopeMaker = (changes?: Partial<Scope>) => Scope;

/** Both sides on every instance, in every reading that the document leaves open: equal if one reading makes them so. */
export const compare = (question: Question, method: Method = bothSides, how = ''): Comparison =>
  withinSeconds(SECONDS_A_COMPARISON, () => inAllReadings(question, method, how));

function inAllReadings(question: Question, method: Method, how: string): Comparison {
  const first = inReading(question, plainReading, method, how);
  if (first.outcome === 'equal') return first;
  let open: Comparison | undefined = first.outcome === 'open' ? first : undefined;
  let different: Comparison | undefined = first.outcome === 'different' ? first : undefined;
  for (const reading of alternatives(first.trace, question.bindings)) {
    const other = inReading(question, reading, method, how, 1);
    if (other.outcome === 'equal') return reading.matrices === 'any' ? other : forSymmetric(other);
    if (other.outcome === 'different') different ??= other;
    else open ??= other;
  }
  // A reading that could not be followed might be the one that is meant, unless it fails by its types.
  if (
    different !== undefined &&
    (open === undefined || open.outcome !== 'open' || open === first || ['ill-typed', 'unbound'].includes(open.reason))
  )
    return first.outcome === 'open' && first.reason !== 'ill-typed' ? first : different;
  return open ?? first;
}

/** What holds for symmetric matrices only is neither true nor, since they may be meant, false. */
const forSymmetric = ({ trace }: Comparison): Comparison => ({
  outcome: 'open',
  reason: 'undecided',
  message: 'It holds for symmetric matrices; the document does not say that they are.',
  span: undefined,
  trace,
});

/** What the witnesses of some instances say. */
interface Tally {
  readonly witnesses: Witness[];
  equal: number;
  different: number;
  /** An instance of more than one dimension is among them, where there are more. */
  wide: boolean;
  failure: { readonly reason: Reason; readonly message: string; readonly span: Span | undefined } | undefined;
}

function inReading(question: Question, reading: Reading, method: Method, how: string, enough = 2): Comparison {
  const trace = newTrace();
  const tally: Tally = { witnesses: [], equal: 0, different: 0, wide: false, failure: undefined };
  for (const instance of question.instances ?? (question.bindings.line ? onTheLine : instances)) {
    try {
      if (instance.dimension === 3 && isSettled(tally) && isCostly(question, instance, trace)) break;
      count(tally, instance, at(question, instance, reading, trace, method), question);
      if (tally.different >= enough || question.quick === true) break;
    } catch (error) {
      if (!goesOn(tally, error)) break;
    }
  }
  // Equal in one dimension, and three are too many: another instance of two, where the equation itself is of vectors.
  if (
    question.instances === undefined &&
    !question.bindings.line &&
    question.quick !== true &&
    tally.different === 1 &&
    tally.witnesses.length === 2 &&
    isOfVectors(question)
  ) {
    try {
      count(tally, secondPlane, at(question, secondPlane, reading, trace, method), question);
    } catch (error) {
      goesOn(tally, error);
    }
  }
  return verdictOf(tally, { trace, reading, how }, question, enough);
}

const [secondLine, secondPlane] = freshInstances(17);

/** For documents on one real variable. */
const onTheLine: readonly Instance[] = [instances[0], secondLine, freshInstances(18)[0]];

/** Norms, transposes, traces and divergences: notes on numbers have none. */
const isOfVectors = ({ lhs, rhs }: Question): boolean =>
  [...walk(lhs), ...walk(rhs)].some(
    (x) =>
      (x.k === 'norm' && x.bars === 2) ||
      x.k === 'transpose' ||
      x.k === 'inner' ||
      (x.k === 'fn' && x.name === 'trace') ||
      (x.k === 'nabla' && x.form !== 'gradient'),
  );

function count(tally: Tally, { dimension }: Instance, witness: Witness, { quick, bindings }: Question): void {
  const { residual, tolerance } = witness;
  tally.witnesses.push(witness);
  if (residual <= tolerance && (quick === true || tolerance <= DIFFERENT / CERTAIN)) tally.equal++;
  else if (residual >= Math.max(DIFFERENT, CERTAIN * tolerance)) tally.different++;
  if (dimension > 1 || bindings.line) tally.wide = true;
}

/** One and two dimensions agree: three only where they cost little. */
const isSettled = ({ equal, different, wide }: Tally): boolean => equal >= 2 && wide && different === 0;

function isCostly(question: Question, instance: Instance, trace: Trace): boolean {
  const { scope } = scopeFor(question, instance, plainReading, trace);
  return scope.rule.laws.count <= 37;
}

/** Whether another instance may still say something after an error. */
function goesOn(tally: Tally, error: unknown): boolean {
  if (error instanceof WrongDimension) return true;
  if (error instanceof RangeError) {
    tally.failure ??= { reason: 'limit', message: 'Too deep to be computed.', span: undefined };
    return true;
  }
  if (!(error instanceof Unreadable)) throw error;
  if (error.reason === 'limit' && tally.witnesses.length > 0) return true;
  tally.failure ??= { reason: error.reason, message: error.message, span: error.span };
  return error.reason === 'limit';
}

function verdictOf(
  { witnesses, equal, different, wide, failure }: Tally,
  read: { readonly trace: Trace; readonly reading: Reading; readonly how: string },
  { quick }: Question,
  enough: number,
): Comparison {
  const { trace } = read;
  if (failure !== undefined && witnesses.length === 0) return { outcome: 'open', ...failure, trace };
  const residual = Math.max(0, ...witnesses.map((w) => w.residual));
  const alone = different === 1 && witnesses.length === 1 && witnesses[0].residual > 10 * DIFFERENT;
  if (different >= enough || alone) return { outcome: 'different', residual, witnesses, ...read };
  if (equal === witnesses.length && equal > 0 && (wide || quick === true))
    return { outcome: 'equal', residual, witnesses, ...read };
  const message =
    witnesses.length === 0
      ? 'No instance fits.'
      : equal === witnesses.length
        ? 'The sides agree in one dimension; more would take too long to compute.'
        : `The sides agree to ${residual.toPrecision(2)} only: too much for rounding, too little to be sure.`;
  return { outcome: 'open', reason: 'undecided', message, span: undefined, trace, witnesses };
}

/** A sieve takes no second rule: this is above what the rules leave of any identity of the course. */
const SIEVE = 1e-5;

function at(question: Question, instance: Instance, reading: Reading, trace: Trace, method: Method): Witness {
  const own = newTrace();
  const { scope, points } = scopeFor(question, instance, reading, own);
  const by = (rule: Rule): Sides => method(question, (changes) => ({ ...scope, rule, ...changes }));
  /** The witness by a rule, and its tolerance by a coarser one. */
  const judgedBy = (rule: Rule): Witness => {
    const sides = by(rule);
    const ruled = { ...scope, rule };
    const bare = witnessOf(sides, undefined, undefined, ruled, points, question);
    if (question.quick === true) return { ...bare, tolerance: Math.max(SIEVE, bare.tolerance) };
    // Sides that agree to rounding agree node by node, or each was summed to the last digit: the error of the rule plays no part.
    if (!own.averages || bare.residual <= bare.tolerance) return bare;
    const coarse = by(coarser(rule));
    const steps = own.usesBox ? by(coarser(rule, true)) : undefined;
    return witnessOf(sides, coarse, steps, ruled, points, question);
  };
  try {
    const first = judgedBy(scope.rule);
    if (question.quick === true || !isTooWide(first)) return first;
    try {
      return judgedBy(finer(scope.rule));
    } catch (error) {
      if (error instanceof Unreadable && error.reason === 'limit') return first;
      throw error;
    }
  } finally {
    absorb(trace, own);
  }
}

const bothSides: Method = ({ lhs, rhs }, scopeOf) => ({
  lhs: remembered('value', lhs, scopeOf(), (scope) => evaluate(lhs, scope)),
  rhs: remembered('value', rhs, scopeOf(), (scope) => evaluate(rhs, scope)),
});
