import { plainReading } from '../meaning/bindings.js';
import type { Expression } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { WrongDimension } from './indices.js';
import type { Comparison, Question, Witness } from './question.js';
import { newTrace, type Rule, type Scope } from './scope.js';
import { scopeFor } from './scope-for.js';
import { SECONDS_A_COMPARISON, withinSeconds } from './time-limit.js';
import { CERTAIN, coarser, DIFFERENT, finer, isTooWide, quadratureError, roundingError } from './tolerance.js';
import { instances } from './world.js';

/** What a test on the plane of fields finds on an instance, by one rule. */
export interface Finding {
  readonly lhs: readonly number[];
  readonly rhs: readonly number[];
  /** 0 where the statement holds, without a unit. */
  readonly residual: number;
  /** How much larger the losses are than what the residual is measured by: so much rounding is magnified. */
  readonly magnified: number;
}

/**
 * A statement on losses in one and two dimensions, each by a test that gives a number without unit. Its tolerance is that of the losses: what a
 * coarser rule changes in the residual, and magnified rounding. `undecided` is said where it neither holds nor fails.
 */
export function onPlane(
  question: Question,
  sides: readonly [Expression, Expression],
  { how, undecided }: { readonly how: string; readonly undecided: string },
  test: (scope: Scope) => Finding,
): Comparison {
  return withinSeconds(SECONDS_A_COMPARISON, () => tested(question, sides, { how, undecided }, test));
}

const tested: typeof onPlane = (question, sides, { how, undecided }, test) => {
  const trace = newTrace();
  const witnesses: Witness[] = [];
  const quick = question.quick === true;
  try {
    for (const instance of instances.slice(0, quick || question.bindings.line ? 1 : 2)) {
      const { scope } = scopeFor({ ...question, lhs: sides[0], rhs: sides[1] }, instance, plainReading, trace);
      const { rule } = scope;
      // A quadratic has eight losses to compute: some fewer nodes will do, and the coarser rule says whether they did.
      const lean = { ...rule, laws: { ...rule.laws, count: Math.min(rule.laws.count, 25) } };
      const judgedBy = (own: Rule): Witness => {
        const found = test({ ...scope, rule: own });
        const by = (stepsAlone: boolean): number => test({ ...scope, rule: coarser(own, stepsAlone) }).residual;
        const rounding = roundingError(found.magnified, { instance, rule: own });
        // What holds to rounding holds node by node: the error of the rule plays no part.
        const tolerance = quick
          ? SIEVE
          : found.residual <= rounding
            ? rounding
            : quadratureError(found.residual, by(false), trace.usesBox ? by(true) : undefined, 1, own) + rounding;
        return {
          instance: instance.name,
          point: {},
          lhs: found.lhs,
          rhs: found.rhs,
          residual: found.residual,
          tolerance,
        };
      };
      const first = judgedBy(lean);
      witnesses.push(!quick && isTooWide(first) ? judgedBy(finer(lean)) : first);
    }
  } catch (error) {
    if (error instanceof WrongDimension)
      return { outcome: 'open', reason: 'undecided', message: 'No instance fits.', span: undefined, trace };
    if (!(error instanceof Unreadable)) throw error;
    return { outcome: 'open', reason: error.reason, message: error.message, span: error.span, trace };
  }
  const decided = {
    residual: Math.max(...witnesses.map((w) => w.residual)),
    witnesses,
    trace,
    reading: plainReading,
    how,
  };
  if (witnesses.every((w) => w.residual <= w.tolerance && (quick || w.tolerance <= DIFFERENT / CERTAIN)))
    return { outcome: 'equal', ...decided };
  if (witnesses.every((w) => w.residual >= Math.max(DIFFERENT, CERTAIN * w.tolerance)))
    return { outcome: 'different', ...decided };
  return { outcome: 'open', reason: 'undecided', message: undecided, span: undefined, trace, witnesses };
};

/** A sieve takes no second rule: this is above what the rules leave of any identity of the course. */
const SIEVE = 1e-4;
