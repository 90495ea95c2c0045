import { z } from 'zod';
import { gradeSchema } from '../grade/result.js';

/** A moment: ISO 8601 in UTC. */
const moment = z.string().describe('ISO 8601, UTC');

const courseExercise = z.object({
  id: z.string().describe('Name such as 04-denoising-score-matching.'),
  title: z.string().describe('In the language of the course.'),
  maxPoints: z.number().describe('What the gradebook counts.'),
  weight: z.number().describe('Of the points of this exercise in the total.'),
  deadline: moment.nullable(),
  tasks: z.array(z.object({ name: z.string(), maxPoints: z.number() })).describe('In points of the gradebook.'),
});

const student = z.object({
  id: z.string().describe('From the roster.'),
  name: z.string(),
  group: z.string().nullable(),
});

/**
 * What became of something that was handed in. `unreadable`: the file is broken, forbidden or too large, and a human looks at it. `waiting`:
 * not graded yet, since the run was cut off or asked for others. `not needed`: another attempt counts.
 */
export const attemptStatuses = ['graded', 'fault', 'unreadable', 'waiting', 'not needed'] as const;

const attempt = z.object({
  student: z.string().describe('Who handed it in, by the roster.'),
  members: z.array(z.string()).describe('For whom it counts: the student alone, or all who handed in together.'),
  exercise: z.string(),
  number: z.number().int().describe('Counts from 1 in order of time.'),
  submitted: moment.nullable().describe('null where the export does not say; it counts as in time then.'),
  lateSeconds: z.number().describe('After the deadline of this student; 0 where in time.'),
  status: z.enum(attemptStatuses),
  counts: z.boolean().describe('Whether the mark comes from this attempt.'),
  reason: z.string().optional().describe('Of a fault or of what cannot be read, for the instructor.'),
  key: z.string().nullable().describe('Content key: names the job and its result in the ledger.'),
  digest: z.string().nullable().describe('SHA-256 of the files: the same files have the same digest.'),
  files: z.array(z.string()),
  place: z.string().describe('Where in the source it was found.'),
  grade: gradeSchema
    .nullable()
    .describe(
      'The seed and `again` in it are for the instructor: with them a student could compute the answers of his next attempt.',
    ),
  milliseconds: z.number().nullable().describe('Wall clock of the grading.'),
});

/** Why a mark is what it is; `points` is null for all but `graded` and, where the course says so, `missing`. */
export const markStatuses = ['graded', 'missing', 'excused', 'fault', 'unreadable', 'waiting'] as const;

const markedTask = z.object({ name: z.string(), points: z.number(), maxPoints: z.number() });

const mark = z.object({
  student: z.string(),
  exercise: z.string(),
  status: z.enum(markStatuses),
  points: z.number().nullable().describe('What the gradebook gets; null is "not graded", which is never written as 0.'),
  maxPoints: z.number(),
  beforePenalty: z.number().nullable().describe('Points before the late policy.'),
  lateSeconds: z.number(),
  attempt: z.number().int().nullable(),
  by: z.string().nullable().describe('Who handed in what counts: in a group it may be another student.'),
  key: z.string().nullable(),
  tasks: z.array(markedTask).describe('Points of the gradebook before the late policy; empty where nothing is graded.'),
  reason: z.string().optional(),
});

const total = z.object({
  student: z.string(),
  points: z.number().nullable().describe('Σ weight × points over what is graded; null where nothing is.'),
  maxPoints: z.number().describe('Σ weight × points possible over what is graded.'),
  complete: z.boolean().describe('Whether no mark is left open; an excused one is not open.'),
});

const difference = z.object({
  student: z.string(),
  exercise: z.string(),
  before: z.number().nullable().describe('As published last; null: not graded, or never published.'),
  after: z.number().nullable(),
  why: z.array(z.enum(['new', 'submission', 'exercise', 'version', 'limits', 'seed', 'course', 'fault', 'isolation'])),
});

/** What a human has to look at. */
export const problemKinds = [
  'fault',
  'unreadable',
  'unknown student',
  'duplicate',
  'no exercise',
  'forbidden',
  'ledger',
] as const;

const problem = z.object({
  kind: z.enum(problemKinds),
  student: z.string().nullable(),
  exercise: z.string().nullable(),
  place: z.string(),
  message: z.string(),
});

const region = z.object({ file: z.string(), line: z.number().int(), endLine: z.number().int() });

const similarity = z.object({
  exercise: z.string(),
  a: z.string().describe('Student, by the roster.'),
  b: z.string(),
  identical: z.boolean().describe('The same files, byte by byte.'),
  shared: z.number().int().describe('Fingerprints in both, without those of the stub and of many submissions.'),
  share: z.number().describe('Of the fingerprints of the smaller one, 0 to 1.'),
  longest: z.number().int().describe('Tokens in a row that both have, whatever the names in them.'),
  regions: z.array(z.object({ a: region, b: region })),
});

/** Everything that a run over a class yields: DIR/class.json. Published as schema/class.schema.json. */
export const classRunSchema = z.object({
  version: z.string(),
  course: z.object({ name: z.string(), language: z.enum(['en', 'zh-TW']), timezone: z.string() }),
  isolation: z
    .enum(['full', 'weak'])
    .nullable()
    .describe('The weakest that a grade of this class was made in; null without grades.'),
  exercises: z.array(courseExercise),
  students: z.array(student).describe('All of the roster, in its order.'),
  attempts: z.array(attempt),
  marks: z.array(mark).describe('One for each student and exercise.'),
  totals: z.array(total),
  differences: z.array(difference).describe('Of the marks against those that were published last.'),
  problems: z.array(problem),
  similarity: z.array(similarity).describe('Evidence for a human: it is no proof, and no mark depends on it.'),
});

export type ClassRun = z.infer<typeof classRunSchema>;
export type Attempt = ClassRun['attempts'][number];
export type Mark = ClassRun['marks'][number];
export type Difference = ClassRun['differences'][number];
export type Problem = ClassRun['problems'][number];
export type Similarity = ClassRun['similarity'][number];
export type CourseStudent = ClassRun['students'][number];
