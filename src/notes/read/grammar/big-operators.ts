import { type Cursor, argument, isChar, isCommand, next, peek } from '../cursor.js';
import { keyOf, type Expression, type Name } from '../expression.js';
import { nameAt, wordOf } from '../name.js';
import { Unreadable } from '../problem.js';
import { differentialAhead, isMinus, skipD } from './lookahead.js';
import { all } from './whole.js';

/** ∫ up to its differential, which may stand first; as many differentials as signs. */
export function integral(c: Cursor): Expression {
  const token = next(c);
  const signs = { int: 1, oint: 1, iint: 2, iiint: 3 }[token.text] ?? 1;
  let low: Expression | undefined;
  let high: Expression | undefined;
  let domain = '';
  while (isChar(peek(c), '_') || isChar(peek(c), '^')) {
    const mark = next(c);
    const inside = argument(c);
    const word = wordOf(inside);
    const over = inside.findIndex((t) => isCommand(t, 'in'));
    const place = over < 0 ? word : wordOf(inside.slice(over + 1));
    if (/^(R|Omega|mathbbR|X|-infty|infty|\+infty|minusinfty)/.test(place.replace(/[{}^]/g, ''))) domain = word;
    else if (over >= 0) throw new Unreadable('unsupported', 'This domain of integration is not read.', token);
    else if (mark.text === '_') low = all(c, inside);
    else high = all(c, inside);
  }
  c.integrals++;
  const vars: Name[] = [];
  const takeDifferentials = (most: number): void => {
    while (vars.length < most && differentialAhead(c)) {
      skipD(c);
      vars.push(nameAt(c));
    }
  };
  takeDifferentials(signs);
  const inFront = vars.length === signs;
  const of = inFront ? c.grammar.product(c) : c.grammar.sum(c);
  if (!inFront) takeDifferentials(signs);
  c.integrals--;
  const end = c.tokens[c.at - 1].end;
  if (vars.length < signs) {
    throw new Unreadable(
      'malformed',
      `${signs === 1 ? 'An integral' : `${signs} integral signs`} without ${signs === 1 ? 'a' : 'as many'} differential${signs === 1 ? '' : 's'} such as dx.`,
      { start: token.start, end },
    );
  }
  // \int_x … dx runs over all x.
  if (low?.k === 'name' && high === undefined && vars.map(keyOf).includes(keyOf(low))) low = undefined;
  const bounded = low !== undefined && high !== undefined && domain === '';
  if (!bounded && (low !== undefined || high !== undefined))
    throw new Unreadable('unsupported', 'This domain of integration is not read.', token);
  return {
    k: 'integral',
    vars,
    of,
    limits: bounded ? { low: low as Expression, high: high as Expression } : undefined,
    start: token.start,
    end,
  };
}

/** A product, or one with a minus in front, as in Σ −x log x. */
function signed(c: Cursor): Expression {
  if (!isMinus(peek(c))) return c.grammar.product(c);
  const { start } = next(c);
  const term = c.grammar.product(c);
  return { k: 'sum', terms: [{ sign: -1, term, signAt: start }], start, end: term.end };
}

/** Σ and Π over the next product. */
export function series(c: Cursor, what: 'sum' | 'prod'): Expression {
  const token = next(c);
  let index = '';
  let low: Expression | undefined;
  let high: Expression | undefined;
  while (isChar(peek(c), '_') || isChar(peek(c), '^')) {
    const mark = next(c);
    const inside = argument(c);
    if (mark.text === '^') high = all(c, inside);
    else {
      const at = inside.findIndex((t) => isChar(t, '='));
      index = wordOf(at >= 0 ? inside.slice(0, at) : inside);
      if (at >= 0) low = all(c, inside.slice(at + 1));
    }
  }
  const of = signed(c);
  return { k: 'series', what, index, low, high, of, start: token.start, end: of.end };
}
