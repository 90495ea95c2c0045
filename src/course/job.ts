import { createHmac } from 'node:crypto';
import type { GradeJob, JobLimits } from './runner.js';
import { digestOf, seedOf, type CourseKeys } from './secret.js';
import type { SubmissionFiles } from './source/submission-files.js';

/** What the result of a job depends on besides the submission: the same for all submissions to an exercise in a run. */
export interface JobSetting {
  readonly version: string;
  readonly exerciseDigest: string;
  readonly language: GradeJob['language'];
  readonly show: boolean;
  readonly isolation: GradeJob['isolation'];
  readonly limits: JobLimits;
}

/** What a content key is made of, each by its digest: where two keys differ, this says why. */
export interface KeyParts {
  readonly submission: string;
  readonly exercise: string;
  readonly version: string;
  readonly limits: string;
  readonly seed: string;
  readonly isolation: string;
  /** Of what is only shown. */
  readonly course: string;
}

/** The job of a submission by these students, and what its key is made of. */
export function jobOf(
  { exercise, entry, files }: SubmissionFiles,
  students: readonly string[],
  { keys, setting }: { readonly keys: CourseKeys; readonly setting: JobSetting },
): { readonly job: GradeJob; readonly parts: KeyParts } {
  const seed = seedOf(keys, exercise, students);
  const parts: KeyParts = {
    submission: digestOf([entry, files.map(({ path, text }) => [path, text])]),
    exercise: digestOf([exercise, setting.exerciseDigest]),
    version: setting.version,
    limits: digestOf(setting.limits),
    // Keyed: 48 bits could be found by trying, and the key of a job is no secret.
    seed: createHmac('sha256', keys.ledger).update(`seed ${seed}`).digest('hex'),
    isolation: setting.isolation,
    course: digestOf([setting.language, setting.show]),
  };
  return { job: { key: digestOf(parts), exercise, entry, files: [...files], seed, ...setting }, parts };
}
