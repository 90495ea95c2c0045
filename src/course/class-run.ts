import { groupOf, type Course } from './course.js';
import type { Intake } from './intake.js';
import { rounded } from './marks/points.js';
import { markOf, type Results } from './marks/mark.js';
import { differences, keptMarks, type Published } from './marks/published.js';
import { standings, type Standing } from './marks/standing.js';
import type { Attempt, ClassRun, Mark, Problem, Similarity } from './result.js';

/** Puts together what a class run yields, from the intake and the results that the ledger has. */
export function classRun(
  course: Course,
  {
    version,
    intake,
    results,
    published,
    similarity,
    problems,
  }: {
    readonly version: string;
    readonly intake: Intake;
    readonly results: Results;
    readonly published: Published;
    readonly similarity: readonly Similarity[];
    /** Besides those of the intake and of the results. */
    readonly problems: readonly Problem[];
  },
): ClassRun {
  const all = standings(course, intake);
  const marks = all.map((each) => markOf(course, each, results));
  const grades = [...results.values()].flatMap((each) => (each.kind === 'graded' ? [each.grade] : []));
  const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  return {
    version,
    course: { name: course.file.name, language: course.file.language, timezone: course.file.timezone },
    isolation:
      grades.length === 0 ? null : grades.some(({ isolation }) => isolation.level === 'weak') ? 'weak' : 'full',
    exercises: course.exercises.map(({ facts, points, weight, deadline, tasks }) => ({
      id: facts.id,
      title: facts.title[course.file.language],
      maxPoints: points,
      weight,
      deadline: iso(deadline),
      tasks: tasks.map((task) => ({ name: task.name, maxPoints: rounded(task.points) })),
    })),
    students: course.roster.map(({ id, name }) => ({ id, name, group: groupOf(course, id) })),
    attempts: attemptsOf(all, marks, results, iso),
    marks,
    totals: totalsOf(course, marks),
    differences: differences(marks, intake, published),
    problems: [...problems, ...intake.problems, ...faultsOf(marks)],
    similarity: [...similarity],
  };
}

/** Each attempt once, as it stands for who handed it in. */
function attemptsOf(
  all: readonly Standing[],
  marks: readonly Mark[],
  results: Results,
  iso: (at: number | null) => string | null,
): Attempt[] {
  return all.flatMap((standing, i) =>
    standing.attempts.flatMap((timed, n): Attempt[] => {
      const { attempt, late, submitted } = timed;
      if (attempt.student !== standing.student) return [];
      const result = attempt.key === null ? undefined : results.get(attempt.key);
      const candidate = standing.candidates.includes(timed);
      const status =
        attempt.key === null
          ? 'unreadable'
          : result === undefined
            ? candidate
              ? 'waiting'
              : 'not needed'
            : result.kind;
      const reason = attempt.problem ?? (result?.kind === 'fault' ? result.message : undefined);
      return [
        {
          student: attempt.student,
          members: attempt.members,
          exercise: attempt.exercise,
          number: n + 1,
          submitted: iso(submitted),
          lateSeconds: late.seconds,
          status,
          counts: marks[i].status === 'graded' && marks[i].attempt === n + 1,
          ...(reason === undefined ? {} : { reason }),
          key: attempt.key,
          digest: attempt.parts?.['submission'] ?? null,
          files: attempt.files,
          place: attempt.place,
          grade: result?.kind === 'graded' ? result.grade : null,
          milliseconds: result?.milliseconds ?? null,
        },
      ];
    }),
  );
}

/** The marks that stand once `run` is published, in its place: what the gradebooks are made of. */
export function asPublished(course: Course, run: ClassRun, published: Published): ClassRun {
  const marks = keptMarks(run.marks, published);
  return { ...run, marks, totals: totalsOf(course, marks) };
}

const totalsOf = (course: Course, marks: readonly Mark[]): ClassRun['totals'] =>
  course.roster.map(({ id }) => totalOf(course, id, marks));

/** Σ weight × points over what has points; excused exercises are out of both sums. */
function totalOf(course: Course, student: string, marks: readonly Mark[]): ClassRun['totals'][number] {
  const own = marks.filter((mark) => mark.student === student);
  const weight = (mark: Mark): number => course.exercises.find(({ facts }) => facts.id === mark.exercise)?.weight ?? 1;
  const counted = own.filter(({ points }) => points !== null);
  const sum = (of: (mark: Mark) => number): number =>
    rounded(counted.reduce((all, mark) => all + weight(mark) * of(mark), 0));
  return {
    student,
    points: counted.length === 0 ? null : sum(({ points }) => points ?? 0),
    maxPoints: sum(({ maxPoints }) => maxPoints),
    complete: own.every(({ points, status }) => points !== null || status === 'excused'),
  };
}

function faultsOf(marks: readonly Mark[]): Problem[] {
  return marks.flatMap(({ status, student, exercise, reason, by }): Problem[] =>
    // In a group the one who handed in speaks for all.
    status === 'fault' && by === student
      ? [{ kind: 'fault', student, exercise, place: exercise, message: reason ?? 'No score.' }]
      : [],
  );
}
