import type { Bundle, Library } from './bundled.js';
import { isolatedCommands, packFor, weakCommands, type Commands } from './command.js';
import { IsolationMissing, type Isolation } from './isolation.js';
import { defaultLimits, type Limits } from './limits.js';
import { pool, type Pool } from './pool.js';
import { SandboxProcess } from './process.js';
import { isolatedPython, weakPython } from './python-command.js';
import { findPython, PythonMissing, type Python } from './python.js';
import { submissionRun, type SubmissionRun } from './run.js';
import { makeRuntime } from './runtime.js';
import { tryIsolation, withoutBubblewrap } from './trial.js';
import { startWatch } from './watch.js';

export type { SubmissionRun } from './run.js';

/** How a sandbox is opened. */
export interface SandboxOptions {
  readonly limits?: Partial<Limits>;
  /** Environment of this process; the child sees nothing of it. */
  readonly env: NodeJS.ProcessEnv;
  /** `full` throws `IsolationMissing` where it cannot be had; `best` takes what there is; `weak` leaves bubblewrap out where it is there. */
  readonly isolation: 'full' | 'best' | 'weak';
  /** Whether so many processes are to come that it pays to pack what they load (`packFor`); what is packed already is used in any case. */
  readonly many?: boolean;
  /** How many processes are kept ready: as many as submissions are asked at a time. */
  readonly warm: number;
  /** Which children are kept ready from the start (`tensorflow` where absent); the others are from the first submission that needs them. */
  readonly libraries?: readonly Library[];
  /** The Python of submissions in Python; searched for where absent. */
  readonly python?: Python;
}

/** Processes for submissions; closed by `await using` or by its dispose method. */
export interface Sandbox extends AsyncDisposable {
  /** The isolation in force, for the head of a report. */
  readonly isolation: Isolation;
  /** A run of one submission, in a process that no other submission was in or will be. */
  run(submission: Bundle): SubmissionRun;
}

/** A child loads TensorFlow.js within a second; a slow disk may need more. */
const startMilliseconds = 60_000;

/** Opens a sandbox; throws `IsolationMissing` where `isolation` asks for more than this machine has. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { env, isolation: wanted, warm, libraries = ['tensorflow'] } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const { isolation, bubblewrap } = wanted === 'weak' ? withoutBubblewrap() : await tryIsolation(env);
  if (wanted === 'full' && isolation.level !== 'full') throw new IsolationMissing(isolation);
  if (options.many === true) await packFor(env, limits);
  const runtime = await makeRuntime();
  const watch = startWatch(runtime.folder);
  const python = once(async (): Promise<Python> => {
    const found = options.python ?? (await findPython(env));
    if ('executable' in found) return found;
    throw new PythonMissing(found);
  });
  const commandsOf = async (library: Library): Promise<Commands> => {
    if (library === 'tensorflow') {
      const common = { runtime, env, limits };
      return bubblewrap === undefined
        ? weakCommands(common)
        : isolatedCommands(bubblewrap.file, bubblewrap.way, common);
    }
    const found = await python();
    // Without torch its import fails in the submission, with a sentence that says so.
    const common = { python: found, arrays: found.torch === undefined ? 'numpy' : library, limits } as const;
    return bubblewrap === undefined ? weakPython(common) : isolatedPython(bubblewrap.file, bubblewrap.way, common);
  };
  const pools = new Map<Library, () => Promise<Pool>>();
  const poolOf = (library: Library): (() => Promise<Pool>) => {
    const made =
      pools.get(library) ??
      once(async () => {
        const command = await commandsOf(library);
        return pool(warm, () => new SandboxProcess(command(), { limits, watch, startMilliseconds }));
      });
    pools.set(library, made);
    return made;
  };
  const leaving = new Set<Promise<void>>();
  const leave = async (child: SandboxProcess, from: Pool): Promise<void> => {
    const gone = child[Symbol.asyncDispose]().finally(() => leaving.delete(gone));
    leaving.add(gone);
    from.done();
    // It is killed by now. In namespaces of its own nothing of it meets the next submission, and nobody waits for the kernel to take them down.
    if (isolation.level !== 'full') await gone;
  };
  // One that cannot be made says why to whoever takes from it.
  for (const library of libraries) poolOf(library)().catch(() => undefined);
  return {
    isolation,
    run: (submission) => {
      const processes = poolOf(submission.library);
      return submissionRun(submission, limits, {
        take: async () => (await processes()).take(),
        leave: async (child) => leave(child, await processes()),
      });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(leaving);
      for (const made of pools.values()) await (await made().catch(() => undefined))?.[Symbol.asyncDispose]();
      await watch.close();
      await runtime[Symbol.asyncDispose]();
    },
  };
}

/** What `make` makes, made at the first call. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
