import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, type JobState } from 'bullmq';
import type { Redis } from 'ioredis';
import { jobResultSchema, type GradeJob, type JobResult, type Runner, type RunnerEvents } from '../course/runner.js';
import { prefix, queueName } from './connection.js';

/** How often the state of each open job is asked for. */
const lookEvery = 1000;
/** Of a job whose worker ends under it, besides those that stall. */
const attempts = 3;

/**
 * Puts jobs on a queue in Redis and waits for the workers' results. The queue may lose everything and a job may run twice: what is open stays with the producer,
 * which puts it there again, and a result is taken once. A result leaves Redis when `events.result` has it.
 */
export function redisRunner(redis: Redis): Runner {
  const queue = new Queue<GradeJob, JobResult>(queueName, { connection: redis, prefix });
  // A command that fails while the server is away is repeated; without a listener the process would end.
  queue.on('error', () => undefined);
  return {
    async run(jobs, events) {
      const open = new Map(jobs.map((job) => [job.key, job]));
      const started = new Set<string>();
      while (open.size > 0) {
        for (const job of [...open.values()]) {
          const state = await queue.getJobState(job.key);
          await settle(queue, job, state, { open, started, events });
        }
        if (open.size > 0) await sleep(lookEvery);
      }
    },
    async [Symbol.asyncDispose]() {
      await queue.close();
      redis.disconnect();
    },
  };
}

interface Progress {
  readonly open: Map<string, GradeJob>;
  readonly started: Set<string>;
  readonly events: RunnerEvents;
}

async function settle(
  queue: Queue<GradeJob, JobResult>,
  job: GradeJob,
  state: JobState | 'unknown',
  { open, started, events }: Progress,
): Promise<void> {
  if (state === 'unknown') {
    // Never put there, or lost with the memory of the server. The id makes a second copy impossible.
    const backoff = { type: 'exponential', delay: lookEvery };
    await queue.add('grade', job, { jobId: job.key, attempts, backoff });
    return;
  }
  if (state === 'active' && !started.has(job.key)) {
    started.add(job.key);
    events.started?.(job.key);
  }
  if (state !== 'completed' && state !== 'failed') return;
  const done = await queue.getJob(job.key);
  if (done === undefined) return; // lost between the two questions; the next look finds it unknown
  await events.result(resultOf(job.key, state === 'completed' ? done.returnvalue : undefined, done.failedReason));
  open.delete(job.key);
  await done.remove();
}

/** What a worker returned, checked: anybody who reaches the server could have written it. */
function resultOf(key: string, returned: unknown, reason: string | undefined): JobResult {
  const read = jobResultSchema.safeParse(returned);
  if (read.success && read.data.key === key) return read.data;
  const message =
    returned === undefined
      ? `The workers gave it up: ${reason ?? 'no reason was left'}`
      : 'The queue held a result that no worker of this release writes.';
  return { key, kind: 'fault', message, milliseconds: 0 };
}
