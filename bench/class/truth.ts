import type { Grade } from '../../src/grade/result.js';
import type { ClassRun } from '../../src/course/result.js';
import type { Synthetic } from './submissions.js';

/** What is not as the truth has it, one sentence each; nothing where all is. */
export function differences(
  submissions: readonly Synthetic[],
  { attempts, marks }: Pick<ClassRun, 'attempts' | 'marks'>,
): string[] {
  return submissions.flatMap((submission): string[] => {
    const { student, exercise, kind, id } = submission;
    const named = `${student} ${exercise}, ${kind} "${id}"`;
    const own = (each: { readonly student: string; readonly exercise: string }): boolean =>
      each.student === student && each.exercise === exercise;
    const attempt = attempts.find((each) => own(each) && each.counts);
    const mark = marks.find(own);
    if (attempt?.grade == null || mark === undefined || mark.points === null) {
      return [`${named}: no mark (${mark?.status ?? 'none'}; ${mark?.reason ?? attempt?.reason ?? 'no reason'})`];
    }
    const wrong = wrongTasks(submission, attempt.grade);
    // The mark is the sum of what the tasks have: with no late work and no points of the course's own nothing comes in between.
    const sum = attempt.grade.tasks.reduce((points, task) => points + (task.points ?? 0), 0);
    if (Math.abs(mark.points - sum) > 1e-9) wrong.push(`the mark is ${mark.points} where the tasks have ${sum}`);
    return wrong.map((each) => `${named}: ${each}`);
  });
}

/** The tasks of a grade that are not as they have to be: one that has to fail fails and loses points, every other one has all of its points. */
export function wrongTasks({ failing }: Pick<Synthetic, 'failing'>, { tasks }: Pick<Grade, 'tasks'>): string[] {
  return tasks.flatMap(({ name, verdict, points, maxPoints, message }): string[] => {
    const has = `${name} has ${points ?? 'no'} of ${maxPoints} points (${verdict}: ${message})`;
    if (failing.includes(name)) {
      return verdict === 'fail' && points !== null && points < maxPoints ? [] : [`${has}, and has to fail`];
    }
    return points === maxPoints && verdict !== 'fault' ? [] : [`${has}, and is right`];
  });
}
