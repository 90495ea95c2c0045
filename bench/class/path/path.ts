import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { classRunSchema, type ClassRun } from '../../../src/course/result.js';
import { layOut, type Assignment, type LaidOut } from './class-of-many.js';
import { gradebookDifferences } from './gradebooks.js';
import type { Truth } from './hand-ins.js';

const main = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

/** What an instructor's way through a class came to. */
export interface Way {
  /** Marks that were compared with the truth. */
  readonly marks: number;
  readonly handIns: number;
  /** Results that were there when the first run was killed. */
  readonly killedAt: number;
  readonly wrong: readonly string[];
}

/**
 * Goes the way of an instructor by the command line: exports of four course systems and folders in, the first run killed in the middle, the class looked at, published, points
 * changed, published again. Marks and gradebooks are compared with what is known.
 */
export async function way(
  folder: string,
  { count, seed, python, note }: { count: number; seed: number; python: boolean; note: (text: string) => void },
): Promise<Way> {
  const made = await layOut(folder, { count, seed, python });
  const out = path.join(folder, 'graded');
  const wrong: string[] = [];
  const graded = (each: Assignment, ...more: string[]) =>
    run(['grade', each.source, '--course', made.course, '--out', out, ...each.options, ...more]);
  const [first, ...others] = made.assignments;
  const killedAt = await killed(first, made.course, out, Math.ceil(count / 4));
  note(`killed at ${killedAt} results`);
  const resumed = await graded(first, '--resume');
  const before = Number(/, (\d+) before\./.exec(resumed)?.[1]);
  if (before < killedAt)
    wrong.push(`${killedAt} results were there when the run was killed, and ${before} were taken over`);
  for (const each of others) {
    await graded(each);
    note(`graded ${each.exercise}`);
  }
  const run1 = classOf(out);
  wrong.push(...markDifferences(made, run1));
  await graded(first, '--publish');
  const books = path.join(out, 'gradebook');
  wrong.push(...gradebookDifferences(books, run1, made.roster));
  const published = readFileSync(path.join(books, 'grades.csv'), 'utf8');
  writeFileSync(made.course, readFileSync(made.course, 'utf8').replace('points: 10', 'points: 20'));
  const rescaled = await graded(first);
  if (!rescaled.startsWith('0 submissions graded now'))
    wrong.push(`other points had submissions graded again: ${rescaled.split('\n')[0]}`);
  const changed = run1.marks.filter(({ exercise, points }) => exercise === first.exercise && (points ?? 0) > 0).length;
  if (classOf(out).differences.length !== changed)
    wrong.push(`${changed} marks change with the points, and ${classOf(out).differences.length} are told`);
  if (readFileSync(path.join(books, 'grades.csv'), 'utf8') !== published)
    wrong.push('the gradebook changed before it was published');
  await graded(first, '--publish');
  wrong.push(...gradebookDifferences(books, classOf(out), made.roster));
  if (!(await graded(first)).includes('Nothing differs from what is published.'))
    wrong.push('marks differ after they were published');
  return { marks: run1.marks.length, handIns: run1.attempts.length, killedAt, wrong };
}

const classOf = (out: string): ClassRun =>
  classRunSchema.parse(JSON.parse(readFileSync(path.join(out, 'class.json'), 'utf8')));

/** The standard output of a command; 1 is expected: some hand-ins are for a human to look at. */
async function run(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0 && code !== 1)
    throw new Error(`Expected scorecheck ${args.join(' ')} to end with 0 or 1, got ${String(code)}.`);
  return Buffer.concat(pieces).toString('utf8');
}

/** Starts a run and kills it once there are so many results; how many there are then. */
async function killed(each: Assignment, course: string, out: string, results: number): Promise<number> {
  const child = spawn(
    process.execPath,
    [main, 'grade', each.source, '--course', course, '--out', out, ...each.options],
    {
      stdio: 'ignore',
    },
  );
  const gone = new Promise((resolve) => child.once('exit', resolve));
  while (child.exitCode === null && resultsIn(out) < results) await pause(50);
  child.kill('SIGKILL');
  await gone;
  return resultsIn(out);
}

function resultsIn(out: string): number {
  const place = path.join(out, 'ledger', 'results');
  if (!existsSync(place)) return 0;
  return readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')).length;
}

function markDifferences({ assignments }: LaidOut, { marks }: ClassRun): string[] {
  return assignments.flatMap(({ exercise, truth }) =>
    [...truth].flatMap(([student, right]) => {
      const mark = marks.find((each) => each.student === student && each.exercise === exercise);
      const why = mark === undefined ? 'no mark' : difference(mark, right);
      return why === undefined ? [] : [`${student} ${exercise}: ${why}`];
    }),
  );
}

function difference(mark: ClassRun['marks'][number], right: Truth): string | undefined {
  if (mark.status !== right.status) return `${mark.status} (${mark.reason ?? ''}) where ${right.status} is right`;
  if (right.status !== 'graded') return mark.points === null ? undefined : `${mark.points} points where none are right`;
  for (const { name, points, maxPoints } of mark.tasks) {
    const fails = right.failing === 'all' || right.failing.includes(name);
    if (fails !== points < maxPoints)
      return `${name} has ${points} of ${maxPoints} points, and ${fails ? 'has to fail' : 'is right'}`;
  }
  const expected = (mark.beforePenalty ?? Number.NaN) * right.share;
  // Marks are rounded to 4 decimals.
  return Math.abs((mark.points ?? Number.NaN) - expected) <= 1e-4
    ? undefined
    : `${mark.points ?? 'no'} points where ${expected} are right`;
}
