import { z } from 'zod';
import { problemKinds } from './result.js';

/** One attempt as it was found in a source; the ledger has the job and the result under its key. */
const taken = z.object({
  exercise: z.string(),
  student: z.string(),
  members: z.array(z.string()),
  submitted: z.number().nullable(),
  late: z.boolean(),
  place: z.string(),
  files: z.array(z.string()),
  key: z.string().nullable(),
  parts: z.record(z.string(), z.string()).nullable(),
  /** Why there is nothing to grade. */
  problem: z.string().nullable(),
});

/** What the course was handed in, over all runs: the table `intake` of the ledger. */
export const intakeSchema = z.object({
  attempts: z.array(taken),
  problems: z.array(
    z.object({
      kind: z.enum(problemKinds),
      student: z.string().nullable(),
      exercise: z.string().nullable(),
      place: z.string(),
      message: z.string(),
    }),
  ),
});

export type Intake = z.infer<typeof intakeSchema>;
export type Taken = Intake['attempts'][number];

/** What a run looked at. */
export interface Scope {
  readonly exercises: readonly string[];
  /** All students where absent. */
  readonly students?: ReadonlySet<string>;
}

/**
 * The intake after a run: what the run looked at is as it found it, all else as it was. A problem of no exercise is one of a run over several: one exercise may come from a
 * course system of its own, and says nothing about what the other exports held.
 */
export function mergedIntake(before: Intake, now: Intake, { exercises, students }: Scope): Intake {
  const looked = (exercise: string | null, who: readonly (string | null)[]): boolean =>
    (exercise === null ? exercises.length > 1 : exercises.includes(exercise)) &&
    (students === undefined || who.some((each) => each !== null && students.has(each)));
  return {
    attempts: [...before.attempts.filter(({ exercise, members }) => !looked(exercise, members)), ...now.attempts],
    problems: [...before.problems.filter(({ exercise, student }) => !looked(exercise, [student])), ...now.problems],
  };
}
