/** A line of 80 columns, less an indent of four. */
const COLUMNS = 76;
/** So many columns show what stands before the place. */
const BEFORE = 30;

/** One character as a reader sees it, with the columns that it takes in a terminal. */
interface Cell {
  readonly text: string;
  readonly at: number;
  readonly columns: number;
}

/**
 * The part of a line around a place that fits a terminal of 80 columns, and the caret under the place; `at` and `width` in UTF-16 units. A tab shows
 * as one blank, and nothing of the line is a command to the terminal.
 */
export function excerpt(line: string, at: number, width: number, colour: (text: string) => string): [string, string] {
  // What lies further away is not shown; a character may have many units.
  const from = Math.max(0, at - 8 * BEFORE);
  const cells = cellsOf(line.slice(from, at + 8 * COLUMNS)).map((cell) => ({ ...cell, at: cell.at + from }));
  let first = Math.max(
    0,
    cells.findLastIndex((cell) => cell.at <= at),
  );
  for (let room = BEFORE; first > 0 && room >= cells[first - 1].columns; first--) room -= cells[first - 1].columns;
  const shown: Cell[] = [];
  let room = COLUMNS;
  for (const cell of cells.slice(first)) {
    room -= cell.columns;
    if (room < 0) break;
    shown.push(cell);
  }
  const columnsOf = (list: readonly Cell[]): number => list.reduce((total, { columns }) => total + columns, 0);
  const before = columnsOf(shown.filter((cell) => cell.at + cell.text.length <= at));
  const under = columnsOf(shown.filter((cell) => cell.at + cell.text.length > at && cell.at < at + width));
  return [
    shown
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
    ' '.repeat(before) + colour('^'.repeat(Math.max(1, under))),
  ];
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

const cellsOf = (text: string): Cell[] =>
  [...segmenter.segment(text)].map(({ segment, index }) => ({
    text: /^\p{Cc}/u.test(segment) ? ' ' : segment,
    at: index,
    columns: columnsOf(segment),
  }));

/** Chinese characters and emoji take two columns, a mark that stands on nothing takes none. */
function columnsOf(grapheme: string): number {
  if (/^[\p{M}\p{Cf}]+$/u.test(grapheme)) return 0;
  const isWide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u.test(grapheme); // prettier-ignore
  return isWide ? 2 : 1;
}
