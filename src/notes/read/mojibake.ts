import type { Remark } from './formula.js';

/**
 * UTF-8 that was read as Windows-1252 or its Turkish sister 1254, and saved: `ä¸€` for 一, `â€”` for a dash. Reported once for a document, at its
 * first damaged place; nothing is guessed, since bytes without a character were dropped.
 */
export function mojibakeIn(text: string): Remark | undefined {
  // A lead byte of three (E1–EF) or four (F0 is ğ in 1254) shown as a letter, and continuation bytes as symbols or letters after it.
  const damaged =
    /(?:[áâãäåæçèéêëìíîï][\u0080-\u00bf\u0152-\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}){2,}|â€[”“œ™]|[ğð]Ÿ/gu;
  const found = [...text.matchAll(damaged)];
  if (found.length < 2) return undefined;
  const characters = found.reduce((total, match) => total + match[0].length, 0);
  const first = found[0];
  return {
    start: first.index,
    end: first.index + first[0].length,
    text: `Text damaged by a wrong encoding: UTF-8 was read as Windows-1252 or 1254, ${characters} characters in ${found.length} places. Formulas are read as they stand; words are not guessed.`,
  };
}
