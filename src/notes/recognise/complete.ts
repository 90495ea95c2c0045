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

let read: ReadonlyMap<string, readonly KnownStatement[]> | undefined;

/** The statements of the course that are complete, by the outline of their formula. */
export const completeStatements = (): ReadonlyMap<string, readonly KnownStatement[]> => (read ??= readAll());

/** What tells most formulas apart before their parts are looked at: the relations of each statement. */
export const outlineOf = (statements: readonly ReadStatement[]): string =>
  statements.map(({ relations }) => relations.map(({ relation }) => relation).join(' ')).join(' | ');

function readAll(): ReadonlyMap<string, readonly KnownStatement[]> {
  const all = new Map<string, KnownStatement[]>();
  for (const { id, given, statement, variants } of courseClaims) {
    const stated = [
      { name: id, isVariant: false, given, statement },
      ...Object.entries(variants).map(([variant, own]) => ({ name: `${id}/${variant}`, isVariant: true, ...own, given: own.given ?? given })),
    ]; // prettier-ignore
    for (const one of stated) {
      if (!completeNames.has(one.name)) continue;
      const text = `${one.given ?? ''}\n\n$$${one.statement.replace(/\s*\n\s*/g, ' ')}$$\n`;
      const items = itemsOf(readDocument('known.md', text, extractMarkdown(text)));
      const last = items[items.length - 1];
      if (last.k !== 'formula')
        throw new Error(`This is a bug in scorecheck; the statement of ${one.name} is no formula.`);
      const outline = outlineOf(last.statements);
      const known = {
        name: one.name,
        isVariant: one.isVariant,
        given: items.slice(0, -1),
        parts: last.parts(),
        mend: one.given === given ? statement : undefined,
      };
      all.set(outline, [...(all.get(outline) ?? []), known]);
    }
  }
  return all;
}
