import { courseClaims } from '../known/course-claims.js';
import { readDocument, type ReadStatement } from '../read/document.js';
import { extractMarkdown } from '../read/markdown.js';
import { completeNames } from './complete-names.js';
import { itemsOf } from './items.js';
import type { Complete } from './matching.js';

/** A claim or a false variant that a formula is recognised by. */
export interface KnownStatement extends Complete {
  /** `fokker-planck`, or `fokker-planck/without-half`. */
  readonly name: string;
  readonly isVariant: boolean;
  /** The claim's own LaTeX, where the same is given for it. */
  readonly mend: string | undefined;
}

/** One that is read when a document has the words of what is given. */
interface Unread {
  readonly phrase: string;
  readonly read: () => { readonly outline: string; readonly known: KnownStatement };
}

let all: readonly Unread[] | undefined;

/** The complete statements of the course that a text may hold, by the outline of their formula. */
export function completeStatements(text: string): ReadonlyMap<string, readonly KnownStatement[]> {
  all ??= unreadStatements();
  const words = ` ${wordsIn(text).join(' ')} `;
  const found = new Map<string, KnownStatement[]>();
  for (const { phrase, read } of all) {
    if (!words.includes(phrase)) continue;
    const { outline, known } = read();
    found.set(outline, [...(found.get(outline) ?? []), known]);
  }
  return found;
}

let variants: ReadonlyMap<string, readonly KnownStatement[]> | undefined;

/** All false variants of the course, by the outline of their formula. */
export function falseVariants(): ReadonlyMap<string, readonly KnownStatement[]> {
  if (variants === undefined) {
    const found = new Map<string, KnownStatement[]>();
    for (const { outline, known } of statedBy(({ isVariant }) => isVariant).map(readStatement))
      found.set(outline, [...(found.get(outline) ?? []), known]);
    variants = found;
  }
  return variants;
}

const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** What tells most formulas apart before their parts are looked at: the relations of each statement. */
export const outlineOf = (statements: readonly ReadStatement[]): string =>
  statements.map(({ relations }) => relations.map(({ relation }) => relation).join(' ')).join(' | ');

type Stated = Pick<KnownStatement, 'name' | 'isVariant' | 'mend'> & {
  readonly given: string;
  readonly statement: string;
};

const unreadStatements = (): readonly Unread[] =>
  statedBy(({ name }) => completeNames.has(name)).map((stated) => {
    let done: ReturnType<Unread['read']> | undefined;
    return { phrase: phraseOf(stated.given), read: () => (done ??= readStatement(stated)) };
  });

function statedBy(wanted: (stated: Stated) => boolean): readonly Stated[] {
  return courseClaims.flatMap(({ id, given = '', statement, variants }) =>
    [
      { name: id, isVariant: false, given, statement, mend: undefined },
      ...Object.entries(variants).map(([variant, own]) => ({
        name: `${id}/${variant}`,
        isVariant: true,
        given: own.given ?? given,
        statement: own.statement,
        // Where something else is given the claim may say nothing of it.
        mend: own.given === undefined ? statement : undefined,
      })),
    ].filter(wanted),
  );
}

/** The longest run of words that no formula parts: what a document has to hold before the rest is looked at. */
function phraseOf(given: string): string {
  const runs = given.split(/\$[^$]*\$/).map((run) => wordsIn(run).join(' '));
  const [longest] = runs.sort((a, b) => b.length - a.length);
  return longest === '' ? '' : ` ${longest} `;
}

function readStatement({ given, statement, ...stated }: Stated): ReturnType<Unread['read']> {
  const text = `${given}\n\n$$${statement.replace(/\s*\n\s*/g, ' ')}$$\n`;
  const items = itemsOf(readDocument('known.md', text, extractMarkdown(text)));
  const last = items[items.length - 1];
  if (last.k !== 'formula')
    throw new Error(`This is a bug in scorecheck; the statement of ${stated.name} is no formula.`);
  return { outline: outlineOf(last.statements), known: { ...stated, given: items.slice(0, -1), parts: last.parts() } };
}
