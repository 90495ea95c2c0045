import { bindersOf } from '../binder.js';
import { type Cursor, argument, isChar, isCommand, next, peek, within } from '../cursor.js';
import type { Binder, Expression, Name } from '../expression.js';
import type { Token } from '../lexer.js';
import { Unreadable } from '../problem.js';
import type { Span } from '../span.js';
import { braced, bracket, bracketAhead, hasAt, insideOf } from './brackets.js';
import { differentialAhead, isMinus, startsFactor } from './lookahead.js';

/** E(x) and E_θ(x) of a document in which E is an energy. */
export const energyAhead = (c: Cursor): boolean => c.context.energy && (isChar(peek(c), '(') || isChar(peek(c), '_'));

/** Whether an E is an expectation: by its font, its subscript, or by what stands behind it. */
export function expectationAhead(c: Cursor, font: Name['font'], rest: readonly Token[]): boolean {
  if (font === 'bb' || font === 'cal' || rest.length > 0) return true;
  const token = peek(c);
  if (isChar(token, '(') && [',', ';'].some((mark) => hasAt(insideOf(c), mark))) return false;
  // A bare E in front of a formula; E alone or E in a product is a name.
  return (
    isChar(token, '_') ||
    isChar(token, '[') ||
    isChar(token, '(') ||
    isMinus(token) ||
    isCommand(token, '|', 'lVert', 'Vert', 'langle', '{')
  );
}

/** 𝔼, Cov or Var behind its letter: brackets delimit what it averages, else it is the product that follows. `rest` is a subscript inside of the font. */
export function expectation(c: Cursor, start: number, rest: readonly Token[], what: 'E' | 'Cov' | 'Var'): Expression {
  let binders: readonly Binder[] = [];
  let subscript: Span | undefined;
  if (rest.length > 0 && isChar(rest[0], '_')) {
    const inside = argument(within(c, rest.slice(1)));
    binders = bindersOf(c, inside, c.grammar.sum);
    subscript = { start: rest[0].start, end: rest[rest.length - 1].end };
  } else if (isChar(peek(c), '_')) {
    const from = next(c);
    binders = bindersOf(c, argument(c), c.grammar.sum);
    subscript = { start: from.start, end: c.tokens[c.at - 1].end };
  }
  while (isCommand(peek(c), 'cdot') || peek(c)?.kind === 'space') c.at++;
  const token = peek(c);
  let of: Expression;
  const given: Expression[] = [];
  const open = bracketAhead(c);
  if (open !== undefined || isCommand(token, '{')) {
    let group = open === undefined ? braced(c) : bracket(c, open);
    if (group.k === 'group' && group.given.length > 0) {
      given.push(...group.given);
      group = { ...group, given: [] };
    }
    // E (x)^2 squares inside: who means (E x)^2 writes brackets around the expectation.
    if (group.k === 'group' && group.open === '(' && isChar(peek(c), '^')) group = c.grammar.postfix(c, group);
    of = group;
  } else {
    let minus: number | undefined;
    if (isMinus(token)) minus = next(c).start;
    if (!startsFactor(c) || (c.integrals > 0 && differentialAhead(c))) {
      throw new Unreadable('malformed', 'An expectation of nothing: what it averages is missing.', {
        start,
        end: c.tokens[c.at - 1].end,
      });
    }
    const body = c.grammar.product(c);
    of =
      minus === undefined
        ? body
        : { k: 'sum', terms: [{ sign: -1, term: body, signAt: minus }], start: minus, end: body.end };
  }
  return { k: 'expect', binders, of, given, subscript, what, start, end: of.end };
}
