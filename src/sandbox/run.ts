import type { Bundle } from './bundled.js';
import { WireProblem } from './codec.js';
import type { Limits } from './limits.js';
import type { Pool } from './pool.js';
import { SandboxProcess, type Exchanged } from './process.js';
import type { Answer, Question } from './question.js';
import { Forged, readAnswer, readLoaded } from './read-answer.js';
import { stopMessage } from './stop.js';
import { record, type Value } from './value.js';

/** One submission being asked. */
export interface SubmissionRun extends AsyncDisposable {
  /**
   * Puts a question once those before it are answered. `ahead` puts it while they still wait, so that the process need not wait for its next question; it is stopped
   * where one of them is, and what is printed may come with the answer before. Whatever the submission does comes back as a value; what rejects is a fault of ours or
   * of the machine (no process starts).
   */
  ask(question: Question, ahead?: boolean): Promise<Answer>;
}

/** Functions that a process holds are numbered from a base of its own, so that those of an ended process are known. */
const functionsPerProcess = 2 ** 16;

const goneFunction = 'The process that held the function of an earlier answer is gone, and the function with it.';

/** A run of `submission`: its questions go to one process in order, and a process that stops is replaced by a fresh one. */
export function submissionRun(
  submission: Bundle,
  limits: Limits,
  processes: Pick<Pool, 'take'> & { readonly leave: (child: SandboxProcess) => Promise<void> },
): SubmissionRun {
  let child: SandboxProcess | undefined;
  let base = 0;
  let questions = 0;
  /** Where the module itself does not load, every question has the same answer. */
  let broken: Answer | undefined;

  const loaded = async (): Promise<SandboxProcess | Answer> => {
    if (broken !== undefined) return broken;
    if (child !== undefined && child.stopped === undefined) return child;
    if (child !== undefined) await processes.leave(child);
    child = await processes.take();
    child.watch();
    base += functionsPerProcess;
    const exchanged = await child.exchange('load', 0, [submission.modules.map((each) => [...each]), base], limits);
    broken = await read(child, exchanged, (bytes, around) => readLoaded(bytes, submission, around));
    return broken ?? child;
  };
  /** Sends a question; the answer comes in a function, since nobody who sends waits for it. */
  const put = async (question: Question): Promise<() => Promise<Answer>> => {
    const at = await loaded();
    if (!(at instanceof SandboxProcess)) return () => Promise.resolve(at);
    const { call, limits: own } = question;
    if (typeof call !== 'string' && call.id < base) {
      const gone = {
        kind: 'stopped',
        reason: 'no-answer',
        message: goneFunction,
        milliseconds: 0,
        output: '',
      } as const;
      return () => Promise.resolve(gone);
    }
    const exchanged = at.exchange('ask', ++questions, questionValue(question), { ...limits, ...own });
    return async () => read(at, await exchanged, (bytes, around) => readAnswer(bytes, submission, around));
  };
  let sent: Promise<unknown> = Promise.resolve();
  let answered: Promise<unknown> = Promise.resolve();
  return {
    ask(question, ahead = false) {
      const asked = (ahead ? sent : answered).then(() => put(question));
      sent = asked.catch(() => undefined);
      const answer = asked.then((answerOf) => answerOf());
      answered = Promise.allSettled([answered, answer]).then(() => undefined);
      return answer;
    },
    async [Symbol.asyncDispose]() {
      if (child !== undefined) await processes.leave(child);
    },
  };
}

/** What an exchange came to; a process that writes what our child would not is ended. */
async function read<T>(
  from: SandboxProcess,
  exchanged: Exchanged,
  reader: (bytes: Uint8Array, around: { milliseconds: number; output: string }) => T,
): Promise<T | Answer> {
  const around = { milliseconds: exchanged.milliseconds, output: await from.takeOutput() };
  if ('stop' in exchanged) return { kind: 'stopped', ...exchanged.stop, ...around };
  try {
    return reader(exchanged.frame.bytes, around);
  } catch (error) {
    if (!(error instanceof Forged || error instanceof WireProblem)) throw error;
    await from[Symbol.asyncDispose]();
    return { kind: 'stopped', reason: 'protocol', message: stopMessage('protocol', {}), ...around };
  }
}

/** A question as it crosses to the process. */
export function questionValue({
  call,
  arguments: values,
  gradient,
  weights,
  present,
  record: recorded,
  chance,
}: Question): Value {
  return record({
    call,
    arguments: values,
    ...(gradient === undefined ? {} : { gradient }),
    ...(weights === undefined ? {} : { weights }),
    ...(present === undefined ? {} : { present }),
    ...(recorded === undefined ? {} : { record: recorded }),
    ...(chance === undefined ? {} : { chance }),
  });
}
