import type { JobResult, Runner } from '../../src/course/runner.js';
import { syntheticJob } from './jobs.js';
import type { Synthetic } from './submissions.js';
import { wrongTasks } from './truth.js';

/** Grades submissions by a runner; the milliseconds that it took, and what is not as the truth has it. */
export async function judged(
  runner: Runner,
  submissions: readonly Synthetic[],
  { seed, draw, done }: { readonly seed: number; readonly draw: string; readonly done?: () => void },
): Promise<{ readonly milliseconds: number; readonly wrong: string[] }> {
  const jobs = new Map(submissions.map((each) => [syntheticJob(each, seed, draw), each]));
  const results = new Map<string, JobResult>();
  const start = performance.now();
  await runner.run([...jobs.keys()], {
    result: (result) => {
      results.set(result.key, result);
      done?.();
      return Promise.resolve();
    },
  });
  const milliseconds = performance.now() - start;
  const wrong = [...jobs].flatMap(([{ key }, submission]): string[] => {
    const result = results.get(key);
    const named = `${submission.exercise} ${submission.id}`;
    if (result?.kind !== 'graded') return [`${named}: ${result?.message ?? 'no result'}`];
    return wrongTasks(submission, result.grade).map((each) => `${named}: ${each}`);
  });
  return { milliseconds, wrong };
}
