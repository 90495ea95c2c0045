import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import lockfile from 'proper-lockfile';
import { classRun } from '../../course/class-run.js';
import { intakeSchema, type Intake } from '../../course/intake.js';
import { ledgerIn, sweepParts, writeWhole, type Ledger, type Unsealed } from '../../course/ledger.js';
import type { Results } from '../../course/marks/mark.js';
import { publishedAfter, publishedSchema, type Published } from '../../course/marks/published.js';
import { neededKeys, standings } from '../../course/marks/standing.js';
import type { ClassRun, Problem } from '../../course/result.js';
import type { JobResult } from '../../course/runner.js';
import { WrongUse } from '../failure.js';
import { packageVersion } from '../package.js';
import type { LoadedCourse } from './load-course.js';

/** A run that was killed leaves its lock; after so long without a sign of life it is nobody's. */
const stale = 5_000;
const patience = 20_000;

/** The folder of a class while this process alone works in it. */
export interface ClassFolder extends AsyncDisposable {
  readonly folder: string;
  readonly ledger: Ledger;
}

/** Opens the folder of a class, which is made where it is missing; WrongUse where another run is at work in it. */
export async function openClass(
  folder: string,
  { keys }: LoadedCourse,
  note: (text: string) => void,
): Promise<ClassFolder> {
  const place = path.join(folder, 'ledger');
  await mkdir(place, { recursive: true });
  let told = false;
  for (const until = Date.now() + patience; ;) {
    try {
      const release = await lockfile.lock(place, { stale, update: 1_000, onCompromised: () => undefined });
      await sweepParts(folder, { below: false });
      for (const each of [place, ...['students', 'gradebook'].map((name) => path.join(folder, name))])
        await sweepParts(each, { below: true });
      return {
        folder,
        ledger: ledgerIn(place, keys.ledger),
        [Symbol.asyncDispose]: () => release().catch(() => undefined),
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
      if (Date.now() > until)
        throw new WrongUse(
          `Expected ${folder} to be free, but another run of scorecheck works in it. Wait for its end.`,
        );
      if (!told) note('Another run works in the folder, or was cut off a moment ago: waiting.');
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** Whether a folder holds a class. */
export const isClass = (folder: string): boolean => existsSync(path.join(folder, 'ledger', 'intake.json'));

/** A table of the ledger; WrongUse where another secret sealed it, or something else is wrong with it. */
export function believed<T>(found: Unsealed<T>, empty: T): T {
  if (found.kind === 'missing') return empty;
  if (found.kind === 'there') return found.data;
  throw new WrongUse(
    `Expected ${found.file} as scorecheck wrote it with the secret of this course, found something else: another secret, another release, or a change from outside. ` +
      'Use the secret that the folder was made with, or another --out.',
  );
}

export const intakeOf = async ({ ledger }: ClassFolder): Promise<Intake> =>
  believed(await ledger.readTable('intake', intakeSchema), { attempts: [], problems: [] });

export const publishedOf = async ({ ledger }: ClassFolder): Promise<Published> =>
  believed(await ledger.readTable('published', publishedSchema), { marks: [] });

/** The results that the ledger has for keys; what is not believed is told as a problem, and is as if it were not there. */
export async function resultsOf(
  { ledger }: ClassFolder,
  keys: readonly string[],
): Promise<{ readonly results: Map<string, JobResult>; readonly problems: Problem[] }> {
  const results = new Map<string, JobResult>();
  const problems: Problem[] = [];
  for (const key of keys) {
    const found = await ledger.readResult(key);
    if (found.kind === 'there') results.set(key, found.data);
    if (found.kind === 'broken') {
      const message = `The result in ${found.file} was not written by scorecheck with the secret of this course, so it is not believed; it is graded again.`;
      problems.push({ kind: 'ledger', student: null, exercise: null, place: found.file, message });
    }
  }
  return { results, problems };
}

/** Whether a result is one to keep: trouble of ours is tried again in the next run. */
export const isFinal = (result: JobResult): boolean => result.kind === 'graded' && result.grade.points !== null;

/** The class as the ledger has it now. */
export async function classNow(
  folder: ClassFolder,
  { course }: LoadedCourse,
  {
    intake,
    published,
    results,
    problems,
  }: {
    readonly intake: Intake;
    readonly published: Published;
    readonly results: Results;
    readonly problems: readonly Problem[];
  },
): Promise<ClassRun> {
  const needed = neededKeys(standings(course, intake));
  const jobs = await Promise.all(needed.map((key) => folder.ledger.readJob(key)));
  const files = new Map(jobs.flatMap((each) => (each.kind === 'there' ? [[each.data.key, each.data] as const] : [])));
  // It brings TypeScript's parser: what only refuses a mistyped option should not wait for that.
  const { similarities } = await import('../../course/similarity/similarity.js');
  const similarity = similarities(course, intake, files);
  return classRun(course, { version: packageVersion(), intake, results, published, similarity, problems });
}

/** Writes class.json. */
export const writeClass = async ({ folder }: ClassFolder, run: ClassRun): Promise<void> =>
  writeWhole(path.join(folder, 'class.json'), `${JSON.stringify(run, null, 1)}\n`);

/** Remembers these marks as published. */
export const rememberPublished = async (
  { ledger }: ClassFolder,
  run: ClassRun,
  intake: Intake,
  before: Published,
): Promise<void> => ledger.writeTable('published', publishedAfter(run.marks, intake, before));
