import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gradeProcesses } from '../../src/cli/grade-processes.js';
import { connect, queueAddress } from '../../src/queue/connection.js';
import { redisRunner } from '../../src/queue/redis-runner.js';
import { queueStatus } from '../../src/queue/status.js';
import { judged } from './judged.js';
import { redisServer } from './redis-server.js';
import type { Synthetic } from './submissions.js';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** One stretch of submissions, graded by the local pool and over the queue: milliseconds. */
export interface QueueTurn {
  readonly submissions: number;
  readonly local: number;
  readonly queued: number;
  readonly wrong: readonly string[];
}

const stretch = 30;
const workers = 2;

/** Grades submissions by a pool of two processes and by two workers on one Redis server, in turn; each has graded one stretch before, unmeasured. */
export async function queueTurns(
  submissions: readonly Synthetic[],
  { count, seed, note }: { count: number; seed: number; note: (text: string) => void },
): Promise<QueueTurn[]> {
  const given = submissions.filter(({ kind }) => kind !== 'attack');
  const list = Array.from({ length: count }, (_, i) => given[i % given.length]);
  await using server = await redisServer({ keeps: true });
  const redis = await connect(queueAddress(server.url, {}));
  await using queue = redisRunner(redis);
  await using local = gradeProcesses(workers);
  const started = Array.from({ length: workers }, () =>
    spawn(process.execPath, [main, 'worker', '--queue', server.url, '--jobs', '1'], { stdio: 'ignore' }),
  );
  try {
    while ((await queueStatus(redis)).workers < workers) await pause(100);
    const warm = list.slice(0, 2 * workers);
    await judged(local, warm, { seed, draw: 'warm local' });
    await judged(queue, warm, { seed, draw: 'warm queue' });
    const turns: QueueTurn[] = [];
    // No stretch has a submission twice, and each has questions of its own: a queue does the same job once.
    const step = Math.min(stretch, given.length);
    for (let at = 0; at < list.length; at += step) {
      const part = list.slice(at, at + step);
      const draw = `queue ${at}`;
      const own = await judged(local, part, { seed, draw });
      const queued = await judged(queue, part, { seed, draw });
      turns.push({
        submissions: part.length,
        local: own.milliseconds,
        queued: queued.milliseconds,
        wrong: [...own.wrong, ...queued.wrong],
      });
      const seconds = (ms: number): string => (ms / 1000).toFixed(1);
      note(
        `queue ${at + part.length}/${list.length}: ${seconds(queued.milliseconds)} s, local ${seconds(own.milliseconds)} s`,
      );
    }
    return turns;
  } finally {
    for (const each of started) {
      const gone = new Promise((resolve) => each.once('exit', resolve));
      each.kill('SIGTERM');
      await gone;
    }
  }
}

/** The rate over the queue as a share of the local pool's. */
export const queueRatio = (turns: readonly QueueTurn[]): number =>
  turns.reduce((sum, { local }) => sum + local, 0) / turns.reduce((sum, { queued }) => sum + queued, 0);
