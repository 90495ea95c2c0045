import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { call, type Loaded } from '../../src/sandbox/call.js';
import { decode, wireLimits } from '../../src/sandbox/codec.js';
import type { Question } from '../../src/sandbox/question.js';
import type { RecordValue } from '../../src/sandbox/value.js';
import { loadTensorFlow } from '../../src/tensorflow/load.js';
import { unpacked } from './packed.js';

// `node plain.js FILE`: what rate.ts compares with. It loads TensorFlow.js and one submission and answers the questions in FILE: no sandbox, no channel, and nobody
// looks at the answers.
const [code, ...questions] = unpacked(readFileSync(process.argv[2]));
const { tf } = await loadTensorFlow(process.env);
await tf.ready();
const module = { exports: {} as Record<string, unknown> };
const load = vm.runInThisContext(`(function (exports, require, module) {${Buffer.from(code).toString()}\n})`) as (
  ...args: unknown[]
) => void;
load(module.exports, () => tf, module);
const loaded: Loaded = { exports: module.exports, handles: new Map(), base: 0 };
let answered = 0;
for (const bytes of questions) {
  const { fields } = decode(bytes, wireLimits.question) as RecordValue;
  const question = { ...fields } as unknown as Question;
  const at = typeof question.call === 'string' ? question.call : { ...question.call, id: loaded.handles.size - 1 };
  await call(tf, loaded, { ...question, call: at });
  answered++;
}
process.stdout.write(`${answered}\n`);
