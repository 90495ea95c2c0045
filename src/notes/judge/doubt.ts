import {
  fieldKey,
  isDensityName,
  isDimension,
  isLossName,
  isMatrixName,
  isNoiseName,
  isPointName,
  isProbe,
} from '../meaning/vocabulary.js';
import { movesDensity } from '../numbers/fokker-planck.js';
import { isStep } from '../numbers/langevin.js';
import { withBinders } from '../meaning/bind.js';
import type { Bindings } from '../meaning/bindings.js';
import { keyOf, walk, type Call, type Expression, type Name } from '../read/expression.js';
import type { Reason } from '../read/problem.js';
import { headOf, noName, type Case } from './case.js';
import { isOtherCase, isSign, lettersOf, modelLetters, statedOtherwise, strangerOf } from './grounds.js';
import type { Link } from './link.js';
import { saidOfEvery } from './quantified.js';

// A red line must be sure. What the reader only assumes of letters, by the habits of the course, is no reason for one.

/** Why a link in error may be right all the same; undefined where it is surely wrong. */
export function doubtOf(link: Link, c: Case): { readonly reason: Reason; readonly message: string } | undefined {
  const { bindings } = c;
  if (link.reason === 'malformed') {
    const text = c.document.original.slice(link.span.start, link.span.end);
    const isVolume = /d\}?\s*\^/.test(text) && link.message.includes('differential');
    const isShort = link.message.includes('differential') && !/\(\s*(?:\\\w+\s*\{?\s*)?[xyz]/.test(text);
    if (bindings.course && !isVolume && !isShort && meansNothing.test(link.message) && !isEnergy(link.message, text))
      return undefined;
    return { reason: 'unsupported', message: link.message };
  }
  const trees = [c.lhs.tree, c.rhs.tree].flatMap((tree) => (tree ? [tree] : []));
  const [left, right] = trees;
  if (left === undefined || right === undefined) return undefined;
  if (link.reason === 'unused' && /^(theta|phi)/.test(link.message))
    return { reason: 'unsupported', message: 'A subscript such as θ may be a parameter here.' };
  if (isStep(left, right) || c.statement.sde || movesDensity(left)) return undefined;
  if (link.verdict === 'false') {
    if (c.statement.isCut === true)
      return { reason: 'undecided', message: 'A sum may go on from one of these displays to the next.' };
    const condition = conditionOnLetters(left, right, c);
    if (condition !== undefined) return { reason: 'undecided', message: condition };
    if (isOtherCase(left, right, c))
      return { reason: 'undecided', message: 'It was given before in other letters: this may be another case.' };
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
  if (link.reason === 'ill-typed' && !link.message.includes('bound twice') && !hasSureTypes(trees, bindings))
    return { reason: 'ill-typed', message: `${link.message} What is a vector here, the document does not say.` };
  return undefined;
}

/** p(x | y) where no noising is stated and y is no usual name of noised data: it may be anything. Labels are compared under any law. */
const isOfStranger = (x: Expression, { kernels, labels }: Bindings): boolean =>
  x.k === 'call' &&
  isDensityName(x.of) &&
  x.given.length > 0 &&
  kernels.length === 0 &&
  [...x.args, ...x.given].some((a) => a.k === 'name' && /^[yzuvw]$/i.test(a.name) && !labels.has(keyOf(a)));

/** ∫ p(y) N(x; y, σ²I) dy: y is the clean point, where the document states no noising in y. */
const averagesLabel = (x: Expression, { labels, kernels }: Bindings): boolean =>
  kernels.length === 0 &&
  x.k === 'integral' &&
  x.vars.some((v) => labels.has(keyOf(v)) || v.name === 'y') &&
  [...walk(x.of)].some((y) => y.k === 'call' && y.of.name === 'N');

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

/** A formula in letters alone, without a density, a field or a function of the document. */
const isClosedForm = (e: Expression): boolean =>
  isAlgebra(e) &&
  isComposite(e) &&
  [...walk(e)].some((x) => x.k === 'name') &&
  ![...walk(e)].some((x) => x.k === 'call' || (x.k === 'name' && isDensityName(x)));

/** A density without a condition, and a formula in letters that no formula of the document for a density has: a Gaussian that is spoken of, or any. */
function isOfUnknownLaw(e: Expression, other: Expression, c: Case): boolean {
  const isLaw = (x: Expression): boolean =>
    (x.k === 'call' && isDensityName(x.of) && x.given.length === 0) || (x.k === 'name' && isDensityName(x));
  if (![...walk(e)].some(isLaw)) return false;
  const stated = [...c.bindings.definitions.values()].filter(({ density }) => density === true);
  const known = new Set(stated.flatMap(({ body, args }) => [...args, ...lettersOf(body, c)]));
  const isPoint = (key: string): boolean => /^[xyzuv](~|_|$)/.test(key);
  return stated.length === 0 || [...lettersOf(other, c)].some((key) => !known.has(key) && !isPoint(key));
}

/** Probes of another length or law than E[v vᵀ] = I, which only the words before a formula tell. */
const lawInWords =
  /\bspher|unit (?:vector|length|norm|ball|circle)|normali[sz]ed|uniform(?:ly)? (?:on|in|over|distributed|law|random)|coordinate direction|basis vector|without replacement|球面|球上|單位|单位|均勻|均匀/i;
/** Whether every probe of the document that an average names has its law in a formula. */
const averagesStated = (trees: readonly Expression[], { probeLaws }: Bindings): boolean =>
  trees.every((tree) =>
    [...walk(tree)].every((x) => x.k !== 'name' || !isProbe(keyOf(x)) || probeLaws.some(({ key }) => key === x.name)),
  );
/** Whether words between the law that is stated for a probe and the formula name a law: "for Gaussian v". */
const lawMayHaveChanged = (trees: readonly Expression[], { bindings, document, lhs }: Case): boolean =>
  trees.some((tree) =>
    [...walk(tree)].some((x) => {
      const stated =
        x.k === 'name'
          ? bindings.probeLaws.filter(({ key, at }) => key === x.name && at < lhs.start).at(-1)
          : undefined;
      const sentence = stated && document.original.slice(stated.at, lhs.start).replace(/^[^$]*\$\$?[^.;。；\n]*/, '');
      return (
        sentence !== undefined &&
        /gauss|normal|rademacher|\bsigns?\b|spher|uniform|高斯|常態|正态|均勻|均匀|球面/i.test(sentence)
      );
    }),
  );
const isAverage = (e: Expression): boolean =>
  [...walk(e)].some((x) => x.k === 'expect' && [...walk(x)].some((y) => y.k === 'name' && isProbe(keyOf(y))));

/** The noise and probes under averages without a subscript; undefined where there is no such average. */
function bareDraws(e: Expression): string | undefined {
  const bare = [...walk(e)].filter(
    (x) => x.k === 'expect' && x.what === 'E' && x.binders.length + x.given.length === 0,
  );
  const drawn = bare.flatMap((x) =>
    [...walk(x)].flatMap((y) => (y.k === 'name' && isProbe(keyOf(y)) ? [keyOf(y)] : [])),
  );
  return bare.length === 0 ? undefined : [...new Set(drawn)].sort().join(' ');
}

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

/** ρ(x) of a regulariser: another letter than p and q that the document nowhere takes the logarithm of, averages or integrates over, or draws from. */
function isNoDensity(x: Expression, { document }: Case): boolean {
  const head = x.k === 'call' ? x.of : x.k === 'name' ? x : undefined;
  if (head === undefined || !isDensityName(head) || /^[pq]/i.test(head.name)) return false;
  const has = (e: Expression): boolean => [...withBinders(e)].some((y) => y.k === 'name' ? keyOf(y) === keyOf(head) : y.k === 'call' && keyOf(y.of) === keyOf(head)); // prettier-ignore
  const isLaw = (e: Expression): boolean =>
    (e.k === 'fn' && e.name === 'log') || e.k === 'integral'
      ? has(e)
      : e.k === 'expect' && e.binders.some(({ law }) => law !== undefined && has(law));
  return !document.statements.some(
    ({ sides, relations }) =>
      sides.some(({ tree }) => tree !== undefined && [...withBinders(tree)].some(isLaw)) ||
      relations.some(
        ({ relation }, i) =>
          (relation === '~' || relation === 'propto') &&
          sides.slice(i, i + 2).some(({ tree }) => tree !== undefined && has(tree)),
      ),
  );
}

/** p_Y and p_X: how many densities are named after a variable. */
const lawsOfVariables = (trees: readonly Expression[]): number =>
  new Set(
    trees.flatMap((tree) =>
      [...walk(tree)].flatMap((x) => {
        const head = x.k === 'name' ? x : x.k === 'call' ? x.of : undefined;
        return head !== undefined && isDensityName(head) && /^[A-Z]$/.test(head.sub) ? [keyOf(head)] : [];
      }),
    ),
  ).size;

/** "… whenever p(Rx) = p(x)": a condition behind the formula. */
const conditionBehind =
  /^[\s,，]*(?:\$\$?|\\\)|\\\])?[\s,，]*(?:if|iff|when|whenever|provided|unless|as long as|only if|assuming|under)(?![a-z])/;

