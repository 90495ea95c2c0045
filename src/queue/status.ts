import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { prefix, queueName } from './connection.js';

/** What is on the queue. */
export interface QueueStatus {
  readonly waiting: number;
  readonly active: number;
  /** To be tried again after a pause. */
  readonly delayed: number;
  /** With a result that no producer has fetched yet. */
  readonly completed: number;
  readonly failed: number;
  readonly workers: number;
}

/** Counts what is on the queue, and the workers. */
export async function queueStatus(redis: Redis): Promise<QueueStatus> {
  const queue = new Queue(queueName, { connection: redis, prefix });
  try {
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed');
    const { waiting = 0, active = 0, delayed = 0, completed = 0, failed = 0 } = counts;
    return { waiting, active, delayed, completed, failed, workers: (await queue.getWorkers()).length };
  } finally {
    await queue.close();
  }
}
