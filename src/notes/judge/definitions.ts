import type { Bindings, Definition } from '../meaning/bindings.js';
import { compare } from '../numbers/compare.js';
import type { Comparison } from '../numbers/question.js';
import type { NotesDocument, ReadStatement } from '../read/document.js';
import { evaluate } from '../numbers/evaluate.js';
import { keyOf, walk, type Expression, type Name } from '../read/expression.js';
import { freeOf } from '../meaning/free.js';
import { latexOfKey } from '../meaning/losses.js';
import type { Reason } from '../read/problem.js';
import type { Span } from '../read/span.js';
import { type Case, headOf } from './case.js';
import { definesDensity, isBareLaw, registerBareLaw, registerDensity } from './stated-density.js';
import { definitionKey, fieldKey, isConstantName, isDensityName, isDimension, isLossName, isMatrixName, isNoiseName, isPointName, isScalarName, lossOf } from '../meaning/vocabulary.js'; // prettier-ignore

/** Whether `=` introduces its left side: an unknown head, a model statement, a density by its energy. */
export function defines(left: Expression, right: Expression, c: Case): boolean {
  const { bindings, lhs, statement } = c;
  const head = headOf(left);
  if (head === undefined) return false;
  const key = definitionKey(head);
  const known = bindings.definitions.get(key);
  // d = 1 in one section and d = 2 in the next; said twice, it is no claim either.
  if (left.k === 'name' && isDimension(head) && right.k === 'number') return true;
  const isNew =
    known === undefined || known.at >= lhs.start || isAnotherCase(left, right) || isNextExample(left, right, bindings);
  if (left.k === 'call' && left.params.length > 0 && isDensityName(head) && !left.given.length) return true;
  if (left.k === 'call' && (left.given.length > 0 || left.args.some((a) => a.k !== 'name'))) return false;
  if (isLossName(head)) return isNew && !(lossOf(head) !== undefined && toBeShown(statement));
  if (head.star) return true;
  if (head.name === 'KL' || head.name === 'N' || (head.name === 'E' && !(left.k === 'call' && left.args.length > 1)))
    return false;
  if (right.k === 'arg' && left.k === 'name' && !isLossName(head)) return true;
  if (isDensityName(head))
    return isNew && (definesDensity(left, right) || definesJoint(left, right) || isBareLaw(left, right));
  if (fieldKey(head) !== undefined) return isNew && !/^([1-9]|d|i|j)$/.test(head.sub);
  if (left.k === 'name' && isPointName(head))
    return isNew && keyOf(head) !== bindings.clean && !isProbeOnly(head, right);
  if (left.k === 'name' && isNoiseName(head)) return isNew;
  if (bindings.energy && head.name === 'F') return false;
  if (head.name === 'Z') return isNew;
  if (left.k === 'name' && (isScalarName(head) || isMatrixName(head) || isConstantName(head)))
    return isNew && !isDimension(head);
  return isNew && !(left.k === 'name' && (head.name === 'I' || head.name === 'pi' || head.name === 'const'));
}

/** f = 0 in one row, f(x, t) = −½ β(t) x in the next: a coefficient that is given outright is given for another case, not claimed of the first. */
function isAnotherCase(left: Expression, right: Expression): boolean {
  const head = headOf(left);
  if (head === undefined || !/^([fgbFGUVu]|mu|sigma|beta)$/.test(head.name) || head.sub !== '') return false;
  return [...walk(right)].every((e) => {
    const name = e.k === 'call' ? e.of : e.k === 'name' ? e : undefined;
    if (name === undefined) return !['expect', 'integral', 'nabla', 'partial', 'arg', 'matrix'].includes(e.k);
    return isPointName(name) || isScalarName(name) || isDimension(name) || /^(pi|e|I|0)$/.test(name.name);
  });
}

/** "For the logistic density p(x) = …", "for the Laplace density p(x) = …": notes on the line go through examples. */
const isNextExample = (left: Expression, right: Expression, { line }: Bindings): boolean => {
  const head = headOf(left);
  return line && head !== undefined && isDensityName(head) && definesDensity(left, right);
};

