import type { PropertyId } from '../grade/exercise.js';
import type { Texts } from '../grade/texts.js';
import { checkZone, instantOf } from './file/moment.js';
import type { Attempts, CourseFile, LatePolicy, TaskPoints } from './file/schema.js';
import { CourseProblem } from './problem.js';
import type { RosterEntry } from './roster.js';

/** What a course needs to know of an exercise. */
export interface ExerciseFacts {
  /** Name such as 04-denoising-score-matching. */
  readonly id: string;
  readonly title: Texts;
  readonly tasks: readonly {
    readonly name: string;
    readonly points: number;
    readonly properties: readonly { readonly id: PropertyId; readonly points: number }[];
  }[];
  /** SHA-256 of the staff side. */
  readonly digest: string;
  /** The text of the stub that students begin with. */
  readonly stub: string;
}

/** One exercise of a course, with everything that the course file says or leaves to a default. */
export interface CourseExercise {
  readonly facts: ExerciseFacts;
  readonly points: number;
  readonly weight: number;
  readonly deadline: number | null;
  readonly late: LatePolicy;
  readonly attempts: Attempts;
  /** Points of each task and property that add up to `points`. */
  readonly tasks: readonly {
    readonly name: string;
    readonly points: number;
    readonly properties: readonly { readonly id: PropertyId; readonly points: number }[];
  }[];
  readonly canvas: string | undefined;
  readonly moodle: string | undefined;
}

/** A course as its file, its roster and its exercises say together. */
export interface Course {
  readonly file: CourseFile;
  readonly roster: readonly RosterEntry[];
  readonly exercises: readonly CourseExercise[];
}

/** Puts a course together; `exerciseNamed` finds the facts of what the file calls an exercise. Throws CourseProblem where a name in it means nothing. */
export function courseOf(
  file: CourseFile,
  roster: readonly RosterEntry[],
  facts: ReadonlyMap<string, ExerciseFacts>,
): Course {
  checkZone(file.timezone);
  const exercises = file.exercises.map((spec): CourseExercise => {
    const found = facts.get(spec.id);
    if (found === undefined) throw new CourseProblem(`Expected an exercise, got "${spec.id}".`);
    const tasks = tasksOf(found, spec.tasks ?? {});
    const sum = tasks.reduce((all, { points }) => all + points, 0);
    if (!(sum > 0)) throw new CourseProblem(`Expected points in the tasks of ${found.id}, found none.`);
    const points = spec.points ?? sum;
    const scaled = <T extends { readonly points: number }>(each: T): T => ({
      ...each,
      points: (each.points * points) / sum,
    });
    return {
      facts: found,
      points,
      weight: spec.weight,
      deadline: spec.deadline === undefined ? null : instantOf(spec.deadline, file.timezone),
      late: spec.late ?? file.late,
      attempts: spec.attempts ?? file.attempts,
      tasks: tasks.map((task) => ({ ...scaled(task), properties: task.properties.map(scaled) })),
      canvas: spec.canvas,
      moodle: spec.moodle,
    };
  });
  const twice = exercises.find(({ facts: { id } }, i) => exercises.findIndex((other) => other.facts.id === id) !== i);
  if (twice !== undefined)
    throw new CourseProblem(`Expected each exercise once, found ${twice.facts.id} twice under exercises.`);
  const column = exercises.find(({ canvas }, i) =>
    exercises.slice(0, i).some((other) => canvas !== undefined && other.canvas === canvas),
  );
  if (column !== undefined)
    throw new CourseProblem(
      `Expected each exercise in a column of Canvas of its own, found "${column.canvas ?? ''}" twice under canvas.`,
    );
  const course = { file, roster, exercises };
  checkNames(course, facts);
  return course;
}

