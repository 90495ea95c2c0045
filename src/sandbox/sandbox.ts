import path from 'node:path';
import { bundleName, type Bundle } from './bundle.js';
import { WireProblem } from './codec.js';
import { defaultLimits, type Limits } from './limits.js';
import { SandboxProcess, type Command, type Exchanged } from './process.js';
import type { Answer, Circumstances, Question } from './question.js';
import { Forged, readAnswer, readLoaded } from './read-answer.js';
import { makeRuntime, type Runtime } from './runtime.js';
import { stopMessage } from './stop.js';
import { record, type Value } from './value.js';

/** How a sandbox is opened. */
export interface SandboxOptions {
  readonly limits?: Partial<Limits>;
  /** Environment of this process; the child sees nothing of it. */
  readonly env: NodeJS.ProcessEnv;
}

/** Processes for submissions; closed by `await using` or by its dispose method. */
export interface Sandbox extends AsyncDisposable {
  /** A run of one submission: its questions go to one process in order, and a process that stops is replaced by a fresh one. */
  run(submission: Bundle): SubmissionRun;
}

/** One submission being asked. */
export interface SubmissionRun extends AsyncDisposable {
  ask(question: Question): Promise<Answer>;
}

/** A child loads TensorFlow.js within a second; a slow disk may need more. */
const startMilliseconds = 60_000;

const handlesPerProcess = 2 ** 16;

const goneFunction = 'The process that held the function of an earlier answer is gone, and the function with it.';

/** Opens a sandbox. */
export async function openSandbox({ limits: given, env }: SandboxOptions): Promise<Sandbox> {
  const limits = { ...defaultLimits, ...given };
  const runtime = await makeRuntime();
  const command = plainCommand(runtime, env);
  const start = (): SandboxProcess => new SandboxProcess(command, limits, startMilliseconds);
  return {
    run: (submission) => submissionRun(submission, limits, start),
    [Symbol.asyncDispose]: () => runtime[Symbol.asyncDispose](),
  };
}

function fieldsOf({ call, arguments: values, gradient, weights, record: recorded }: Question): Record<string, Value> {
  return {
    call,
    arguments: values,
    ...(gradient === undefined ? {} : { gradient }),
    ...(weights === undefined ? {} : { weights }),
    ...(recorded === undefined ? {} : { record: recorded }),
  };
}

function plainCommand(runtime: Runtime, env: NodeJS.ProcessEnv): Command {
  const kept = ['SCORECHECK_BACKEND', 'SCORECHECK_CACHE', 'XDG_CACHE_HOME', 'HOME'].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    file: process.execPath,
    args: [path.join(runtime.folder, 'child.mjs')],
    env: { TF_CPP_MIN_LOG_LEVEL: '2', ...(Object.fromEntries(kept) as Record<string, string>) },
  };
}

function submissionRun(submission: Bundle, limits: Limits, start: () => SandboxProcess): SubmissionRun {
  let child: SandboxProcess | undefined;
  let questions = 0;
  /** Functions that the child holds are numbered from a base of its own, so that those of an ended process are known. */
  let base = 0;
  /** Where the module itself does not load, every question has the same answer. */
  let broken: Answer | undefined;

  const circumstances = async (from: SandboxProcess, { milliseconds }: Exchanged): Promise<Circumstances> => ({
    milliseconds,
    output: await from.takeOutput(),
  });
  const read = async (
    from: SandboxProcess,
    exchanged: Exchanged,
    reader: typeof readLoaded,
  ): Promise<Answer | undefined> => {
    const around = await circumstances(from, exchanged);
    if ('stop' in exchanged) return { kind: 'stopped', ...exchanged.stop, ...around };
    try {
      return reader(exchanged.frame.bytes, submission, around);
    } catch (error) {
      if (!(error instanceof Forged || error instanceof WireProblem)) throw error;
      await from[Symbol.asyncDispose]();
      return { kind: 'stopped', reason: 'protocol', message: stopMessage('protocol', {}), ...around };
    }
  };
  const loaded = async (): Promise<SandboxProcess | Answer> => {
    if (broken !== undefined) return broken;
    if (child !== undefined && child.stopped === undefined) return child;
    await child?.[Symbol.asyncDispose]();
    child = start();
    base += handlesPerProcess;
    const ready = await child.ready;
    if ('stop' in ready)
      throw new Error(`The process of the sandbox does not start: ${ready.stop.message} ${await child.takeOutput()}`);
    const answer = await read(
      child,
      await child.exchange('load', 0, [submission.code, bundleName, base], limits),
      readLoaded,
    );
    broken = answer;
    return answer ?? child;
  };
  return {
    async ask(question) {
      const at = await loaded();
      if (!(at instanceof SandboxProcess)) return at;
      const { call, limits: own } = question;
      if (typeof call !== 'string' && call.id < base) {
        return { kind: 'stopped', reason: 'no-answer', message: goneFunction, milliseconds: 0, output: '' };
      }
      const id = ++questions;
      const exchanged = await at.exchange('ask', id, record(fieldsOf(question)), { ...limits, ...own });
      return (await read(at, exchanged, readAnswer)) as Answer;
    },
    async [Symbol.asyncDispose]() {
      await child?.[Symbol.asyncDispose]();
    },
  };
}
