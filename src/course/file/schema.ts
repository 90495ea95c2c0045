import { z } from 'zod';
import { propertyIds } from '../../grade/exercise.js';

const duration = z
  .string()
  .regex(/^\d+(\.\d+)?[mhdw]$/, 'Expected a time such as 15m, 2h, 3d or 1w')
  .describe('Minutes, hours, days or weeks: 15m, 2h, 3d, 1w.');

const localTime = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/,
    'Expected a moment such as 2026-11-20 23:59, in quotes or not, without or with an offset such as +08:00',
  )
  .describe('In the time zone of the course, unless it has an offset of its own.');

const latePolicy = z
  .union([
    z.literal('accept').describe('What comes late counts in full.'),
    z.literal('refuse').describe('What comes late does not count.'),
    z.strictObject({
      percent: z.number().min(0).max(100).describe('Taken off per `per` that has begun.'),
      per: z.enum(['hour', 'day', 'week']),
      of: z
        .enum(['reached', 'possible'])
        .default('reached')
        .describe('Percent of the points reached, or of the points possible.'),
      until: duration.optional().describe('What comes later than this after the deadline does not count.'),
      grace: duration.optional().describe('So much after the deadline is not late.'),
    }),
  ])
  .describe('What happens to what comes after the deadline.');

const attempts = z
  .strictObject({
    count: z
      .enum(['last', 'first', 'best'])
      .default('last')
      .describe('last: the last one before the deadline, and where there is none, the last late one that counts.'),
    most: z.number().int().positive().optional().describe('Attempts after so many do not count.'),
  })
  .describe('Which of several attempts counts.');

const taskPoints = z.union([
  z.number().nonnegative().describe('Points of the task, shared out as its properties are.'),
  z
    .partialRecord(z.enum(propertyIds), z.number().nonnegative())
    .describe('Points of each property; those left out get none.'),
]);

const exercise = z.strictObject({
  id: z.string().min(1).describe('Number, name, or both: 04, denoising-score-matching, 04-denoising-score-matching.'),
  points: z
    .number()
    .positive()
    .optional()
    .describe('What the gradebook counts; without it the points of the exercise.'),
  weight: z.number().nonnegative().default(1).describe('Of its points in the total.'),
  deadline: localTime.optional(),
  late: latePolicy.optional(),
  attempts: attempts.optional(),
  tasks: z.record(z.string(), taskPoints).optional().describe('Points by task, in place of those of the exercise.'),
  canvas: z
    .string()
    .optional()
    .describe('Title of the column in the gradebook of Canvas, with its number: Exercise 4 (12345).'),
  moodle: z.string().optional().describe('The grading worksheet of the assignment, downloaded from Moodle.'),
});

/** `course.yaml`. Published as schema/course.schema.json. */
export const courseFileSchema = z.strictObject({
  name: z.string().min(1),
  language: z.enum(['en', 'zh-TW']).default('en').describe('Of what students read.'),
  timezone: z.string().describe('Such as Asia/Taipei.'),
  roster: z
    .string()
    .describe('CSV file with the columns id and name, and what else identifies a student to a course system.'),
  secret: z
    .union([z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })])
    .describe('Where the secret is from which the questions are drawn; never the secret itself.'),
  languages: z
    .array(z.enum(['typescript', 'javascript', 'python']))
    .min(1)
    .default(['typescript', 'javascript', 'python']),
  feedback: z
    .enum(['verdicts', 'questions'])
    .default('verdicts')
    .describe('verdicts: students do not see the questions that they failed on; questions: they do.'),
  missing: z.enum(['blank', 'zero']).default('blank').describe('The mark of who handed in nothing that counts.'),
  late: latePolicy.default('refuse'),
  attempts: attempts.default({ count: 'last' }),
  limits: z
    .strictObject({
      questionSeconds: z.number().positive().optional(),
      cpuSeconds: z.number().positive().optional(),
      memoryMegabytes: z.number().positive().optional(),
      submissionMinutes: z.number().positive().default(10).describe('Wall clock of all questions to one submission.'),
    })
    .default({ submissionMinutes: 10 }),
  exercises: z.array(exercise).min(1),
  groups: z
    .record(z.string(), z.array(z.string()).min(1))
    .default({})
    .describe('Students who hand in together, by the name of the group.'),
  excused: z
    .array(z.strictObject({ student: z.string(), exercise: z.string().optional(), reason: z.string().optional() }))
    .default([])
    .describe('Without `exercise` from all of them.'),
  extensions: z
    .array(z.strictObject({ student: z.string(), exercise: z.string().optional(), deadline: localTime }))
    .default([])
    .describe('Deadlines of single students.'),
});

export type CourseFile = z.infer<typeof courseFileSchema>;
export type LatePolicy = z.infer<typeof latePolicy>;
export type Attempts = z.infer<typeof attempts>;
export type TaskPoints = z.infer<typeof taskPoints>;
