/**
 * Text of the data made safe for Markdown. Whatever a title or a caption holds, it comes out as the same characters: no markup, no
 * formula, no table cell begins in it. Raw HTML is off besides (html.ts).
 */

/** Any string as literal text on one line. */
export const plain = (text: string): string => escapeStart(escapeInline(oneLine(text)));

/** A sentence in which `$...$` is a formula and everything else literal text. */
export function prose(text: string): string {
  const line = oneLine(text);
  let result = '';
  let end = 0;
  for (const match of line.matchAll(/(?<![\\$\w])\$(?!\$)((?:\\.|[^$\\])+)\$(?![\w$])/g)) {
    result += escapeInline(line.slice(end, match.index)) + inlineMath(match[1] ?? '');
    end = match.index + match[0].length;
  }
  return escapeStart(result + escapeInline(line.slice(end)));
}

/** LaTeX inside a line or a table cell: bars are commands, since a `|` would end the cell; shown as code where it holds a dollar. */
export function inlineMath(latex: string): string {
  const line = oneLine(withoutComments(latex));
  if (line === '') return '';
  return cannotBeDelimited(line) ? code(line) : `$${withoutBars(line)}$`;
}

/** LaTeX as a paragraph of its own; shown as code where it holds a dollar. */
export function displayMath(latex: string): string {
  const lines = withoutComments(latex)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const text = lines.join('\n');
  return cannotBeDelimited(text) ? code(oneLine(text)) : `$$\n${text}\n$$`;
}

/** A code span; the fence is longer than any run of backticks in it. */
export function code(text: string): string {
  const line = oneLine(text);
  const runs = [...line.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const pad = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A link to a heading of this document; `text` is Markdown. */
export const link = (text: string, anchor: string): string => `[${text}](#${encodeURI(anchor)})`;

/** How a column is set: numbers stand right. */
export type Align = 'left' | 'right';

/** A table; cells are Markdown of one line. */
export function table(
  columns: readonly (readonly [heading: string, align?: Align])[],
  rows: readonly (readonly string[])[],
): string {
  // A backslash before `|` is removed by the table itself, whatever stands before it.
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = columns.map(([, align]) => (align === 'right' ? '---:' : '---'));
  return [line(columns.map(([heading]) => heading)), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Text with every run of white space as one space, and with half a character, which no address or file can hold, as �. */
export const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\p{Surrogate}\0]/gu, '\ufffd');

const escapeInline = (text: string): string => text.replace(/[\\`*_[\]<$~]|&(?=[a-zA-Z#])/g, '\\$&');

/** What begins a list, a heading, a quotation or a rule does so at the start of a line only. */
const escapeStart = (text: string): string =>
  text.replace(/^(?:>|(?:[-+]|#{1,6})(?=\s|$)|[=-]+$)/, '\\$&').replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\');

/** A `%` hides the rest of its line, which is harmless only as long as there is more than one line. */
const withoutComments = (latex: string): string => latex.replace(/(?<!\\)((?:\\\\)*)%.*$/gm, '$1');

const withoutBars = (latex: string): string =>
  latex.replace(/(\\[^]|\|)([a-zA-Z]?)/g, (all, token: string, next: string) => {
    const bar = token === '|' ? '\\vert' : token === '\\|' ? '\\Vert' : undefined;
    return bar === undefined ? all : next === '' ? bar : `${bar} ${next}`;
  });

/** A bare `$` or a last backslash would move the end of the formula. */
const cannotBeDelimited = (latex: string): boolean => /\$|\\$/.test(latex.replace(/\\[^]/g, ''));
