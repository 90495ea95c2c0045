import type { Link } from './link.js';
import type { Case } from './case.js';

// Formulas that cannot mean anything, whatever their letters are.

/** Messages about malformed formulas that no other reading could save. */
export const meansNothing =
  /^An expectation of nothing|relation stands inside|differential|^A brace|^A norm of nothing/;

/** Whether a malformed link is surely its author's mistake, and no notation that the reader does not know. */
export function isSurelyMalformed({ message, span }: Link, { bindings, document, lhs, rhs }: Case): boolean {
  const text = document.original.slice(span.start, span.end);
  if (!bindings.course || !meansNothing.test(message)) return false;
  if (message.startsWith('An expectation')) return !isEnergy(text);
  if (!message.includes('differential')) return true;
  const side = [lhs, rhs].find(({ start, end }) => span.start >= start && span.end <= end) ?? rhs;
  return !hasMeasure(side.tokens.map((token) => token.text)) && /\(\s*(?:\\\w+\s*\{?\s*)?[xyz]/.test(text);
}

/** `E_i` of a sum over states, and δℰ/δρ: no expectation. */
const isEnergy = (text: string): boolean => !text.includes('_') || !/sim|\(|mathbb|mathcal|operatorname/.test(text);

/** Whether each integral sign has a d, of whatever it is: dμ(x), dq_t(θ), d^dx. */
const hasMeasure = (tokens: readonly string[]): boolean => {
  const signs = tokens.reduce((n, text) => n + (text === 'int' ? 1 : text === 'iint' ? 2 : 0), 0);
  return tokens.filter((text) => text === 'd').length >= signs;
};
