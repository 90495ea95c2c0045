import { type Cursor, isChar, isCommand, next, peek } from '../cursor.js';
import type { Expression } from '../expression.js';
import { Unreadable } from '../problem.js';
import { all } from './whole.js';

/** The rows of a matrix environment. */
export function matrix(c: Cursor): Expression {
  const token = next(c);
  const name = token.text.slice('begin:'.length);
  if (!/^[bpvBV]?matrix\*?$|^smallmatrix$|^array$/.test(name))
    throw new Unreadable('unsupported', `The environment ${name} is not read.`, token);
  const rows: Expression[][] = [[]];
  for (;;) {
    const t = peek(c);
    if (t === undefined) throw new Unreadable('malformed', `\\begin{${name}} is not closed.`, token);
    if (isCommand(t, `end:${name}`)) {
      next(c);
      break;
    }
    if (t.kind === 'newline') {
      next(c);
      rows.push([]);
    } else if (isChar(t, '&')) next(c);
    else rows[rows.length - 1].push(cell(c));
  }
  const filled = rows.filter((row) => row.length > 0);
  if (filled.length === 0) throw new Unreadable('malformed', 'A matrix without entries.', token);
  return { k: 'matrix', rows: filled, start: token.start, end: c.tokens[c.at - 1].end };
}

function cell(c: Cursor): Expression {
  const from = c.at;
  let depth = 0;
  let end = c.at;
  for (; end < c.tokens.length; end++) {
    const t = c.tokens[end];
    if (depth === 0 && (t.kind === 'newline' || isChar(t, '&') || (t.kind === 'command' && t.text.startsWith('end:'))))
      break;
    if (t.kind === 'command' && t.text.startsWith('begin:')) depth++;
    if (t.kind === 'command' && t.text.startsWith('end:')) depth--;
  }
  c.at = end;
  return all(c, c.tokens.slice(from, end));
}
