import { z } from 'zod';
import { gradeSchema } from '../grade/result.js';

/** The limits of a job that a course may set, a part of those of the sandbox. */
export const jobLimitsSchema = z.strictObject({
  milliseconds: z.number().int().positive().optional().describe('Wall clock of one question.'),
  cpuMilliseconds: z.number().int().positive().optional().describe('CPU time of one process of the submission.'),
  memoryBytes: z.number().int().positive().optional(),
  jobMilliseconds: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('Wall clock of all questions together; those that are left are not put and count as stopped.'),
});

/** One file of a submission: its path below the folder of the submission, with slashes, and its text. */
const submittedFile = z.strictObject({ path: z.string(), text: z.string() });

/**
 * One submission to be graded on one exercise: all that a process needs, here or on another machine. It names no student; the seed is of this
 * student and exercise alone and tells nothing about the secret of the course.
 */
export const gradeJobSchema = z.strictObject({
  key: z.string().describe('The content key: the same key has the same result, whoever computes it and how often.'),
  version: z.string().describe('Of the scorecheck that made the job; another one refuses it.'),
  exercise: z.string().describe('Name such as 04-denoising-score-matching.'),
  exerciseDigest: z
    .string()
    .describe('SHA-256 of the staff side of the exercise; a machine with another one refuses the job.'),
  entry: z.string().describe('The path of the module that is graded, one of `files`.'),
  files: z.array(submittedFile),
  seed: z.number().int().nonnegative(),
  language: z.enum(['en', 'zh-TW']),
  show: z.boolean().describe('Whether the questions may be shown to the student.'),
  isolation: z.enum(['full', 'weak']),
  limits: jobLimitsSchema,
});

/** What became of a job: a grade, or trouble that is not the student's and no score. */
export const jobResultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ key: z.string(), kind: z.literal('graded'), grade: gradeSchema, milliseconds: z.number() }),
  z.strictObject({ key: z.string(), kind: z.literal('fault'), message: z.string(), milliseconds: z.number() }),
]);

export type JobLimits = z.infer<typeof jobLimitsSchema>;
export type GradeJob = z.infer<typeof gradeJobSchema>;
export type JobResult = z.infer<typeof jobResultSchema>;

/** What a runner tells while it works. */
export interface RunnerEvents {
  /** A job begins; where it is tried again, once more. */
  readonly started?: (key: string) => void;
  /** Awaited before the runner forgets the result: the ledger has it then. A result may come twice; the second is the same. */
  readonly result: (result: JobResult) => Promise<void>;
}

/**
 * Grades jobs, in processes of this machine or on others. `run` settles when each job has had a result, a fault included, and rejects only
 * where none can be computed at all, such as for want of full isolation or of a queue.
 */
export interface Runner extends AsyncDisposable {
  run(jobs: readonly GradeJob[], events: RunnerEvents): Promise<void>;
}
