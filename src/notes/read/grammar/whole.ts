import { type Cursor, peek, within } from '../cursor.js';
import type { Expression } from '../expression.js';
import type { Token } from '../lexer.js';
import { Unreadable } from '../problem.js';
import { relationTexts } from './lookahead.js';

/** Reads all of `tokens` as one expression. */
export function all(c: Cursor, tokens: readonly Token[]): Expression {
  const inner = within(c, tokens);
  const e = inner.grammar.sum(inner);
  if (inner.at < tokens.length) throw new Unreadable('malformed', 'Something is left over here.', tokens[inner.at]);
  return e;
}

/** A sum, or two with a relation in between: legal nowhere inside brackets, so the tree says so. */
export function related(c: Cursor): Expression {
  const a = c.grammar.sum(c);
  const token = peek(c);
  if (token !== undefined && relationTexts.has(token.text) && (token.kind === 'char' || token.kind === 'command')) {
    c.at++;
    const b = c.grammar.sum(c);
    return { k: 'related', a, b, relation: token.text, start: a.start, end: b.end };
  }
  return a;
}