/** Malformed formulas that no other reading could save. */
export const meansNothing =
  /^An expectation of nothing|relation stands inside|differential|^A brace|^A norm of nothing/;
/** `E_i` of a sum over states is no expectation of nothing. */
const isEnergy = (message: string, text: string): boolean =>
  message.startsWith('An expectation') && !/sim|\(|mathbb|mathcal|operatorname/.test(text);

/** An equation that letters are asked to fulfil (`σ_t² = β_t`, `P² = P`, `Q⊤Q = I`, `E[X] = μ`), in words; an identity in the same letters is none. */
function conditionOnLetters(left: Expression, right: Expression, c: Case): string | undefined {
  const { bindings } = c;
  for (const [side, other] of [[left, right], [right, left]] as const)
    if (isNumeral(other) && (side.k === 'name' || (side.k === 'call' && !isDensityName(side.of))))
      return 'It may say which points or numbers are spoken of.';
  const [l, r] = [lettersOf(left, c), lettersOf(right, c)];
  if ([...saidOfEvery(c)].some((letter) => l.has(letter) || r.has(letter))) return undefined;
  if (isAlgebra(left) && isAlgebra(right)) {
    const letters = new Set([...l, ...r]);
    if (![left, right].some((e) => [...walk(e)].some((x) => x.k === 'name' || x.k === 'call'))) return undefined;
    if (bindings.course && c.relation === '=' && isModel(letters, bindings)) return undefined;
    const same = l.size === r.size && [...l].every((key) => r.has(key));
    if (same && isComposite(left) && isComposite(right)) return undefined;
    return 'It may be a condition on its letters: the document does not say what they are.';
  }
  for (const [side, others] of [[left, r], [right, l]] as const) {
    const letter = aloneOn(side);
    if (letter !== undefined && isFree(letter, c) && !others.has(keyOf(letter)))
      return `It may say what ${side.k === 'name' ? letter.name : 'the letter'} stands for: nothing else in the document does.`;
  }
  for (const [side, other] of [[left, right], [right, left]] as const)
    if (side.k === 'number' && ![...walk(other)].some(isStatistical) && [...walk(other)].some(isField))
      return 'It may be a condition on the field.';
  return undefined;
} // prettier-ignore

/** Letters, numbers and what is computed of them: no function of the course, no average, no derivative. */
const isAlgebra = (e: Expression): boolean =>
  [...walk(e)].every((x) => {
    if (x.k === 'name') return fieldKey(x) === undefined && !isLossName(x);
    if (x.k === 'call')
      return isPointName(x.of) || (fieldKey(x.of) === undefined && !isDensityName(x.of) && !isLossName(x.of));
    return !['nabla', 'partial', 'expect', 'integral', 'arg'].includes(x.k);
  });

/** d = 784: the instances have other dimensions. */
const hasLargeDimension = ({ bindings }: Case): boolean =>
  ['d', 'n', 'D'].some((key) => {
    const body = bindings.definitions.get(key)?.body;
    return body?.k === 'number' && body.value > 3;
  });

/** A number, or what is computed of numbers alone. */
const isNumeral = (e: Expression): boolean => [...walk(e)].every((x) => x.k !== 'name' && x.k !== 'call');

const isField = (x: Expression): boolean =>
  (x.k === 'name' && fieldKey(x) !== undefined) || (x.k === 'call' && x.of.name !== 'N');
const isStatistical = (x: Expression): boolean =>
  x.k === 'expect' ||
  x.k === 'integral' ||
  (x.k === 'name' && isDensityName(x)) ||
  (x.k === 'call' && isDensityName(x.of));

const isComposite = (e: Expression): boolean =>
  e.k === 'group' ? isComposite(e.of) : e.k !== 'name' && e.k !== 'number' && e.k !== 'call';

/** The letter that stands alone, or squared, on a side. */
function aloneOn(e: Expression): Name | undefined {
  if (e.k === 'name') return isSign(e) ? undefined : e;
  if (e.k === 'group' && e.given.length === 0) return aloneOn(e.of);
  return e.k === 'power' && e.exponent.k === 'number' ? aloneOn(e.base) : undefined;
}

/** \mathbb R^d: the document says of what d is the dimension. */
const isDimensionOfSpace = (letter: string, text: string): boolean =>
  new RegExp(`\\\\mathbb\\s*\\{?\\s*R\\s*\\}?\\s*\\^\\s*\\{?\\s*${letter}(?![a-zA-Z])`).test(text);

/** A letter of which the document says nothing, and that no habit of the course gives a law or a role. */
function isFree(letter: Name, { bindings, document }: Case): boolean {
  const key = keyOf(letter);
  if (isDimension(letter) && isDimensionOfSpace(letter.name, document.original)) return false;
  if (fieldKey(letter) !== undefined || isDensityName(letter) || isLossName(letter) || isNoiseName(letter)) return false;
  if (isPointName(letter) && letter.name.toLowerCase() === letter.name) return false;
  return !bindings.definitions.has(key) && !modelLetters(bindings).has(key);
} // prettier-ignore

/** Whether all letters are those of the noising that the document states, so that one gives the other. */
const isModel = (letters: ReadonlySet<string>, bindings: Bindings): boolean => {
  const known = modelLetters(bindings);
  const points = [...letters].filter((key) => /^(x|y|z|u|v|w|epsilon|xi|eta)/.test(key));
  return (
    bindings.kernels.length > 0 &&
    points.length > 0 &&
    [...letters].every((key) => known.has(key) || /^epsilon(_sigma|_t)?$/.test(key))
  );
};

/** Whether the equation itself tells vectors from numbers, in letters whose kind is not in doubt. */
function hasSureTypes(trees: readonly Expression[], bindings: Bindings): boolean {
  const nodes = trees.flatMap((tree) => [...withBinders(tree)]);
  const tells = nodes.some(
    (x) =>
      ['nabla', 'transpose', 'norm', 'inner', 'matrix'].includes(x.k) ||
      (x.k === 'fn' && x.name === 'trace') ||
      (x.k === 'expect' && x.binders.length > 0) ||
      (x.k === 'name' && x.name === 'I'),
  );
  const hasMatrices = nodes.some(
    (x) => (x.k === 'fn' && x.name === 'trace') || (x.k === 'transpose' && x.of.k === 'name' && isPointName(x.of)),
  );
  // D in place of D(x; σ): which of its arguments are meant, and so what it is, is a guess.
  const isBare = (name: Name): boolean =>
    !isDensityName(name) && (bindings.definitions.get(keyOf(name))?.args.length ?? 0) > 0;
  // P and Q may be densities or matrices.
  const isSure = (name: Name): boolean =>
    !/^[PQ]$/.test(name.name) && (hasKind(name, bindings) || (hasMatrices && isMatrixName(name)));
  // u(x), H(x, v) and P = I − x xᵀ: of what kind an unknown function or a letter alone is, the equation itself may say.
  const isKnownCall = ({ of }: Call, depth = 0): boolean => {
    if (of.name === 'N' || isDensityName(of) || isLossName(of) || fieldKey(of) === 'S') return true;
    // D(x; σ) = a x + b F(c x): of what kind it is, F says.
    const body = bindings.definitions.get(keyOf(of))?.body;
    return body !== undefined && depth < 3 && [...withBinders(body)].every((x) => x.k !== 'call' || isKnownCall(x, depth + 1)); // prettier-ignore
  };
  return (
    tells &&
    !trees.some((tree, side) => isSaidToBe(tree, trees[1 - side])) &&
    nodes.every((x) => (x.k === 'name' ? isSure(x) && !isBare(x) : x.k !== 'call' || isKnownCall(x)))
  );
}

/** A letter or function alone on a side, and nowhere on the other, is what the other side says. */
const isSaidToBe = (e: Expression, other: Expression): boolean => {
  const head = headOf(e);
  const isOf = (x: Expression): boolean => head !== undefined && keyOf(headOf(x) ?? noName) === keyOf(head);
  return head !== undefined && !isLossName(head) && ![...walk(other)].some(isOf);
};

const hasKind = (x: Name, { definitions }: Bindings): boolean =>
  fieldKey(x) !== undefined ||
  isDensityName(x) ||
  isLossName(x) ||
  (isNoiseName(x) && !x.star) ||
  isPointName(x) ||
  isSign(x) ||
  /^(sigma|alpha|beta|gamma|lambda|tau|theta|phi|d|i|j|t)$/.test(x.name) ||
  definitions.has(keyOf(x));