function tasksOf({ id, tasks }: ExerciseFacts, given: Readonly<Record<string, TaskPoints>>): CourseExercise['tasks'] {
  const unknown = Object.keys(given).find((name) => !tasks.some((task) => task.name === name));
  if (unknown !== undefined) {
    throw new CourseProblem(
      `Expected a task of ${id} under tasks, got "${unknown}". There are ${tasks.map(({ name }) => name).join(', ')}.`,
    );
  }
  return tasks.map(({ name, points, properties }) => {
    const own = given[name];
    if (own === undefined) return { name, points, properties };
    if (typeof own === 'number') {
      return {
        name,
        points: own,
        properties: properties.map((each) => ({ ...each, points: (each.points * own) / points })),
      };
    }
    const strange = Object.keys(own).find((each) => !properties.some((property) => property.id === each));
    if (strange !== undefined) {
      throw new CourseProblem(
        `Expected a property of ${name} in ${id}, got "${strange}". There are ${properties.map((each) => each.id).join(', ')}.`,
      );
    }
    const shared = properties.map((each) => ({ ...each, points: own[each.id] ?? 0 }));
    return { name, points: shared.reduce((sum, each) => sum + each.points, 0), properties: shared };
  });
}

function checkNames({ file, roster, exercises }: Course, facts: ReadonlyMap<string, ExerciseFacts>): void {
  const ids = new Set(roster.map(({ id }) => id));
  const student = (id: string, where: string): void => {
    if (!ids.has(id))
      throw new CourseProblem(
        `Expected a student of the roster under ${where}, got "${id}". Mend the id, or add the student.`,
      );
  };
  const used = new Set(exercises.map((each) => each.facts.id));
  const exercise = (id: string | undefined, where: string): void => {
    if (id !== undefined && !used.has(facts.get(id)?.id ?? '')) {
      throw new CourseProblem(`Expected an exercise of the course under ${where}, got "${id}".`);
    }
  };
  const inGroup = new Map<string, string>();
  for (const [name, members] of Object.entries(file.groups)) {
    if (ids.has(name))
      throw new CourseProblem(`Expected a group with a name of its own, got "${name}", which is the id of a student.`);
    for (const id of members) {
      student(id, `groups.${name}`);
      const other = inGroup.get(id);
      if (other !== undefined)
        throw new CourseProblem(`Expected each student in one group, found ${id} in ${other} and in ${name}.`);
      inGroup.set(id, name);
    }
  }
  for (const each of file.excused) {
    student(each.student, 'excused');
    exercise(each.exercise, 'excused');
  }
  for (const each of file.extensions) {
    student(each.student, 'extensions');
    exercise(each.exercise, 'extensions');
  }
}

/** The name of the group of a student, null where the course file has none. */
export function groupOf({ file }: Pick<Course, 'file'>, id: string): string | null {
  return Object.entries(file.groups).find(([, members]) => members.includes(id))?.[0] ?? null;
}

/** Whether a student need not hand in an exercise, and why. */
export function excuseOf(
  { file }: Pick<Course, 'file'>,
  id: string,
  exercise: string,
): { readonly reason?: string } | undefined {
  const found = file.excused.find(
    (each) => each.student === id && (each.exercise === undefined || sameExercise(each.exercise, exercise)),
  );
  return found === undefined ? undefined : found.reason === undefined ? {} : { reason: found.reason };
}

/** The deadline of one student, milliseconds since 1970; an extension never shortens. null where there is none. */
export function deadlineOf(
  { file }: Pick<Course, 'file'>,
  { deadline, facts }: CourseExercise,
  id: string,
): number | null {
  if (deadline === null) return null;
  const own = file.extensions.filter(
    (each) => each.student === id && (each.exercise === undefined || sameExercise(each.exercise, facts.id)),
  );
  return Math.max(deadline, ...own.map((each) => instantOf(each.deadline, file.timezone)));
}

/** An exercise by number, id, or both. */
export const sameExercise = (given: string, exercise: string): boolean =>
  [exercise, exercise.slice(0, 2), exercise.slice(3), String(Number(exercise.slice(0, 2)))].includes(given);
