import type { SandboxProcess } from './process.js';

/** Processes that are ready before they are wanted. */
export interface Pool extends AsyncDisposable {
  /** A ready process that nobody has used; the caller ends it. Rejects where none starts. */
  take(): Promise<SandboxProcess>;
}

const refillAfter = 20;

/** Keeps `warm` processes ready; `start` makes one. Each is handed out once. */
export function pool(warm: number, start: () => SandboxProcess): Pool {
  const waiting: SandboxProcess[] = [];
  let closed = false;
  const fill = (): void => {
    while (!closed && waiting.length < warm) waiting.push(start());
  };
  fill();
  return {
    async take() {
      const taken = waiting.shift() ?? start();
      const ready = await taken.ready;
      if ('stop' in ready) {
        const said = await taken.takeOutput();
        throw new Error(`Expected the process of the sandbox to start. ${ready.stop.message} ${said}`.trim());
      }
      // A little later: to start a process takes time from the one that is about to be asked.
      setTimeout(fill, refillAfter).unref();
      return taken;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.all(waiting.map((each) => each[Symbol.asyncDispose]()));
    },
  };
}
