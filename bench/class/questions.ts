import { encode } from '../../src/sandbox/codec.js';
import type { Bundle } from '../../src/sandbox/bundle.js';
import type { Question } from '../../src/sandbox/question.js';
import { questionValue } from '../../src/sandbox/run.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';

/** What was put to a submission while it was graded. */
export interface Recorded {
  /** A sandbox that hands everything on and remembers it. */
  readonly sandbox: Sandbox;
  /** Each question once, in the order in which they were put first, a call of a returned function after the question that returned it. */
  readonly questions: () => Uint8Array[];
  /** Whether a question ended its process: no plain program answers such a submission. */
  readonly stopped: () => boolean;
}

/** Records what goes through a sandbox; an answer that is asked for a second time, to compare or in a process of its own, counts once. */
export function recording(sandbox: Sandbox): Recorded {
  const seen = new Set<string>();
  const questions: Uint8Array[] = [];
  /** The last question in the list that calls by name: what it returns is called by those that follow. */
  let made: Uint8Array | undefined;
  let stopped = false;
  return {
    sandbox: {
      isolation: sandbox.isolation,
      run(submission: Bundle) {
        const run = sandbox.run(submission);
        let maker = new Uint8Array();
        return {
          async ask(question) {
            const called = typeof question.call !== 'string';
            // The number of a function differs from process to process; it is always the last one that was returned.
            const put = bytesOf(called ? { ...question, call: lastReturned } : question);
            if (!called) maker = put;
            const name = `${called ? nameOf(maker) : ''} ${nameOf(put)}`;
            if (!seen.has(name)) {
              if (called && made !== maker) questions.push(maker);
              questions.push(put);
              made = maker;
            }
            seen.add(name);
            const answer = await run.ask(question);
            if (answer.kind === 'stopped') stopped = true;
            return answer;
          },
          [Symbol.asyncDispose]: () => run[Symbol.asyncDispose](),
        };
      },
      [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
    },
    questions: () => questions,
    stopped: () => stopped,
  };
}

const bytesOf = (question: Question): Uint8Array<ArrayBuffer> => Buffer.concat(encode(questionValue(question)));
const nameOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Stands for the number of the function that was returned last. */
export const lastReturned = { kind: 'handle', id: 0 } as const;
