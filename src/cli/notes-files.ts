import { readFile, readdir, realpath, stat } from 'node:fs/promises';
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
      files.push(...(await notesIn(file)));
    } else files.push(file);
  }
  if (files.length === 0) throw new WrongUse(`Expected Markdown or LaTeX files in ${given.join(', ')}; found none.`);
  return await onceEach(files);
}

/** The notes of a folder, links to files among them; a link to a folder is not gone into, since it may lead back. */
async function notesIn(folder: string): Promise<readonly string[]> {
  const inside = await readdir(folder, { recursive: true, withFileTypes: true });
  const notes = inside.filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && /\.(md|markdown|tex|txt)$/i.test(entry.name) && !/(^|[\\/])(node_modules|\.git)([\\/]|$)/.test(entry.parentPath)); // prettier-ignore
  const files = await Promise.all(
    notes.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return entry.isFile() || (await stat(file).catch(() => undefined))?.isFile() === true ? [file] : [];
    }),
  );
  return files.flat().sort();
}

/** A file that is reached in several ways is read once, by the first of its names. */
async function onceEach(files: readonly string[]): Promise<readonly string[]> {
  const known = new Map<string, string>();
  for (const file of files) {
    const own = file === STDIN ? STDIN : await realpath(file);
    if (!known.has(own)) known.set(own, file);
  }
  return [...known.values()];
}

/**
 * Reads the files; one that was found in a folder and cannot be read is left out, which `note` is told, one that was named stops it all. Throws
 * {@link WrongUse} where nothing is left.
 */
export async function readNotesFiles(
  files: readonly string[],
  given: readonly string[],
  note: (text: string) => void,
): Promise<readonly NotesFile[]> {
  const read = await Promise.all(
    files.map(async (file) => {
      try {
        return [await readNotesFile(file)];
      } catch (error) {
        const reason = error instanceof WrongUse ? error.message : refusalOf(error, file);
        if (reason === undefined) throw error;
        if (given.includes(file)) throw new WrongUse(reason);
        note(`Left out: ${reason}`);
        return [];
      }
    }),
  );
  const whole = read.flat();
  if (whole.length === 0)
    throw new WrongUse(`Expected Markdown or LaTeX files in ${given.join(', ')}; none could be read.`);
  return whole;
}

/** What the system has against a file, in words; undefined for another kind of error. */
export function refusalOf(error: unknown, file: string): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return `Expected ${file} to be a file; there is none any more. Check the path.`;
  if (/^(EACCES|EPERM|EROFS)$/.test(code))
    return `Expected access to ${file}; the system refuses it (${code}). Check its permissions.`;
  return undefined;
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
