import type { Binder, Expression, Name } from './expression.js';
import { isChar, isCommand, peek, within, type Cursor } from './cursor.js';
import { nameAt, startsName, wordOf } from './name.js';
import { Unreadable } from './problem.js';
import type { Span } from './span.js';
import type { Token } from './lexer.js';

/** Letters that name laws and densities when they stand alone under an expectation. */
export const densityLetters = new Set(['p', 'q', 'P', 'Q', 'rho', 'p~', 'q~', 'p^', 'pi', 'nu']);

/** What the subscript of an expectation binds, in the order of its draws. `read` reads a law. */
export function bindersOf(c: Cursor, tokens: readonly Token[], read: (inner: Cursor) => Expression): Binder[] {
  return split(tokens).flatMap((piece) => {
    if (piece.length === 0) return [];
    const span: Span = { start: piece[0].start, end: piece[piece.length - 1].end };
    const at = piece.findIndex((token, i) => depthBefore(piece, i) === 0 && isCommand(token, 'sim', 'in', 'thicksim'));
    if (at >= 0) {
      const { vars, given } = variables(c, piece.slice(0, at));
      const uniform = uniformLaw(piece.slice(at + 1));
      if (uniform !== undefined) return [{ vars, given, law: uniform, ...span }];
      const inner = within(c, piece.slice(at + 1));
      const law = read(inner);
      if (inner.at < inner.tokens.length)
        throw new Unreadable(
          'malformed',
          'The law under an expectation does not end where it should.',
          inner.tokens[inner.at],
        );
      return [{ vars, given, law, ...span }];
    }
    const first = within(c, piece);
    if (startsName(peek(first))) {
      const name = nameAt(first);
      const alone = first.at === piece.length;
      if (isChar(peek(first), '(') || (alone && densityLetters.has(name.name))) return densities(c, piece, read);
    }
    return [{ ...variables(c, piece), law: undefined, ...span }];
  });
}

/** U(\{−1, 1\}^d), U(𝕊^{d−1}): a law on a set, which is no expression; its LaTeX is kept as its name. */
function uniformLaw(tokens: readonly Token[]): Name | undefined {
  const isSet = tokens.some(
    (token, i) =>
      isCommand(token, '{') || (isCommand(token, 'mathbb') && wordOf(tokens.slice(i, i + 4)).startsWith('S')),
  );
  if (!isSet || !/^(?:U|Unif|Uniform)/.test(wordOf(tokens))) return undefined;
  const name = tokens.map(({ kind, text }) => (kind === 'command' ? `\\${text} ` : text)).join('');
  return {
    k: 'name',
    name,
    sub: '',
    font: 'text',
    star: false,
    start: tokens[0].start,
    end: tokens[tokens.length - 1].end,
  };
}

/** p(x) q(y | x): one binder for each factor. */
function densities(c: Cursor, piece: readonly Token[], read: (inner: Cursor) => Expression): Binder[] {
  const law = read(within(c, piece));
  const factors = law.k === 'product' ? law.factors.map(({ factor }) => factor) : [law];
  return factors.map((factor) => {
    if (factor.k === 'name') return { vars: [], given: [], law: factor, start: factor.start, end: factor.end };
    if (factor.k !== 'call') throw new Unreadable('unsupported', 'Expected a density under the expectation.', factor);
    return {
      vars: factor.args.filter(isName),
      given: factor.given.filter(isName),
      law: factor,
      start: factor.start,
      end: factor.end,
    };
  });
}

const isName = (e: Expression): e is Name => e.k === 'name';

function variables(c: Cursor, tokens: readonly Token[]): { vars: Name[]; given: Name[] } {
  const stripped = isChar(tokens[0], '(') && isChar(tokens.at(-1), ')') ? tokens.slice(1, -1) : tokens;
  const inner = within(c, stripped);
  const vars: Name[] = [];
  const given: Name[] = [];
  let into = vars;
  while (inner.at < inner.tokens.length) {
    const token = inner.tokens[inner.at];
    if (isChar(token, ',')) inner.at++;
    else if (isChar(token, '|') || isCommand(token, 'mid', 'vert', 'lvert', 'rvert')) {
      inner.at++;
      into = given;
    } else if (startsName(token)) into.push(nameAt(inner));
    else throw new Unreadable('unsupported', 'Expected a variable under the expectation.', token);
  }
  return { vars, given };
}

function split(tokens: readonly Token[]): Token[][] {
  const pieces: Token[][] = [[]];
  tokens.forEach((token, i) => {
    if (isChar(token, ',') && depthBefore(tokens, i) === 0) pieces.push([]);
    else pieces[pieces.length - 1].push(token);
  });
  return pieces;
}

/** How many brackets are open in front of a token. */
export function depthBefore(tokens: readonly Token[], end: number): number {
  let depth = 0;
  for (let i = 0; i < end; i++) {
    if (tokens[i].kind !== 'char') continue;
    if ('([{'.includes(tokens[i].text)) depth++;
    else if (')]}'.includes(tokens[i].text)) depth--;
  }
  return depth;
}
