import { deepStrictEqual } from 'node:assert';
import pc from 'picocolors';
import { gradeJob } from '../../course/grade-job.js';
import type { Grade } from '../../grade/result.js';
import { benchFor } from '../bench.js';
import { intakeOf, isClass, openClass } from '../class/class-folder.js';
import { loadCourse } from '../class/load-course.js';
import { exerciseNamed } from '../exercise-folders.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { asJson } from '../output.js';
import { provisioned } from '../provision.js';
import type { Terminal } from '../terminal.js';

/** The options of `scorecheck replay`. */
export interface ReplayCommandOptions {
  readonly course: string;
  readonly exercise?: string;
  readonly task?: string;
  readonly json?: boolean;
}

/**
 * Grades what the ledger has once more: by a student (and an exercise) or by the first digits of a key. The questions are shown, since it is the
 * instructor who asks. 0 where the grade is the same, 1 where it is not.
 */
export async function replayCommand(
  folderName: string,
  who: string,
  options: ReplayCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!isClass(folderName))
    throw new WrongUse(`Expected a folder of \`scorecheck grade\`, got ${folderName}, which is none.`);
  const loaded = await loadCourse(options.course, terminal.env);
  const { key, job, before } = await (async () => {
    await using folder = await openClass(folderName, loaded, terminal.note);
    const { attempts } = await intakeOf(folder);
    const wanted = options.exercise === undefined ? undefined : exerciseNamed(options.exercise);
    const found = attempts.filter(
      (each) =>
        each.key !== null &&
        (each.members.includes(who) || (who.length >= 8 && each.key.startsWith(who))) &&
        (wanted === undefined || each.exercise === wanted),
    );
    const results = await Promise.all(
      found.map(async (each) => ({
        each,
        result: await folder.ledger.readResult(each.key ?? ''),
        job: await folder.ledger.readJob(each.key ?? ''),
      })),
    );
    const graded = results.flatMap(({ each, result, job }) =>
      result.kind === 'there' && job.kind === 'there' ? [{ each, result: result.data, job: job.data }] : [],
    );
    const [first] = graded;
    if (new Set(graded.map(({ each }) => each.key)).size > 1) {
      const choices = graded.map(({ each }) => `${each.exercise} at ${each.place}: ${each.key?.slice(0, 12) ?? ''}`);
      throw new WrongUse(
        `Expected one grade to replay, found ${graded.length}. Name the exercise with --exercise, or one of the keys:\n  ${choices.join('\n  ')}`,
      );
    }
    if (first === undefined) throw new WrongUse(`Expected a student with a grade, or the key of one, got "${who}".`);
    return { key: first.job.key, job: first.job, before: first.result };
  })();
  await provisioned(terminal);
  await using bench = benchFor(terminal.env);
  const result = await gradeJob({ ...job, show: true }, await bench.with(job));
  if (result.kind === 'fault') {
    terminal.note(`${key}: ${result.message}`);
    return exitCodes.failed;
  }
  const tasks = result.grade.tasks.filter(({ name }) => options.task === undefined || name === options.task);
  if (tasks.length === 0)
    throw new WrongUse(
      `Expected --task to be one of ${result.grade.tasks.map(({ name }) => name).join(', ')}, got "${options.task ?? ''}".`,
    );
  const shown = { ...result.grade, tasks };
  const { gradeText } = await import('../../report/grade-text.js');
  terminal.result(options.json === true ? asJson(shown) : gradeText(shown));
  const same = before.kind === 'graded' && isSame(before.grade, result.grade);
  terminal.note(
    same
      ? `${pc.green('Same')} verdicts and points as in the ledger.`
      : `${pc.red('Not the same')} as in the ledger: points there ${before.kind === 'graded' ? String(before.grade.points) : 'none'}, here ${String(result.grade.points)}.`,
  );
  return same ? exitCodes.asClaimed : exitCodes.notAsClaimed;
}

/** Verdicts and points, property by property; times and shown questions may differ. */
function isSame(a: Grade, b: Grade): boolean {
  const judged = ({ digest, tasks }: Grade) => ({
    digest,
    tasks: tasks.map(({ name, points, verdict, properties }) => ({ name, points, verdict, properties })),
  });
  try {
    deepStrictEqual(judged(a), judged(b));
    return true;
  } catch {
    return false;
  }
}
