import os from 'node:os';
import { queueAt } from '../class/queue.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { gradeProcesses } from '../grade-processes.js';
import { packageVersion } from '../package.js';
import { provisioned } from '../provision.js';
import type { Terminal } from '../terminal.js';

/** The options of `scorecheck worker` and `scorecheck status`. */
export interface QueueCommandOptions {
  readonly queue: string;
  readonly jobs?: number;
}

/** Takes jobs from a queue until Ctrl-C, which finishes what is in hand; 2 where the jobs are of another release. */
export async function workerCommand(options: QueueCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const count = options.jobs ?? os.availableParallelism();
  await provisioned(terminal);
  const { redis, shown } = await queueAt(options.queue, terminal);
  const { queueWorker } = await import('../../queue/worker.js');
  const { tellWhenAway, troubleText } = await import('../../queue/trouble.js');
  tellWhenAway(redis, shown, terminal.note);
  const told = new Set<string>();
  await using runner = gradeProcesses(count);
  let done = 0;
  await using worker = queueWorker(redis, {
    runner,
    count,
    version: packageVersion(),
    events: {
      graded: (key, { kind, milliseconds }) => {
        done++;
        terminal.note(`${done}  ${key.slice(0, 12)}  ${kind}  ${(milliseconds / 1000).toFixed(1)} s`);
      },
      trouble: (message) => {
        const text = troubleText(message);
        // BullMQ says the same of each step that fails.
        if (text !== undefined && !told.has(text)) terminal.note(text);
        if (text !== undefined) told.add(text);
      },
    },
  });
  terminal.note(
    `Taking jobs from ${shown}, ${count} at a time; Ctrl-C finishes what is in hand and ends. Submissions run as on this machine alone: keep it patched.`,
  );
  const stop = new Promise<'stop'>((resolve) => {
    process.removeAllListeners('SIGINT');
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('stop'));
  });
  const why = await Promise.race([stop, worker.otherRelease]);
  if (why === 'stop') return exitCodes.asClaimed;
  throw new WrongUse(
    `Expected jobs for scorecheck ${packageVersion()}, got one for ${why}. Install the same release on every machine; the job waits for another worker.`,
  );
}
