import path from 'node:path/posix';
import { CourseProblem } from '../problem.js';
import type { HandIn } from './hand-in.js';
import { alike, studentLimits, type Refused, type TreeFile } from './tree.js';
import { zipTree, type ZipTree } from './zip-tree.js';

/** Extensions of a module that can be graded, by language; the others can be read by it. */
export const languageExtensions = {
  typescript: ['.ts', '.mts'],
  javascript: ['.js', '.mjs'],
  python: ['.py'],
} as const;
export type CodeLanguage = keyof typeof languageExtensions;

const readable = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '.py']);

/** As many files as the bundler takes. */
const mostFiles = 100;

/** The files of one submission to one exercise, as text. */
export interface SubmissionFiles {
  readonly exercise: string;
  readonly entry: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** What a hand-in holds for the exercises, and why the rest of it cannot be graded. */
export interface Sorted {
  readonly submissions: readonly SubmissionFiles[];
  /** Where one exercise is looked for, a problem is one of that exercise. */
  readonly problems: readonly { readonly exercise: string | null; readonly reason: string }[];
  /** Something is there of which nobody knows what it holds: what is not found may be in it, and is not "not handed in". */
  readonly unknown: boolean;
}

/**
 * Finds the submissions in a hand-in: modules `NN-*` or `NN-*.../submission`, in folders or in zips of the student; where one exercise is asked for, its only module. What is
 * broken, forbidden or double is a problem of this hand-in alone, never an exception.
 */
export async function submissionsIn(
  handIn: HandIn,
  { exercises, languages }: { readonly exercises: readonly string[]; readonly languages: readonly CodeLanguage[] },
): Promise<Sorted> {
  const open: ZipTree[] = [];
  try {
    return await sorted(await withoutZips(handIn, open), { exercises, languages });
  } catch (error) {
    if (!(error instanceof CourseProblem)) throw error;
    return { submissions: [], problems: [{ exercise: onlyOf(exercises), reason: error.message }], unknown: true };
  } finally {
    for (const each of open) await each[Symbol.asyncDispose]();
  }
}

interface Unpacked {
  readonly files: readonly TreeFile[];
  readonly refused: readonly Refused[];
}

async function sorted(
  unpacked: Unpacked,
  { exercises, languages }: { readonly exercises: readonly string[]; readonly languages: readonly CodeLanguage[] },
): Promise<Sorted> {
  const code = unpacked.files.filter((file) => readable.has(path.extname(file.path)));
  const problems: { exercise: string | null; reason: string }[] = [];
  const same = alike(code.map((file) => file.path));
  if (same.length > 0) {
    return {
      submissions: [],
      problems: [
        {
          exercise: onlyOf(exercises),
          reason: `Names that differ only in case or in the form of their letters: ${same[0].join(' and ')}.`,
        },
      ],
      unknown: true,
    };
  }
  const forbidden = unpacked.refused.filter(
    (each) => readable.has(path.extname(each.path)) || each.path.endsWith('.zip'),
  );
  const submissions: SubmissionFiles[] = [];
  for (const exercise of exercises) {
    const entries = entriesOf(code, exercise, exercises, languages);
    if (entries.length > 1) {
      problems.push({
        exercise,
        reason: `Expected one module for ${exercise}, found ${entries.map((file) => file.path).join(', ')}.`,
      });
      continue;
    }
    if (entries.length === 0) continue;
    try {
      submissions.push(await read(exercise, entries[0], code));
    } catch (error) {
      if (!(error instanceof CourseProblem)) throw error;
      problems.push({ exercise, reason: error.message });
    }
  }
  if (forbidden.length > 0) {
    const [{ path: where, reason }] = forbidden;
    const more = forbidden.length > 1 ? `, and ${forbidden.length - 1} more` : '';
    problems.push({
      exercise: onlyOf(exercises) ?? exercises.find((each) => each.slice(0, 2) === exerciseOf(where)) ?? null,
      reason: `${where} is left out: ${reason}${more}.`,
    });
  }
  if (submissions.length === 0 && problems.length === 0) {
    const seen = unpacked.files.map((file) => file.path).slice(0, 5);
    problems.push({
      exercise: onlyOf(exercises),
      reason: `Expected a module for an exercise, such as ${exercises[0]}/submission.ts, found ${seen.length === 0 ? 'no files' : seen.join(', ')}.`,
    });
  }
  return { submissions, problems, unknown: forbidden.some((each) => each.path.endsWith('.zip')) };
}

/** The exercise that is looked for, where it is one. */
export const onlyOf = (exercises: readonly string[]): string | null => (exercises.length === 1 ? exercises[0] : null);

/** The files, with the zips that the student handed in opened; a zip in a zip is left out. */
async function withoutZips(handIn: HandIn, open: ZipTree[]): Promise<Unpacked> {
  const files: TreeFile[] = [];
  const refused: Refused[] = [...handIn.refused];
  for (const file of handIn.files) {
    if (!file.path.endsWith('.zip')) {
      files.push(file);
      continue;
    }
    if (file.size > studentLimits.totalBytes) {
      refused.push({ path: file.path, reason: `it has ${file.size} bytes, more than ${studentLimits.totalBytes}` });
      continue;
    }
    const tree = await opened(file);
    if (typeof tree === 'string') {
      refused.push({ path: file.path, reason: tree });
      continue;
    }
    open.push(tree);
    files.push(...tree.files.filter((each) => !each.path.endsWith('.zip')));
    refused.push(
      ...tree.refused,
      ...tree.files
        .filter((each) => each.path.endsWith('.zip'))
        .map((each) => ({ path: each.path, reason: 'it is a zip in a zip' })),
    );
  }
  return { files, refused };
}

/** The zip of a student, or why it cannot be read: the rest of the hand-in is not to blame. */
async function opened(file: TreeFile): Promise<ZipTree | string> {
  try {
    return await zipTree(await file.read(), file.path, studentLimits);
  } catch (error) {
    if (!(error instanceof CourseProblem)) throw error;
    return error.message.replace(/\.+$/, '');
  }
}

/** The modules that are meant for an exercise. */
function entriesOf(
  code: readonly TreeFile[],
  exercise: string,
  exercises: readonly string[],
  languages: readonly CodeLanguage[],
): readonly TreeFile[] {
  const extensions = languages.flatMap((each): readonly string[] => languageExtensions[each]);
  const modules = code.filter((file) => extensions.includes(path.extname(file.path)));
  const named = modules.filter((file) => exerciseOf(file.path) === exercise.slice(0, 2));
  const found =
    named.length > 0 || exercises.length > 1
      ? named.filter((file) => isEntry(file.path))
      : modules.filter((file) => exerciseOf(file.path) === undefined && stem(file.path) === 'submission');
  if (found.length > 0) return withoutCompiled(found);
  const single =
    exercises.length === 1 && named.length === 0
      ? modules.filter((file) => exerciseOf(file.path) === undefined)
      : named;
  return single.length === 1 ? single : [];
}

/** The two digits that a file, or the innermost folder around it that has some, begins with. */
function exerciseOf(file: string): string | undefined {
  const part = file.split('/').findLast((each) => /^\d\d-/.test(each));
  return part?.slice(0, 2);
}

const stem = (file: string): string => path.basename(file, path.extname(file));
const isEntry = (file: string): boolean => /^\d\d-/.test(path.basename(file)) || stem(file) === 'submission';

/** A compiler leaves `.js` beside `.ts`; the source is what was handed in. */
function withoutCompiled(files: readonly TreeFile[]): readonly TreeFile[] {
  const sources = new Set(
    files.filter((file) => file.path.endsWith('ts')).map((file) => file.path.replace(/\.m?ts$/, '')),
  );
  return files.filter((file) => file.path.endsWith('ts') || !sources.has(file.path.replace(/\.m?js$/, '')));
}

/** The module and what it can import: the files below its folder that are of no other exercise. */
async function read(exercise: string, entry: TreeFile, code: readonly TreeFile[]): Promise<SubmissionFiles> {
  const folder = path.dirname(entry.path);
  const start = folder === '.' ? '' : `${folder}/`;
  const number = exercise.slice(0, 2);
  const mine = code.filter((file) => file.path.startsWith(start) && (exerciseOf(file.path) ?? number) === number);
  if (mine.length > mostFiles)
    throw new CourseProblem(`Expected at most ${mostFiles} files for ${exercise}, found ${mine.length}.`);
  const large = mine.find(({ size }) => size > studentLimits.fileBytes);
  if (large !== undefined) {
    throw new CourseProblem(`Expected at most ${studentLimits.fileBytes} bytes in ${large.path}, found ${large.size}.`);
  }
  const bytes = mine.reduce((sum, { size }) => sum + size, 0);
  if (bytes > studentLimits.totalBytes) {
    throw new CourseProblem(
      `Expected at most ${studentLimits.totalBytes} bytes for ${exercise}, found ${bytes} in ${mine.length} files.`,
    );
  }
  const files = [];
  for (const file of mine)
    files.push({ path: file.path.slice(start.length), text: (await file.read()).toString('utf8') });
  return { exercise, entry: entry.path.slice(start.length), files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}
