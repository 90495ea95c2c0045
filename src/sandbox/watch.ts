import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Limits } from './limits.js';
import type { Ended, Told } from './watcher.js';

/** Watches what processes use and ends those that use more than their limits. */
export interface Watch {
  /** Watches `pid` and its descendants; `ended` hears the reason before they are gone. Returns what stops watching. */
  add(pid: number, limits: Limits, ended: (reason: Ended['reason']) => void): () => void;
  close(): Promise<void>;
}

/** Starts the watcher, whose script is in the folder of the runtime. There is nothing to read usage from but on Linux. */
export function startWatch(folder: string): Watch {
  if (process.platform !== 'linux') return { add: () => () => {}, close: () => Promise.resolve() };
  const worker = new Worker(path.join(folder, 'watcher.mjs'));
  worker.unref();
  const listeners = new Map<number, (reason: Ended['reason']) => void>();
  worker.on('message', ({ pid, reason }: Ended) => listeners.get(pid)?.(reason));
  return {
    add(pid, { memoryBytes, cpuMilliseconds, tasks }, ended) {
      listeners.set(pid, ended);
      worker.postMessage({ watch: pid, memoryBytes, cpuMilliseconds, tasks } satisfies Told);
      return () => {
        listeners.delete(pid);
        worker.postMessage({ forget: pid } satisfies Told);
      };
    },
    async close() {
      await worker.terminate();
    },
  };
}
