import { type Cursor, argument, isChar, isCommand, next, peek, within } from '../cursor.js';
import type { Expression, Name } from '../expression.js';
import type { Token } from '../lexer.js';
import { nameAt, startsName } from '../name.js';
import { Unreadable } from '../problem.js';
import { startsFactor } from './lookahead.js';

/** arg min, arg max, min, max, inf of the next product. */
export function arg(c: Cursor): Expression {
  const token = next(c);
  let what = token.text.replace(/[^a-z]/g, '');
  if (what === 'arg') {
    if (!isCommand(peek(c), 'min', 'max'))
      throw new Unreadable('unsupported', 'Expected \\arg\\min or \\arg\\max.', token);
    what += next(c).text;
  }
  let wrt: Name | undefined;
  if (isChar(peek(c), '_')) {
    next(c);
    const inner = within(c, argument(c));
    if (startsName(peek(inner))) wrt = nameAt(inner);
  }
  if (!startsFactor(c)) throw new Unreadable('unsupported', `${what} of nothing.`, token);
  const of = c.grammar.product(c);
  const kind = what === 'argmax' || what === 'max' || what === 'min' ? what : what === 'inf' ? 'min' : 'argmin';
  return { k: 'arg', what: kind, wrt, of, start: token.start, end: of.end };
}

/** The same where it is an upright word. */
export function argWord(c: Cursor): Expression {
  const token = next(c);
  const fake: Token = {
    ...token,
    kind: 'command',
    text: /max/.test(token.text) ? 'argmax' : token.text.trim() === 'min' ? 'min' : 'argmin',
  };
  const inner: Cursor = { ...c, tokens: [fake, ...c.tokens.slice(c.at)], at: 0 };
  const e = arg(inner);
  c.at += inner.at - 1;
  return e;
}
