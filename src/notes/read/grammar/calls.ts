import { densityLetters } from '../binder.js';
import { type Cursor, isChar, isCommand, next, peek, within } from '../cursor.js';
import type { Expression, Name } from '../expression.js';
import { Unreadable } from '../problem.js';
import { isGivenBar, markBars } from './bars.js';
import { hasAt, insideOf, oneName, until } from './brackets.js';
import { related } from './whole.js';

const functionNames = new Set(
  'p q P Q S s f g h F G H D L J N Z U V W E psi phi Psi Phi rho KL score Loss loss M B R H T'.split(' '),
);

/** Whether `name(` is a call: functions of the course always, other names where the brackets hold one variable. */
export function callable(name: Name, c: Cursor): boolean {
  if (name.font === 'text' || name.font === 'cal') return true;
  const base = name.name.replace(/[~^\-.]+$/, '');
  const inside = insideOf(c);
  // I(X; Y), u(x, t): no factor is a list.
  if (hasAt(inside, ';') || hasAt(inside, ',')) return true;
  // p (∇·f) and p (Δ log p + ‖∇ log p‖²) are products, and so is g² (Δ log p + …): nothing is taken at a derivative.
  const derived = inside.some((token) => isCommand(token, 'nabla', 'partial') || token.text === 'Delta');
  if (derived && (densityLetters.has(name.name) || base === 'g')) return false;
  // γ(0): nobody writes a product with a number so.
  if (inside.length === 1 && inside[0].kind === 'number') return true;
  if (functionNames.has(base) || densityLetters.has(name.name)) {
    // M(x - y) may be a product; p(x - y) is a density.
    return !['M', 'B', 'R', 'H', 'T', 'V', 'U', 'W'].includes(base) || oneName(inside);
  }
  if (name.sub.includes('theta') || name.name.endsWith('^')) return true;
  return (
    oneName(inside) &&
    (/^([tsi]|sigma|tau)$/.test(inside[0].text) ||
      /^(alpha|beta|gamma|sigma|lambda|eta|mu)-?$/.test(name.name) === false)
  );
}

/** f(args | given; params), KL(p ‖ q). */
export function callOf(c: Cursor, of: Name): Expression {
  const open = next(c);
  const inside = until(c, '(', ')', open);
  const end = c.tokens[c.at - 1].end;
  const inner = within(c, inside);
  markBars(inside);
  const lists: Expression[][] = [[], [], []];
  let into = 0;
  let bars = false;
  while (inner.at < inside.length) {
    const item = related(inner);
    if (item.k === 'related') throw new Unreadable('unsupported', 'A relation among arguments is not read.', item);
    lists[into].push(item);
    const token = peek(inner);
    if (token === undefined) break;
    if (isChar(token, ',')) inner.at++;
    else if (isChar(token, ';')) {
      inner.at++;
      into = 2;
    } else if (isCommand(token, '|', 'Vert', 'parallel') || (isChar(token, '|') && isChar(peek(inner, 1), '|'))) {
      inner.at += isChar(token, '|') ? 2 : 1;
      bars = true;
    } else if (isGivenBar(token)) {
      inner.at++;
      into = 1;
    } else throw new Unreadable('malformed', `"${token.text}" has no place among the arguments.`, token);
  }
  if (lists[0].length === 0)
    throw new Unreadable('malformed', `${of.name} is called without arguments.`, { start: of.start, end });
  return { k: 'call', of, args: lists[0], given: lists[1], params: lists[2], bars, start: of.start, end };
}
