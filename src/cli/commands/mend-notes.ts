import { readFile, writeFile } from 'node:fs/promises';
import type { FileResult } from '../../notes/result.js';
import { refusalOf, type NotesFile } from '../notes-files.js';
import type { Terminal } from '../terminal.js';

/** Writes the suggested changes into the file, of two that overlap the first one; where it cannot, it says so, and the next file is mended. */
export async function mend(
  { links }: FileResult,
  { file, text, hasMark, isWhole }: NotesFile,
  terminal: Terminal,
): Promise<void> {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const fixes = links
    .flatMap(({ fix, severity }) =>
      fix && severity === 'error'
        ? [{ put: fix.text, start: starts[fix.line - 1] + fix.column - 1, end: starts[fix.endLine - 1] + fix.endColumn - 1 }]
        : [],
    )
    .sort((a, b) => a.start - b.start); // prettier-ignore
  const without = links.filter(({ fix, severity }) => severity === 'error' && fix === null).length;
  if (without > 0)
    terminal.note(`${file}: ${without} ${without === 1 ? 'error' : 'errors'} without a suggestion: mend by hand.`);
  if (fixes.length === 0) return;
  if (!isWhole)
    return terminal.note(`${file}: nothing was written. It is not UTF-8, and what is not would be lost; save it as UTF-8 first.`); // prettier-ignore
  const mark = hasMark ? '\uFEFF' : '';
  let out = mark;
  let at = 0;
  let done = 0;
  for (const { put, start, end } of fixes) {
    if (start < at) continue;
    out += text.slice(at, start) + put;
    at = end;
    done++;
  }
  try {
    // Judging takes seconds, in which an author may have saved the file.
    if ((await readFile(file, 'utf8')) !== mark + text)
      return terminal.note(`${file}: nothing was written. It changed while it was judged; run it again.`);
    await writeFile(file, out + text.slice(at));
  } catch (error) {
    const reason = refusalOf(error, file);
    if (reason === undefined) throw error;
    return terminal.note(`${file}: nothing was written. ${reason}`);
  }
  terminal.note(`${file}: ${done} ${done === 1 ? 'change' : 'changes'} written.`);
}
