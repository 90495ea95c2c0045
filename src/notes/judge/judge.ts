import { claimModeAt, claimModes, obeyed, type ClaimMode } from './annotations.js';
import { compareArgmins, compareMinimiser } from '../numbers/argmin.js';
import { compareUpToConstant } from '../numbers/up-to-constant.js';
import type { Bindings, Definition } from '../meaning/bindings.js';
import { compare } from '../numbers/compare.js';
import type { Comparison, Question } from '../numbers/question.js';
import type { NotesDocument, ReadStatement, Side } from '../read/document.js';
import { evaluate } from '../numbers/evaluate.js';
import { keyOf, walk, type Expression, type Name } from '../read/expression.js';
import { freeOf } from '../meaning/free.js';
import type { Link } from './link.js';
import { latexOfKey, lossExpression, lossNames } from '../meaning/losses.js';
import type { Reason } from '../read/problem.js';
import {
  compareLangevin,
  compareReverseSde,
  contradictsAdditiveNoise,
  isStep,
  sdeOf,
  statesReverse,
  type NoiseLaw,
} from '../numbers/processes.js';
import type { Span } from '../read/span.js';
import { staticProblem, unboundPoints } from '../meaning/static-checks.js';
import { coordinatesIn, withoutIdentity } from '../meaning/bind.js';
import { definitionKey, fieldKey, isConstantName, isDensityName, isDimension, isLossName, isMatrixName, isNoiseName, isPointName, isScalarName, lossOf } from '../meaning/vocabulary.js'; // prettier-ignore
import { Unreadable } from '../read/problem.js';
import type { Relation } from '../read/statements.js';

/** Judges every link of every chain, in the order of the document; definitions hold from where they stand. */
export function judgeDocument(document: NotesDocument, bindings: Bindings): Link[] {
  const links: Link[] = [];
  let chain: Chain | undefined;
  registerAhead(document, bindings);
  for (const statement of document.statements) {
    const before = links.length;
    if (!statement.continues) chain = undefined;
    chain = judgeStatement(statement, bindings, document, chain, links);
    if (links.length === before) links.push(...proseLink(statement, bindings, document));
  }
  return obeyed(
    links.filter(({ statement }) => !statement.stated),
    document,
  );
}

interface Chain {
  /** The last correct member. */
  good: Side;
  /** The member before, where it is false. */
  wrong: Side | undefined;
  wrongAt: Span | undefined;
  first: boolean;
}

function judgeStatement(
  statement: ReadStatement,
  bindings: Bindings,
  document: NotesDocument,
  open: Chain | undefined,
  links: Link[],
): Chain | undefined {
  const { sides, relations } = statement;
  if (statement.mapping) return open;
  let chain: Chain | undefined = open;
  if (!statement.continues) chain = { good: sides[0], wrong: undefined, wrongAt: undefined, first: true };
  for (let i = 0; i < relations.length; i++) {
    const rhs = sides[i + 1];
    const { relation, span } = relations[i];
    if (rhs === undefined || rhs.tokens.length === 0) continue;
    if (chain === undefined) {
      chain = { good: rhs, wrong: undefined, wrongAt: undefined, first: false };
      continue;
    }
    if (relation === '~' || relation === 'in' || relation === 'gets') {
      const flagged = lawLink(chain.good, rhs, relation, span, statement, bindings);
      if (flagged) links.push(flagged);
      chain = { good: rhs, wrong: undefined, wrongAt: undefined, first: false };
      continue;
    }
    const link = judge({
      lhs: chain.good,
      rhs,
      relation,
      relationSpan: span,
      statement,
      first: chain.first && i === 0,
      bindings,
      document,
    });
    const isWrong = link.verdict === 'false' || (link.severity === 'error' && link.reason === 'ill-typed');
    if (isWrong && chain.wrong !== undefined) {
      // The error before is carried on: the link from the false member may still be right.
      const carried = judge({
        lhs: chain.wrong,
        rhs,
        relation,
        relationSpan: span,
        statement,
        first: false,
        bindings,
        document,
      });
      if (carried.verdict === 'true') {
        links.push({
          ...carried,
          severity: 'warning',
          message: 'True of the member before, which is false: the error is carried on.',
        });
        chain = { ...chain, wrong: rhs, first: false };
        continue;
      }
    }
    links.push({ ...link, carried: chain.wrong });
    if (link.verdict === 'true' || link.verdict === 'definition')
      chain = {
        good: rhs.tree?.k === 'arg' && link.verdict === 'definition' ? rhs : rhs,
        wrong: undefined,
        wrongAt: undefined,
        first: false,
      };
    else if (link.reason === 'approximate') chain = { good: rhs, wrong: undefined, wrongAt: undefined, first: false };
    else if (isWrong) chain = { ...chain, wrong: rhs, wrongAt: rhs, first: false };
    else if (chain.good.tree === undefined) chain = { good: rhs, wrong: undefined, wrongAt: undefined, first: false };
    else chain = { ...chain, first: false };
  }
  return chain;
}

