import { exerciseDigest } from '../../src/cli/course-exercises.js';
import { packageVersion } from '../../src/cli/package.js';
import { digestOf } from '../../src/course/secret.js';
import type { GradeJob } from '../../src/course/runner.js';
import { randomStream } from '../../src/numerics/random.js';
import { fileOf } from './course-folder.js';
import type { Synthetic } from './submissions.js';

/** The job of a submission, with questions drawn for `draw`: another draw is another job. */
export function syntheticJob(submission: Synthetic, seed: number, draw: string): GradeJob {
  const { student, exercise, source } = submission;
  const entry = fileOf(submission);
  return {
    key: digestOf([seed, draw, student, exercise, source]),
    version: packageVersion(),
    exercise,
    exerciseDigest: exerciseDigest(exercise),
    entry,
    files: [{ path: entry, text: source }],
    seed: randomStream(seed, 'questions', draw, student, exercise).index(2 ** 32),
    language: 'en',
    show: false,
    isolation: 'full',
    limits: { milliseconds: 5_000, memoryBytes: 1_000_000_000, jobMilliseconds: 600_000 },
  };
}
