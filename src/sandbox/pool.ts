import type { SandboxProcess } from './process.js';

/** Processes that are ready before they are wanted. */
export interface Pool extends AsyncDisposable {
  /** A ready process that nobody has used; the caller ends it. Rejects where none starts. */
  take(): Promise<SandboxProcess>;
  /** Says that a process that was taken is no longer asked. */
  done(): void;
}

/** To start a process holds this one up, and takes half a second of a processor, while it is about to report, or to ask the next process. */
const refillAfter = 200;

/**
 * Keeps `warm` processes ready; `start` makes one. Each is handed out once. One that was taken is replaced when it is no longer asked, since to load TensorFlow.js takes
 * half a second of the processors that it runs on; at once only where none is left for whoever comes next.
 */
export function pool(warm: number, start: () => SandboxProcess): Pool {
  const waiting: SandboxProcess[] = [];
  let closed = false;
  const fill = (): void => {
    while (!closed && waiting.length < warm) waiting.push(start());
  };
  const refill = (): void => {
    setTimeout(fill, refillAfter).unref();
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
      if (waiting.length === 0) refill();
      return taken;
    },
    done: refill,
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.all(waiting.map((each) => each[Symbol.asyncDispose]()));
    },
  };
}