/** A link to be judged. */
export interface Case {
  readonly lhs: Side;
  readonly rhs: Side;
  readonly relation: Relation;
  readonly relationSpan: Span;
  readonly statement: ReadStatement;
  /** The left side begins the chain, so it may be defined here. */
  readonly first: boolean;
  readonly bindings: Bindings;
  readonly document: NotesDocument;
  /** One dimension only, one reading: for sieving repairs. */
  readonly quick?: boolean;
  /** Where the equation stands, if its sides are not of the file. */
  readonly at?: number;
}

/** One link. */
export function judge(given: Case): Link {
  const { lhs, rhs, relation } = given;
  const trees = given.statement.sides.flatMap(({ tree }) => (tree ? [tree] : []));
  const bindings: Bindings = {
    ...given.bindings,
    coordinates: coordinatesIn(trees.flatMap((tree) => [...walk(tree)])),
  };
  const c: Case = { ...given, bindings };
  const made = (part: Partial<Link>): Link => ({
    lhs,
    rhs,
    relation,
    relationSpan: c.relationSpan,
    verdict: 'not-checked',
    severity: 'none',
    reason: '',
    message: '',
    span: rhs,
    comparison: undefined,
    statement: c.statement,
    loss: undefined,
    carried: undefined,
    ...part,
  });
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
  if (isCondition(left, right, relation)) return made({ verdict: 'definition' });
  if (sameTokens(lhs, rhs))
    return made({ reason: 'vacuous', severity: 'warning', message: 'Both sides are the same: this says nothing.' });
  const question: Question = { lhs: left, rhs: right, bindings, at: c.at ?? c.rhs.start, quick: c.quick === true };
  const comparison = comparisonOf(question, relation, c, stated);
  const anyLaw = comparison.outcome === 'equal' ? ofAnyLaw(c, comparison) : undefined;
  if (anyLaw !== undefined)
    return made({ reason: 'unbound', message: `It is said of every ${anyLaw}, and holds where E[${anyLaw} ${anyLaw}ᵀ] = I.`, comparison }); // prettier-ignore
  if (comparison.outcome === 'equal')
    return made({ verdict: 'true', comparison, ...(flaw?.reason === 'unused' ? flaw : {}) });
  if (comparison.outcome === 'different') {
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

/** Reasons that are the author's: what cannot mean anything. What the reader does not know is not. */
function severityOf(reason: Reason, message = ''): 'error' | 'none' {
  if (reason === 'malformed' || reason === 'ill-typed') return 'error';
  return reason === 'unbound' && /is free/.test(message) ? 'error' : 'none';
}

/** `\gamma > 0`: a condition on a number, no claim. */
const isCondition = (left: Expression, right: Expression, relation: Relation): boolean =>
  ['<', '>', '<=', '>=', '!='].includes(relation) &&
  ((left.k === 'name' && isScalarName(left) && right.k === 'number') ||
    (right.k === 'name' && isScalarName(right) && left.k === 'number'));

/** The probe that words behind the equation let have any law, where the course's E[v vᵀ] = I was assumed. */
function ofAnyLaw({ document, rhs }: Case, { trace }: Comparison): string | undefined {
  const behind = document.original.slice(rhs.end, rhs.end + 80);
  const name = /^[\s,，]*(?:\\(?:quad|qquad|[,;:! ]))*\s*\\text\{[^{}]*(?:for (?:every|any|all)|任意|任何|所有)[^{}]*\}\s*([a-z])\b(?!\s*\\text\{)/.exec(behind)?.[1]; // prettier-ignore
  return name !== undefined && trace.meanings.get(name)?.startsWith('a probe with') === true ? name : undefined;
}

const noName: Name = { k: 'name', name: '', sub: '', font: '', star: false, start: 0, end: 0 };

const headOf = (e: Expression): Name | undefined => (e.k === 'name' ? e : e.k === 'call' ? e.of : undefined);

const sameTokens = (a: Side, b: Side): boolean =>
  a.tokens.map(({ text }) => text).join(' ') === b.tokens.map(({ text }) => text).join(' ');

const constants = {
  'up-to-constant': 'sum',
  'up-to-scale': 'factor',
  'up-to-positive-affine': 'positive-affine',
} as const;

function comparisonOf(question: Question, relation: Relation, c: Case, mode: ClaimMode | undefined): Comparison {
  const { lhs, rhs } = question;
  if (mode !== undefined && mode in constants)
    return compareUpToConstant(question, constants[mode as keyof typeof constants]);
  if (mode === 'equal') return compare(question);
  if (lhs.k === 'arg' && rhs.k === 'arg' && /^arg/.test(lhs.what) && lhs.what === rhs.what)
    return compareArgmins(question, lhs, rhs);
  if (lhs.k === 'arg' && lhs.what === 'argmin') return compareMinimiser(question, lhs, rhs);
  if (rhs.k === 'arg' && rhs.what === 'argmin') return compareMinimiser({ ...question, lhs: rhs, rhs: lhs }, rhs, lhs);
  if (relation !== '=') return inequality(question, relation);
  const constant = constantMode(question, c);
  if (constant !== undefined) return compareUpToConstant(question, constant);
  return compare(question);
}

/** "+ C" and "C ·": C stands for some constant where nothing defines it. */
function constantMode({ lhs, rhs, bindings }: Question, { rhs: side }: Case): 'sum' | 'factor' | undefined {
  for (const e of [lhs, rhs]) {
    const isFree = (x: Expression): boolean =>
      x.k === 'name' && isConstantName(x) && (bindings.definitions.get(keyOf(x))?.at ?? Infinity) >= side.start;
    if (e.k === 'sum' && e.terms.some(({ term }) => isFree(term))) return 'sum';
    if (e.k === 'product' && e.factors.some(({ factor }) => isFree(factor))) return 'factor';
  }
  return undefined;
}

function inequality(question: Question, relation: Relation): Comparison {
  const holds = (l: number, r: number): boolean =>
    relation === '<'
      ? l < r
      : relation === '>'
        ? l > r
        : relation === '<='
          ? l <= r + 1e-9
          : relation === '>='
            ? l >= r - 1e-9
            : l !== r;
  const run = (reading: Partial<Question>): Comparison =>
    compare({ ...question, ...reading }, (q, scopeOf) => {
      const [a, b] = [evaluate(q.lhs, scopeOf()), evaluate(q.rhs, scopeOf())];
      if (a.k !== 'scalar' || b.k !== 'scalar') throw new Unreadable('ill-typed', 'An inequality between things that are no numbers.', { start: q.lhs.start, end: q.rhs.end });
      const list = (x: typeof a.x): readonly number[] => (typeof x === 'number' ? [x] : 'tag' in x ? [] : [...x]);
      const [l, r] = [list(a.x), list(b.x)];
      const ok = Array.from({ length: Math.max(l.length, r.length) }, (_, i) => holds(l[l.length === 1 ? 0 : i], r[r.length === 1 ? 0 : i])).every(Boolean);
      return { lhs: { k: 'scalar', x: ok ? 1 : 0 }, rhs: { k: 'scalar', x: 1 } };
    }, relation); // prettier-ignore
  const plain = run({});
  if (plain.outcome !== 'different') return plain;
  // "The optimal loss is negative": true of the best field, not of any. Never false by a field that is not the one meant.
  const names = [...walk(question.lhs), ...walk(question.rhs)];
  const usesField = names.some(
    (x) => (x.k === 'name' && (isLossName(x) || fieldKey(x) === 'S')) || (x.k === 'call' && fieldKey(x.of) === 'S'),
  );
  if (!usesField) return plain;
  const best = compareAtBest(question, holds);
  return (
    best ?? {
      outcome: 'open',
      reason: 'undecided',
      message: 'The inequality holds for some fields and not for others.',
      span: undefined,
      trace: plain.trace,
    }
  );
}

function compareAtBest(question: Question, holds: (l: number, r: number) => boolean): Comparison | undefined {
  const best = compare(question, (q, scopeOf) => {
    const scope = scopeOf();
    const reading = { ...scope.reading, denoiser: 'optimal' as const, score: 'score' as const };
    const [a, b] = [evaluate(q.lhs, { ...scope, reading }), evaluate(q.rhs, { ...scope, reading })];
    const ok = a.k === 'scalar' && b.k === 'scalar' && typeof a.x === 'number' && typeof b.x === 'number' && holds(a.x, b.x);
    return { lhs: { k: 'scalar', x: ok ? 1 : 0 }, rhs: { k: 'scalar', x: 1 } };
  }, 'at the optimum'); // prettier-ignore
  return best.outcome === 'equal' ? best : undefined;
}

/** Whether `=` introduces its left side: an unknown head, a model statement, a density by its energy. */
function defines(left: Expression, right: Expression, c: Case): boolean {
  const { bindings, lhs, statement } = c;
  const head = headOf(left);
  if (head === undefined) return false;
  const key = definitionKey(head);
  const known = bindings.definitions.get(key);
  const isNew = known === undefined || known.at >= lhs.start;
  if (left.k === 'call' && left.params.length > 0 && isDensityName(head) && !left.given.length) return true;
  if (left.k === 'call' && (left.given.length > 0 || left.args.some((a) => a.k !== 'name'))) return false;
  if (isLossName(head)) return isNew && !(lossOf(head) !== undefined && toBeShown(statement));
  if (head.star) return true;
  if (head.name === 'KL' || head.name === 'N' || head.name === 'E') return false;
  if (right.k === 'arg' && left.k === 'name' && !isLossName(head)) return true;
  if (isDensityName(head))
    return (
      isNew &&
      left.k === 'call' &&
      (isGibbs(right) || unnormalised(left, right, c) !== undefined || definesJoint(left, right))
    );
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
function definitionOfKnown(
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

function register(left: Expression, right: Expression, c: Case): void {
  const { bindings, rhs } = c;
  const head = headOf(left);
  const relative = unnormalised(left, right, c);
  if (relative) bindings.definitions.set(relative.key, relative);
  if (head === undefined || isPointName(head) || isNoiseName(head)) return;
  if (isDensityName(head) || (head.name === 'Z' && bindings.energy)) return;
  if (right.k === 'arg') return;
  const args = left.k === 'call' ? left.args.flatMap((a) => (a.k === 'name' ? [keyOf(a)] : [])) : [];
  const isParameter = (key: string): boolean => /^(theta|phi)/.test(key);
  const points = args.filter((key) => !isParameter(key));
  // S(x) = ∇ log p(x) is a reading, S = (s_1, …, s_d) names components.
  if (fieldKey(head) === 'S') return;
  if (points.length > 0 || freeOf(right, bindings, []).size === 0 || !isScalarName(head)) {
    bindings.definitions.set(definitionKey(head), {
      key: definitionKey(head),
      args: points,
      body: right,
      at: c.at ?? rhs.start,
    });
  }
}

/** `A = B, \\quad h(x) = x + σ²S(x)`: what is said behind a comma holds for the whole formula. */
function registerAhead(document: NotesDocument, bindings: Bindings): void {
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
  const body = document.readSide(`Z p(${x})`, false).tree;
  return body && { key: definitionKey(above.of), args: [keyOf(above.args[0])], body, at: left.start };
}

/** A density by e^{…}/Z whose integral over all space is infinite. */
function normalisable(
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

function optimalDenoiser(c: Case, left: Expression, right: Expression): Comparison | undefined {
  const mentions = /E\s*\[|posterior|optimal|最佳|最优|Tweedie|後驗|后验/.test(c.document.original);
  if (!mentions) return undefined;
  const result = compare({ lhs: left, rhs: right, bindings: c.bindings, at: c.lhs.start }, (q, scopeOf) => {
    const scope = scopeOf();
    const reading = { ...scope.reading, denoiser: 'optimal' as const, score: 'score' as const };
    return { lhs: evaluate(q.lhs, { ...scope, reading }), rhs: evaluate(q.rhs, { ...scope, reading }) };
  }, 'for the best denoiser and the true score'); // prettier-ignore
  return result.outcome === 'equal' ? result : undefined;
}

type Made = (part: Partial<Link>) => Link;

function judgeSde(c: Case, left: Expression, right: Expression, made: Made): Link {
  const sde = sdeOf(right);
  if (left.k !== 'differential' || sde === undefined)
    return made({ reason: 'unsupported', message: 'This stochastic equation is not read.' });
  const forward = forwardSde(c.document, c.at ?? c.rhs.start);
  if (!statesReverse(sde)) return made({ verdict: 'definition' });
  const start = normalStart(c);
  if (start !== undefined)
    return made({ reason: 'undecided', message: `It starts at ${start}, which is p_T at most nearly.`, span: c.rhs });
  const comparison = compareReverseSde(
    { lhs: left, rhs: right, bindings: c.bindings, at: c.at ?? c.rhs.start },
    sde,
    forward,
  );
  return fromComparison(comparison, made, 'The process does not have the marginals of the forward one.');
}

function fromComparison(comparison: Comparison, made: Made, message: string): Link {
  if (comparison.outcome === 'equal') return made({ verdict: 'true', comparison });
  if (comparison.outcome === 'different') return made({ verdict: 'false', severity: 'error', message, comparison });
  return made({ reason: comparison.reason, message: comparison.message, comparison });
}

/** The normal law that the same formula says the last variable has. */
function normalStart({ document, statement }: Case): string | undefined {
  for (const { sides, relations, at } of document.statements)
    for (const [i, { relation }] of relations.entries()) {
      const [left, right] = [sides[i]?.tree, sides[i + 1]];
      const isLast = left?.k === 'name' && /^[xXyYzZ]$/.test(left.name) && left.sub === 'T';
      if (at === statement.at && relation === '~' && isLast && right?.tree?.k === 'call' && right.tree.of.name === 'N')
        return right.text;
    }
  return undefined;
}

/** The last forward SDE before a place. */
function forwardSde(document: NotesDocument, before: number): ReturnType<typeof sdeOf> {
  let found: ReturnType<typeof sdeOf>;
  for (const { sides, sde, at } of document.statements) {
    if (!sde || at >= before) continue;
    for (const { tree, start } of sides.slice(1)) {
      if (!tree || start >= before) continue;
      const read = sdeOf(tree);
      if (read?.diffusion !== undefined && !statesReverse(read)) found = read;
    }
  }
  return found;
}

function judgeStep(c: Case, left: Expression, right: Expression, made: Made): Link {
  const law = stepNoise(c.document, c.rhs, c.at ?? c.rhs.start);
  const comparison = compareLangevin({ lhs: left, rhs: right, bindings: c.bindings, at: c.at ?? c.rhs.start }, law);
  return fromComparison(comparison, made, 'As a sampler of p the noise must have twice the step as its variance.');
}

/** `ε ~ N(0, v I)` that stands nearest behind, or else before, a step. */
function stepNoise(
  document: NotesDocument,
  { tree, text }: Side,
  start: number,
): (NoiseLaw & { readonly covariance: Expression }) | undefined {
  const names = new Set([...(tree ? walk(tree) : [])].flatMap((x) => (x.k === 'name' ? [keyOf(x)] : [])));
  const laws = document.statements.flatMap(({ sides, relations }) =>
    relations.flatMap(({ relation }, i) => {
      const [l, r] = [sides[i]?.tree, sides[i + 1]?.tree];
      if (
        (relation !== '~' && relation !== 'in') ||
        l?.k !== 'name' ||
        r?.k !== 'call' ||
        r.of.name !== 'N' ||
        r.args.length !== 2 ||
        !names.has(keyOf(l))
      )
        return [];
      return [{ key: keyOf(l), variance: withoutIdentity(r.args[1]), covariance: r.args[1], at: l.start }];
    }),
  );
  return (
    laws.find(({ at }) => at >= start && at < start + text.length + 400) ?? laws.filter(({ at }) => at < start).at(-1)
  );
}

/** `x_T ~ N(0, I)` where the noise is additive. */
function lawLink(
  lhs: Side,
  rhs: Side,
  relation: Relation,
  relationSpan: Span,
  statement: ReadStatement,
  bindings: Bindings,
): Link | undefined {
  const [l, r] = [lhs.tree, rhs.tree];
  if (relation !== '~' || l?.k !== 'name' || r?.k !== 'call' || r.of.name !== 'N' || r.args.length !== 2)
    return undefined;
  if (!contradictsAdditiveNoise(bindings, l, r.args[0], r.args[1])) return undefined;
  return {
    lhs, rhs, relation, relationSpan, verdict: 'false', severity: 'error', reason: '', span: rhs, comparison: undefined, statement, loss: undefined, carried: undefined,
    message: 'The noise of this document is added: the last variable has the covariance of the data plus σ²I, not I.',
  }; // prettier-ignore
}

/** A formula without relation that words before it call a loss: it is compared with that loss. */
function proseLink(statement: ReadStatement, bindings: Bindings, document: NotesDocument): Link[] {
  const [side] = statement.sides;
  if (statement.sides.length !== 1 || statement.mapping || side.tree === undefined) {
    if (side?.problem && statement.sides.length === 1 && side.problem.reason === 'malformed' && isLossLike(side))
      return [
        proseMade(side, statement, {
          reason: 'malformed',
          severity: 'error',
          message: side.problem.message,
          span: side.problem.span,
        }),
      ];
    return [];
  }
  if (!isLossLike(side)) return [];
  const related = [...walk(side.tree)].find((x) => x.k === 'related');
  if (related)
    return [
      proseMade(side, statement, {
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
    if (comparison.outcome === 'equal') return [proseMade(side, statement, { verdict: 'true', comparison, loss })];
    if (comparison.outcome === 'different' && loss === named) different = { comparison, loss };
    if (comparison.outcome === 'open' && loss === named) {
      const error = severityOf(comparison.reason, comparison.message);
      return [
        proseMade(side, statement, {
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
      proseMade(side, statement, {
        verdict: 'false',
        severity: 'error',
        message: `The text calls this the ${different.loss} loss; it is not, even up to a constant and a positive factor.`,
        comparison: different.comparison,
        loss: different.loss,
      }),
    ];
  return flaw ? [proseMade(side, statement, { severity: 'error', ...flaw })] : [];
}

function proseMade(side: Side, statement: ReadStatement, part: Partial<Link>): Link {
  return {
    lhs: { text: '', tokens: [], tree: undefined, problem: undefined, start: side.start, end: side.start },
    rhs: side, relation: 'prose', relationSpan: undefined, verdict: 'not-checked', severity: 'none', reason: '', message: '', span: side, comparison: undefined,
    statement, loss: undefined, carried: undefined, ...part,
  }; // prettier-ignore
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

/** The place of a message, or the right side where the message is about an expression that the document does not hold, such as a loss by its name. */
function spanIn(lhs: Span, rhs: Span, span: Span | undefined): Span {
  const inside = (side: Span): boolean => span !== undefined && span.start >= side.start && span.end <= side.end;
  return span !== undefined && (inside(lhs) || inside(rhs)) ? span : rhs;
}
