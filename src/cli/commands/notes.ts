import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pc from 'picocolors';
import type { ReadNotes } from '../../notes/notes.js';
import type { NotesResult } from '../../notes/result.js';
import type { NotesSource } from '../../notes/source.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { notesFilesOf, readNotesFiles, STDIN, type NotesFile } from '../notes-files.js';
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
  const beside = (['format', 'out', 'minCoverage', 'fix'] as const).find((name) => place !== undefined && isAsked(name, options)); // prettier-ignore
  if (beside !== undefined)
    throw new WrongUse(
      `Expected --explain alone or with --watch, got ${optionNames[beside]} as well. Leave one of them out.`,
    );
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
    return await once(await readNotesFiles(now, wanted, terminal.note), asked, terminal);
  };
  return options.watch === true ? await again(run, files, { terminal, language: 'en' }) : await run(() => undefined);
}

const optionNames = { format: '--format', out: '--out', minCoverage: '--min-coverage', fix: '--fix' } as const;

/** Whether an option was given another value than the one that it has by itself. */
const isAsked = (name: keyof typeof optionNames, options: NotesCommandOptions): boolean =>
  ![undefined, false, 'terminal', '-'].includes(options[name] as string | false | undefined);

/** What was asked for. */
interface Asked {
  readonly options: NotesCommandOptions;
  readonly format: string;
  readonly place: Place | undefined;
}

async function once(files: readonly NotesFile[], asked: Asked, terminal: Terminal): Promise<ExitCode> {
  for (const { file, isWhole } of files)
    if (!isWhole) terminal.note(`${file} is not UTF-8: what is not shows as \uFFFD. Save it as UTF-8.`);
  const { options, format, place } = asked;
  if (place !== undefined) {
    terminal.result(await explanation(files, place));
    return exitCodes.asClaimed;
  }
  const judged = await judgeFiles(files);
  const result: NotesResult = { version: packageVersion(), files: judged.map((each) => each.result) };
  const sources = new Map(judged.map((each) => [each.result.path, each.source]));
  await hand(result, sources, { options, format }, terminal);
  if (options.fix === true) for (const [i, file] of files.entries()) await mend(result.files[i], file, terminal);
  return verdictOn(result, options.minCoverage ?? 0, terminal);
}

/** How the line of --explain was read, in the one file that it names. */
async function explanation(files: readonly NotesFile[], place: Place): Promise<string> {
  const { judgedWithTrees } = await import('../notes-job.js');
  const judged = files
    .filter(({ file }) => isSame(file, place.file))
    .map(({ file, text }) => judgedWithTrees(file, text));
  const read = judged.map(({ notes }): ReadNotes => notes);
  return explained({ version: packageVersion(), files: judged.map((each) => each.judged.result) }, read, place);
}

/** The findings, where they were asked for, and in the summary of a GitHub job. */
async function hand(
  result: NotesResult,
  sources: ReadonlyMap<string, NotesSource>,
  { options: { out }, format }: Omit<Asked, 'place'>,
  terminal: Terminal,
): Promise<void> {
  const toTerminal = out === undefined || out === '-';
  const content = await rendered(result, sources, format, toTerminal);
  if (toTerminal) terminal.result(content);
  else {
    await writeFile(out, content);
    terminal.note(`Wrote ${out}`);
  }
  const summary = terminal.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (format === 'github' && summary !== '') {
    const { notesMarkdown } = await import('../../report/notes-markdown.js');
    await writeFile(summary, notesMarkdown(result), { flag: 'a' });
  }
}

/** 1 where a link is in error, or where fewer links than wanted were decided, which is told. */
function verdictOn({ files }: NotesResult, minCoverage: number, terminal: Terminal): ExitCode {
  const errors = files.some(({ links }) => links.some(({ severity }) => severity === 'error'));
  const low = files.filter(({ coverage }) => 100 * coverage < minCoverage);
  for (const { path: file, coverage } of low) {
    const decided = Math.floor(100 * coverage);
    terminal.note(`${file}: ${decided} % of the links were decided, fewer than --min-coverage ${minCoverage}.`);
  }
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

const isSame = (a: string, b: string): boolean => path.resolve(a) === path.resolve(b);

function placeOf(text: string): Place {
  const match = /^(.+):(\d+)$/.exec(text);
  if (!match) throw new WrongUse(`Expected --explain FILE:LINE, got "${text}".`);
  return { file: match[1], line: Number(match[2]) };
}
