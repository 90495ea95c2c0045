import { readNotes } from '../../src/notes/notes.js';
import { notesSchema, type FileResult } from '../../src/notes/result.js';
import { positions, type Span } from '../../src/notes/read/span.js';
import { sourceOf } from '../../src/notes/source.js';
import { summarise } from '../../src/notes/summarise.js';
import { notesGithub, notesJunit, notesMarkdown, notesSarif } from '../../src/report/notes-machine.js';
import { notesHtml } from '../../src/report/notes-html.js';
import { noPaint, notesText } from '../../src/report/notes-text.js';
import type { Input } from './fuzz-inputs.js';

/** How much of the reader an input goes through; suggesting changes and making reports cost most. */
export interface Depth {
  readonly repairs: boolean;
  readonly reports: boolean;
}

/**
 * Reads an input and throws where a span is not what stands there: each side is its piece of the file, each equation put into the file is found
 * in its place, lines and columns lead back to it, and the change that is suggested lies in the file.
 */
export function checkInput({ file, text, equations }: Input, { repairs, reports }: Depth): void {
  const notes = readNotes(file, text, { repairs });
  const must = (holds: boolean, what: string, span: Span): void => {
    if (!holds) throw new Error(`${what}: ${span.start}-${span.end} "${text.slice(span.start, span.end)}"`);
  };
  const inside = ({ start, end }: Span): boolean => start >= 0 && start <= end && end <= text.length;
  for (const link of notes.links) {
    for (const side of [link.lhs, link.rhs]) {
      must(inside(side), 'A side outside of the file', side);
      must(text.slice(side.start, side.end) === side.text, `A side that reads "${side.text}"`, side);
    }
    must(link.reason !== 'internal', `An error of scorecheck: ${link.message}`, link.rhs);
    must(inside(link.span), 'A message outside of the file', link.span);
    if (link.verdict === 'false')
      must(link.comparison !== undefined || link.message !== '', 'False for no reason', link.rhs);
  }
  for (const remark of notes.document.remarks) must(inside(remark), 'A remark outside of the file', remark);
  for (const fix of notes.repairs.values()) must(inside(fix), 'A change outside of the file', fix);
  const found = new Set(notes.links.map(({ lhs, rhs }) => `${lhs.start}-${lhs.end}=${rhs.start}-${rhs.end}`));
  for (const { lhs, rhs } of equations) {
    if (!found.has(`${lhs.join('-')}=${rhs.join('-')}`))
      throw new Error(
        `An equation not found in its place, ${lhs.join('-')} = ${rhs.join('-')}; found ${[...found].join(', ')}`,
      );
  }
  const summary = summarise(notes);
  checkPlaces(summary, notes.links, text);
  if (!reports) return;
  const result = { version: '0', files: [{ ...summary, path: file }] };
  notesSchema.parse(JSON.parse(JSON.stringify(result)));
  const sources = new Map([[file, sourceOf(notes.document)]]);
  const texts = new Map([[file, text]]);
  // The page's own script says undefined; the other reports never.
  notesHtml(result, sources);
  for (const made of [notesText(result, texts, noPaint), notesMarkdown(result), notesGithub(result), notesJunit(result), JSON.stringify(notesSarif(result))])
    if (/\bundefined\b|\bNaN\b/.test(made) && !/undefined|NaN/.test(text)) throw new Error('A report says undefined or NaN.'); // prettier-ignore
}

function checkPlaces(summary: FileResult, links: readonly { readonly rhs: Span }[], text: string): void {
  const at = positions(text);
  const lines = text.split('\n');
  summary.links.forEach(({ line, column, endLine, endColumn }, i) => {
    const { rhs } = links[i];
    const [from, to] = [at(rhs.start), at(rhs.end)];
    const same = from.line === line && from.column === column && to.line === endLine && to.column === endColumn;
    if (!same || !(lines[line - 1] ?? '').slice(column - 1).startsWith(text.slice(rhs.start, Math.min(rhs.end, rhs.start + 1)).replace('\n', '')))
      throw new Error(`Line ${line}, column ${column} is not where the right side stands.`); // prettier-ignore
  });
}
