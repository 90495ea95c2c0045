import { type Cursor, argument, isChar, isCommand, next, peek, within } from '../cursor.js';
import type { Expression, Name } from '../expression.js';
import type { Token } from '../lexer.js';
import { nameAt, startsName, wordOf } from '../name.js';
import { Unreadable } from '../problem.js';
import { bracket, insideOf, oneName } from './brackets.js';
import { differentialAhead, startsFactor } from './lookahead.js';
import { all } from './whole.js';

/** A fraction, or a derivative written as one. */
export function fraction(c: Cursor): Expression {
  const token = next(c);
  const above = argument(c);
  const below = argument(c);
  const end = c.tokens[c.at - 1].end;
  if (
    isCommand(above[0], 'partial') ||
    (above.length <= 3 && above[0]?.text === 'd' && (below[0]?.text === 'd' || isCommand(below[0], 'mathrm')))
  ) {
    return derivative(c, token, above, below);
  }
  if (above.length === 0 || below.length === 0)
    throw new Unreadable('malformed', 'A fraction lacks a part.', { start: token.start, end });
  return { k: 'fraction', above: all(c, above), below: all(c, below), start: token.start, end };
}

/** \frac{\partial^2 f}{\partial x \partial y}, with f behind the bar where it is not above it; \frac{d}{d\sigma} the same way. */
function derivative(c: Cursor, token: Token, above: readonly Token[], below: readonly Token[]): Expression {
  const isD = (t: Token | undefined): boolean => isCommand(t, 'partial') || (t?.kind === 'letter' && t.text === 'd');
  const top = within(c, above);
  next(top);
  if (isChar(peek(top), '^')) {
    next(top);
    argument(top);
  }
  const bottom = within(c, below);
  const wrt: Expression[] = [];
  while (bottom.at < below.length) {
    if (!isD(peek(bottom)))
      throw new Unreadable('malformed', 'Expected ∂ below the bar of a derivative.', below[bottom.at]);
    next(bottom);
    const variable = isChar(peek(bottom), '(') ? bracket(bottom, '(') : nameAt(bottom);
    let times = 1;
    if (isChar(peek(bottom), '^')) {
      next(bottom);
      const word = wordOf(argument(bottom));
      if (variable.k === 'name') times = /^\d$/.test(word) ? Number(word) : 1;
    }
    for (let i = 0; i < times; i++) wrt.push(variable);
  }
  const rest = above.slice(top.at);
  let of: Expression | undefined;
  if (rest.length > 0) {
    of = all(c, rest);
    // \frac{\partial S_i}{\partial x_i}(x): taken at x.
    if (isChar(peek(c), '(') && oneName(insideOf(c))) bracket(c, '(');
  } else if (startsFactor(c)) of = c.grammar.factor(c);
  return { k: 'partial', wrt, of, start: token.start, end: c.tokens[c.at - 1].end };
}

/** ∇, ∇·, ∇² with what they act on: the next factor. */
export function nabla(c: Cursor): Expression {
  const token = next(c);
  let wrt: Name | undefined;
  let form: 'gradient' | 'divergence' | 'second' | 'laplacian' = 'gradient';
  for (;;) {
    if (isChar(peek(c), '_')) {
      next(c);
      const inner = within(c, argument(c));
      if (startsName(peek(inner))) wrt = nameAt(inner);
      if (inner.at < inner.tokens.length)
        throw new Unreadable('unsupported', 'Expected one variable under ∇.', inner.tokens[inner.at]);
    } else if (isChar(peek(c), '^')) {
      next(c);
      const word = wordOf(argument(c));
      if (word === '2') form = 'second';
      else if (word === 'T' || word === 'top') form = 'divergence';
      else throw new Unreadable('unsupported', `∇ with the exponent ${word} is not read.`, token);
    } else break;
  }
  if (isCommand(peek(c), 'cdot', 'bullet')) {
    next(c);
    form = 'divergence';
  }
  const of = startsFactor(c) && !(c.integrals > 0 && differentialAhead(c)) ? c.grammar.factor(c) : undefined;
  const span = { start: token.start, end: c.tokens[c.at - 1].end };
  const number = form === 'gradient' && of !== undefined ? transposedNumber(of) : undefined;
  return number === undefined
    ? { k: 'nabla', wrt, form, of, ...span }
    : { k: 'transpose', of: { k: 'nabla', wrt, form, of: number, ...span }, ...span };
}

/** ∇ log p ∇ log p^⊤: a logarithm and a density are numbers, so that what is transposed is the gradient. The number; undefined for anything else. */
function transposedNumber(e: Expression): Expression | undefined {
  if (e.k === 'fn' && e.name === 'log') {
    const of = e.of.k === 'transpose' ? e.of.of : undefined;
    return of && { ...e, of };
  }
  const isDensity = (x: Expression): boolean =>
    x.k === 'name' ? /^[pq]$/.test(x.name) : x.k === 'call' && isDensity(x.of);
  return e.k === 'transpose' && isDensity(e.of) ? e.of : undefined;
}

/** ∂_x of the next factor. */
export function partial(c: Cursor): Expression {
  const token = next(c);
  if (!isChar(peek(c), '_')) throw new Unreadable('unsupported', '∂ without a variable is not read.', token);
  next(c);
  const wrt = all(c, argument(c));
  const of = startsFactor(c) ? c.grammar.factor(c) : undefined;
  return { k: 'partial', wrt: [wrt], of, start: token.start, end: c.tokens[c.at - 1].end };
}
