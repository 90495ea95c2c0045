import type { Span } from './span.js';
import { Unreadable } from './problem.js';
import { lex, MAX_TOKENS, type Token } from './lexer.js';

/** A user's macro: how many arguments it takes, the first one's default, and its body. */
export interface Macro {
  readonly arity: number;
  readonly optional: readonly Token[] | undefined;
  readonly body: readonly Token[];
}

export type Macros = ReadonlyMap<string, Macro>;

/** One formula may call so many macros: `\def\a{\b\b}` twenty deep would make a million tokens. */
const MAX_CALLS = 2_000;

/**
 * Takes \newcommand, \renewcommand, \providecommand, \def, \DeclareMathOperator out of `tokens`, adds them to `macros`, and replaces the calls.
 * A token out of a macro's body carries the span of the call. Throws {@link Unreadable} (limit) where expansion does not end.
 */
export function expandMacros(tokens: readonly Token[], macros: Map<string, Macro>): Token[] {
  const out: Token[] = [];
  // A stack with the next token last, so that pushing a body in front costs its length only.
  const rest = [...tokens].reverse();
  let calls = 0;
  while (rest.length > 0) {
    const token = rest.pop() as Token;
    if (token.kind !== 'command') {
      out.push(token);
    } else if (definers.has(token.text)) {
      define(token.text, rest, macros);
    } else {
      const macro = macros.get(token.text);
      if (macro === undefined) out.push(token);
      else {
        if (++calls > MAX_CALLS)
          throw new Unreadable('limit', `More than ${MAX_CALLS} macro calls in one formula.`, token);
        rest.push(...called(macro, token, rest).reverse());
      }
    }
    if (out.length + rest.length > MAX_TOKENS) {
      throw new Unreadable('limit', `A formula of more than ${MAX_TOKENS} tokens after its macros.`, token);
    }
  }
  return out;
}

const definers = new Set([
  'newcommand',
  'renewcommand',
  'providecommand',
  'def',
  'DeclareMathOperator',
  'DeclareMathOperator*',
]);

/** Macros of a preamble or of front matter, as LaTeX. Spans are those of `text`. */
export function macrosOf(text: string, macros: Map<string, Macro> = new Map<string, Macro>()): Map<string, Macro> {
  const tokens = lex(text, { start: 0, end: text.length });
  // Only the definitions matter; a preamble holds much that is no formula.
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i].kind === 'command' && definers.has(tokens[i].text)) {
      define(tokens[i].text, tokens.slice(i + 1, i + 400).reverse(), macros);
    }
  }
  return macros;
}

function define(how: string, rest: Token[], macros: Map<string, Macro>): void {
  if (rest.at(-1)?.text === '*') rest.pop();
  const named = rest.at(-1)?.text === '{' ? group(rest) : take(rest);
  const name = named.find(({ kind }) => kind === 'command' || kind === 'letter')?.text;
  let arity = 0;
  let optional: readonly Token[] | undefined;
  if (how === 'def') {
    while (rest.at(-1)?.text === '#') {
      rest.pop();
      rest.pop();
      arity++;
    }
  } else {
    const count = bracket(rest);
    if (count !== undefined) arity = Math.min(9, Number(count.map(({ text }) => text).join('')) || 0);
    optional = bracket(rest);
  }
  const body = group(rest);
  if (name === undefined) return;
  const operator = how.startsWith('DeclareMathOperator');
  const word = body.map(({ text }) => text).join('');
  macros.set(name, {
    arity,
    optional,
    body: operator
      ? [{ kind: 'text', text: word, start: 0, end: 0 }]
      : body.filter(({ kind, text }) => !(kind === 'command' && text === name)),
  });
}

function called(macro: Macro, call: Span, rest: Token[]): Token[] {
  const args: (readonly Token[])[] = [];
  for (let i = 0; i < macro.arity; i++) {
    if (i === 0 && macro.optional !== undefined) args.push(bracket(rest) ?? macro.optional);
    else args.push(rest.at(-1)?.text === '{' ? group(rest) : take(rest));
  }
  const out: Token[] = [];
  for (let i = 0; i < macro.body.length; i++) {
    const token = macro.body[i];
    if (token.text === '#' && macro.body[i + 1]?.kind === 'number') {
      out.push(...(args[Number(macro.body[i + 1].text) - 1] ?? []));
      i++;
    } else out.push({ ...token, start: call.start, end: call.end });
  }
  return out;
}

const take = (rest: Token[]): Token[] => {
  const token = rest.pop();
  return token === undefined ? [] : [token];
};

function group(rest: Token[]): Token[] {
  return delimited(rest, '{', '}') ?? take(rest);
}

const bracket = (rest: Token[]): Token[] | undefined => delimited(rest, '[', ']');

function delimited(rest: Token[], open: string, close: string): Token[] | undefined {
  if (rest.at(-1)?.text !== open || rest.at(-1)?.kind === 'command') return undefined;
  rest.pop();
  const inside: Token[] = [];
  let depth = 1;
  while (rest.length > 0) {
    const token = rest.pop() as Token;
    if (token.kind === 'char' && token.text === open) depth++;
    if (token.kind === 'char' && token.text === close && --depth === 0) break;
    inside.push(token);
  }
  return inside;
}