/** "Show that the loss can also be written as": what the course knows by that name is to be shown. */
const toBeShown = ({ context, label }: ReadStatement): boolean =>
  /(show|prove|verify|want)( that)?\b[^.]*$|can (also )?be (re)?written( as)?\s*$|證明[^。]*$|证明[^。]*$|試證|试证/i.test(
    `${context.slice(-160)} ${label}`,
  );

const isProbeOnly = (_head: Name, right: Expression): boolean => right.k === 'number';

/** e^{−E(x)}/Z. */
const isGibbs = (e: Expression): boolean => {
  const above =
    e.k === 'fraction'
      ? e.above
      : e.k === 'product'
        ? e.factors.map(({ factor }) => factor).find((f) => isExponential(f))
        : undefined;
  return (
    above !== undefined &&
    isExponential(above) &&
    e.k !== 'number' &&
    [...walk(e)].some((x) => x.k === 'name' && x.name === 'Z')
  );
};
const isExponential = (e: Expression): boolean =>
  (e.k === 'power' && e.base.k === 'name' && e.base.name === 'e') || (e.k === 'fn' && e.name === 'exp');

/** p(x, y) = p(x) p(y | x) introduces the joint density. */
const definesJoint = (left: Expression, right: Expression): boolean =>
  left.k === 'call' && left.args.length === 2 && right.k === 'product';

/** A definition said once more, or of what the course knows by that name. */
export function definitionOfKnown(
  left: Expression,
  right: Expression,
  { bindings, lhs, rhs, document }: Case,
): Definition | undefined {
  const head = headOf(left);
  if (head === undefined) return undefined;
  const known = bindings.definitions.get(definitionKey(head));
  if (known === undefined || known.at >= lhs.start) return undefined;
  const text = (span: Span): string =>
    document.original.slice(span.start, span.end).replace(/\(x\)|\s|\\,|\\left|\\right|_x|\{|\}/g, '');
  const isModel = isPointName(head) && right.k === 'sum';
  return isModel || (fieldKey(head) === 'S' && text(known.body) === text(rhs)) ? known : undefined;
}

/** Enters what an equation defines. */
export function register(left: Expression, right: Expression, c: Case): void {
  const { bindings, rhs } = c;
  const head = headOf(left);
  const relative = unnormalised(left, right, c);
  if (relative) bindings.definitions.set(relative.key, relative);
  if (head === undefined || isPointName(head) || isNoiseName(head)) return;
  if (
    isDensityName(head) &&
    relative === undefined &&
    !(bindings.energy && isGibbs(right)) &&
    definesDensity(left, right)
  )
    registerDensity(left, right, c);
  if (isBareLaw(left, right)) registerBareLaw(left, right, c);
  if (isDensityName(head) || (head.name === 'Z' && bindings.energy)) return;
  if (right.k === 'arg') return;
  // \bar\alpha_t = \prod \alpha_s: a number that cannot be computed stays any number.
  if (
    isScalarName(head) &&
    [...walk(right)].some(
      (e) => e.k === 'dots' || (e.k === 'series' && e.what === 'prod') || (e.k === 'integral' && e.limits),
    )
  )
    return;
  const args = left.k === 'call' ? left.args.flatMap((a) => (a.k === 'name' ? [keyOf(a)] : [])) : [];
  const isParameter = (key: string): boolean => /^(theta|phi)/.test(key);
  const points = args.filter((key) => !isParameter(key));
  // S(x) = ∇ log p(x) is a reading, S = (s_1, …, s_d) names components; S(x) = −A(x − b) says what S is.
  // On the line ψ(x) = p′(x)/p(x) says of which density: one of x, where another one is of y.
  const isScoreOnLine = bindings.line && [...walk(right)].some((e) => e.k === 'partial');
  if (fieldKey(head) === 'S' && !isScoreOnLine && (bindings.scoreDefined || !isFormulaIn(right, points))) return;
  if (points.length > 0 || freeOf(right, bindings, []).size === 0 || !isScalarName(head)) {
    bindings.definitions.set(definitionKey(head), {
      key: definitionKey(head),
      args: points,
      body: right,
      at: c.at ?? rhs.start,
    });
  }
}

