import { fileURLToPath } from 'node:url';
import { pool, type Pool } from 'workerpool';
import type { GradeJob, JobResult, Runner, RunnerEvents } from '../course/runner.js';

/** Times that a job is tried whose process ends under it: once for bad luck. */
const tries = 2;

/** A job that takes so much longer than it may is stuck in our own code. */
const patience = 120_000;

/** What grades has nothing to do with the queue, and so not its password. */
const withoutPassword = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...env, SCORECHECK_REDIS_URL: undefined });

/** Grades jobs in `count` processes of this machine, each with a sandbox of its own; one that dies costs the job in its hands a second try, and no other. */
export function gradeProcesses(count: number): Runner {
  const script = fileURLToPath(new URL('./grade-worker.js', import.meta.url));
  const lanes = Array.from({ length: count }, () =>
    pool(script, { workerType: 'process', maxWorkers: 1, forkOpts: { env: withoutPassword(process.env) } }),
  );
  return {
    async run(jobs, events) {
      const queue = [...jobs];
      await Promise.all(
        lanes.map(async (lane) => {
          for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
            await events.result(await gradedIn(lane, job, events));
          }
        }),
      );
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(
        lanes.map((lane) =>
          lane.exec('close').then(
            () => lane.terminate(),
            () => lane.terminate(true),
          ),
        ),
      );
    },
  };
}

async function gradedIn(lane: Pool, job: GradeJob, events: RunnerEvents): Promise<JobResult> {
  const start = performance.now();
  let message = '';
  for (let n = 0; n < tries; n++) {
    events.started?.(job.key);
    try {
      const limit = (job.limits.jobMilliseconds ?? 600_000) + patience;
      return (await lane.exec('gradeJob', [job]).timeout(limit)) as JobResult;
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
  }
  const milliseconds = Math.round(performance.now() - start);
  return {
    key: job.key,
    kind: 'fault',
    message: `The process that graded it ended ${tries} times: ${message}`,
    milliseconds,
  };
}
