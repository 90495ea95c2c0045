import { claimModeAt, claimModes } from './annotations.js';
import type { Bindings } from '../meaning/bindings.js';
import type { Comparison, Question } from '../numbers/question.js';
import type { Side } from '../read/document.js';
import { walk, type Expression } from '../read/expression.js';
import { linkOf, severityOf, type Link } from './link.js';
import { movesDensity } from '../numbers/fokker-planck.js';
import { isStep } from '../numbers/langevin.js';
import { instances } from '../numbers/world.js';
import type { Span } from '../read/span.js';
import { freeOf } from '../meaning/free.js';
import { staticProblem, unboundPoints } from '../meaning/static-checks.js';
import { coordinatesIn } from '../meaning/bind.js';
import { type Case, headOf, noName } from './case.js';
import { register, defines, definitionOfKnown, normalisable, optimalDenoiser } from './definitions.js';
import { isCondition, underCondition } from './conditions.js';
import { comparisonOf } from './comparison.js';
import { doubtOf } from './doubt.js';
import { densityOfLogarithm, registerDensity } from './stated-density.js';
import { differentKernel, forgetKernel } from './restated-kernel.js';
import { judgeDensityRate, judgeSde, judgeStep } from './process-links.js';
import { fieldKey, isDensityName, isPointName } from '../meaning/vocabulary.js';

/** One link; in error only where it is surely wrong. */
export function judge(c: Case): Link {
  const link = judged(c);
  const doubt =
    link.severity === 'error' && (link.verdict !== 'definition' || link.reason === 'unused')
      ? doubtOf(link, c)
      : undefined;
  return doubt === undefined ? link : { ...link, verdict: 'not-checked', severity: 'none', ...doubt };
}

function judged(given: Case): Link {
  const { lhs, rhs, relation } = given;
  const trees = given.statement.sides.flatMap(({ tree }) => (tree ? [tree] : []));
  const bindings: Bindings = {
    ...given.bindings,
    coordinates: given.bindings.line ? [] : coordinatesIn(trees.flatMap((tree) => [...walk(tree)])),
  };
  const c: Case = { ...given, bindings };
  const made = (part: Partial<Link>): Link => linkOf(c, part);
  if (relation === '~=' || relation === 'propto')
    return made({ reason: 'approximate', message: 'An approximate statement is not judged.' });
  for (const side of [rhs, lhs]) {
    if (side.problem)
      return made({
        reason: side.problem.reason,
        severity: severityOf(side.problem.reason),
        message: side.problem.message,
        span: side.problem.span,
      });
  }
  if (lhs.tree === undefined || rhs.tree === undefined)
    return made({ reason: 'malformed', severity: 'none', message: 'A side is empty.' });
  const left = lhs.tree;
  const right = rhs.tree;
  if (c.statement.sde) return judgeSde(c, left, right, made);
  if (relation === '=' && isStep(left, right)) return judgeStep(c, left, right, made);
  if (relation === '=' && movesDensity(left, right) && /\\partial|∂/.test(lhs.text + rhs.text))
    return judgeDensityRate(c, left, right, made);
  const logarithm = relation === '=' && c.first ? densityOfLogarithm(left, right, c) : undefined;
  if (logarithm) {
    registerDensity(...logarithm, c);
    return made({ verdict: 'definition' });
  }
  const slip = relation === '=' ? differentKernel(left, right, c) : undefined;
  if (slip !== undefined) {
    if (given.quick !== true && given.at === undefined) forgetKernel(given);
    return made({ verdict: 'false', severity: 'error', message: 'The noise was stated before, in the same letters, as another law.', comparison: slip }); // prettier-ignore
  }
  const statically = staticProblem(right, bindings);
  const flaw = statically
    ? { severity: 'error' as const, reason: statically.reason, message: statically.message, span: statically.span }
    : undefined;

  const stated = claimModeAt(c.document, c.statement.at);
  if (typeof stated === 'object')
    return made({ reason: 'unsupported', message: `Expected mode= to be one of ${claimModes.join(', ')}, got "${stated.unknown}".` }); // prettier-ignore
  const restated = relation === '=' && c.first && stated === undefined ? definitionOfKnown(left, right, c) : undefined;
  const introduces =
    stated === undefined ? relation === '=' && c.first && defines(left, right, c) : stated === 'definition';
  if (stated === undefined && isCondition(left, right, relation, c, introduces || restated !== undefined)) {
    if (introduces && right.k !== 'number' && (left.k === 'call' || isDensityName(headOf(left) ?? noName)))
      register(left, right, c);
    return made({ verdict: 'definition' });
  }
  if (relation === ':=' || introduces || restated !== undefined) {
    register(left, right, c);
    const problem = flaw ?? normalisable(left, right, c);
    const verified =
      problem === undefined && fieldKey(headOf(left) ?? noName) === 'h' ? optimalDenoiser(c, left, right) : undefined;
    if (verified) return made({ verdict: 'true', message: 'The best denoiser by the score.', comparison: verified });
    return made({ verdict: 'definition', ...problem });
  }
  if (relation === '=:') {
    register(right, left, c);
    return made({ verdict: 'definition' });
  }
  if (relation === '=' && sameTokens(lhs, rhs) && left.k !== 'number')
    return made({ reason: 'vacuous', severity: 'warning', message: 'Both sides are the same: this says nothing.' });
  const question: Question = { lhs: left, rhs: right, bindings, at: c.at ?? c.rhs.start, quick: c.quick === true };
  const comparison = inStatedDimension(comparisonOf(question, relation, c, stated), question, (q) => comparisonOf(q, relation, c, stated)); // prettier-ignore
  const anyLaw = comparison.outcome === 'equal' ? ofAnyLaw(c, comparison) : undefined;
  if (anyLaw !== undefined)
    return made({ reason: 'unbound', message: `It is said of every ${anyLaw}, and holds where E[${anyLaw} ${anyLaw}ᵀ] = I.`, comparison }); // prettier-ignore
  if (comparison.outcome === 'equal')
    return made({ verdict: 'true', comparison, ...(flaw?.reason === 'unused' ? flaw : {}) });
  if (comparison.outcome === 'different') {
    if (comparison.trace.labelled && !ofDensitiesAlone(left, right))
      return made({
        reason: 'unbound',
        message: 'The document does not say how its variables go together.',
        comparison,
      });
    if (ofOtherDraws(left, right, bindings))
      return made({
        reason: 'undecided',
        message: 'The sides are drawn from different variables: they may have the same law.',
        comparison,
      });
    if (underCondition(c))
      return made({ reason: 'undecided', message: 'It is said under the condition before it.', comparison });
    const unbound = unboundPoints(left, right, bindings);
    if (unbound.length > 0) {
      return made({
        verdict: 'false',
        severity: 'error',
        reason: 'unbound',
        message: `The right side depends on ${unbound.join(', ')}, which nothing here draws or fixes; the left side does not.`,
        comparison,
      });
    }
    return made({
      verdict: 'false',
      severity: 'error',
      reason: flaw?.reason ?? '',
      message: flaw?.message ?? 'The two sides differ.',
      ...(flaw ? { span: flaw.span } : {}),
      comparison,
    });
  }
  if (flaw) return made({ ...flaw, comparison });
  return made({
    reason: comparison.reason,
    severity: severityOf(comparison.reason, comparison.message),
    message: comparison.message,
    span: spanIn(lhs, rhs, comparison.span),
    comparison,
  });
}

