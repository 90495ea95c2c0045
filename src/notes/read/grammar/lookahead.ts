import { type Cursor, isChar, isCommand, next, peek } from '../cursor.js';
import type { Token } from '../lexer.js';
import { startsName } from '../name.js';
import type { Span } from '../span.js';
import { barOpens } from './bars.js';

/** Signs between two sides. */
export const relationTexts = new Set([
  '=',
  '<',
  '>',
  'le',
  'leq',
  'ge',
  'geq',
  'approx',
  'sim',
  'propto',
  'equiv',
  'ne',
  'neq',
  'in',
]);

const closers = new Set(['}', 'rangle', 'rVert', 'rvert', 'mid', 'rbrace', 'rbrack', 'rceil', 'rfloor', '#']);

/** A minus, in any of its forms. */
export const isMinus = (token: Token | undefined): boolean =>
  isChar(token, '-') || isCommand(token, 'minus') || isChar(token, '–');

/** Plus or minus. */
export const isSign = (token: Token | undefined): boolean => isMinus(token) || isChar(token, '+');

/** Whether a factor may start here: what closes, relates or parts does not. */
export function startsFactor(c: Cursor): boolean {
  const token = peek(c);
  if (token === undefined) return false;
  switch (token.kind) {
    case 'number':
    case 'letter':
    case 'text':
      return true;
    case 'newline':
    case 'space':
      return false;
    case 'char':
      return token.text === '(' || token.text === '[' || token.text === '{' || (token.text === '|' && barOpens(c));
    case 'command':
      if (token.text.startsWith('end:') || relationTexts.has(token.text) || closers.has(token.text)) return false;
      if (token.text === '|' || token.text === 'Vert' || token.text === 'vert') return barOpens(c);
      return true;
  }
}

/** Whether dx stands here, in any of its fonts. */
export function differentialAhead(c: Cursor): boolean {
  const token = peek(c);
  if (token === undefined) return false;
  const d = (token.kind === 'letter' && token.text === 'd') || (token.kind === 'text' && token.text.trim() === 'd');
  if (d) return startsName(peek(c, 1)) && !(peek(c, 1)?.kind === 'text');
  if (isCommand(token, 'mathrm', 'rm') && peek(c, 1)?.kind === 'letter' && peek(c, 1)?.text === 'd')
    return startsName(peek(c, 2));
  if (isCommand(token, 'mathrm', 'textrm', 'mathbf', 'rm')) {
    return isChar(peek(c, 1), '{') && peek(c, 2)?.text === 'd' && isChar(peek(c, 3), '}') && startsName(peek(c, 4));
  }
  return false;
}

/** Reads the d of a differential. */
export function skipD(c: Cursor): Span {
  const token = next(c);
  if (token.kind === 'command') c.at += isChar(peek(c), '{') ? 3 : 1;
  return token;
}
