import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { loadExercise } from '../../src/cli/exercise-folders.js';
import { gradeProcesses } from '../../src/cli/grade-processes.js';
import { grade } from '../../src/grade/grade.js';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { bundled } from '../grade/found.js';
import { syntheticJob } from './jobs.js';
import { judged } from './judged.js';
import { packed } from './packed.js';
import { processorTime } from './processor-time.js';
import { recording } from './questions.js';
import type { Synthetic } from './submissions.js';

const run = promisify(execFile);
/** Milliseconds in which a process that is started at the end of a stretch has loaded. */
const settling = 1_500;
const plainScript = fileURLToPath(new URL('./plain.js', import.meta.url));

/** One stretch of submissions, done both ways in turn: milliseconds. */
export interface Turn {
  readonly submissions: number;
  readonly ours: number;
  readonly plain: number;
  /** Milliseconds of processor time of all processes, where the system counts it. */
  readonly processor?: { readonly ours: number; readonly plain: number };
  readonly wrong: readonly string[];
}

/** What both ways took. */
export interface Rates {
  readonly turns: readonly Turn[];
  /** Milliseconds that the grading processes took to start and to end: part of what ours take. */
  readonly around: number;
}

/** The same submissions, exercises in turn as long as there are some of each. */
function mixed(submissions: readonly Synthetic[]): Synthetic[] {
  const exercises = [...new Set(submissions.map(({ exercise }) => exercise))].sort();
  const places = new Map(
    submissions.map((each) => [each, submissions.filter(({ exercise }) => exercise === each.exercise).indexOf(each)]),
  );
  const place = (each: Synthetic): number =>
    exercises.length * (places.get(each) ?? 0) + exercises.indexOf(each.exercise);
  return [...submissions].sort((a, b) => place(a) - place(b));
}

/** What is compared: TypeScript that no attack ends, since a plain process would end with it. */
export const comparable = (submissions: readonly Synthetic[]): Synthetic[] =>
  submissions.filter(({ kind, language }) => kind !== 'attack' && language === 'typescript');

/** Every exercise once: each stretch is the whole mixture, so how stretches differ is the error of the mean. */
const stretch = 10;
const draw = 'rate';

/**
 * Grades submissions `jobs` at a time, and has the same questions answered by one plain Node process per submission, as many at a time: in turn, a stretch of ten each.
 * The questions are those that were put when the submission was graded before, each once; the plain processes get their code ready bundled.
 */
export async function rates(
  submissions: readonly Synthetic[],
  {
    folder,
    seed,
    jobs,
    known,
    keep,
    note,
  }: {
    readonly folder: string;
    readonly seed: number;
    readonly jobs: number;
    /** Turns of a run before, which are not measured again. */
    readonly known: readonly Turn[];
    readonly keep: (turn: Turn) => void;
    readonly note: (text: string) => void;
  },
): Promise<Rates> {
  const list = mixed(comparable(submissions));
  const files = await questionFiles(list, { folder: path.join(folder, 'questions'), seed, jobs, note });
  const turns = [...known];
  await using counter = await processorTime();
  let start = performance.now();
  const runner = gradeProcesses(jobs);
  let around = performance.now() - start;
  try {
    for (let at = turns.length * stretch; at < list.length; at += stretch) {
      const part = list.slice(at, at + stretch);
      const before = counter.milliseconds();
      const ours = await judged(runner, part, { seed, draw });
      const done = counter.milliseconds();
      // A stretch begins with processes that are ready, and ends with as many that are still to load: they are of ours, and their time is added.
      await pause(settling);
      const between = counter.milliseconds();
      start = performance.now();
      await inLanes(files.slice(at, at + stretch), jobs, async (file) => {
        const { stdout } = await run(process.execPath, [plainScript, file]);
        // What the submission prints comes before.
        if (!/(^|\n)\d+\n$/.test(stdout)) throw new Error(`Expected a number of answers to ${file}, got none.`);
      });
      const plain = performance.now() - start;
      const after = counter.milliseconds();
      const turn: Turn = {
        submissions: part.length,
        ours: ours.milliseconds + ((between ?? 0) - (done ?? 0)) / jobs,
        plain,
        ...(before === undefined || between === undefined || after === undefined
          ? {}
          : { processor: { ours: between - before, plain: after - between } }),
        wrong: ours.wrong,
      };
      turns.push(turn);
      keep(turn);
      const seconds = (ms: number): string => (ms / 1000).toFixed(1);
      note(`rate ${at + part.length}/${list.length}: ${seconds(turn.ours)} s, plain ${seconds(turn.plain)} s`);
    }
  } finally {
    start = performance.now();
    await runner[Symbol.asyncDispose]();
    around += performance.now() - start;
  }
  return { turns, around };
}

