import type { GradeJob, JobResult } from '../../src/course/runner.js';

/** A job whose result `resultOf` knows. */
export const jobOf = (i: number, version = '0.1.0'): GradeJob => ({
  key: `key-${String(i).padStart(4, '0')}`,
  version,
  exercise: '02-explicit-score-matching',
  exerciseDigest: 'd',
  entry: '02.ts',
  files: [{ path: '02.ts', text: `// ${i}` }],
  seed: i,
  language: 'en',
  show: false,
  isolation: 'full',
  limits: {},
});

/** What the workers of the tests answer: a fault that names the job, which takes no grading. */
export const resultOf = ({ key, seed }: GradeJob): JobResult => ({
  key,
  kind: 'fault',
  message: `job ${seed}`,
  milliseconds: seed,
});
