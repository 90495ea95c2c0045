import { type Cursor, argument, isChar, next, peek } from '../cursor.js';
import type { Expression, Fn, Product } from '../expression.js';
import { Unreadable } from '../problem.js';
import type { Span } from '../span.js';
import { bracket, bracketAhead } from './brackets.js';
import { differentialAhead, startsFactor } from './lookahead.js';
import { all } from './whole.js';

/** Functions by their words. */
export const functions: Readonly<Record<string, Fn['name']>> = {
  log: 'log', ln: 'log', exp: 'exp', sin: 'sin', cos: 'cos', tanh: 'tanh', det: 'det', tr: 'trace', Tr: 'trace', trace: 'trace', Trace: 'trace', sign: 'sign',
  sgn: 'sign', vec: 'vec', diag: 'diag',
}; // prettier-ignore

/** A function behind its word: \log^2 x, tr(A), log 2πσ². */
export function fn(c: Cursor, token: Span, name: Fn['name']): Expression {
  const behind = peek(c);
  if (isChar(behind, '^')) {
    // \log^2 x
    next(c);
    const exponent = all(c, argument(c));
    const of = c.grammar.factor(c);
    return {
      k: 'power',
      base: { k: 'fn', name, of, start: token.start, end: of.end },
      exponent,
      start: token.start,
      end: of.end,
    };
  }
  if (isChar(behind, '_')) throw new Unreadable('unsupported', 'A function with an index is not read.', token);
  if (!startsFactor(c)) throw new Unreadable('malformed', `${name} lacks its argument.`, token);
  // tr(A)^2 and log(x)^2 square the value, not the argument.
  const open = bracketAhead(c);
  const of = open === undefined ? multiple(c, c.grammar.factor(c)) : bracket(c, open);
  return { k: 'fn', name, of, start: token.start, end: of.end };
}

/** log 2πσ²: names behind a number belong to the argument. */
function multiple(c: Cursor, first: Expression): Expression {
  if (first.k !== 'number' || c.tokens[c.at - 1]?.kind !== 'number') return first;
  const factors: Product['factors'][number][] = [{ via: '', factor: first }];
  while (peek(c)?.kind === 'letter' && !(c.integrals > 0 && differentialAhead(c)))
    factors.push({ via: '', factor: c.grammar.factor(c) });
  const { end } = factors[factors.length - 1].factor;
  return factors.length === 1 ? first : { k: 'product', factors, start: first.start, end };
}
