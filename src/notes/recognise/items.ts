import type { NotesDocument, ReadStatement } from '../read/document.js';
import { lex, type Token } from '../read/lexer.js';
import { expandMacros } from '../read/macros.js';
import { Unreadable } from '../read/problem.js';
import type { Span } from '../read/span.js';
import { tidy } from '../read/tidy.js';
import { shapeOf, type Shape } from './shape.js';

/** What a formula consists of: its sides, and what stands between them. */
export type Part =
  | { readonly k: 'side'; readonly shape: Shape }
  /** A relation, an arrow, a word, or a sign of a side that has no tree. */
  | { readonly k: 'sign'; readonly text: string }
  | { readonly k: 'letter'; readonly text: string };

/** A word or a formula of a document. */
export type Item =
  | (Span & { readonly k: 'word'; readonly text: string })
  | (Span & {
      readonly k: 'formula';
      readonly statements: readonly ReadStatement[];
      readonly parts: () => readonly Part[];
    });

/** The words and formulas of a document in their order; the parts of a formula are worked out when they are asked for. */
export function itemsOf({ original, formulas, statements, macros }: NotesDocument): Item[] {
  const items: Item[] = [];
  let from = 0;
  let next = 0;
  const own = statements.filter(({ stated }) => !stated);
  for (const { start, end, latex } of formulas) {
    items.push(...wordsOf(original, from, start));
    const inside: ReadStatement[] = [];
    while (next < own.length && own[next].at < end) {
      if (own[next].at >= start) inside.push(own[next]);
      next++;
    }
    let parts: readonly Part[] | undefined;
    items.push({
      k: 'formula',
      start,
      end,
      statements: inside,
      parts: () => (parts ??= partsOf(latex, start, inside, new Map(macros))),
    });
    from = end;
  }
  items.push(...wordsOf(original, from, original.length));
  return items;
}

const wordsOf = (text: string, start: number, end: number): Item[] =>
  [...text.slice(start, end).matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    k: 'word',
    text: match[0].toLowerCase(),
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));

function partsOf(
  latex: string,
  offset: number,
  statements: readonly ReadStatement[],
  macros: Parameters<typeof expandMacros>[1],
): readonly Part[] {
  let tokens: Token[];
  try {
    tokens = tidy(expandMacros(lex(latex, { start: 0, end: latex.length }), macros));
  } catch (error) {
    if (error instanceof Unreadable) return [];
    throw error;
  }
  const sides = statements.flatMap((statement) => statement.sides).filter((side) => side.tree !== undefined);
  const placed: { readonly at: number; readonly part: Part }[] = sides.flatMap(({ tree, start }) =>
    tree ? [{ at: start, part: { k: 'side', shape: shapeOf(tree) } }] : [],
  );
  for (const token of tokens) {
    const at = token.start + offset;
    if (sides.some(({ start, end }) => at >= start && at < end)) continue;
    const part = partOf(token);
    if (part) placed.push({ at, part });
  }
  return placed.sort((a, b) => a.at - b.at).map(({ part }) => part);
}

const arrows: Readonly<Record<string, string>> = {
  Rightarrow: '⇒', Longrightarrow: '⇒', implies: '⇒', Leftrightarrow: '⇔', iff: '⇔', rightarrow: '→', longrightarrow: '→', to: '→', leftarrow: '←',
  gets: '←', leq: 'le', leqslant: 'le', geq: 'ge', geqslant: 'ge', neq: 'ne', vert: '|', mid: '|', lvert: '|', rvert: '|', dotsc: 'dots', ldots: 'dots', cdots: 'dots',
}; // prettier-ignore

/** Commas and spaces part what the sides part already. */
function partOf({ kind, text }: Token): Part | undefined {
  if (kind === 'space' || kind === 'newline' || /^[,;:.，。；：、．]$/u.test(text)) return undefined;
  if (kind === 'letter') return { k: 'letter', text };
  if (kind === 'text') {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu);
    return words === null ? undefined : { k: 'sign', text: words.join(' ') };
  }
  return { k: 'sign', text: arrows[text] ?? text };
}
