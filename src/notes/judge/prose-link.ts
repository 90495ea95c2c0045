import { compareUpToConstant } from '../numbers/up-to-constant.js';
import type { Bindings } from '../meaning/bindings.js';
import type { Comparison, Question } from '../numbers/question.js';
import type { NotesDocument, ReadStatement, Side } from '../read/document.js';
import { keyOf, walk, type Expression } from '../read/expression.js';
import { proseLinkOf, severityOf, type Link } from './link.js';
import { latexOfKey, lossExpression, lossNames } from '../meaning/losses.js';
import { staticProblem } from '../meaning/static-checks.js';
import { meansNothing } from './malformed.js';
import { fieldKey } from '../meaning/vocabulary.js';

/** A formula without relation that words before it call a loss: it is compared with that loss. */
export function proseLink(statement: ReadStatement, bindings: Bindings, document: NotesDocument): Link[] {
  const [side] = statement.sides;
  if (statement.sides.length !== 1 || statement.mapping || side.tree === undefined) {
    if (
      side?.problem &&
      statement.sides.length === 1 &&
      side.problem.reason === 'malformed' &&
      meansNothing.test(side.problem.message) &&
      isLossLike(side)
    )
      return [
        proseLinkOf(side, statement, {
          reason: 'malformed',
          severity: 'error',
          message: side.problem.message,
          span: side.problem.span,
        }),
      ];
    return [];
  }
  if (!isLossLike(side) || !standsAlone(statement, document)) return [];
  const related = [...walk(side.tree)].find((x) => x.k === 'related');
  if (related)
    return [
      proseLinkOf(side, statement, {
        reason: 'malformed',
        severity: 'error',
        message: 'A relation stands inside of brackets or of a norm.',
        span: related,
      }),
    ];
  const named = namedLoss(statement, document);
  const question = (loss: string): Question => ({
    lhs: underLevels(side.tree as Expression, lossExpression(loss, bindings, extraOf(side.tree as Expression))),
    rhs: side.tree as Expression,
    bindings,
    at: side.start,
  });
  const flaw = staticProblem(side.tree, bindings);
  let different: { comparison: Comparison; loss: string } | undefined;
  for (const loss of new Set([...(named ? [named] : []), ...lossNames])) {
    const comparison = compareUpToConstant(question(loss), 'positive-affine');
    if (comparison.outcome === 'equal') return [proseLinkOf(side, statement, { verdict: 'true', comparison, loss })];
    if (comparison.outcome === 'different' && loss === named) different = { comparison, loss };
    if (comparison.outcome === 'open' && loss === named) {
      const error = severityOf(comparison.reason, comparison.message);
      return [
        proseLinkOf(side, statement, {
          reason: comparison.reason,
          severity: error,
          message: comparison.message,
          span: comparison.span ?? side,
          comparison,
          loss,
        }),
      ];
    }
    if (named === undefined) break;
  }
  if (different)
    return [
      proseLinkOf(side, statement, {
        verdict: 'false',
        severity: 'error',
        message: `The text calls this the ${different.loss} loss; it is not, even up to a constant and a positive factor.`,
        comparison: different.comparison,
        loss: different.loss,
      }),
    ];
  return flaw ? [proseLinkOf(side, statement, { severity: 'error', ...flaw })] : [];
}

/**
 * A display, or a formula behind a colon, with nothing else in it: words state it. "E‖S‖² and E‖∇ log p‖² are finite" states no loss.
 */
function standsAlone(statement: ReadStatement, { statements, original }: NotesDocument): boolean {
  const { at, display, label, sides } = statement;
  if (statements.filter((other) => other.at === at).length !== 1) return false;
  const ends = /^[\s.,，。]*(?:\$|\\\))\s*(?:[.。;；]|\n|$)/.test(original.slice(sides[0].end, sides[0].end + 40));
  return display || (/[:：]\s*$/.test(label) && ends);
}

/** E_{σ ~ p(σ)} of a loss: the loss is compared under the same law of levels. */
function underLevels(e: Expression, loss: Expression): Expression {
  if (
    e.k !== 'expect' ||
    e.binders.length === 0 ||
    !e.binders.every(({ vars }) => vars.length === 1 && /^(sigma|t|s|tau)(_|$)/.test(keyOf(vars[0])))
  )
    return loss;
  return { ...e, of: loss };
}

/** Further arguments of the score model, `, σ` or `, t`. */
function extraOf(e: Expression): string {
  const call = [...walk(e)].find((x) => x.k === 'call' && fieldKey(x.of) === 'S');
  const extra = call?.k === 'call' ? call.args.slice(1) : [];
  return extra.flatMap((x) => (x.k === 'name' ? [`, ${latexOfKey(keyOf(x))}`] : [])).join('');
}

/** An expectation with a squared norm. */
const isLossLike = ({ tokens }: Side): boolean =>
  /^(E|mathbb|mathcal|frac|2|1)$/.test(tokens[0]?.text ?? '') &&
  tokens.some(({ text }) => text === '|' || text === 'lVert' || text === 'Vert') &&
  tokens.some(({ text }) => text === 'E');

/** The loss that the words before a formula name. */
export function namedLoss(statement: ReadStatement, _document: NotesDocument): string | undefined {
  const names: readonly (readonly [RegExp, string])[] = [
    [/sliced score|\bSSM\b/gi, 'SSM'],
    [/denoising (score|loss)|\bDSM\b|去噪(得分|分数)匹配/gi, 'DSM'],
    [/implicit score|\bISM\b/gi, 'ISM'],
    [/explicit score|\bESM\b/gi, 'ESM'],
    [/auto-?encoder|\bDAE\b/gi, 'DAE'],
  ];
  // The nearest words decide.
  const near = statement.context.slice(-700);
  let best: { at: number; loss: string } | undefined;
  for (const [pattern, loss] of names) {
    for (const match of near.matchAll(pattern))
      if (best === undefined || match.index > best.at) best = { at: match.index, loss };
  }
  if (best === undefined) return undefined;
  return /loss|損失|损失|目標|目标|objective|minimi|[:：]\s*$/i.test(near.slice(best.at)) || statement.display
    ? best.loss
    : undefined;
}
