import { afterAll, beforeAll } from 'vitest';
import type { Limits } from '../../../src/sandbox/limits.js';
import type { Answer, Question } from '../../../src/sandbox/question.js';
import { openSandbox, type Sandbox, type SubmissionRun } from '../../../src/sandbox/sandbox.js';
import type { Value } from '../../../src/sandbox/value.js';
import { submission } from '../submission.js';

/** Asks a function of a submission; the rest of the question as given. */
export type Ask = (call: string, args?: readonly Value[], more?: Partial<Question>) => Promise<Answer>;

/** Opens a sandbox for the tests of a file; `attack` runs a submission in a process of its own. */
export function laboratory(isolation: 'full' | 'weak', limits: Partial<Limits> = {}) {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ env: process.env, isolation, warm: 2, limits: { milliseconds: 20_000, ...limits } });
  });
  afterAll(() => sandbox[Symbol.asyncDispose]());
  return async function attack<T>(source: string, look: (ask: Ask, run: SubmissionRun) => Promise<T>): Promise<T> {
    await using run = sandbox.run(await submission(prelude + source));
    return await look((call, args = [], more = {}) => run.ask({ call, arguments: args, ...more }), run);
  };
}

/** The value of an answer; throws where there is none. */
export function valueOf(answer: Answer): Value {
  if (answer.kind === 'answered') return answer.value;
  throw new Error(`Expected an answer, got ${JSON.stringify(answer)}`);
}

/** What every attack starts with: TensorFlow.js, and the modules of Node, which no import gives but every process has. */
const prelude = `
import * as tf from '@tensorflow/tfjs';
const node = (name: string): any => (process as any).getBuiltinModule('node:' + name);
const attempt = (f: () => unknown): unknown => { try { return f(); } catch (error: any) { return String(error.code ?? error.message); } };
/** A frame of the channel: magic number, type, id, length, bytes. Types: 3 loaded, 4 answer... */
const frame = (type: number, id: number, bytes: Uint8Array) =>
  Buffer.concat([Buffer.from(new Uint8Array(Uint32Array.of(0x73636f72, type, id, bytes.length).buffer)), bytes]);
`;
