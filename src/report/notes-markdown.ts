import type { FixResult, LinkResult, NotesResult } from '../notes/result.js';
import { change, headline, noPaint, oneLine, sentence, tally } from './notes-text.js';

const cell = (text: string): string => oneLine(text).replaceAll('|', '\\|').replaceAll('`', "'").slice(0, 160);

/** The findings as Markdown: a table for each file; formulas as code, so that what is broken shows as it stands. */
export function notesMarkdown(result: NotesResult): string {
  const parts = result.files.map((file) => {
    const found = file.links.filter(({ severity }) => severity !== 'none');
    const rows = found.map(
      (link) =>
        `| ${link.line}:${link.column} | ${link.severity} | \`${cell(link.lhs)}\` ${link.relation === 'prose' ? '' : '`' + link.relation + '`'} \`${cell(link.rhs)}\` | ${cell(what(link))} | ${link.fix ? mended(link.fix) : ''} |`,
    );
    const open = file.links.filter(({ verdict, severity }) => verdict === 'not-checked' && severity === 'none');
    const notChecked = open.map((link) => `- line ${link.line}: ${sentence(link.reason)} \`${cell(link.rhs)}\``);
    return [
      `## ${file.path.replaceAll('\\', '/')}`,
      tally(file, noPaint),
      ...(rows.length > 0
        ? [['| line | | equation | finding | fix |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')]
        : ['No findings.']),
      ...(notChecked.length > 0 ? [`Not checked:\n\n${notChecked.join('\n')}`] : []),
      ...(file.remarks.length > 0
        ? [`Remarks:\n\n${file.remarks.map(({ line, text }) => `- line ${line}: ${cell(text)}`).join('\n')}`]
        : []),
    ].join('\n\n');
  });
  return `# Equations of the notes\n\n${parts.join('\n\n')}\n`;
}

/** The mended side where there is one, and the change in words. */
const mended = (fix: FixResult): string =>
  fix.reads === null || fix.reads.trim() === ''
    ? `${fix.what}: ${cell(change(fix))}`
    : `\`${cell(fix.reads)}\` (${fix.what}: ${cell(change(fix))})`;

const what = (link: LinkResult): string =>
  `${headline({ ...link, lhs: '' })}${link.claim === null ? '' : ` It is a false variant of ${link.claim}.`}`;
