import type { FileResult, FixResult, LinkResult, NotesResult } from '../notes/result.js';
import { excerpt } from './excerpt.js';

/** Colours of a terminal, or none. */
export interface Paint {
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

const plain = (text: string): string => text;
export const noPaint: Paint = { red: plain, yellow: plain, green: plain, dim: plain, bold: plain };

/** The findings with the line of the file and a caret under the place; `sources` holds each file's text by its path. */
export function notesText(result: NotesResult, sources: ReadonlyMap<string, string>, paint: Paint): string {
  const parts = result.files.flatMap((file) => {
    const lines = (sources.get(file.path) ?? '').split('\n');
    const findings = file.links
      .filter(({ severity }) => severity !== 'none')
      .map((link) => finding(file.path, link, lines, paint));
    const remarks = file.remarks.map(
      ({ line, column, text }) => `${paint.bold(`${file.path}:${line}:${column}`)}  ${paint.dim(`note: ${text}`)}\n`,
    );
    return [...findings, ...remarks];
  });
  return [...parts, ...result.files.map((file) => tally(file, paint))].join('\n');
}

function finding(path: string, link: LinkResult, lines: readonly string[], paint: Paint): string {
  const colour = link.severity === 'error' ? paint.red : paint.yellow;
  const where = paint.bold(`${path}:${link.line}:${link.column}`);
  const source = lines[link.line - 1] ?? '';
  const width = link.endLine === link.line ? link.endColumn - link.column : source.length - link.column + 1;
  const out = [
    `${where}  ${colour(link.severity)}  ${headline(link)}`,
    ...excerpt(source, link.column - 1, Math.max(1, width), colour).map((line) => `    ${line}`),
  ];
  const witness = link.witnesses[0];
  if (link.verdict === 'false' && witness) {
    out.push(`    ${paint.dim(`${witness.instance}: left ${numbers(witness.lhs)}, right ${numbers(witness.rhs)}`)}`);
  }
  if (link.claim !== null) out.push(`    a false variant of the course's claim ${link.claim}`);
  const { fix } = link;
  if (fix) {
    out.push(
      `    ${paint.green('fix')}  ${fix.what}: ${change(fix)}  at ${fix.line}:${fix.column}-${fix.endLine}:${fix.endColumn}`,
    );
    const reads = oneLine(fix.reads ?? '');
    // The change alone tells little where it only puts something in.
    if (reads !== '' && reads !== oneLine(fix.text)) out.push(`         so that it reads  ${shortened(reads)}`);
  }
  return `${out.join('\n')}\n`;
}

/** A suggested change in words. */
export function change({ text, from }: Pick<FixResult, 'text' | 'from'>): string {
  const gone = from.trim() === '' ? '' : oneLine(from);
  if (text.trim() === '') return `leave out  ${gone}`;
  return gone === '' ? `put in  ${oneLine(text)}` : `put  ${oneLine(text)}  for  ${gone}`;
}

const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text);

/** What is wrong, in a sentence. */
export function headline({ verdict, reason, lhs, relation }: LinkResult): string {
  const what = reason.startsWith('internal')
    ? 'This was not checked.'
    : reason.startsWith('vacuous')
      ? 'This says nothing.'
      : verdict === 'false'
        ? 'This equation is false.'
        : verdict === 'true'
          ? 'True, but look again.'
          : verdict === 'definition'
            ? 'This definition does not hold together.'
            : 'This cannot be read as an equation.';
  const why = reason === '' ? '' : ` ${sentence(reason)}`;
  return `${what}${why}${relation === '=' && lhs !== '' ? ` Left side: ${oneLine(lhs).slice(0, 80)}` : ''}`;
}

const sentence = (reason: string): string => reason.replace(/^[a-z-]+: /, '');

/** Text of a document on one line, without what a terminal would obey. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const numbers = (list: readonly (number | null)[]): string => {
  const shown = list.slice(0, 3).map((x) => (x === null ? '∞' : x.toPrecision(4)));
  return list.length === 1 ? shown[0] : `(${shown.join(', ')}${list.length > 3 ? ', …' : ''})`;
};

/** One line of counts for a file. */
export function tally(file: FileResult, paint: Paint): string {
  const count = (verdict: LinkResult['verdict']): number =>
    file.links.filter((link) => link.verdict === verdict).length;
  const errors = file.links.filter(({ severity }) => severity === 'error').length;
  const text = `${file.path}: ${counted(file.links.length, 'link')}: ${count('true')} true, ${count('false')} false, ${counted(count('definition'), 'definition')}, ${count('not-checked')} not checked; coverage ${(100 * file.coverage).toFixed(0)} %`;
  return errors > 0 ? paint.red(text) : text;
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

export { oneLine, sentence };
