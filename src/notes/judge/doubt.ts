import { fieldKey, isDensityName, isNoiseName, isPointName } from '../meaning/vocabulary.js';
import { movesDensity } from '../numbers/fokker-planck.js';
import { isStep } from '../numbers/langevin.js';
import { withBinders } from '../meaning/bind.js';
import { keyOf, walk, type Expression } from '../read/expression.js';
import type { Reason } from '../read/problem.js';
import { headOf, type Case } from './case.js';
import { isOtherCase, lettersOf, statedOtherwise, strangerOf } from './grounds.js';
import type { Link } from './link.js';
import { conditionOnLetters, isAlgebra, isModel } from './asked-of-letters.js';
import {
  averagesLabel,
  averagesStated,
  bareDraws,
  isAverage,
  isClosedForm,
  isNoDensity,
  isOfStranger,
  isOfUnknownLaw,
  lawInWords,
  lawMayHaveChanged,
  lawsOfVariables,
} from './which-law.js';
import { hasSureTypes } from './sure-types.js';
import { isSurelyMalformed } from './malformed.js';

// A red line must be sure. What the reader only assumes of letters, by the habits of the course, is no reason for one.

/** Why a link in error may be right all the same; undefined where it is surely wrong. */
export function doubtOf(link: Link, c: Case): { readonly reason: Reason; readonly message: string } | undefined {
  const { bindings } = c;
  if (link.reason === 'malformed')
    return isSurelyMalformed(link, c) ? undefined : { reason: 'unsupported', message: link.message };
  const trees = [c.lhs.tree, c.rhs.tree].flatMap((tree) => (tree ? [tree] : []));
  const [left, right] = trees;
  if (left === undefined || right === undefined) return undefined;
  if (link.reason === 'unused' && !isSurelyUnused(link.message.replace(/ .*/, ''), trees))
    return {
      reason: 'unsupported',
      message: `${link.message} It may be a parameter, or other letters may depend on it.`,
    };
  if (dropsTerms.test(c.statement.label))
    return { reason: 'undecided', message: 'The words before it say that something is left out.' };
  // √x of a vector may be meant entry by entry.
  if (link.reason === 'ill-typed' && /^\w+ of a (?:vector|matrix|row)/.test(link.message))
    return { reason: 'unsupported', message: link.message };
  if (isStep(left, right) || c.statement.sde || movesDensity(left)) return undefined;
  if (trees.every((tree) => takesDifferential(textOf(tree, c))))
    return { reason: 'unsupported', message: 'An equation of differentials outside of an SDE is not read.' };
  if (trees.some((tree) => [...walk(tree)].some(drawsPath)))
    return { reason: 'unsupported', message: 'An average over x_1, …, x_T together is not read.' };
  if (link.verdict === 'false') {
    if (c.statement.isCut === true)
      return { reason: 'undecided', message: 'A sum may go on from one of these displays to the next.' };
    const condition = conditionOnLetters(left, right, c);
    if (condition !== undefined) return { reason: 'undecided', message: condition };
    if (isOtherCase(left, right, c))
      return { reason: 'undecided', message: 'It was given before in other letters: this may be another case.' };
    if (trees.some((tree) => [...walk(tree)].some(isNormOfFunction)))
      return { reason: 'undecided', message: 'It may be the norm of a function.' };
    if (isAlgebra(left) && isAlgebra(right)) return undefined;
    const stated = statedOtherwise(trees, c);
    if (stated !== undefined) return { reason: 'unbound', message: `What the document says of ${stated} is not read.` };
    if (
      hasLargeDimension(c) &&
      trees.some((tree) => [...walk(tree)].some((x) => x.k === 'number' && !(x.value < 4 && Number.isInteger(x.value))))
    )
      // prettier-ignore
      return { reason: 'unsupported', message: 'The numbers may be those of the dimension that the document states.' };
    const stranger = strangerOf(left, right, c);
    if (stranger !== undefined)
      return { reason: 'unbound', message: `What ${stranger} is, the document does not say.` };
  }
  if (trees.some((tree) => [...withBinders(tree)].some((x) => isOfStranger(x, bindings))))
    return {
      reason: 'unbound',
      message: 'How the variable behind the bar depends on the other, the document does not say.',
    };
  if (link.verdict === 'false') {
    if (
      trees.some((tree) => [...walk(tree)].some((x) => isOfConstant(x) || isAtScaled(x) || averagesLabel(x, bindings)))
    )
      return { reason: 'undecided', message: 'It can be read in more than one way.' };
    for (const [side, other] of [
      [left, right],
      [right, left],
    ] as const)
      if (isClosedForm(other) && isOfUnknownLaw(side, other, c) && !isModel(lettersOf(other, c), bindings))
        return {
          reason: 'unbound',
          message: 'The formula is that of one density; which one, the document does not say in a formula.',
        };
    if (
      !averagesStated(trees, bindings) &&
      lawInWords.test(c.document.original.slice(Math.max(0, left.start - 400), left.start)) &&
      trees.some(isAverage)
    )
      return { reason: 'unbound', message: 'The law of what is averaged is said in words, which are not read.' };
    if (new Set(trees.map(bareDraws).filter((drawn) => drawn !== undefined)).size > 1)
      return {
        reason: 'undecided',
        message: 'Over what the averages without a subscript run, the document does not say.',
      };
    const unlike = trees.flatMap((tree) => [...walk(tree)]).find((x) => isApplied(x, c) || isNoDensity(x, c));
    if (unlike !== undefined)
      return { reason: 'unbound', message: `What ${textOf(unlike, c)} is here, the document does not say.` };
    if (lawMayHaveChanged(trees, c))
      return {
        reason: 'unbound',
        message: 'The words before it may speak of another law than the formula that states one.',
      };
    if (lawsOfVariables(trees) > 1)
      return { reason: 'unbound', message: 'How the laws of the two variables hang together is not read.' };
    const renamed = saidBehind(trees, c);
    if (renamed !== undefined)
      return { reason: 'undecided', message: `The words behind it say what ${renamed} is here.` };
    if (conditionBehind.test(c.document.original.slice(c.rhs.end, c.rhs.end + 40)))
      return { reason: 'undecided', message: 'It is said under the condition behind it.' };
  }
  // E[X_t] = (1 − t) x_0 + t x_1: what E runs over, and what is held fixed, only a subscript says.
  if (
    link.reason === 'unbound' &&
    !trees.some((tree) => [...walk(tree)].some((x) => x.k === 'expect' && x.binders.length > 0))
  )
    return { reason: 'unbound', message: link.message };
  if (!bindings.course)
    return { reason: 'unbound', message: 'Nothing in this document speaks of scores: what its letters mean is not assumed.' }; // prettier-ignore
  if (link.reason === 'ill-typed' && !link.message.includes('bound twice') && !hasSureTypes(trees, c))
    return { reason: 'ill-typed', message: `${link.message} What is a vector here, the document does not say.` };
  return undefined;
}

