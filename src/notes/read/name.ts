import type { Name } from './expression.js';
import type { Token } from './lexer.js';
import { argument, isChar, isCommand, next, peek, within, type Cursor } from './cursor.js';
import { Unreadable } from './problem.js';
import { matching } from './tidy.js';

const accents: Readonly<Record<string, string>> = {
  tilde: '~', widetilde: '~', bar: '-', overline: '-', hat: '^', widehat: '^', vec: '', dot: '.', check: 'v', breve: 'u',
}; // prettier-ignore
const fonts: Readonly<Record<string, Name['font']>> = {
  mathbb: 'bb', mathds: 'bb', mathcal: 'cal', mathscr: 'cal', mathfrak: 'cal', cal: 'cal', mathbf: '', boldsymbol: '', bm: '', bold: '', mathrm: '', mathit: '', mathsf: '',
  mathtt: '', pmb: '', symbf: '', bf: '', rm: '', mathnormal: '', mathbfit: '',
}; // prettier-ignore

/** Whether a name starts here: a letter, an accent, a font, or an upright word. */
export const startsName = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'letter' ||
    token.kind === 'text' ||
    (token.kind === 'command' && (token.text in accents || token.text in fonts)));

/** The bare letter with accents and font, without subscript; `\mathbb{E_{x}}` leaves the subscript to be read next. */
export function letterAt(c: Cursor): {
  name: string;
  font: Name['font'];
  start: number;
  end: number;
  rest: readonly Token[];
} {
  const token = next(c);
  if (token.kind === 'letter') return { name: token.text, font: '', start: token.start, end: token.end, rest: [] };
  if (token.kind === 'text')
    return { name: token.text.trim(), font: 'text', start: token.start, end: token.end, rest: [] };
  const from = c.at;
  const inside = argument(c);
  const end = c.tokens[c.at - 1].end;
  if (token.kind === 'command' && token.text in accents) {
    const inner = within(c, inside);
    const read = letterAt(inner);
    // `\bar{\alpha_t}` is `\bar\alpha_t`.
    return {
      ...read,
      name: read.name + accents[token.text],
      start: token.start,
      end,
      rest: inner.tokens.slice(inner.at),
    };
  }
  if (token.kind === 'command' && token.text in fonts) {
    const font = fonts[token.text];
    if (inside.length > 1 && inside.every(({ kind }) => kind === 'letter' || kind === 'number')) {
      const word = inside.map(({ text }) => text).join('');
      return { name: word, font: 'text', start: token.start, end, rest: [] };
    }
    const inner = within(c, inside);
    if (!startsName(peek(inner))) {
      if (inside.length === 1 && inside[0].kind === 'number')
        return { name: inside[0].text, font: 'text', start: token.start, end, rest: [] };
      throw new Unreadable('malformed', `Expected a letter after \\${token.text}.`, c.tokens[from] ?? token);
    }
    const read = letterAt(inner);
    return {
      ...read,
      font: font === '' ? read.font : font,
      start: token.start,
      end,
      rest: inner.tokens.slice(inner.at),
    };
  }
  throw new Unreadable('malformed', `Expected a name, found ${token.text}.`, token);
}

/** A subscript as a word: fonts, braces and blanks gone, accents behind. */
export function wordOf(tokens: readonly Token[]): string {
  let word = '';
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token.kind === 'text') word += token.text.trim();
    else if (token.kind === 'command' && token.text in accents) {
      const close = isChar(tokens[i + 1], '{') ? matching(tokens, i + 1) : i + 1;
      word += wordOf(tokens.slice(i + 1, close + 1)) + accents[token.text];
      i = close;
    } else if (token.kind === 'command' && (token.text in fonts || token.text === '|')) continue;
    else if (token.kind === 'char' && (token.text === '{' || token.text === '}')) continue;
    else if (token.kind === 'space') continue;
    else word += token.text;
  }
  return word;
}

/** A name with subscript and star; the cursor stands behind both. Superscripts other than a star are left. */
export function nameAt(c: Cursor): Name {
  const read = letterAt(c);
  let { end } = read;
  let sub = '';
  let star = false;
  if (read.rest.length > 0 && isChar(read.rest[0], '_')) sub = wordOf(read.rest.slice(1));
  for (;;) {
    if (isChar(peek(c), '_') && sub === '') {
      next(c);
      sub = wordOf(argument(c));
      end = c.tokens[c.at - 1].end;
    } else if (isChar(peek(c), '^') && (isChar(peek(c, 1), '*') || isCommand(peek(c, 1), 'ast', 'star'))) {
      c.at += 2;
      star = true;
      end = c.tokens[c.at - 1].end;
    } else if (isChar(peek(c), '^') && sideOf(c) !== undefined) {
      // m_k^- and 0^+: a name of its own.
      sub += `^${sideOf(c)}`;
      next(c);
      argument(c);
      end = c.tokens[c.at - 1].end;
    } else break;
  }
  return { k: 'name', name: read.name, sub, font: read.font, star, start: read.start, end };
}

/** The sign that a superscript is made of alone; σ^-2 is a power without braces. */
function sideOf(c: Cursor): '-' | '+' | undefined {
  const braces = isChar(peek(c, 1), '{');
  const sign = peek(c, braces ? 2 : 1);
  if (!isChar(sign, '-') && !isChar(sign, '+')) return undefined;
  const behind = peek(c, braces ? 3 : 2);
  if (braces ? !isChar(behind, '}') : behind?.kind === 'number' || behind?.kind === 'letter') return undefined;
  return isChar(sign, '-') ? '-' : '+';
}
