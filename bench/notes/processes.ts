import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { pool } from 'workerpool';
import type { recallOf } from './recall-of.js';
import type { scoreOf } from './score.js';

/** What a process can do. */
interface Methods {
  readonly recallOf: typeof recallOf;
  readonly scoreOf: typeof scoreOf;
}

/** Does one thing for each of some files, in as many processes as there are cores; those that come first are begun first. */
export async function inProcesses<M extends keyof Methods>(
  method: M,
  calls: readonly Parameters<Methods[M]>[],
): Promise<ReturnType<Methods[M]>[]> {
  const workers = pool(fileURLToPath(new URL('./worker.js', import.meta.url)), {
    workerType: 'process',
    maxWorkers: Math.min(calls.length, os.availableParallelism()),
  });
  try {
    return await Promise.all(
      calls.map(async (call) => (await workers.exec(method, [...call])) as ReturnType<Methods[M]>),
    );
  } finally {
    await workers.terminate();
  }
}
