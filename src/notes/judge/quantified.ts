import type { Case } from './case.js';

/** Words that say an equation of every value of a letter. */
const every = /for (?:every|any|all|each|arbitrary)|任意|任何|所有/;

/** The letters that the words behind an equation let be anything: `\text{for every } S \text{ and } p`, "… for all $v$". */
export function saidOfEvery({ document, rhs }: Pick<Case, 'document' | 'rhs'>): ReadonlySet<string> {
  const behind = document.original.slice(rhs.end, rhs.end + 120);
  const spaces = String.raw`[\s,，]*(?:\\(?:quad|qquad|[,;:! ])\s*)*`;
  const inside = new RegExp(
    `^${spaces}\\\\text\\{([^{}]*)\\}\\s*([A-Za-z])(?![A-Za-z])(?:\\s*\\\\text\\{\\s*and\\s*\\}\\s*([A-Za-z])(?![A-Za-z]))?`,
  );
  const outside = /^[\s.,，]*\$\$?,?\s*([^$.;\n]{0,40}?)\$([A-Za-z])\$/;
  const found = inside.exec(behind) ?? outside.exec(behind);
  return new Set(found !== null && every.test(found[1]) ? found.slice(2).filter((letter) => letter !== undefined) : []);
}
