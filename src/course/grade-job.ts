import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Exercise } from '../grade/exercise.js';
import { grade, type GradeOptions } from '../grade/grade.js';
import type { Grade } from '../grade/result.js';
import { bundle, type Bundle, type BundleProblem } from '../sandbox/bundle.js';
import type { Answer } from '../sandbox/question.js';
import type { Sandbox, SubmissionRun } from '../sandbox/sandbox.js';
import type { GradeJob, JobResult } from './runner.js';

/** What a process has that grades jobs. */
export interface Bench {
  readonly sandbox: Sandbox;
  /** Of the scorecheck that runs. */
  readonly version: string;
  /** The staff side of an exercise, and its digest. */
  readonly exercise: (name: string) => Promise<{ readonly exercise: Exercise; readonly digest: string }>;
}

/**
 * Grades one job. The files are written into a folder of their own that is gone afterwards; nothing of them is found by a path that a student chose. Whatever the
 * submission does is in the grade; what is our trouble comes back as a fault, and no score.
 */
export async function gradeJob(job: GradeJob, bench: Bench): Promise<JobResult> {
  const start = performance.now();
  const spent = (): number => Math.round(performance.now() - start);
  try {
    const graded = await gradeOf(job, bench);
    return { key: job.key, kind: 'graded', grade: graded, milliseconds: spent() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { key: job.key, kind: 'fault', message, milliseconds: spent() };
  }
}

async function gradeOf(job: GradeJob, { sandbox, version, exercise: load }: Bench): Promise<Grade> {
  if (job.version !== version)
    throw new Error(
      `Expected a job for scorecheck ${version}, got one for ${job.version}. Install the same release everywhere.`,
    );
  const { exercise, digest } = await load(job.exercise);
  if (job.exerciseDigest !== digest) {
    throw new Error(
      `Expected the same exercise ${job.exercise} as where the job was made, found another text of it. Install the same release everywhere.`,
    );
  }
  if (job.isolation === 'full' && sandbox.isolation.level !== 'full') {
    throw new Error(`Expected full isolation. ${sandbox.isolation.reason ?? ''} ${sandbox.isolation.remedy ?? ''}`);
  }
  const options: GradeOptions = {
    version,
    seed: job.seed,
    language: job.language,
    show: job.show,
    again: (task) => `npx scorecheck replay DIR ${job.key.slice(0, 12)} --course course.yaml --task ${task}`,
  };
  const folder = await mkdtemp(path.join(tmpdir(), 'scorecheck-submission-'));
  try {
    for (const { path: name, text } of job.files) {
      const file = path.join(folder, ...name.split('/'));
      if (!file.startsWith(folder + path.sep)) throw new Error(`Expected a path below the submission, got ${name}.`);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const made = await bundle(path.join(folder, ...job.entry.split('/')), folder);
    if (made.kind === 'problems') return await gradeOfBroken(exercise, made.problems, job, { sandbox, options });
    const limit = job.limits.jobMilliseconds;
    const limited = limit === undefined ? sandbox : withinTime(sandbox, limit);
    return await grade(exercise, made, { sandbox: limited, options });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is no program has the same answer to every question: what is wrong with it, and where. */
async function gradeOfBroken(
  exercise: Exercise,
  problems: readonly BundleProblem[],
  { key }: GradeJob,
  { sandbox, options }: { readonly sandbox: Sandbox; readonly options: GradeOptions },
): Promise<Grade> {
  const [{ message, place }] = problems;
  const answer: Answer = {
    kind: 'threw',
    name: 'SyntaxError',
    message: `The file cannot be read as a module: ${message}`,
    ...(place === undefined ? {} : { place }),
    milliseconds: 0,
    output: '',
  };
  const nothing: Bundle = {
    kind: 'bundle',
    library: 'tensorflow',
    modules: [],
    files: [],
    digest: key,
    placeIn: () => undefined,
  };
  const unasked: Sandbox = {
    ...sandbox,
    isolation: sandbox.isolation,
    run: (): SubmissionRun => ({
      ask: () => Promise.resolve(answer),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }),
  };
  return grade(exercise, nothing, { sandbox: unasked, options });
}

/** A sandbox that puts no more questions once all together have taken so long; each of those counts as stopped. */
function withinTime(sandbox: Sandbox, milliseconds: number): Sandbox {
  let left = milliseconds;
  return {
    isolation: sandbox.isolation,
    run(submission) {
      const run = sandbox.run(submission);
      /** Questions that wait together take their time once. */
      let counted = 0;
      return {
        async ask(question, ahead) {
          if (left <= 0) {
            const message = `All questions together took more than ${milliseconds / 60_000} minutes, so this one was not put.`;
            return { kind: 'stopped', reason: 'time', message, milliseconds: 0, output: '' };
          }
          const start = performance.now();
          const answer = await run.ask(question, ahead);
          const end = performance.now();
          left -= end - Math.max(start, counted);
          counted = end;
          return answer;
        },
        [Symbol.asyncDispose]: () => run[Symbol.asyncDispose](),
      };
    },
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}