/** E‖x̃ − x‖²/σ⁴ = 8 with d = 2: where the document states the dimension, what differs in others is tried in that one. */
function inStatedDimension(all: Comparison, question: Question, again: (q: Question) => Comparison): Comparison {
  const stated = question.bindings.definitions.get('d');
  if (all.outcome !== 'different' || stated?.body.k !== 'number' || stated.at > question.at) return all;
  const { value } = stated.body;
  const there = instances.filter(({ dimension }) => dimension === value);
  return there.length === 0 ? all : again({ ...question, instances: there });
}

/** The probe that words behind the equation let have any law, where the course's E[v vᵀ] = I was assumed. */
function ofAnyLaw({ document, rhs }: Case, { trace }: Comparison): string | undefined {
  const behind = document.original.slice(rhs.end, rhs.end + 80);
  const name = /^[\s,，]*(?:\\(?:quad|qquad|[,;:! ]))*\s*\\text\{[^{}]*(?:for (?:every|any|all)|任意|任何|所有)[^{}]*\}\s*([a-z])\b(?!\s*\\text\{)/.exec(behind)?.[1]; // prettier-ignore
  return name !== undefined && trace.meanings.get(name)?.startsWith('a probe with') === true ? name : undefined;
}

/** Whether an equation is of densities and numbers alone, such as Bayes' rule: then it holds of all laws or is false. */
const ofDensitiesAlone = (left: Expression, right: Expression): boolean =>
  [...walk(left), ...walk(right)].every(
    (e) => (e.k !== 'name' || isPointName(e) || isDensityName(e)) && (e.k !== 'call' || isDensityName(e.of)),
  );

/** √α x_{t−1} + √(1−α) ε_{t−1} = √(αα′) x_{t−2} + …: each side has noise and steps of its own, so equality is meant of their laws. */
function ofOtherDraws(left: Expression, right: Expression, bindings: Bindings): boolean {
  const [l, r] = [freeOf(left, bindings, []), freeOf(right, bindings, [])];
  const own = [[...l].filter((key) => !r.has(key)), [...r].filter((key) => !l.has(key))];
  const noise = /^(epsilon|xi|eta|z|w)/;
  return own.every(
    (keys) => keys.some((key) => noise.test(key)) && keys.every((key) => noise.test(key) || /^[xyz][~^-]?_/.test(key)),
  );
}

const sameTokens = (a: Side, b: Side): boolean =>
  a.tokens.map(({ text }) => text).join(' ') === b.tokens.map(({ text }) => text).join(' ');

/** The place of a message, or the right side where the message is about an expression that the document does not hold, such as a loss by its name. */
function spanIn(lhs: Span, rhs: Span, span: Span | undefined): Span {
  const inside = (side: Span): boolean => span !== undefined && span.start >= side.start && span.end <= side.end;
  return span !== undefined && (inside(lhs) || inside(rhs)) ? span : rhs;
}
