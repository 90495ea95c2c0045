import type { Submission } from '../../src/grade/ask.js';
import { bundle, type Bundle } from '../../src/sandbox/bundle.js';
import { call, type Loaded } from '../../src/sandbox/call.js';
import { encode } from '../../src/sandbox/codec.js';
import type { Answer, Question } from '../../src/sandbox/question.js';
import { readAnswer } from '../../src/sandbox/read-answer.js';
import { tf } from '../../src/tensorflow/tensorflow.js';

/** A file of this repository as a submission, without a process: for the tests of solutions and of the grading itself. */
export async function inProcess(file: string): Promise<Submission> {
  const bundled = await bundle(file);
  if (bundled.kind === 'problems') throw new Error(bundled.problems.map(({ message }) => message).join('\n'));
  const loaded: Loaded = { exports: load(bundled), handles: new Map(), base: 0 };
  const answerTo = async (question: Question): Promise<Answer> => {
    const started = performance.now();
    const value = await call(tf, loaded, question);
    const circumstances = { milliseconds: performance.now() - started, output: '' };
    return readAnswer(Buffer.concat(encode(value)), bundled, circumstances);
  };
  // One after the other, as the child answers them.
  let before: Promise<unknown> = Promise.resolve();
  return {
    ask: (question) => {
      const answer = before.then(() => answerTo(question));
      before = answer.catch(() => undefined);
      return answer;
    },
  };
}

function load({ modules: [[, code]] }: Bundle): Record<string, unknown> {
  const module = { exports: {} as Record<string, unknown> };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own file, as the child of the sandbox runs it
  const run = new Function('exports', 'require', 'module', code) as (...args: unknown[]) => void;
  run(module.exports, () => tf, module);
  return module.exports;
}
