import { type Cursor, argument, deeper, here, isChar, isCommand, next, peek } from '../cursor.js';
import {
  keyOf,
  walk,
  type Call,
  type Expression,
  type Group,
  type Name,
  type Product,
  type Sum,
} from '../expression.js';
import type { Token } from '../lexer.js';
import { wordOf } from '../name.js';
import { Unreadable } from '../problem.js';
import { prefix } from './atoms.js';
import { insideOf, oneName } from './brackets.js';
import { callOf, callable } from './calls.js';
import { differentialAhead, isMinus, isSign, startsFactor } from './lookahead.js';
import { all } from './whole.js';

/** Terms between signs; a line break in front of a sign goes on. */
export function sum(c: Cursor): Expression {
  return deeper(c, () => {
    const first = here(c);
    const terms: { sign: 1 | -1; term: Expression; signAt: number }[] = [];
    let sign: 1 | -1 = 1;
    let signAt = -1;
    // A leading sign, or two as in `= -(-x)`.
    while (isSign(peek(c))) {
      if (isMinus(peek(c))) sign = sign === 1 ? -1 : 1;
      signAt = next(c).start;
    }
    for (;;) {
      skipBreaks(c);
      terms.push({ sign, term: product(c), signAt });
      if (c.integrals > 0 && differentialAhead(c)) break;
      skipBreaks(c);
      const token = peek(c);
      if (!isSign(token)) break;
      sign = isMinus(token) ? -1 : 1;
      signAt = next(c).start;
      // `+ \dots +` leaves the sign to the next term.
      while (isSign(peek(c))) {
        if (isMinus(peek(c))) sign = sign === 1 ? -1 : 1;
        next(c);
      }
    }
    const end = c.tokens[Math.max(0, c.at - 1)]?.end ?? first.end;
    if (terms.length === 1 && terms[0].sign === 1) return terms[0].term;
    const sumNode: Sum = { k: 'sum', terms, start: Math.min(first.start, terms[0].term.start), end };
    return sumNode;
  });
}

/** Line breaks and wide spaces inside a formula go on. */
function skipBreaks(c: Cursor): void {
  while (peek(c)?.kind === 'newline' || peek(c)?.kind === 'space') {
    if (peek(c)?.kind === 'newline' && c.depth < 0) break;
    c.at++;
  }
}

/** Factors side by side, or between dots, crosses and slashes; order is kept, since matrices do not commute. */
export function product(c: Cursor): Expression {
  const start = here(c).start;
  const factors: { via: Product['factors'][number]['via']; factor: Expression }[] = [];
  let via: Product['factors'][number]['via'] = '';
  for (;;) {
    while (peek(c)?.kind === 'space') c.at++;
    const token = peek(c);
    if (isCommand(token, 'cdot', 'times', 'bullet', 'ast')) {
      via = isCommand(token, 'times') ? 'times' : 'cdot';
      c.at++;
      while (peek(c)?.kind === 'newline') c.at++;
      continue;
    }
    if (isChar(token, '/')) {
      via = '/';
      c.at++;
      continue;
    }
    if (!startsFactor(c)) break;
    if (c.integrals > 0 && factors.length > 0 && differentialAhead(c)) break;
    factors.push({ via, factor: factor(c) });
    via = '';
  }
  if (factors.length === 0 || via !== '') {
    const where = here(c);
    throw new Unreadable('malformed', 'A term is missing here.', where);
  }
  if (factors.length === 1) return factors[0].factor;
  return { k: 'product', factors, start, end: factors[factors.length - 1].factor.end };
}

/** A factor with what stands behind it: powers, transposes, subscripts of brackets. */
export function factor(c: Cursor): Expression {
  return deeper(c, () => postfix(c, prefix(c)));
}

