import { type Cursor, isChar, isCommand, next, peek, within } from '../cursor.js';
import { depthBefore } from '../binder.js';
import type { Expression } from '../expression.js';
import type { Token } from '../lexer.js';
import { startsName } from '../name.js';
import { Unreadable } from '../problem.js';
import type { Span } from '../span.js';
import { isGivenBar, markBars } from './bars.js';
import { related } from './whole.js';

/** The round or square bracket that stands at the cursor. */
export const bracketAhead = (c: Cursor): '(' | '[' | undefined => {
  const token = peek(c);
  return isChar(token, '(') ? '(' : isChar(token, '[') ? '[' : undefined;
};

/** (a), [a | b] or (a, b), what is given behind a bar. */
export function bracket(c: Cursor, open: '(' | '['): Expression {
  const start = next(c);
  const close = open === '(' ? ')' : ']';
  return contents(c, open, until(c, open, close, start), start.start);
}

/** A group in visible braces, {a | b}; a list there is a set. */
export function braced(c: Cursor): Expression {
  const start = next(c);
  const from = c.at;
  for (let depth = 1; c.at < c.tokens.length;) {
    const token = next(c);
    if (isCommand(token, '{')) depth++;
    else if (isCommand(token, '}') && --depth === 0) {
      const e = contents(c, '{', c.tokens.slice(from, c.at - 1), start.start);
      if (e.k !== 'group' || e.of.k === 'related') throw new Unreadable('unsupported', 'Sets are not read.', start);
      return e;
    }
  }
  throw new Unreadable('malformed', 'The bracket \\{ is not closed.', start);
}

function contents(c: Cursor, open: '(' | '[' | '{', inside: readonly Token[], start: number): Expression {
  const end = c.tokens[c.at - 1].end;
  if (inside.length === 0) throw new Unreadable('malformed', 'Empty brackets.', { start, end });
  markBars(inside);
  const inner = within(c, inside);
  const items = listed(inner);
  const given: Expression[] = [];
  if (isGivenBar(peek(inner))) {
    inner.at++;
    given.push(...listed(inner));
  }
  if (inner.at < inside.length)
    throw new Unreadable('malformed', `"${inside[inner.at].text}" has no place inside the brackets.`, inside[inner.at]);
  if (items.length > 1 && open === '{') throw new Unreadable('unsupported', 'Sets are not read.', { start, end });
  if (items.length > 1) return { k: 'tuple', open: open === '[' ? '[' : '(', items, start, end };
  return { k: 'group', open, of: items[0], given, start, end };
}

/** One or more expressions between commas. */
function listed(c: Cursor): Expression[] {
  const items = [related(c)];
  while (isChar(peek(c), ',')) {
    c.at++;
    items.push(related(c));
  }
  return items;
}

/** The inner product ⟨a, b⟩. */
export function innerProduct(c: Cursor): Expression {
  const token = next(c);
  const a = c.grammar.sum(c);
  if (!isChar(peek(c), ',')) {
    if (!isCommand(peek(c), 'rangle'))
      throw new Unreadable('malformed', 'An inner product ⟨a, b⟩ lacks its comma or its end.', token);
    throw new Unreadable('unsupported', 'Angle brackets around one thing are not read.', token);
  }
  next(c);
  const b = c.grammar.sum(c);
  if (!isCommand(peek(c), 'rangle')) throw new Unreadable('malformed', 'The bracket ⟨ is not closed.', token);
  return { k: 'inner', a, b, start: token.start, end: next(c).end };
}

/** ‖…‖ and |…|, opened and closed by the same mark or by a left and a right one. */
export function norm(c: Cursor): Expression {
  const open = next(c);
  let kind: 1 | 2 = isCommand(open, '|', 'lVert', 'Vert') ? 2 : 1;
  if (kind === 1 && isChar(open, '|') && isChar(peek(c), '|') && peek(c)?.start === open.end) {
    c.at++;
    kind = 2;
  }
  const double = isChar(open, '|') && kind === 2;
  const closes = (i: number): boolean => {
    const token = c.tokens[i];
    if (isCommand(open, 'lVert')) return isCommand(token, 'rVert');
    if (isCommand(open, 'lvert')) return isCommand(token, 'rvert');
    if (double) return isChar(token, '|') && isChar(c.tokens[i + 1], '|');
    if (isCommand(open, '|', 'Vert')) return isCommand(token, '|', 'Vert', 'rVert');
    return isChar(token, '|') || isCommand(token, 'vert');
  };
  const from = c.at;
  let depth = 0;
  for (; c.at < c.tokens.length; c.at++) {
    const token = c.tokens[c.at];
    if (depth === 0 && closes(c.at)) {
      const inside = c.tokens.slice(from, c.at);
      c.at += double ? 2 : 1;
      const end = c.tokens[c.at - 1].end;
      if (inside.length === 0) throw new Unreadable('malformed', 'A norm of nothing.', { start: open.start, end });
      const inner = within(c, inside);
      const of = related(inner);
      if (inner.at < inside.length)
        throw new Unreadable('malformed', `"${inside[inner.at].text}" has no place inside the norm.`, inside[inner.at]);
      return { k: 'norm', of, bars: kind, start: open.start, end };
    }
    if (token.kind === 'char' && '([{'.includes(token.text)) depth++;
    else if (token.kind === 'char' && ')]}'.includes(token.text)) depth--;
    if (isCommand(token, 'lVert') && isCommand(open, 'lVert')) depth++;
    else if (isCommand(token, 'rVert') && isCommand(open, 'lVert')) depth--;
  }
  if (c.tokens.slice(from).some((token) => isCommand(token, 'rangle')))
    throw new Unreadable('unsupported', 'Kets |ψ⟩ are not read.', open);
  throw new Unreadable('malformed', 'A norm or absolute value is not closed.', open);
}

/** The tokens up to the bracket that closes the one just read; the cursor stands behind it. */
export function until(c: Cursor, open: string, close: string, start: Span): readonly Token[] {
  const from = c.at;
  let depth = 1;
  let braces = 0;
  while (c.at < c.tokens.length) {
    const token = c.tokens[c.at++];
    if (token.kind === 'char') {
      if (token.text === '{') braces++;
      else if (token.text === '}') braces--;
      else if (braces > 0) continue;
      else if (token.text === open) depth++;
      else if (token.text === close && --depth === 0) return c.tokens.slice(from, c.at - 1);
    }
  }
  throw new Unreadable('malformed', `The bracket ${open} is not closed.`, start);
}

/** Whether brackets hold a single name with its index. */
export const oneName = (inside: readonly Token[]): boolean =>
  inside.length > 0 &&
  inside.length <= 6 &&
  startsName(inside[0]) &&
  inside.every(
    ({ kind, text }) => kind === 'letter' || kind === 'number' || kind === 'command' || '_{}'.includes(text),
  );

/** Whether a mark stands in a list of tokens, outside of all brackets in it. */
export const hasAt = (tokens: readonly Token[], mark: string): boolean =>
  tokens.some((token, i) => isChar(token, mark) && depthBefore(tokens, i) === 0);

/** The tokens between the round bracket at the cursor and its partner; the cursor stays. */
export function insideOf(c: Cursor): readonly Token[] {
  const probe: Cursor = { ...c };
  const open = next(probe);
  try {
    return until(probe, '(', ')', open);
  } catch {
    return [];
  }
}
