import { readFile, stat, readdir, writeFile } from 'node:fs/promises';
import { watch } from 'node:fs';
import path from 'node:path';
import pc from 'picocolors';
import type { FileResult, NotesResult } from '../../notes/result.js';
import type { NotesSource } from '../../notes/source.js';
import type { ReadNotes } from '../../notes/notes.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { asJson, checkFile } from '../output.js';
import { packageVersion } from '../package.js';
import type { Terminal } from '../terminal.js';
import { explained, type Place } from './explain-notes.js';

/** The options of `scorecheck notes` as commander hands them over. */
export interface NotesCommandOptions {
  readonly format?: string;
  readonly out?: string;
  readonly minCoverage?: number;
  readonly fix?: boolean;
  readonly explain?: string;
  readonly watch?: boolean;
}

export const notesFormats = ['terminal', 'md', 'html', 'json', 'sarif', 'junit', 'github'] as const;

/** Files longer than this are refused; notes of a whole course are some hundred kilobytes. */
const MAX_BYTES = 2_000_000;

/** Judges the equations of notes; 1 where a link is in error or too few were decided. */
export async function notesCommand(
  given: readonly string[],
  options: NotesCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = options.format ?? 'terminal';
  if (!notesFormats.some((known) => known === format))
    throw new WrongUse(`Expected --format to be one of ${notesFormats.join(', ')}, got "${format}".`);
  const place = options.explain === undefined ? undefined : placeOf(options.explain);
  const files = await filesOf(place && given.length === 0 ? [place.file] : given);
  if (options.out !== undefined && options.out !== '-') await checkFile(options.out, '--out');
  let code = await once(files, options, format, place, terminal);
  if (options.watch === true) {
    terminal.note('Watching; Ctrl-C ends.');
    for await (const changed of changes(files)) {
      terminal.note(`Changed: ${changed}`);
      code = await once(files, options, format, place, terminal);
    }
  }
  return code;
}

async function once(
  files: readonly string[],
  options: NotesCommandOptions,
  format: string,
  place: Place | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const [{ readNotes }, { summarise }, { knownVariants }, { sourceOf }] = await Promise.all([
    import('../../notes/notes.js'),
    import('../../notes/summarise.js'),
    import('../../notes/known/known.js'),
    import('../../notes/source.js'),
  ]);
  const sources = new Map<string, NotesSource>();
  const results: FileResult[] = [];
  const read: ReadNotes[] = [];
  for (const file of files) {
    const text = await contentOf(file);
    const notes = readNotes(file, text);
    sources.set(file, sourceOf(notes.document));
    results.push(summarise(notes, knownVariants));
    if (place !== undefined) read.push(notes);
  }
  const result: NotesResult = { version: packageVersion(), files: results };
  if (place !== undefined) {
    terminal.result(await explained(result, read, place));
    return exitCodes.asClaimed;
  }
  const content = await rendered(result, sources, format, options.out === undefined || options.out === '-');
  if (options.out === undefined || options.out === '-') terminal.result(content);
  else {
    await writeFile(options.out, content);
    terminal.note(`Wrote ${options.out}`);
  }
  if (format === 'github' && (terminal.env['GITHUB_STEP_SUMMARY'] ?? '') !== '') {
    const { notesMarkdown } = await import('../../report/notes-markdown.js');
    await writeFile(terminal.env['GITHUB_STEP_SUMMARY'] as string, notesMarkdown(result), { flag: 'a' });
  }
  if (options.fix === true)
    for (const file of result.files) await mend(file, sources.get(file.path)?.text ?? '', terminal);
  const errors = results.some(({ links }) => links.some(({ severity }) => severity === 'error'));
  const low =
    options.minCoverage === undefined
      ? []
      : results.filter(({ coverage }) => 100 * coverage < (options.minCoverage ?? 0));
  for (const { path: file, coverage } of low)
    terminal.note(
      `${file}: ${(100 * coverage).toFixed(0)} % of the links were decided, fewer than --min-coverage ${options.minCoverage}.`,
    );
  return errors || low.length > 0 ? exitCodes.notAsClaimed : exitCodes.asClaimed;
}

