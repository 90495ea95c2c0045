import { fieldKey, isDensityName, isDimension, isLossName, isNoiseName, isPointName } from '../meaning/vocabulary.js';
import type { Bindings } from '../meaning/bindings.js';
import { keyOf, walk, type Expression, type Name } from '../read/expression.js';
import type { Case } from './case.js';
import { isSign, lettersOf, modelLetters } from './grounds.js';
import { saidOfEvery } from './quantified.js';

// "σ_t² = β_t", "P² = P": equations that letters are asked to fulfil, and no claims.

/** An equation that letters are asked to fulfil (`σ_t² = β_t`, `P² = P`, `Q⊤Q = I`, `E[X] = μ`), in words; an identity in the same letters is none. */
export function conditionOnLetters(left: Expression, right: Expression, c: Case): string | undefined {
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
export const isAlgebra = (e: Expression): boolean =>
  [...walk(e)].every((x) => {
    if (x.k === 'name') return fieldKey(x) === undefined && !isLossName(x);
    if (x.k === 'call')
      return isPointName(x.of) || (fieldKey(x.of) === undefined && !isDensityName(x.of) && !isLossName(x.of));
    return !['nabla', 'partial', 'expect', 'integral', 'arg'].includes(x.k);
  });

export const isComposite = (e: Expression): boolean =>
  e.k === 'group' ? isComposite(e.of) : e.k !== 'name' && e.k !== 'number' && e.k !== 'call';

/** Whether all letters are those of the noising that the document states, so that one gives the other. */
export const isModel = (letters: ReadonlySet<string>, bindings: Bindings): boolean => {
  const known = modelLetters(bindings);
  const points = [...letters].filter((key) => /^(x|y|z|u|v|w|epsilon|xi|eta)/.test(key));
  return (
    bindings.kernels.length > 0 &&
    points.length > 0 &&
    [...letters].every((key) => known.has(key) || /^epsilon(_sigma|_t)?$/.test(key))
  );
};

const isField = (x: Expression): boolean =>
  (x.k === 'name' && fieldKey(x) !== undefined) || (x.k === 'call' && x.of.name !== 'N');

const isStatistical = (x: Expression): boolean =>
  x.k === 'expect' ||
  x.k === 'integral' ||
  (x.k === 'name' && isDensityName(x)) ||
  (x.k === 'call' && isDensityName(x.of));

/** A number, or what is computed of numbers alone. */
const isNumeral = (e: Expression): boolean => [...walk(e)].every((x) => x.k !== 'name' && x.k !== 'call');

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
