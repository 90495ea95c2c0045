import type { Course, CourseExercise } from '../course.js';
import { deadlineOf } from '../course.js';
import type { Intake, Taken } from '../intake.js';
import { candidates, inOrder, type Timed } from './attempts.js';
import { lateness } from './late.js';

/** The attempts of one student on one exercise, in order of time, and those that the mark may come from. */
export interface Standing {
  readonly student: string;
  readonly exercise: CourseExercise;
  readonly attempts: readonly Timed<Taken>[];
  readonly candidates: readonly Timed<Taken>[];
}

/** Where each student stands on each exercise, in the order of the roster and of the course. */
export function standings(course: Course, intake: Intake): Standing[] {
  const byPair = new Map<string, Taken[]>();
  for (const attempt of intake.attempts) {
    for (const member of attempt.members) {
      const pair = `${member}\n${attempt.exercise}`;
      byPair.set(pair, [...(byPair.get(pair) ?? []), attempt]);
    }
  }
  return course.roster.flatMap(({ id }) =>
    course.exercises.map((exercise): Standing => {
      const deadline = deadlineOf(course, exercise, id);
      const attempts = inOrder(byPair.get(`${id}\n${exercise.facts.id}`) ?? []).map((attempt): Timed<Taken> => {
        // The course system says late and not how late: one second, the least.
        const unknown = attempt.late && attempt.submitted === null && deadline !== null;
        const submitted = unknown ? deadline + 1000 : attempt.submitted;
        return { attempt, submitted, late: lateness(submitted, deadline, exercise.late) };
      });
      return { student: id, exercise, attempts, candidates: candidates(attempts, exercise.attempts) };
    }),
  );
}

/** The keys of the jobs that some mark may come from, in order. */
export function neededKeys(all: readonly Standing[]): string[] {
  return [...new Set(all.flatMap((each) => each.candidates.flatMap(({ attempt }) => attempt.key ?? [])))];
}
