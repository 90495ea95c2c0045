import { createHash } from 'node:crypto';
import os from 'node:os';
import type { Course } from '../../course/course.js';
import { mergedIntake, type Scope } from '../../course/intake.js';
import { neededKeys, standings } from '../../course/marks/standing.js';
import type { Problem } from '../../course/result.js';
import type { GradeJob, JobResult, Runner } from '../../course/runner.js';
import { onlyOf } from '../../course/source/submission-files.js';
import type { Refused } from '../../course/source/tree.js';
import { takeIn } from '../../course/take-in.js';
import { readTimes } from '../../course/times.js';
import { intakeOf, isClass, isFinal, openClass, resultsOf } from '../class/class-folder.js';
import { handOver } from '../class/hand-over.js';
import { queueRunner } from '../class/queue.js';
import { jobSettings, loadCourse, textOf } from '../class/load-course.js';
import { openSource } from '../class/open-source.js';
import { exerciseNamed } from '../exercise-folders.js';
import type { ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { gradeProcesses } from '../grade-processes.js';
import { checkFolder } from '../output.js';
import { gradingProgress } from '../class/grading-progress.js';
import { provisioned } from '../provision.js';
import type { Terminal } from '../terminal.js';

/** The options of `scorecheck grade` as commander hands them over. */
export interface GradeCommandOptions {
  readonly course: string;
  readonly out: string;
  readonly jobs?: number;
  readonly resume?: boolean;
  readonly only?: readonly string[];
  readonly exercise?: readonly string[];
  readonly layout?: string;
  readonly times?: string;
  readonly weakIsolation?: boolean;
  readonly publish?: boolean;
  readonly shard?: string;
  readonly queue?: string;
  readonly anonymous?: boolean;
}

/** Grades what a class handed in; 3 where something has no score for trouble of ours, 1 where a human has to look at something. */
export async function gradeCommand(
  source: string,
  options: GradeCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const loaded = await loadCourse(options.course, terminal.env);
  const { course } = loaded;
  const scope = scopeOf(course, options);
  const shard = shardOf(options.shard);
  if (options.resume === true && !isClass(options.out)) {
    throw new WrongUse(
      `Expected --out to be the folder of a run to go on with, got ${options.out}, which holds none. Leave out --resume, or mend the path.`,
    );
  }
  await checkFolder(options.out, '--out');
  const isolation = await isolationFor(options, terminal);
  await using opened = await openSource(source, course, {
    folder: loaded.folder,
    exercises: scope.exercises,
    layout: options.layout,
  });
  await using folder = await openClass(options.out, loaded, terminal.note);
  const { intake: now, jobs } = await takeIn(opened.handIns, course, {
    keys: loaded.keys,
    settings: jobSettings(course, isolation),
    scope,
    times: timesOf(options.times, course),
  });
  terminal.note(
    `${opened.layout === 'folders' ? 'A folder per student' : `An export of ${opened.layout}`}: ${opened.handIns.length} hand-ins, isolation ${isolation}.`,
  );
  // Of a source in which single students are looked at, what belongs to nobody is told by the run over all.
  const leftOut =
    scope.students === undefined ? opened.leftOut.map((each) => forbidden(each, onlyOf(scope.exercises))) : [];
  const seen = { ...now, problems: [...now.problems, ...leftOut] };
  const intake = mergedIntake(await intakeOf(folder), seen, scope);
  await folder.ledger.writeTable('intake', intake);

  const needed = neededKeys(standings(course, intake));
  const { results, problems } = await resultsOf(folder, needed);
  const open = needed.flatMap((key) => {
    const job = jobs.get(key);
    const known = results.get(key);
    return job === undefined || (known !== undefined && isFinal(known)) ? [] : [job];
  });
  const wanted = open.filter(({ key }) => shard(key));
  const before = needed.length - open.length;
  if (open.length > wanted.length) terminal.note(`${open.length - wanted.length} submissions are of other shards.`);
  for (const job of wanted) await folder.ledger.writeJob(job);
  if (wanted.length > 0 && options.queue === undefined) await provisioned(terminal);
  await using runner = await runnerFor(options, { isolation, wanted: wanted.length }, terminal);
  await runAll(runner, wanted, {
    results,
    write: folder.ledger.writeResult,
    terminal,
    known: before,
  });

  return handOver(folder, loaded, {
    intake,
    results,
    problems,
    did: `${wanted.length} submissions graded now, ${before} before`,
    options,
    terminal,
  });
}

async function runnerFor(
  { queue, jobs }: GradeCommandOptions,
  { isolation, wanted }: { readonly isolation: GradeJob['isolation']; readonly wanted: number },
  terminal: Terminal,
): Promise<Runner> {
  if (queue !== undefined && wanted > 0) return queueRunner(queue, { isolation }, terminal);
  return gradeProcesses(Math.min(jobs ?? os.availableParallelism(), Math.max(1, wanted)));
}

/** Runs jobs; each result is in the ledger before it counts as done. */
export async function runAll(
  runner: Runner,
  jobs: readonly GradeJob[],
  {
    results,
    write,
    terminal,
    known,
  }: {
    readonly results: Map<string, JobResult>;
    readonly write: (result: JobResult) => Promise<void>;
    readonly terminal: Terminal;
    readonly known: number;
  },
): Promise<void> {
  if (known > 0) terminal.note(`${known} of ${known + jobs.length} are graded already.`);
  if (jobs.length === 0) return;
  const shown = gradingProgress(terminal, jobs.length);
  try {
    await runner.run(jobs, {
      result: async (result) => {
        await write(result);
        if (!results.has(result.key) || !isFinal(result)) shown.done();
        else if (!isFinal(results.get(result.key) ?? result)) shown.done();
        results.set(result.key, result);
      },
    });
  } finally {
    shown.finish();
  }
}

const forbidden = ({ path, reason }: Refused, exercise: string | null): Problem => ({
  kind: 'forbidden',
  student: null,
  exercise,
  place: path,
  message: `${path} is left out: ${reason}.`,
});

function scopeOf(course: Course, { exercise, only }: GradeCommandOptions): Scope {
  const all = course.exercises.map(({ facts }) => facts.id);
  const exercises = exercise === undefined ? all : exercise.map((each) => exerciseNamed(each));
  const strange = exercises.find((each) => !all.includes(each));
  if (strange !== undefined)
    throw new WrongUse(
      `Expected --exercise to name exercises of the course, got ${strange}. There are ${all.join(', ')}.`,
    );
  if (only === undefined) return { exercises };
  const unknown = only.find((id) => !course.roster.some((entry) => entry.id === id));
  if (unknown !== undefined)
    throw new WrongUse(`Expected --only to name students of the roster by id, got "${unknown}".`);
  return { exercises, students: new Set(only) };
}

/** Which keys are of the shard `i/n`: each key is of one, whoever counts. */
export function shardOf(given: string | undefined): (key: string) => boolean {
  if (given === undefined) return () => true;
  const [, i, n] = /^(\d+)\/(\d+)$/.exec(given) ?? [];
  if (i === undefined || n === undefined || Number(i) < 1 || Number(i) > Number(n)) {
    throw new WrongUse(`Expected --shard i/n with i from 1 to n, such as 2/4, got "${given}".`);
  }
  return (key) => createHash('sha256').update(key).digest().readUInt32BE(0) % Number(n) === Number(i) - 1;
}

async function isolationFor({ weakIsolation }: GradeCommandOptions, terminal: Terminal): Promise<'full' | 'weak'> {
  if (weakIsolation === true) return 'weak';
  const { tryIsolation } = await import('../../sandbox/trial.js');
  const { isolation } = await tryIsolation(terminal.env);
  if (isolation.level === 'full') return 'full';
  throw new WrongUse(
    `Expected full isolation, since nobody knows what is in a submission. ${isolation.reason ?? ''} ${isolation.remedy ?? ''} ` +
      'With --weak-isolation the submissions run with what is left, and every report says so.',
  );
}

/** When students handed in, where a table says it. */
const timesOf = (file: string | undefined, { roster, file: { timezone } }: Course): Map<string, number> =>
  file === undefined ? new Map<string, number>() : readTimes(textOf(file, '--times'), file, roster, timezone);
