import { walk } from '../read/expression.js';
import type { Case } from './case.js';
import type { Link } from './link.js';

// Formulas that cannot mean anything, whatever their letters are.

/** Messages about malformed formulas that no other reading could save. */
export const meansNothing =
  /^An expectation of nothing|relation stands inside|differential|^A brace|^A norm of nothing/;

/** Whether a malformed link is surely its author's mistake, and no notation that the reader does not know. */
export function isSurelyMalformed({ message, span }: Link, { bindings, document, lhs, rhs }: Case): boolean {
  const text = document.original.slice(span.start, span.end);
  if (!bindings.course || !meansNothing.test(message)) return false;
  if (message.startsWith('An expectation')) return !isEnergy(text);
  // P[X ≥ r] is a probability, ‖A = B‖ is nothing.
  if (message.startsWith('A relation')) return [lhs, rhs].some(({ tree }) => tree !== undefined && [...walk(tree)].some((x) => x.k === 'norm' && x.bars === 2 && [...walk(x)].some((y) => y.k === 'related'))); // prettier-ignore
  if (!message.includes('differential')) return true;
  const side = [lhs, rhs].find(({ start, end }) => span.start >= start && span.end <= end) ?? rhs;
  const goesOn = /^[\s,，\\;:!]*(?:\\(?:mathrm|textrm|text|rm)\s*\{?\s*)?d\s*[\\{a-zA-Z]/.test(
    document.original.slice(side.end, side.end + 20),
  );
  // ∫ p log p and ∫ (x³ + 1) are short for what the context says; a formula of densities and fields at a point is not.
  return !goesOn && !hasMeasure(side.tokens.map((token) => token.text)) && /\\\||Vert|nabla|[pqSs](?:_\S{0,12})?\s*\(/.test(text) && /\(\s*(?:\\\w+\s*\{?\s*)?[xyz]/.test(text); // prettier-ignore
}

/** `E_i` of a sum over states, and δℰ/δρ: no expectation. */
const isEnergy = (text: string): boolean => !text.includes('_') || !/sim|\(|mathbb|mathcal|operatorname/.test(text);

/** Whether each integral sign has a d, of whatever it is: dμ(x), dq_t(θ), d^dx. */
const hasMeasure = (tokens: readonly string[]): boolean => {
  const signs = tokens.reduce((n, text) => n + (text === 'int' ? 1 : text === 'iint' ? 2 : 0), 0);
  return tokens.filter((text) => text === 'd').length >= signs;
};
