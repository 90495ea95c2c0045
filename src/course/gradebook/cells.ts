import { stringify } from 'csv-stringify/sync';
import type { ClassRun, Mark } from '../result.js';

/** What a spreadsheet would take for a formula, or for the end of a cell before one; the wide forms are read like the plain ones in East Asia. */
const formula = /^\s*[=+\-@\t\r\n|%＝＋－＠]/u;

/**
 * A text as a cell that no spreadsheet computes: what begins like a formula gets an apostrophe before it. For names and comments; an id
 * stands as it is, and the roster admits none that begins so.
 */
export const safeText = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** A mark as a cell: at most 4 decimals; what is not graded is empty, never 0. */
export const pointsCell = (points: number | null): string => (points === null ? '' : String(points));

/** A table in CSV, lines ending as RFC 4180 has them. */
export const csv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { record_delimiter: 'windows' },
  );

/** The mark of a student for an exercise. */
export function markIn({ marks }: ClassRun, student: string, exercise: string): Mark | undefined {
  return marks.find((mark) => mark.student === student && mark.exercise === exercise);
}