/** ∇ 1/(2σ²) ‖x − μ‖²: the gradient of a constant may be meant to go on to what stands behind it. */
const isOfConstant = (x: Expression): boolean =>
  x.k === 'product' &&
  x.factors.some(
    ({ factor: f }, i) =>
      f.k === 'nabla' &&
      f.form === 'gradient' &&
      f.of !== undefined &&
      i + 1 < x.factors.length &&
      ![...walk(f.of)].some(
        (y) => y.k === 'call' || (y.k === 'name' && (isPointName(y) || isDensityName(y) || fieldKey(y) !== undefined)),
      ),
  );

/** ‖1‖² = 2π: the norm of a function that is constant. */
const isNormOfFunction = (x: Expression): boolean => x.k === 'norm' && x.bars === 2 && x.of.k === 'number';

/** ∇ log p(y/t): the gradient of p at y/t, or that of y ↦ p(y/t). */
const isAtScaled = (x: Expression): boolean =>
  x.k === 'nabla' &&
  x.wrt === undefined &&
  x.of !== undefined &&
  [...walk(x.of)].some(
    (y) =>
      y.k === 'call' &&
      (isDensityName(y.of) || fieldKey(y.of) !== undefined) &&
      y.args.some((a) => a.k === 'fraction' || a.k === 'product'),
  );

const textOf = ({ start, end }: Expression, c: Case): string => c.document.original.slice(start, end);

/** A letter in front of brackets, σ(log p − log q), that the document defines as a function, σ(u) = 1/(1 + e⁻ᵘ). */
function isApplied(x: Expression, { document }: Case): boolean {
  if (x.k !== 'product') return false;
  const heads = x.factors.flatMap(({ factor }, i) =>
    factor.k === 'name' && x.factors[i + 1]?.factor.k === 'group' ? [keyOf(factor)] : [],
  );
  return heads.some((key) =>
    document.statements.some(({ sides: [side, ...others], relations }) => {
      const e = side.tree;
      if (e === undefined || others.length === 0 || !/^:?=$/.test(relations[0]?.relation ?? '')) return false;
      if (e.k === 'call') return keyOf(e.of) === key;
      const [of, at] = e.k === 'product' && e.factors.length === 2 ? e.factors.map(({ factor }) => factor) : [];
      return of?.k === 'name' && keyOf(of) === key && at.k === 'group' && at.of.k === 'name';
    }),
  );
}