/** Powers, transposes and indices behind what was read. */
export function postfix(c: Cursor, read: Expression): Expression {
  let e = read;
  for (;;) {
    const token = peek(c);
    if (isChar(token, '^')) {
      c.at++;
      const exponent = argument(c);
      const end = c.tokens[c.at - 1].end;
      const word = wordOf(exponent);
      if (['T', 'top', 'intercal', 'tr', 'mathrm{tr}', 'transpose'].includes(word))
        e = { k: 'transpose', of: e, start: e.start, end };
      else if (/^(?:prime)+$/.test(word) && (e.k === 'name' || e.k === 'group') && c.context.line === true)
        e = primed(c, e, word.length / 'prime'.length);
      else if (/^(?:prime)+$/.test(word) || word === 'dagger')
        throw new Unreadable('unsupported', `A superscript ${word} is not read.`, token as Token);
      else e = { k: 'power', base: e, exponent: all(c, exponent), start: e.start, end };
    } else if (isChar(token, '_')) {
      c.at++;
      const sub = wordOf(argument(c));
      const end = c.tokens[c.at - 1].end;
      // ‖·‖_2 and |·|_2 are the norm; ‖·‖_F is the root of the sum of the squares of all entries.
      if (e.k === 'norm' || (e.k === 'power' && e.base.k === 'norm')) {
        if (sub !== '2' && sub !== 'F')
          throw new Unreadable('unsupported', `The norm with index ${sub} is not read.`, { start: e.start, end });
        e = { ...e, end };
      } else e = { k: 'indexed', of: e, sub, start: e.start, end };
    } else if (isChar(token, "'") && (e.k === 'name' || e.k === 'group') && c.context.line === true) {
      let times = 0;
      for (; isChar(peek(c), "'"); times++) c.at++;
      e = primed(c, e, times);
    } else if (isChar(token, "'")) {
      throw new Unreadable('unsupported', 'A prime is not read: it may be a derivative or a name.', token as Token);
    } else if (isChar(token, '!')) {
      throw new Unreadable('unsupported', 'A factorial is not read.', token as Token);
    } else if (e.k === 'power' && e.base.k === 'name' && isChar(token, '(') && callable(e.base, c)) {
      // g^2(t) is g(t)^2.
      const call = callOf(c, e.base);
      e = { ...e, base: call, end: call.end };
    } else return e;
  }
}

/**
 * f′(x), f″(x), (log p)′(x) and (log p(x))′, behind the primes: the derivative in the variable in brackets, or in the only one of the group. Throws
 * {@link Unreadable} where there is none.
 */
function primed(c: Cursor, primeOf: Name | Group, times: number): Expression {
  let of: Name | Group = primeOf;
  if (of.k === 'name' && isChar(peek(c), '_') && of.sub === '') {
    c.at++;
    of = { ...of, sub: wordOf(argument(c)) };
  }
  const isTaken = isChar(peek(c), '(') && oneName(insideOf(c));
  const inner = of.k === 'group' ? [...walk(of.of)].flatMap((x) => (x.k === 'call' ? x.args : [])) : [];
  const [alone, ...others] = new Set(inner.map((x) => (x.k === 'name' ? keyOf(x) : '')));
  const call = isTaken ? callOf(c, of.k === 'name' ? of : nobody(of)) : undefined;
  const variable = call?.k === 'call' ? call.args[0] : others.length === 0 && alone !== '' ? inner.at(0) : undefined;
  if (variable === undefined || (of.k === 'name' && call === undefined))
    throw new Unreadable('unsupported', "A prime is read in front of one variable in brackets, as in p'(x).", primeOf);
  const taken = call?.k !== 'call' ? of : of.k === 'name' ? call : takenAt(of.of, call);
  const end = call?.end ?? c.tokens[c.at - 1].end;
  return { k: 'partial', wrt: Array.from({ length: times }, () => variable), of: taken, start: primeOf.start, end };
}

/** (log p)(x) is log p(x): what its letters are functions of, the brackets behind say. Throws {@link Unreadable} for other functions of functions. */
function takenAt(e: Expression, at: Call): Expression {
  if (e.k === 'name') return { ...at, of: e, start: e.start, end: e.end };
  if (e.k === 'fn') return { ...e, of: takenAt(e.of, at) };
  throw new Unreadable('unsupported', 'Only the derivative of one function, or of its logarithm, is read so.', e);
}

/** A name for what has none. */
const nobody = ({ start, end }: Group): Name => ({ k: 'name', name: 'f', sub: '', font: '', star: false, start, end });
