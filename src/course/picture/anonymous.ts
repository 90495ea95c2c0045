import { createHash } from 'node:crypto';
import type { Grade } from '../../grade/result.js';
import type { ClassRun } from '../result.js';

/** What a submission printed may name its author. */
const withoutWords = (grade: Grade): Grade => ({
  ...grade,
  warnings: [],
  tasks: grade.tasks.map((task) => ({ ...task, output: '', warnings: [], again: '' })),
});

/**
 * The run without a name: each student is a number, in an order that says nothing about the roster's. What names a person by the way goes too: places of
 * files, their names, and the words of problems. The same class has the same numbers each time.
 */
export function anonymous(run: ClassRun): ClassRun {
  const hashed = (id: string): string => createHash('sha256').update(`scorecheck/anonymous/${id}`).digest('hex');
  const ids = run.students.map(({ id }) => id).sort((a, b) => hashed(a).localeCompare(hashed(b)));
  const width = String(ids.length).length;
  const numbers = new Map(ids.map((id, i) => [id, String(i + 1).padStart(width, '0')]));
  const number = (id: string): string => numbers.get(id) ?? '?';
  const groups = new Map(
    [...new Set(run.students.flatMap(({ group }) => group ?? []))]
      .sort((a, b) => hashed(a).localeCompare(hashed(b)))
      .map((group, i) => [group, String(i + 1)]),
  );
  return {
    ...run,
    students: run.students
      .map(({ id, group }) => ({
        id: number(id),
        name: '',
        group: group === null ? null : (groups.get(group) ?? null),
      }))
      .sort((a, b) => a.id.localeCompare(b.id)),
    attempts: run.attempts.map(({ reason: _reason, ...attempt }) => ({
      ...attempt,
      student: number(attempt.student),
      members: attempt.members.map(number),
      place: '',
      files: [],
      grade: attempt.grade === null ? null : withoutWords(attempt.grade),
    })),
    marks: run.marks.map(({ reason: _reason, ...mark }) => ({
      ...mark,
      student: number(mark.student),
      by: mark.by === null ? null : number(mark.by),
    })),
    totals: run.totals.map((total) => ({ ...total, student: number(total.student) })),
    differences: run.differences.map((each) => ({ ...each, student: number(each.student) })),
    problems: run.problems.map((problem) => ({
      ...problem,
      student: problem.student === null ? null : number(problem.student),
      place: '',
      message: '',
    })),
    similarity: run.similarity.map((pair) => ({ ...pair, a: number(pair.a), b: number(pair.b), regions: [] })),
  };
}
