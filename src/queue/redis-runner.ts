import { Queue, type JobState } from 'bullmq';
import type { Redis } from 'ioredis';
import { jobResultSchema, type GradeJob, type JobResult, type Runner, type RunnerEvents } from '../course/runner.js';
import { prefix, queueName } from './connection.js';
import { queueNews } from './news.js';

/** Workers tell what they do; how often all open jobs are looked at besides, for what was missed or lost. Milliseconds. */
const lookEvery = 2_000;
/** Of a job whose worker ends under it, besides those that stall. */
const attempts = 3;
/** Before a job is tried again, milliseconds; twice as long each time. */
const pause = 1_000;
/** Jobs that are asked for, or put there, in one go. */
const together = 100;
/** BullMQ repeats each result in its list of news: short, and emptied after a run. */
const newsKept = 500;

/**
 * Puts jobs on a queue in Redis and waits for the workers' results. The queue may lose everything and a job may run twice: what is open stays with the producer,
 * which puts it there again, and a result is taken once. A result leaves Redis when `events.result` has it. `idle` is told when jobs wait and no worker is there.
 */
export function redisRunner(redis: Redis, { idle = () => undefined }: { readonly idle?: () => void } = {}): Runner {
  const queue = new Queue<GradeJob, JobResult>(queueName, {
    connection: redis,
    prefix,
    streams: { events: { maxLen: newsKept } },
  });
  // A command that fails while the server is away is repeated; without a listener the process would end.
  queue.on('error', () => undefined);
  return {
    async run(jobs, events) {
      const progress = { open: new Map(jobs.map((job) => [job.key, job])), started: new Set<string>(), events };
      await using news = queueNews(redis);
      await look(queue, [...progress.open.keys()], { ...progress, first: true });
      let lonely = 0;
      for (let looked = performance.now(); progress.open.size > 0;) {
        const heard = await news.next(Math.max(0, looked + lookEvery - performance.now()));
        const late = heard.size === 0 || performance.now() - looked > lookEvery;
        await look(queue, [...(late ? progress.open.keys() : heard)], { ...progress, first: false });
        if (!late) continue;
        looked = performance.now();
        // Twice in a row: after the server was away workers need a moment to come back.
        lonely = (await hasWorkers(queue)) ? 0 : lonely + 1;
        if (lonely > 1) idle();
      }
      await queue.trimEvents(0);
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
  /** What was given up before this run is tried again by it. */
  readonly first: boolean;
}

/** Looks at jobs, takes the results that are there, and puts what is missing on the queue. */
async function look(queue: Queue<GradeJob, JobResult>, keys: readonly string[], progress: Progress): Promise<void> {
  const jobs = keys.flatMap((key) => progress.open.get(key) ?? []);
  for (let at = 0; at < jobs.length; at += together) {
    const part = jobs.slice(at, at + together);
    const states = await Promise.all(part.map(({ key }) => queue.getJobState(key)));
    const missing: GradeJob[] = [];
    for (const [i, job] of part.entries()) if (await isMissing(queue, job, states[i], progress)) missing.push(job);
    // Never put there, or lost with the memory of the server. The id makes a second copy impossible.
    const backoff = { type: 'exponential', delay: pause };
    await queue.addBulk(
      missing.map((job) => ({ name: 'grade', data: job, opts: { jobId: job.key, attempts, backoff } })),
    );
  }
}

/** Takes the result of a job where there is one; whether the job is to be put there. */
async function isMissing(
  queue: Queue<GradeJob, JobResult>,
  { key }: GradeJob,
  state: JobState | 'unknown',
  { open, started, events, first }: Progress,
): Promise<boolean> {
  if (state === 'unknown') return true;
  if (state === 'active' && !started.has(key)) {
    started.add(key);
    events.started?.(key);
  }
  if (state !== 'completed' && state !== 'failed') return false;
  const done = await queue.getJob(key);
  if (done === undefined) return false; // lost between the two questions; the next look finds it unknown
  if (first && state === 'failed') {
    await done.remove();
    return true;
  }
  await events.result(resultOf(key, state === 'completed' ? done.returnvalue : undefined, done.failedReason));
  open.delete(key);
  await done.remove();
  return false;
}

/** Servers that are shared may not tell who is connected: then nothing is known to be missing. */
const hasWorkers = async (queue: Queue<GradeJob, JobResult>): Promise<boolean> =>
  (await queue.getWorkers().catch(() => undefined))?.length !== 0;

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
