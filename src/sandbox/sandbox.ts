import type { Bundle } from './bundle.js';
import { isolatedCommands, weakCommands } from './command.js';
import { IsolationMissing, type Isolation } from './isolation.js';
import { defaultLimits, type Limits } from './limits.js';
import { pool } from './pool.js';
import { SandboxProcess } from './process.js';
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
  /** How many processes are kept ready: as many as submissions are asked at a time. */
  readonly warm: number;
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
export async function openSandbox({ limits: given, env, isolation: wanted, warm }: SandboxOptions): Promise<Sandbox> {
  const limits = { ...defaultLimits, ...given };
  const { isolation, bubblewrap } = wanted === 'weak' ? withoutBubblewrap() : await tryIsolation(env);
  if (wanted === 'full' && isolation.level !== 'full') throw new IsolationMissing(isolation);
  const runtime = await makeRuntime();
  const common = { runtime, env, limits };
  const command =
    bubblewrap === undefined ? weakCommands(common) : isolatedCommands(bubblewrap.file, bubblewrap.way, common);
  const watch = startWatch(runtime.folder);
  const processes = pool(warm, () => new SandboxProcess(command(), { limits, watch, startMilliseconds }));
  return {
    isolation,
    run: (submission) => submissionRun(submission, limits, processes),
    async [Symbol.asyncDispose]() {
      await processes[Symbol.asyncDispose]();
      await watch.close();
      await runtime[Symbol.asyncDispose]();
    },
  };
}
