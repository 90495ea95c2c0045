import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pc from 'picocolors';
import type { ReadNotes } from '../../notes/notes.js';
import type { NotesResult } from '../../notes/result.js';
import type { NotesSource } from '../../notes/source.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { notesFilesOf, readNotesFile, STDIN, type NotesFile } from '../notes-files.js';
import { judgeFiles } from '../notes-processes.js';
import { asJson, checkFile } from '../output.js';
import { packageVersion } from '../package.js';
import type { Terminal } from '../terminal.js';
import { again } from '../again.js';
import { explained, type Place } from './explain-notes.js';
import { mend } from './mend-notes.js';

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
  const wanted = place && given.length === 0 ? [place.file] : given;
  const files = await notesFilesOf(wanted);
  if (files.includes(STDIN) && (options.fix === true || options.watch === true))
    throw new WrongUse('Expected files for --fix and --watch, got - (standard input). Name the file.');
  if (place !== undefined && !files.some((file) => isSame(file, place.file)))
    throw new WrongUse(`Expected --explain to name one of the files, got ${place.file}.`);
  if (options.out !== undefined && options.out !== '-') await checkFile(options.out, '--out');
  const asked: Asked = { options, format, place };
  const run = async (read: (files: readonly string[]) => void): Promise<ExitCode> => {
    // A file may have come since.
    const now = await notesFilesOf(wanted);
    read(now);
    return await once(await Promise.all(now.map(readNotesFile)), asked, terminal);
  };
  return options.watch === true ? await again(run, files, { terminal, language: 'en' }) : await run(() => undefined);
}

/** What was asked for. */
interface Asked {
  readonly options: NotesCommandOptions;
  readonly format: string;
  readonly place: Place | undefined;
}

async function once(files: readonly NotesFile[], { options, format, place }: Asked, terminal: Terminal): Promise<ExitCode> {
  for (const { file, isWhole } of files)
    if (!isWhole) terminal.note(`${file} is not UTF-8: what is not shows as \uFFFD. Save it as UTF-8.`);
  if (place !== undefined) {
    const { judgedWithTrees } = await import('../notes-job.js');
    const read: ReadNotes[] = [];
    const results = files.filter(({ file }) => isSame(file, place.file)).map(({ file, text }) => {
      const { notes, judged } = judgedWithTrees(file, text);
      read.push(notes);
      return judged.result;
    });
    terminal.result(await explained({ version: packageVersion(), files: results }, read, place));
    return exitCodes.asClaimed;
  }
  const judged = await judgeFiles(files);
  const results = judged.map((each) => each.result);
  const sources = new Map(judged.map((each) => [each.result.path, each.source]));
  const result: NotesResult = { version: packageVersion(), files: results };
  const toTerminal = options.out === undefined || options.out === '-';
  const content = await rendered(result, sources, format, toTerminal);
  if (toTerminal) terminal.result(content);
  else {
    await writeFile(options.out, content);
    terminal.note(`Wrote ${options.out}`);
  }
  if (format === 'github' && (terminal.env['GITHUB_STEP_SUMMARY'] ?? '') !== '') {
    const { notesMarkdown } = await import('../../report/notes-markdown.js');
    await writeFile(terminal.env['GITHUB_STEP_SUMMARY'] as string, notesMarkdown(result), { flag: 'a' });
  }
  if (options.fix === true)
    for (const [i, file] of files.entries()) await mend(results[i], file, terminal);
  const errors = results.some(({ links }) => links.some(({ severity }) => severity === 'error'));
  const { minCoverage = 0 } = options;
  const low = results.filter(({ coverage }) => 100 * coverage < minCoverage);
  for (const { path: file, coverage } of low)
    terminal.note(`${file}: ${Math.floor(100 * coverage)} % of the links were decided, fewer than --min-coverage ${minCoverage}.`);
  return errors || low.length > 0 ? exitCodes.notAsClaimed : exitCodes.asClaimed;
} // prettier-ignore

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

const isSame = (a: string, b: string): boolean => path.resolve(a) === path.resolve(b);

function placeOf(text: string): Place {
  const match = /^(.+):(\d+)$/.exec(text);
  if (!match) throw new WrongUse(`Expected --explain FILE:LINE, got "${text}".`);
  return { file: match[1], line: Number(match[2]) };
}
