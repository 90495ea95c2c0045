import { DelayedError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { GradeJob, JobResult, Runner } from '../course/runner.js';
import { prefix, queueName } from './connection.js';

/** After so long without a sign of life from a worker its job goes to another. */
const lockMilliseconds = 20_000;
/** How long a job of another release waits before the next worker sees it: time for this one to end. */
const refused = 1_000;
/** Times that a job is taken from workers that died before it counts as a fault: it may be the job that kills them. */
const deaths = 5;

/** What a worker tells. */
export interface WorkerEvents {
  readonly graded: (key: string, result: JobResult) => void;
  readonly trouble: (message: string) => void;
}

/** A process that takes jobs from the queue, `count` at a time, until it is disposed of; what it has in hand then is finished first. */
export interface QueueWorker extends AsyncDisposable {
  /** Settles when the worker met a job of another release: it takes no more. */
  readonly otherRelease: Promise<string>;
}

/** Takes jobs from the queue and has `runner` grade them; `runner` has to be able to do `count` at a time. */
export function queueWorker(
  redis: Redis,
  {
    runner,
    count,
    version,
    events,
    lock = lockMilliseconds,
  }: {
    readonly runner: Runner;
    readonly count: number;
    readonly version: string;
    readonly events: WorkerEvents;
    /** After so many milliseconds without a sign of life its jobs go to another worker. */
    readonly lock?: number;
  },
): QueueWorker {
  let refuse: (release: string) => void = () => undefined;
  const otherRelease = new Promise<string>((resolve) => (refuse = resolve));
  const worker = new Worker<GradeJob, JobResult>(
    queueName,
    async (job, token) => {
      const { data } = job;
      if (data.version !== version) {
        refuse(data.version);
        // Back to the queue, without counting as one of its tries.
        await job.moveToDelayed(Date.now() + refused, token);
        throw new DelayedError();
      }
      const result = await gradedBy(runner, data);
      events.graded(data.key, result);
      return result;
    },
    {
      connection: redis,
      prefix,
      concurrency: count,
      lockDuration: lock,
      stalledInterval: lock / 2,
      maxStalledCount: deaths,
    },
  );
  worker.on('error', (error) => {
    events.trouble(error.message);
  });
  return {
    otherRelease,
    async [Symbol.asyncDispose]() {
      await worker.close();
      redis.disconnect();
    },
  };
}

async function gradedBy(runner: Runner, job: GradeJob): Promise<JobResult> {
  let found: JobResult | undefined;
  await runner.run([job], {
    result: (result) => {
      found = result;
      return Promise.resolve();
    },
  });
  if (found === undefined) throw new Error('Expected a result of the job, got none. This is a bug in scorecheck.');
  return found;
}