/** A formula in a point and letters: no density, field, average or derivative in it. */
export const isFormulaIn = (e: Expression, points: readonly string[]): boolean => {
  const all = [...walk(e)];
  const isFree = (x: Expression): boolean =>
    x.k === 'call' ? false : x.k === 'name' ? fieldKey(x) === undefined && !isDensityName(x) && !isLossName(x) : !['nabla', 'partial', 'expect', 'integral', 'arg', 'tuple', 'matrix', 'dots'].includes(x.k); // prettier-ignore
  return all.every(isFree) && all.some((x) => x.k === 'name' && points.includes(keyOf(x)));
};

/** `A = B, \\quad h(x) = x + σ²S(x)`: what is said behind a comma holds for the whole formula. */
export function registerAhead(document: NotesDocument, bindings: Bindings): void {
  document.statements.forEach((statement, i) => {
    const [lhs, rhs] = statement.sides;
    const { relation, span } = statement.relations[0] ?? {};
    if (
      document.statements[i - 1]?.at !== statement.at ||
      statement.sides.length !== 2 ||
      lhs.tree === undefined ||
      rhs.tree === undefined ||
      span === undefined
    )
      return;
    const head = headOf(lhs.tree);
    if (
      (relation !== '=' && relation !== ':=') ||
      head === undefined ||
      isLossName(head) ||
      (isScalarName(head) && lhs.tree.k === 'name')
    )
      return;
    const c: Case = { lhs, rhs, relation, relationSpan: span, statement, first: true, bindings, document };
    if (bindings.definitions.has(definitionKey(head)) || !defines(lhs.tree, rhs.tree, c)) return;
    register(lhs.tree, rhs.tree, { ...c, at: statement.at - 1 });
  });
}

/** p(x) = q(x)/Z: then q is Z p. */
function unnormalised(left: Expression, right: Expression, { document }: Case): Definition | undefined {
  if (
    left.k !== 'call' ||
    left.args.length !== 1 ||
    right.k !== 'fraction' ||
    right.below.k !== 'name' ||
    right.below.name !== 'Z'
  )
    return undefined;
  const { above } = right;
  if (above.k !== 'call' || !isDensityName(above.of) || above.of.name === left.of.name || above.args[0]?.k !== 'name')
    return undefined;
  const x = latexOfKey(keyOf(above.args[0]));
  const body = document.readSide(`Z ${latexOfKey(definitionKey(left.of))}(${x})`, false).tree;
  return body && { key: definitionKey(above.of), args: [keyOf(above.args[0])], body, at: left.start };
}

/** A density by e^{…}/Z whose integral over all space is infinite. */
export function normalisable(
  left: Expression,
  right: Expression,
  { bindings }: Case,
): { severity: 'warning'; reason: Reason; message: string; span: Span } | undefined {
  const head = headOf(left);
  if (head === undefined || !isDensityName(head)) return undefined;
  const above = right.k === 'fraction' ? right.above : right;
  const exponent =
    above.k === 'power' ? above.exponent : above.k === 'fn' && above.name === 'exp' ? above.of : undefined;
  if (exponent === undefined) return undefined;
  const isLinear =
    [exponent].some((e) => e.k === 'product' && e.factors.length === 2 && e.factors[0].factor.k === 'transpose') ||
    exponent.k === 'inner';
  void bindings;
  if (!isLinear) return undefined;
  return {
    severity: 'warning',
    reason: 'diverges',
    message: 'The exponential of a linear function has no finite integral over all of R^d: this is no density there.',
    span: right,
  };
}

/** h(x) = x + σ²S(x) of a document that speaks of the best denoiser. */
export function optimalDenoiser(c: Case, left: Expression, right: Expression): Comparison | undefined {
  const mentions = /E\s*\[|posterior|optimal|最佳|最优|Tweedie|後驗|后验/.test(c.document.original);
  if (!mentions) return undefined;
  const result = compare({ lhs: left, rhs: right, bindings: c.bindings, at: c.lhs.start }, (q, scopeOf) => {
    const scope = scopeOf();
    const reading = { ...scope.reading, denoiser: 'optimal' as const, score: 'score' as const };
    return { lhs: evaluate(q.lhs, { ...scope, reading }), rhs: evaluate(q.rhs, { ...scope, reading }) };
  }, 'for the best denoiser and the true score'); // prettier-ignore
  return result.outcome === 'equal' ? result : undefined;
}