/** "… whenever p(Rx) = p(x)": a condition behind the formula. */
const conditionBehind =
  /^[\s,，]*(?:\$\$?|\\\)|\\\])?[\s,，]*(?:if|iff|when|whenever|provided|unless|as long as|only if|assuming|under)(?![a-z])/;

/** d = 784: the instances have other dimensions. */
const hasLargeDimension = ({ bindings }: Case): boolean =>
  ['d', 'n', 'D'].some((key) => {
    const body = bindings.definitions.get(key)?.body;
    return body?.k === 'number' && body.value > 3;
  });

/** "Remove the random term": what stands behind is a step on the way, and nothing that holds. */
const dropsTerms =
  /(?:\b(?:drop|dropping|remove|removing|neglect|neglecting|ignore|ignoring|discard|discarding|without the noise)\b[^.;:。；]*|(?:移除|去掉|去除|省略|忽略|丟掉|丢掉|捨去|舍去)[^。；]*)[:：,，]?\s*$/i;

/** The letter that words right behind the formula give a meaning, "here $\epsilon$ is the optimal estimate"; noise may be called noise. */
function saidBehind(trees: readonly Expression[], { document, rhs }: Case): string | undefined {
  const behind = document.original.slice(rhs.end, rhs.end + 160);
  const found =
    /^[\s,，.。$\])\\]*[*_(（]*\s*(?:注|note|n\.b\.|nb)?\s*[:：]?\s*(?:where|here|in which|这里的?|此处的?|這裡的?|此處的?|其中的?)\s*\$\\?(?:boldsymbol|mathbf|bm)?\{?\\?(\w+)\}?\$\s*(?:is|denotes|means|stands for|指|是|表示|代表)\s*(?:the|a|an|的)?\s*([^.。$\n]{0,60})/i.exec(behind); // prettier-ignore
  if (
    found === null ||
    /nois|gauss|normal|噪[声聲音]|雜訊|杂讯|高斯|正态|常態|level|standard|time|step/i.test(found[2])
  )
    return undefined;
  const letter = found[1].replace(/^var/, '');
  return trees.some((tree) => [...walk(tree)].some((x) => x.k === 'name' && x.name === letter)) ? letter : undefined;
}

/**
 * Whether a variable that an expectation draws is surely missing in its body: a point, and no noise or part of it there that may depend on it. θ, a
 * trajectory τ of which states are part, and x_{1:T} are drawn without being written.
 */
function isSurelyUnused(key: string, trees: readonly Expression[]): boolean {
  const [letter, sub = ''] = key.split('_');
  if (!/^[xyzuvw][~^-]?$/.test(letter) || sub.length > 1) return false;
  const averages = trees.flatMap((tree) => [...walk(tree)]).flatMap((x) => (x.k === 'expect' && x.binders.some(({ vars }) => vars.some((v) => keyOf(v) === key)) ? [x] : [])); // prettier-ignore
  return averages.every(({ of, binders }) =>
    [...withBinders(of)].every((x) => {
      const head = headOf(x);
      if (head === undefined) return true;
      const isPart = head.name === letter && head.sub !== '' && sub === '';
      return !isPart && (!isNoiseName(head) || binders.some(({ vars }) => vars.some((v) => keyOf(v) === keyOf(head)))) && (fieldKey(head) !== undefined || isPointName(head) || isDensityName(head) || /^(theta|phi|sigma|t|i|d)$/.test(head.name)); // prettier-ignore
    }),
  );
}

/** d(R²) = 2R dR + dt: a d right in front of a letter or a bracket, on both sides. */
const takesDifferential = (text: string): boolean =>
  !/\\i+nt(?![a-z])/.test(text) && /(?:^|[^a-zA-Z\\])d(?:[A-Za-z(]|\\left)/.test(text);

/** E over x_{1:T}: of a whole path. */
const drawsPath = (x: Expression): boolean =>
  x.k === 'expect' && x.binders.some(({ vars }) => vars.some(({ sub }) => sub.includes(':')));
