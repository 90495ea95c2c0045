import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadExercise } from '../../src/cli/exercise-folders.js';
import { questionsTo } from '../../src/grade/ask.js';
import { checkTask } from '../../src/grade/check-task.js';
import { diagnose } from '../../src/grade/diagnosis.js';
import { tasksAlone } from '../../src/grade/tasks-alone.js';
import { bundle, type Bundle } from '../../src/sandbox/bundle.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import type { Known } from './submissions.js';

/** What the grading found about one submission with one seed. */
export interface Found {
  readonly digest: string;
  readonly id: string;
  readonly exercise: string;
  readonly kind: Known['kind'];
  readonly seed: number;
  /** Tasks that failed, and those that stayed undecided. */
  readonly failed: readonly string[];
  readonly undecided: readonly string[];
  /** Ids of the diagnoses. */
  readonly named: readonly string[];
  /** The diagnosis that the catalogue names. */
  readonly diagnosis?: string;
}

/**
 * Judges a submission with each seed, in the sandbox. One process serves all seeds: a wrong submission is not asked again in a process of its own, as
 * `grade` does before it says so, which would start one for every seed.
 */
export async function* judgedWith(
  { source, language, digest, id, exercise: name, kind, tasks, diagnosis }: Known,
  seeds: readonly number[],
  sandbox: Sandbox,
): AsyncGenerator<Found> {
  const exercise = await loadExercise(name);
  const submission = await bundled(source, language);
  await using run = sandbox.run(submission);
  const asked = seeds.map((seed) =>
    exercise.tasks
      .filter(({ name: task }) => tasks?.includes(task) ?? true)
      .map((task) => ({ task, draws: { seed, path: [exercise.id, task.name] } })),
  );
  await using alone = tasksAlone(sandbox, submission, kind === 'wrong' ? [] : asked.flat());
  for (const [i, seed] of seeds.entries()) {
    const [failed, undecided, named]: string[][] = [[], [], []];
    for (const drawn of asked[i]) {
      const { task, draws } = drawn;
      const finding =
        kind === 'wrong' ? await checkTask(task, questionsTo(run), draws) : (await alone.check(drawn)).finding;
      const verdicts = finding.properties.map(({ verdict }) => verdict);
      if (verdicts.includes('fail')) failed.push(task.name);
      else if (verdicts.includes('undecided')) undecided.push(task.name);
      named.push(...diagnose(task, finding).map((each) => each.id));
    }
    const expected = diagnosis === undefined ? {} : { diagnosis };
    yield { digest, id, exercise: name, kind, seed, failed, undecided, named, ...expected };
  }
}

/** A source as a submission. */
export async function bundled(source: string, language: Known['language'] = 'ts'): Promise<Bundle> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scorecheck-bench-'));
  try {
    const file = path.join(folder, `submission.${language}`);
    await writeFile(file, source);
    const made = await bundle(file);
    if (made.kind === 'problems') throw new Error(made.problems.map(({ message }) => message).join('\n'));
    return made;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What was found in runs before, one JSON a line; a line that was cut off counts as not there. */
export function kept(file: string): Found[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line): Found[] => {
      try {
        return [JSON.parse(line) as Found];
      } catch {
        return [];
      }
    });
}

export function keep(file: string, found: Found): void {
  appendFileSync(file, `${JSON.stringify(found)}\n`);
}