async function rendered(
  result: NotesResult,
  sources: ReadonlyMap<string, NotesSource>,
  format: string,
  toTerminal: boolean,
): Promise<string> {
  switch (format) {
    case 'json':
      return asJson(result);
    case 'md':
      return (await import('../../report/notes-markdown.js')).notesMarkdown(result);
    case 'html':
      return (await import('../../report/notes-html.js')).notesHtml(result, sources);
    case 'sarif':
      return asJson((await import('../../report/notes-machine.js')).notesSarif(result));
    case 'junit':
      return (await import('../../report/notes-machine.js')).notesJunit(result);
    case 'github':
      return (await import('../../report/notes-machine.js')).notesGithub(result);
    default: {
      const { notesText } = await import('../../report/notes-text.js');
      const plain = pc.createColors(false);
      const texts = new Map([...sources].map(([file, { text }]) => [file, text]));
      return `${notesText(result, texts, toTerminal ? pc : plain)}\n`;
    }
  }
}

/** Files as given, and the Markdown and LaTeX files of folders. */
async function filesOf(given: readonly string[]): Promise<readonly string[]> {
  if (given.length === 0) throw new WrongUse('Expected a file or folder of notes. Example: scorecheck notes week7.md');
  const files: string[] = [];
  for (const file of given) {
    const found = await stat(file).catch(() => undefined);
    if (found === undefined)
      throw new WrongUse(`Expected ${file} to be a file or a folder; there is none. Check the path.`);
    if (found.isDirectory()) {
      const inside = await readdir(file, { recursive: true, withFileTypes: true });
      const notes = inside.filter(
        (entry) =>
          entry.isFile() && /\.(md|markdown|tex|txt)$/i.test(entry.name) && !/node_modules/.test(entry.parentPath),
      );
      files.push(...notes.map((entry) => path.join(entry.parentPath, entry.name)).sort());
    } else if (found.size > MAX_BYTES)
      throw new WrongUse(`Expected notes of at most ${MAX_BYTES} bytes, ${file} has ${found.size}. Split it.`);
    else files.push(file);
  }
  if (files.length === 0) throw new WrongUse(`Expected Markdown or LaTeX files in ${given.join(', ')}; found none.`);
  return files;
}

async function contentOf(file: string): Promise<string> {
  const bytes = await readFile(file);
  // A byte order mark is no text, but editors count no column for it either.
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

function placeOf(text: string): Place {
  const match = /^(.+):(\d+)$/.exec(text);
  if (!match) throw new WrongUse(`Expected --explain FILE:LINE, got "${text}".`);
  return { file: match[1], line: Number(match[2]) };
}

/** Writes the suggested changes into the file, from its end to its beginning; of two that overlap the first one. */
async function mend(file: FileResult, source: string, terminal: Terminal): Promise<void> {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  const fixes = file.links
    .flatMap(({ fix, severity }) =>
      fix && severity === 'error'
        ? [
            {
              text: fix.text,
              start: starts[fix.line - 1] + fix.column - 1,
              end: starts[fix.endLine - 1] + fix.endColumn - 1,
            },
          ]
        : [],
    )
    .sort((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  let done = 0;
  for (const { text, start, end } of fixes) {
    if (start < at) continue;
    out += source.slice(at, start) + text;
    at = end;
    done++;
  }
  if (done === 0) return;
  await writeFile(file.path, out + source.slice(at));
  terminal.note(`${file.path}: ${done} ${done === 1 ? 'change' : 'changes'} written.`);
}

async function* changes(files: readonly string[]): AsyncGenerator<string> {
  const changed: string[] = [];
  let wake: () => void = () => undefined;
  for (const file of files) {
    watch(file, () => {
      changed.push(file);
      wake();
    });
  }
  for (;;) {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (changed.length > 0) resolve();
    });
    // Editors write in several steps.
    await new Promise((resolve) => setTimeout(resolve, 150));
    const name = changed[0];
    changed.length = 0;
    yield name;
  }
}
