import type { Expression } from './expression.js';
import { Unreadable } from './problem.js';
import type { Span } from './span.js';
import type { Token } from './lexer.js';

/** A formula nested deeper is not read; the deepest of the course nests 12. */
export const MAX_DEPTH = 80;

/** A place in a list of tokens that moves on. */
export interface Cursor {
  readonly tokens: readonly Token[];
  at: number;
  /** Integrals around the place: their differentials end a product. */
  integrals: number;
  depth: number;
  readonly context: ReadingContext;
  readonly grammar: Grammar;
}

/** The rules that call each other: what a bracket, a sum sign or an expectation holds is again a sum, a product or a factor. */
export interface Grammar {
  readonly sum: (c: Cursor) => Expression;
  readonly product: (c: Cursor) => Expression;
  /** A factor with its powers, transposes and indices. */
  readonly factor: (c: Cursor) => Expression;
  /** What stands behind a factor that was read: its powers, transposes and indices. */
  readonly postfix: (c: Cursor, read: Expression) => Expression;
}

/** What the parser has to know of the document. */
export interface ReadingContext {
  /** Whether E(x) is an energy, as in e^{−βE(x)}. */
  readonly energy: boolean;
  /** Whether the statement is an SDE, where `dt` and `dW` are no products. */
  readonly sde: boolean;
  /** Whether the document is about functions of one real variable, where a prime is a derivative. */
  readonly line?: boolean;
}

export const peek = (c: Cursor, ahead = 0): Token | undefined => c.tokens[c.at + ahead];

export const next = (c: Cursor): Token => {
  const token = c.tokens[c.at];
  if (token === undefined) throw new Unreadable('malformed', 'The formula ends where something is missing.', here(c));
  c.at++;
  return token;
};

/** The span at the cursor: the token there, or the end of the last one. */
export const here = (c: Cursor): Span => {
  const token = c.tokens[c.at];
  if (token) return token;
  const last = c.tokens.at(-1);
  return last === undefined ? { start: 0, end: 0 } : { start: Math.max(last.start, last.end - 1), end: last.end };
};

export const isChar = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'char' && token.text === text;

export const isCommand = (token: Token | undefined, ...texts: readonly string[]): boolean =>
  token?.kind === 'command' && texts.includes(token.text);

/** Tokens of a brace group, or of the single token that stands for one; the cursor moves behind it. */
export function argument(c: Cursor): readonly Token[] {
  if (!isChar(peek(c), '{')) {
    const token = next(c);
    // `_\text{data}`, `_\mathbf{x}`, `_\theta`: a command takes its own argument along.
    if (token.kind === 'command' && isChar(peek(c), '{')) return [token, ...braced(c)];
    if (token.kind === 'command' && accentsOrFonts.test(token.text)) return [token, next(c)];
    return [token];
  }
  return braced(c).slice(1, -1);
}

const accentsOrFonts = /^(math|tilde|bar|hat|vec|bold|bm|wide|text)/;

function braced(c: Cursor): readonly Token[] {
  const from = c.at;
  let depth = 0;
  while (c.at < c.tokens.length) {
    const token = c.tokens[c.at++];
    if (isChar(token, '{')) depth++;
    else if (isChar(token, '}') && --depth === 0) return c.tokens.slice(from, c.at);
  }
  throw new Unreadable('malformed', 'A brace { is not closed.', c.tokens[from]);
}

/** Runs `body` one level deeper; throws {@link Unreadable} (limit) beyond {@link MAX_DEPTH}. */
export function deeper<T>(c: Cursor, body: () => T): T {
  if (++c.depth > MAX_DEPTH) throw new Unreadable('limit', `A formula nested more than ${MAX_DEPTH} deep.`, here(c));
  try {
    return body();
  } finally {
    c.depth--;
  }
}

/** A cursor on other tokens in the same context, as for a subscript. */
export const within = (c: Cursor, tokens: readonly Token[], integrals = 0): Cursor => ({
  ...c,
  tokens,
  at: 0,
  integrals,
});
