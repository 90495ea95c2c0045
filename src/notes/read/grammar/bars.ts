import { type Cursor, isChar, isCommand, peek } from '../cursor.js';
import type { Token } from '../lexer.js';

/** Token lists in which a bar parts what is given from what is not, single or double. */
const parting = { single: new WeakSet<readonly Token[]>(), double: new WeakSet<readonly Token[]>() };

/** A bar opens a norm where a factor may start, but for the odd one in brackets: p(x | y), KL(p ‖ q). */
export function barOpens(c: Cursor): boolean {
  const double = isCommand(peek(c), '|', 'Vert') || isChar(peek(c, 1), '|');
  return !(double ? parting.double : parting.single).has(c.tokens);
}

/** Notes of the tokens in a pair of brackets whether a bar is left over in them. */
export function markBars(inside: readonly Token[]): void {
  let depth = 0;
  let single = 0;
  let double = 0;
  inside.forEach((token, i) => {
    if (token.kind === 'char' && '([{'.includes(token.text)) depth++;
    else if (token.kind === 'char' && ')]}'.includes(token.text)) depth--;
    else if (depth > 0) return;
    else if (isCommand(token, '|', 'Vert')) double++;
    else if (isChar(token, '|')) {
      if (isChar(inside[i + 1], '|') && inside[i + 1].start === token.end) double++;
      else if (!(isChar(inside[i - 1], '|') && inside[i - 1].end === token.start)) single++;
    } else if (isCommand(token, 'vert')) single++;
  });
  if (single % 2 === 1) parting.single.add(inside);
  if (double % 2 === 1) parting.double.add(inside);
}

/** A bar with what is given behind it. */
export const isGivenBar = (token: Token | undefined): boolean =>
  isChar(token, '|') || isCommand(token, 'mid', 'vert', 'lvert', 'rvert', 'middle');