/** A ratio of two sums over the same stretches. */
export interface Ratio {
  readonly mean: number;
  /** Standard error, from how the stretches differ; NaN where there is one. */
  readonly error: number;
}

/** Plain over ours: above 1 where grading is faster. */
export const ratioOf = ({ turns, around }: Rates): Ratio =>
  ratio(
    turns.map(({ plain }) => plain),
    turns.map(
      ({ ours, submissions }) => ours + (around * submissions) / turns.reduce((all, each) => all + each.submissions, 0),
    ),
  );

/** The same of processor time, which says something on a machine that does other work too; undefined where it was not measured. */
export function processorRatioOf({ turns }: Rates): Ratio | undefined {
  const measured = turns.flatMap(({ processor }) => processor ?? []);
  if (measured.length < turns.length) return undefined;
  return ratio(
    measured.map(({ plain }) => plain),
    measured.map(({ ours }) => ours),
  );
}

/** Σa / Σb of pairs with the standard error of a ratio estimator: √(n/(n − 1) Σ(a − r b)²) / Σb (Cochran, Sampling Techniques, 6.4). */
function ratio(a: readonly number[], b: readonly number[]): Ratio {
  const sum = (xs: readonly number[]): number => xs.reduce((all, x) => all + x, 0);
  const n = a.length;
  const mean = sum(a) / sum(b);
  const squares = sum(a.map((x, i) => (x - mean * b[i]) ** 2));
  return { mean, error: n < 2 ? Number.NaN : Math.sqrt((n / (n - 1)) * squares) / sum(b) };
}

/** Grades each submission once to learn its questions; a file with its code and them for each. */
async function questionFiles(
  list: readonly Synthetic[],
  { folder, seed, jobs, note }: { folder: string; seed: number; jobs: number; note: (text: string) => void },
): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  await using sandbox = await openSandbox({ env: process.env, isolation: 'best', warm: jobs });
  const files = list.map((each) => {
    const { exerciseDigest, seed: drawn } = syntheticJob(each, seed, draw);
    const digest = createHash('sha256')
      .update(JSON.stringify([each.source, exerciseDigest, drawn]))
      .digest('hex');
    return path.join(folder, `${digest}.bin`);
  });
  let done = 0;
  await inLanes([...list.entries()], jobs, async ([i, submission]) => {
    const file = files[i];
    if (!existsSync(file)) writeFileSync(file, await questionsOf(submission, seed, sandbox));
    if (++done % 20 === 0) note(`questions of ${done}/${list.length}`);
  });
  return files;
}

async function questionsOf(submission: Synthetic, seed: number, sandbox: Sandbox): Promise<Buffer> {
  const exercise = await loadExercise(submission.exercise);
  const code = await bundled(submission.source);
  const recorded = recording(sandbox);
  await grade(exercise, code, {
    sandbox: recorded.sandbox,
    options: {
      version: 'bench',
      seed: syntheticJob(submission, seed, draw).seed,
      language: 'en',
      show: false,
      again: () => '',
    },
  });
  if (recorded.stopped())
    throw new Error(`Expected an answer to every question of ${submission.exercise} ${submission.id}.`);
  return packed([Buffer.from(code.modules[0][1]), ...recorded.questions()]);
}

/** Does `what` for each, so many at a time. */
async function inLanes<T>(list: readonly T[], lanes: number, what: (each: T) => Promise<void>): Promise<void> {
  const left = [...list];
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await what(next);
    }),
  );
}
