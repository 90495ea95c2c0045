import type { Cursor, ReadingContext } from './cursor.js';
import type { Expression } from './expression.js';
import { factor, postfix, product, sum } from './grammar/operators.js';
import type { Token } from './lexer.js';
import { Unreadable } from './problem.js';

/** The side of an equation as a tree: a sum of products of factors. Throws {@link Unreadable} with the offending span. */
export function parseSide(tokens: readonly Token[], context: ReadingContext): Expression {
  const c: Cursor = { tokens, at: 0, integrals: 0, depth: 0, context, grammar: { sum, product, factor, postfix } };
  const e = sum(c);
  if (c.at < tokens.length) {
    const token = tokens[c.at];
    throw new Unreadable('malformed', `"${token.text}" has no partner or no place here.`, token);
  }
  return e;
}
