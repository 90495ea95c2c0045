import type { Binder, Expression, Fn, Name, Product, Sum } from './expression.js';
import {
  argument,
  deeper,
  here,
  isChar,
  isCommand,
  next,
  peek,
  within,
  type Cursor,
  type ReadingContext,
} from './cursor.js';
import { bindersOf, densityLetters } from './binder.js';
import { letterAt, nameAt, startsName, wordOf } from './name.js';
import { Unreadable } from './problem.js';
import type { Span } from './span.js';
import type { Token } from './lexer.js';

/** The side of an equation as a tree. Throws {@link Unreadable} with the offending span. */
export function parseSide(tokens: readonly Token[], context: ReadingContext): Expression {
  const c: Cursor = { tokens, at: 0, integrals: 0, depth: 0, context };
  const e = sum(c);
  if (c.at < tokens.length) {
    const token = tokens[c.at];
    throw new Unreadable('malformed', `"${token.text}" has no partner or no place here.`, token);
  }
  return e;
}

const relationTexts = new Set([
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

function sum(c: Cursor): Expression {
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

const isMinus = (token: Token | undefined): boolean =>
  isChar(token, '-') || isCommand(token, 'minus') || isChar(token, '–');
const isSign = (token: Token | undefined): boolean => isMinus(token) || isChar(token, '+');

/** Line breaks and wide spaces inside a formula go on. */
function skipBreaks(c: Cursor): void {
  while (peek(c)?.kind === 'newline' || peek(c)?.kind === 'space') {
    if (peek(c)?.kind === 'newline' && c.depth < 0) break;
    c.at++;
  }
}

function product(c: Cursor): Expression {
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

function startsFactor(c: Cursor): boolean {
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

const closers = new Set(['}', 'rangle', 'rVert', 'rvert', 'mid', 'rbrace', 'rbrack', 'rceil', 'rfloor', '#']);

/** Token lists in which a bar parts what is given from what is not, single or double. */
const parting = { single: new WeakSet<readonly Token[]>(), double: new WeakSet<readonly Token[]>() };

/** A bar opens a norm where a factor may start, but for the odd one in brackets: p(x | y), KL(p ‖ q). */
function barOpens(c: Cursor): boolean {
  const double = isCommand(peek(c), '|', 'Vert') || isChar(peek(c, 1), '|');
  return !(double ? parting.double : parting.single).has(c.tokens);
}

function markBars(inside: readonly Token[]): void {
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

function differentialAhead(c: Cursor): boolean {
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

function skipD(c: Cursor): Span {
  const token = next(c);
  if (token.kind === 'command') c.at += isChar(peek(c), '{') ? 3 : 1;
  return token;
}

/** A factor with what stands behind it: powers, transposes, subscripts of brackets. */
function factor(c: Cursor): Expression {
  return deeper(c, () => postfix(c, prefix(c)));
}

function postfix(c: Cursor, read: Expression): Expression {
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
      else if (word === 'prime' || word === 'dagger')
        throw new Unreadable('unsupported', `A superscript ${word} is not read.`, token as Token);
      else e = { k: 'power', base: e, exponent: all(c, exponent), start: e.start, end };
    } else if (isChar(token, '_')) {
      c.at++;
      const sub = wordOf(argument(c));
      const end = c.tokens[c.at - 1].end;
      // ‖·‖_2 and |·|_2 are the norm.
      if (e.k === 'norm' || (e.k === 'power' && e.base.k === 'norm')) {
        if (sub !== '2')
          throw new Unreadable('unsupported', `The norm with index ${sub} is not read.`, { start: e.start, end });
        e = { ...e, end };
      } else e = { k: 'indexed', of: e, sub, start: e.start, end };
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

/** Reads all of `tokens` as one expression. */
function all(c: Cursor, tokens: readonly Token[]): Expression {
  const inner = within(c, tokens);
  const e = sum(inner);
  if (inner.at < tokens.length) throw new Unreadable('malformed', 'Something is left over here.', tokens[inner.at]);
  return e;
}

function prefix(c: Cursor): Expression {
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
    if (token.text === '|') return bars(c);
    throw new Unreadable('unsupported', `The character "${token.text}" is not read here.`, token);
  }
  if (token.kind === 'command') return command(c, token);
  if (token.kind === 'newline' || token.kind === 'space') {
    c.at++;
    return prefix(c);
  }
  return named(c);
}

function bracket(c: Cursor, open: '(' | '['): Expression {
  const start = next(c);
  const close = open === '(' ? ')' : ']';
  const inside = until(c, open, close, start);
  const end = c.tokens[c.at - 1].end;
  if (inside.length === 0) throw new Unreadable('malformed', 'Empty brackets.', { start: start.start, end });
  markBars(inside);
  const inner = within(c, inside);
  const items = [related(inner)];
  const given: Expression[] = [];
  while (isChar(peek(inner), ',')) {
    inner.at++;
    items.push(related(inner));
  }
  if (isGivenBar(peek(inner))) {
    inner.at++;
    given.push(related(inner));
    while (isChar(peek(inner), ',')) {
      inner.at++;
      given.push(related(inner));
    }
  }
  if (inner.at < inside.length)
    throw new Unreadable('malformed', `"${inside[inner.at].text}" has no place inside the brackets.`, inside[inner.at]);
  if (items.length > 1) return { k: 'tuple', open, items, start: start.start, end };
  return { k: 'group', open, of: items[0], given, start: start.start, end };
}

/** A sum, or two with a relation in between: legal nowhere inside brackets, so the tree says so. */
function related(c: Cursor): Expression {
  const a = sum(c);
  const token = peek(c);
  if (token !== undefined && relationTexts.has(token.text) && (token.kind === 'char' || token.kind === 'command')) {
    c.at++;
    const b = sum(c);
    return { k: 'related', a, b, relation: token.text, start: a.start, end: b.end };
  }
  return a;
}

const isGivenBar = (token: Token | undefined): boolean =>
  isChar(token, '|') || isCommand(token, 'mid', 'vert', 'lvert', 'rvert', 'middle');

/** The tokens up to the bracket that closes the one just read; the cursor stands behind it. */
function until(c: Cursor, open: string, close: string, start: Span): readonly Token[] {
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

/** ‖…‖ and |…|, opened and closed by the same mark or by a left and a right one. */
function bars(c: Cursor): Expression {
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
  throw new Unreadable('malformed', 'A norm or absolute value is not closed.', open);
}

const functions: Readonly<Record<string, Fn['name']>> = {
  log: 'log', ln: 'log', exp: 'exp', sin: 'sin', cos: 'cos', tanh: 'tanh', det: 'det', tr: 'trace', Tr: 'trace', trace: 'trace', Trace: 'trace', sign: 'sign',
  sgn: 'sign', vec: 'vec', diag: 'diag',
}; // prettier-ignore

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
    case 'langle': {
      next(c);
      const a = sum(c);
      if (!isChar(peek(c), ',')) {
        if (!isCommand(peek(c), 'rangle'))
          throw new Unreadable('malformed', 'An inner product ⟨a, b⟩ lacks its comma or its end.', token);
        throw new Unreadable('unsupported', 'Angle brackets around one thing are not read.', token);
      }
      next(c);
      const b = sum(c);
      if (!isCommand(peek(c), 'rangle')) throw new Unreadable('malformed', 'The bracket ⟨ is not closed.', token);
      return { k: 'inner', a, b, start: token.start, end: next(c).end };
    }
    case '|':
    case 'Vert':
    case 'lVert':
    case 'vert':
    case 'lvert':
      return bars(c);
    case '{': {
      next(c);
      const of = related(c);
      if (of.k === 'related') throw new Unreadable('unsupported', 'Sets are not read.', token);
      if (!isCommand(peek(c), '}')) throw new Unreadable('malformed', 'The bracket \\{ is not closed.', token);
      return { k: 'group', open: '{', of, given: [], start: token.start, end: next(c).end };
    }
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
    case 'tfrac12':
      break;
    default:
      if (text.startsWith('begin:')) return matrix(c);
  }
  if (startsName(token)) return named(c);
  throw new Unreadable('unsupported', `\\${text} is not known to the reader.`, token);
}

function fn(c: Cursor, token: Span, name: Fn['name']): Expression {
  const c2 = peek(c);
  if (isChar(c2, '^')) {
    // \log^2 x
    next(c);
    const exponent = all(c, argument(c));
    const of = factor(c);
    return {
      k: 'power',
      base: { k: 'fn', name, of, start: token.start, end: of.end },
      exponent,
      start: token.start,
      end: of.end,
    };
  }
  if (isChar(c2, '_')) throw new Unreadable('unsupported', 'A function with an index is not read.', token);
  if (!startsFactor(c)) throw new Unreadable('malformed', `${name} lacks its argument.`, token);
  // tr(A)^2 and log(x)^2 square the value, not the argument.
  const of = isChar(c2, '(') || isChar(c2, '[') ? prefix(c) : multiple(c, factor(c));
  return { k: 'fn', name, of, start: token.start, end: of.end };
}

/** log 2πσ²: names behind a number belong to the argument. */
function multiple(c: Cursor, first: Expression): Expression {
  if (first.k !== 'number' || c.tokens[c.at - 1]?.kind !== 'number') return first;
  const factors: Product['factors'][number][] = [{ via: '', factor: first }];
  while (peek(c)?.kind === 'letter' && !(c.integrals > 0 && differentialAhead(c)))
    factors.push({ via: '', factor: factor(c) });
  const { end } = factors[factors.length - 1].factor;
  return factors.length === 1 ? first : { k: 'product', factors, start: first.start, end };
}

function fraction(c: Cursor): Expression {
  const token = next(c);
  const above = argument(c);
  const below = argument(c);
  const end = c.tokens[c.at - 1].end;
  if (
    isCommand(above[0], 'partial') ||
    (above.length <= 3 && above[0]?.text === 'd' && (below[0]?.text === 'd' || isCommand(below[0], 'mathrm')))
  ) {
    return derivative(c, token, above, below);
  }
  if (above.length === 0 || below.length === 0)
    throw new Unreadable('malformed', 'A fraction lacks a part.', { start: token.start, end });
  return { k: 'fraction', above: all(c, above), below: all(c, below), start: token.start, end };
}

/** \frac{\partial^2 f}{\partial x \partial y}, with f behind the bar where it is not above it; \frac{d}{d\sigma} the same way. */
function derivative(c: Cursor, token: Token, above: readonly Token[], below: readonly Token[]): Expression {
  const isD = (t: Token | undefined): boolean => isCommand(t, 'partial') || (t?.kind === 'letter' && t.text === 'd');
  const top = within(c, above);
  next(top);
  if (isChar(peek(top), '^')) {
    next(top);
    argument(top);
  }
  const bottom = within(c, below);
  const wrt: Expression[] = [];
  while (bottom.at < below.length) {
    if (!isD(peek(bottom)))
      throw new Unreadable('malformed', 'Expected ∂ below the bar of a derivative.', below[bottom.at]);
    next(bottom);
    const variable = isChar(peek(bottom), '(') ? bracket(bottom, '(') : nameAt(bottom);
    let times = 1;
    if (isChar(peek(bottom), '^')) {
      next(bottom);
      const word = wordOf(argument(bottom));
      if (variable.k === 'name') times = /^\d$/.test(word) ? Number(word) : 1;
    }
    for (let i = 0; i < times; i++) wrt.push(variable);
  }
  const rest = above.slice(top.at);
  let of: Expression | undefined;
  if (rest.length > 0) {
    of = all(c, rest);
    // \frac{\partial S_i}{\partial x_i}(x): taken at x.
    if (isChar(peek(c), '(') && oneName(insideOf(c))) bracket(c, '(');
  } else if (startsFactor(c)) of = factor(c);
  return { k: 'partial', wrt, of, start: token.start, end: c.tokens[c.at - 1].end };
}

function nabla(c: Cursor): Expression {
  const token = next(c);
  let wrt: Name | undefined;
  let form: 'gradient' | 'divergence' | 'second' | 'laplacian' = 'gradient';
  for (;;) {
    if (isChar(peek(c), '_')) {
      next(c);
      const inner = within(c, argument(c));
      if (startsName(peek(inner))) wrt = nameAt(inner);
      if (inner.at < inner.tokens.length)
        throw new Unreadable('unsupported', 'Expected one variable under ∇.', inner.tokens[inner.at]);
    } else if (isChar(peek(c), '^')) {
      next(c);
      const word = wordOf(argument(c));
      if (word === '2') form = 'second';
      else if (word === 'T' || word === 'top') form = 'divergence';
      else throw new Unreadable('unsupported', `∇ with the exponent ${word} is not read.`, token);
    } else break;
  }
  if (isCommand(peek(c), 'cdot', 'bullet')) {
    next(c);
    form = 'divergence';
  }
  const of = startsFactor(c) && !(c.integrals > 0 && differentialAhead(c)) ? factor(c) : undefined;
  return { k: 'nabla', wrt, form, of, start: token.start, end: c.tokens[c.at - 1].end };
}

function partial(c: Cursor): Expression {
  const token = next(c);
  if (!isChar(peek(c), '_')) throw new Unreadable('unsupported', '∂ without a variable is not read.', token);
  next(c);
  const wrt = all(c, argument(c));
  const of = startsFactor(c) ? factor(c) : undefined;
  return { k: 'partial', wrt: [wrt], of, start: token.start, end: c.tokens[c.at - 1].end };
}

function integral(c: Cursor): Expression {
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
  const of = inFront ? product(c) : sum(c);
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

function series(c: Cursor, what: 'sum' | 'prod'): Expression {
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
  const of = product(c);
  return { k: 'series', what, index, low, high, of, start: token.start, end: of.end };
}

function arg(c: Cursor): Expression {
  const token = next(c);
  let what = token.text.replace(/[^a-z]/g, '');
  if (what === 'arg') {
    if (!isCommand(peek(c), 'min', 'max'))
      throw new Unreadable('unsupported', 'Expected \\arg\\min or \\arg\\max.', token);
    what += next(c).text;
  }
  let wrt: Name | undefined;
  if (isChar(peek(c), '_')) {
    next(c);
    const inner = within(c, argument(c));
    if (startsName(peek(inner))) wrt = nameAt(inner);
  }
  if (!startsFactor(c)) throw new Unreadable('unsupported', `${what} of nothing.`, token);
  const of = product(c);
  const kind = what === 'argmax' || what === 'max' || what === 'min' ? what : what === 'inf' ? 'min' : 'argmin';
  return { k: 'arg', what: kind, wrt, of, start: token.start, end: of.end };
}

function matrix(c: Cursor): Expression {
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
      const of = factor(c);
      return { k: 'nabla', wrt: undefined, form: 'divergence', of, start: token.start, end: of.end };
    }
    if (read.name === 'E') return expectation(c, token.start, read.rest, 'E');
    if (/^const/.test(read.name))
      return { k: 'name', name: 'const', sub: '', font: 'text', star: false, start: read.start, end: read.end };
  }
  c.at = before;
  const name = nameAt(c);
  if (name.name === 'Delta' && name.sub === '' && startsFactor(c)) {
    const of = factor(c);
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

function argWord(c: Cursor): Expression {
  const token = next(c);
  const fake: Token = {
    ...token,
    kind: 'command',
    text: /max/.test(token.text) ? 'argmax' : token.text.trim() === 'min' ? 'min' : 'argmin',
  };
  const inner: Cursor = { ...c, tokens: [fake, ...c.tokens.slice(c.at)], at: 0 };
  const e = arg(inner);
  c.at += inner.at - 1;
  return e;
}

const energyAhead = (c: Cursor): boolean => c.context.energy && (isChar(peek(c), '(') || isChar(peek(c), '_'));

function expectationAhead(c: Cursor, font: Name['font'], rest: readonly Token[]): boolean {
  if (font === 'bb' || font === 'cal' || rest.length > 0) return true;
  const token = peek(c);
  if (isChar(token, '(') && insideOf(c).some((inside, i, all) => isChar(inside, ',') && depthAt(all, i) === 0))
    return false;
  // A bare E in front of a formula; E alone or E in a product is a name.
  return (
    isChar(token, '_') ||
    isChar(token, '[') ||
    isChar(token, '(') ||
    isMinus(token) ||
    isCommand(token, '|', 'lVert', 'Vert', 'langle', '{')
  );
}

/** How many brackets are open in front of a token. */
const depthAt = (tokens: readonly Token[], end: number): number =>
  tokens
    .slice(0, end)
    .reduce(
      (depth, { kind, text }) =>
        kind !== 'char' ? depth : '([{'.includes(text) ? depth + 1 : ')]}'.includes(text) ? depth - 1 : depth,
      0,
    );

function expectation(c: Cursor, start: number, rest: readonly Token[], what: 'E' | 'Cov' | 'Var'): Expression {
  let binders: readonly Binder[] = [];
  let subscript: Span | undefined;
  if (rest.length > 0 && isChar(rest[0], '_')) {
    const inside = argument(within(c, rest.slice(1)));
    binders = bindersOf(c, inside, sum);
    subscript = { start: rest[0].start, end: rest[rest.length - 1].end };
  } else if (isChar(peek(c), '_')) {
    const from = next(c);
    binders = bindersOf(c, argument(c), sum);
    subscript = { start: from.start, end: c.tokens[c.at - 1].end };
  }
  while (isCommand(peek(c), 'cdot') || peek(c)?.kind === 'space') c.at++;
  const token = peek(c);
  let of: Expression;
  const given: Expression[] = [];
  if (isChar(token, '[') || isChar(token, '(') || isCommand(token, '{')) {
    let group = prefix(c);
    if (group.k === 'group' && group.given.length > 0) {
      given.push(...group.given);
      group = { ...group, given: [] };
    }
    // E (x)^2 squares inside: who means (E x)^2 writes brackets around the expectation.
    if (group.k === 'group' && group.open === '(' && isChar(peek(c), '^')) group = postfix(c, group);
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
    const body = product(c);
    of =
      minus === undefined
        ? body
        : { k: 'sum', terms: [{ sign: -1, term: body, signAt: minus }], start: minus, end: body.end };
  }
  return { k: 'expect', binders, of, given, subscript, what, start, end: of.end };
}

const functionNames = new Set(
  'p q P Q S s f g h F G H D L J N Z U V W E psi phi Psi Phi rho KL score Loss loss M B R H T'.split(' '),
);

/** Whether `name(` is a call: functions of the course always, other names where the brackets hold one variable. */
function callable(name: Name, c: Cursor): boolean {
  if (name.font === 'text' || name.font === 'cal') return true;
  const base = name.name.replace(/[~^\-.]+$/, '');
  const inside = insideOf(c);
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

const oneName = (inside: readonly Token[]): boolean =>
  inside.length > 0 &&
  inside.length <= 6 &&
  startsName(inside[0]) &&
  inside.every(
    ({ kind, text }) => kind === 'letter' || kind === 'number' || kind === 'command' || '_{}'.includes(text),
  );

function insideOf(c: Cursor): readonly Token[] {
  const probe: Cursor = { ...c };
  const open = next(probe);
  try {
    return until(probe, '(', ')', open);
  } catch {
    return [];
  }
}

function callOf(c: Cursor, of: Name): Expression {
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
