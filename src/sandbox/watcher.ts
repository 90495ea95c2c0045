import { availableParallelism } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { usageOf } from './usage.js';

// A thread of the parent that looks at what the children use. It is a thread because the parent may compute for seconds without a pause,
// and a child that fills the memory takes less.

/** What the parent tells the watcher: processes to look at, and those that are gone. */
export type Told =
  | { readonly watch: number; readonly memoryBytes: number; readonly cpuMilliseconds: number; readonly tasks: number }
  | { readonly forget: number };

/** What the watcher tells the parent once it has ended a process. */
export interface Ended {
  readonly pid: number;
  readonly reason: 'memory' | 'cpu' | 'processes';
}

const every = 10;
/** Finding the descendants reads a file per thread; what the known ones use is looked at oftener, once it comes near a limit. */
const lookAround = 5;
/** No machine that we know writes to new pages faster (bytes per millisecond): what is further from its limit cannot reach it until the next look around. */
const fastest = 1e7;
/** Threads whose processor time adds up. */
const cores = availableParallelism();
type Watched = Exclude<Told, { readonly forget: number }> & {
  pids?: readonly number[] | undefined;
  turns: number;
  far: boolean;
};
const watched = new Map<number, Watched>();

parentPort?.on('message', (told: Told) => {
  if ('forget' in told) watched.delete(told.forget);
  else watched.set(told.watch, { ...told, turns: 0, far: false });
});

setInterval(() => {
  for (const [pid, limits] of watched) {
    const around = limits.turns++ % lookAround === 0;
    if (limits.far && !around) continue;
    const used = around ? usageOf(pid) : usageOf(pid, limits.pids);
    limits.pids = used.pids;
    limits.far =
      limits.memoryBytes - used.memoryBytes > fastest * lookAround * every &&
      limits.cpuMilliseconds - used.cpuMilliseconds > cores * lookAround * every;
    const reason =
      used.memoryBytes > limits.memoryBytes
        ? 'memory'
        : used.cpuMilliseconds > limits.cpuMilliseconds
          ? 'cpu'
          : used.tasks > limits.tasks
            ? 'processes'
            : undefined;
    if (reason === undefined) continue;
    watched.delete(pid);
    // Said before it is done, so that the parent knows the reason when it sees the end.
    parentPort?.postMessage({ pid, reason } satisfies Ended);
    killAll(usageOf(pid).pids);
  }
}, every);

function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
}
