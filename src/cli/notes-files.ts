import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { WrongUse } from './failure.js';

/** Files longer than this are refused; notes of a whole course are some hundred kilobytes. */
const MAX_BYTES = 2_000_000;

/** A file of notes as it was read. */
export interface NotesFile {
  readonly file: string;
  /** Without a byte order mark: it is no text, and editors count no column for it either. */
  readonly text: string;
  readonly hasMark: boolean;
  /** Bytes that are no UTF-8 became U+FFFD: written back, they would be lost. */
  readonly isWhole: boolean;
}

/** Standard input. */
export const STDIN = '-';

/** Files as given, and the Markdown and LaTeX files of folders. Throws {@link WrongUse} where there is none. */
export async function notesFilesOf(given: readonly string[]): Promise<readonly string[]> {
  if (given.length === 0) throw new WrongUse('Expected a file or folder of notes. Example: scorecheck notes week7.md');
  const files: string[] = [];
  for (const file of given) {
    if (file === STDIN) {
      files.push(file);
      continue;
    }
    const found = await stat(file).catch(() => undefined);
    if (found === undefined)
      throw new WrongUse(`Expected ${file} to be a file or a folder; there is none. Check the path.`);
    if (found.isDirectory()) {
      const inside = await readdir(file, { recursive: true, withFileTypes: true });
      const notes = inside.filter((entry) => entry.isFile() && /\.(md|markdown|tex|txt)$/i.test(entry.name) && !/(^|[\\/])(node_modules|\.git)([\\/]|$)/.test(entry.parentPath)); // prettier-ignore
      files.push(...notes.map((entry) => path.join(entry.parentPath, entry.name)).sort());
    } else files.push(file);
  }
  if (files.length === 0) throw new WrongUse(`Expected Markdown or LaTeX files in ${given.join(', ')}; found none.`);
  return [...new Set(files)];
}

/** Reads a file, `-` from standard input. Throws {@link WrongUse} for one that is too long or no text. */
export async function readNotesFile(file: string): Promise<NotesFile> {
  if (file === STDIN) {
    const text = await textOf(process.stdin);
    return { file, text: text.replace(/^\uFEFF/, ''), hasMark: false, isWhole: true };
  }
  const { size } = await stat(file);
  if (size > MAX_BYTES)
    throw new WrongUse(`Expected notes of at most ${MAX_BYTES} bytes, ${file} has ${size}. Split it.`);
  const bytes = await readFile(file);
  if (bytes.includes(0)) {
    const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    throw new WrongUse(
      isUtf16
        ? `Expected ${file} to be UTF-8, found UTF-16. Save it as UTF-8.`
        : `Expected ${file} to be text, found zero bytes: a binary file. Name the Markdown or LaTeX file that it was made from.`,
    );
  }
  const text = bytes.toString('utf8');
  return {
    file,
    text: text.replace(/^\uFEFF/, ''),
    hasMark: text.startsWith('\uFEFF'),
    isWhole: Buffer.from(text).equals(bytes),
  };
}
