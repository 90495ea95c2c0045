import { onQueue, queueAt } from '../class/queue.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import type { QueueCommandOptions } from './worker.js';

/** Shows what is on a queue. */
export async function statusCommand(options: QueueCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { redis, shown } = await queueAt(options.queue, terminal);
  try {
    const { queueStatus } = await import('../../queue/status.js');
    const { waiting, active, delayed, completed, failed, workers } = await onQueue(shown, () => queueStatus(redis));
    terminal.result(
      [
        shown,
        `  workers    ${workers}`,
        `  waiting    ${waiting}`,
        `  in hand    ${active}`,
        `  to retry   ${delayed}`,
        `  done       ${completed} not fetched yet, ${failed} given up`,
      ].join('\n'),
    );
    return exitCodes.asClaimed;
  } finally {
    redis.disconnect();
  }
}
