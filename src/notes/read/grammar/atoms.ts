import { type Cursor, argument, here, isChar, isCommand, next, peek, within } from '../cursor.js';
import type { Expression } from '../expression.js';
import type { Token } from '../lexer.js';
import { letterAt, nameAt, startsName, wordOf } from '../name.js';
import { Unreadable } from '../problem.js';
import { integral, series } from './big-operators.js';
import { braced, bracket, innerProduct, norm } from './brackets.js';
import { callOf, callable } from './calls.js';
import { fraction, nabla, partial } from './derivatives.js';
import { energyAhead, expectation, expectationAhead } from './expectation.js';
import { fn, functions } from './functions.js';
import { differentialAhead, skipD, startsFactor } from './lookahead.js';
import { matrix } from './matrix.js';
import { arg, argWord } from './optimum.js';
import { all } from './whole.js';

/** A number, a bracket, a norm, an operator with what it acts on, or a name: what stands in front of powers and indices. */
export function prefix(c: Cursor): Expression {
  const token = peek(c);
  if (token === undefined) throw new Unreadable('malformed', 'Something is missing at the end.', here(c));
  if (token.kind === 'number') {
    c.at++;
    return { k: 'number', value: Number(token.text), start: token.start, end: token.end };
  }
  if (token.kind === 'char') {
    if (token.text === '(' || token.text === '[') return bracket(c, token.text);
    if (token.text === '{') {
      const from = c.at;
      const inside = argument(c);
      if (inside.length === 0) throw new Unreadable('malformed', 'Empty braces.', token);
      // {\tilde J}_{x}: the braces only hold the name together.
      if (startsName(inside[0]) && isChar(peek(c), '_')) {
        const inner = within(c, inside);
        const name = letterAt(inner);
        if (inner.at === inside.length) {
          next(c);
          const sub = wordOf(argument(c));
          return {
            k: 'name',
            name: name.name,
            font: name.font,
            sub,
            star: false,
            start: token.start,
            end: c.tokens[c.at - 1].end,
          };
        }
      }
      const of = all(within(c, inside, c.integrals), inside);
      return { ...of, start: c.tokens[from].start, end: c.tokens[c.at - 1].end };
    }
    if (token.text === '|') return norm(c);
    throw new Unreadable('unsupported', `The character "${token.text}" is not read here.`, token);
  }
  if (token.kind === 'command') return command(c, token);
  if (token.kind === 'newline' || token.kind === 'space') {
    c.at++;
    return prefix(c);
  }
  return named(c);
}

function command(c: Cursor, token: Token): Expression {
  const { text } = token;
  if (text in functions && text !== 'vec') {
    c.at++;
    return fn(c, token, functions[text]);
  }
  switch (text) {
    case 'frac':
    case 'dfrac':
    case 'tfrac':
    case 'cfrac':
      return fraction(c);
    case 'sqrt': {
      next(c);
      if (isChar(peek(c), '[')) throw new Unreadable('unsupported', 'A root of another order is not read.', token);
      const of = all(c, argument(c));
      return { k: 'fn', name: 'sqrt', of, start: token.start, end: c.tokens[c.at - 1].end };
    }
    case 'nabla':
      return nabla(c);
    case 'partial':
      return partial(c);
    case 'int':
    case 'iint':
    case 'iiint':
    case 'oint':
      return integral(c);
    case 'sum':
    case 'prod':
      return series(c, text);
    case 'langle':
      return innerProduct(c);
    case '|':
    case 'Vert':
    case 'lVert':
    case 'vert':
    case 'lvert':
      return norm(c);
    case '{':
      return braced(c);
    case 'dots':
    case 'ldots':
    case 'cdots':
    case 'vdots':
    case 'ddots':
    case 'dotsc':
    case 'dotsb':
      next(c);
      return { k: 'dots', start: token.start, end: token.end };
    case 'argmin':
    case 'argmax':
    case 'min':
    case 'max':
    case 'inf':
    case 'arg':
      return arg(c);
    case 'infty':
    case 'pm':
    case 'mp':
      throw new Unreadable('unsupported', `\\${text} is not read here.`, token);
    default:
      if (text.startsWith('begin:')) return matrix(c);
  }
  if (startsName(token)) return named(c);
  throw new Unreadable('unsupported', `\\${text} is not known to the reader.`, token);
}

/** A name, and what it makes of what follows: an expectation, a call, a trace, or itself. */
function named(c: Cursor): Expression {
  const token = peek(c) as Token;
  if (
    token.kind === 'letter' &&
    (token.text === 't' || token.text === 'T') &&
    peek(c, 1)?.text === 'r' &&
    peek(c, 1)?.start === token.end &&
    isChar(peek(c, 2), '(')
  ) {
    c.at += 2;
    return fn(c, token, 'trace');
  }
  if (c.context.sde && differentialAhead(c)) {
    const d = skipD(c);
    const of = nameAt(c);
    return { k: 'differential', of, start: d.start, end: of.end };
  }
  const before = c.at;
  const read = letterAt(c);
  const isExpectation =
    read.name === 'E' &&
    (read.font === 'bb' || read.font === 'cal' || !energyAhead(c)) &&
    expectationAhead(c, read.font, read.rest);
  if (isExpectation) return expectation(c, token.start, read.rest, 'E');
  if (read.font === 'text' || read.font === 'bb') {
    if (read.name in functions) return fn(c, token, functions[read.name]);
    if (
      (read.name === 'Cov' || read.name === 'Var' || read.name === 'cov' || read.name === 'var') &&
      (isChar(peek(c), '[') || isChar(peek(c), '(') || isChar(peek(c), '_'))
    ) {
      return expectation(c, token.start, [], read.name.toLowerCase() === 'cov' ? 'Cov' : 'Var');
    }
    if (/^arg ?(min|max)$/.test(read.name) || read.name === 'min') {
      c.at = before;
      return argWord(c);
    }
    if (read.name === 'div') {
      const of = c.grammar.factor(c);
      return { k: 'nabla', wrt: undefined, form: 'divergence', of, start: token.start, end: of.end };
    }
    if (read.name === 'E') return expectation(c, token.start, read.rest, 'E');
    if (/^const/.test(read.name))
      return { k: 'name', name: 'const', sub: '', font: 'text', star: false, start: read.start, end: read.end };
  }
  c.at = before;
  const name = nameAt(c);
  if (name.name === 'Delta' && name.sub === '' && startsFactor(c)) {
    const of = c.grammar.factor(c);
    return { k: 'nabla', wrt: undefined, form: 'laplacian', of, start: name.start, end: of.end };
  }
  // p(\cdot) is p.
  if (isChar(peek(c), '(') && isCommand(peek(c, 1), 'cdot') && isChar(peek(c, 2), ')')) {
    c.at += 3;
    return name;
  }
  if (isChar(peek(c), '(') && callable(name, c)) return callOf(c, name);
  return name;
}
