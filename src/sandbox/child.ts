import { readSync, writeSync } from 'node:fs';
import vm from 'node:vm';
import { loadTensorFlow } from '../tensorflow/load.js';
import type { Tensor } from '../tensorflow/tensorflow.js';
import { call, threw, type Loaded } from './call.js';
import { replaceChance } from './chance.js';
import { decode, wireLimits } from './codec.js';
import { frame, headerBytes, readHeader, type FrameType } from './frame.js';
import type { TensorFlow } from './interpreter.js';
import type { Question } from './question.js';
import { record, type RecordValue, type Value } from './value.js';

// The process of one submission: it reads questions from descriptor 3, calls the submission and writes what became of each call.
// Everything here can be changed by the submission, and the parent believes none of it.

const channel = 3;

/** An answer of at most so many bytes crosses in one piece. */
const atOnce = 65_536;

const { tf, backend } = await loadTensorFlow(process.env);
await tf.ready();
warmUp(tf);
dropPrivileges();
printAtOnce();
replaceChance();
send('ready', 0, record({ backend: backend.name }));

let loaded: Loaded | undefined;
for (;;) {
  const { type, id, value } = receive();
  if (type === 'load') {
    const [[[name, code]], base] = value as [[[string, string]], number];
    try {
      loaded = { exports: load(tf, code, name), handles: new Map(), base };
      send('loaded', id, record({ status: 'loaded' }));
    } catch (error) {
      send('loaded', id, threw(error));
    }
  } else if (loaded !== undefined) {
    send('answer', id, await call(tf, loaded, questionOf(value)));
  }
}

/** What is slow when it is done for the first time is done before anyone waits for it. */
function warmUp(tensorflow: TensorFlow): void {
  tensorflow.tidy(() => {
    const x = tensorflow.tensor2d([[1, 2]]);
    const loss = (y: Tensor): Tensor => tensorflow.sum(tensorflow.square(tensorflow.matMul(y, x, false, true)));
    tensorflow.grad(loss)(x).dataSync();
  });
}

/**
 * As root the process becomes a user whom nobody else is. Only our own code has run until here; the libraries are loaded before,
 * since they may lie where that user cannot read.
 */
function dropPrivileges(): void {
  const uid = Number(process.env['SCORECHECK_UID'] ?? NaN);
  delete process.env['SCORECHECK_UID'];
  if (!Number.isInteger(uid) || process.getuid?.() !== 0) return;
  process.setgroups?.([]);
  process.setgid?.(uid);
  process.setuid?.(uid);
}

/** What is printed during a call is to be written before the answer; the event loop, which would write it later, does not turn in between. */
function printAtOnce(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const { _handle: handle } = stream as unknown as { readonly _handle?: { setBlocking?(blocking: boolean): void } };
    handle?.setBlocking?.(true);
  }
}

/** Runs the bundle of the submission; `require` knows TensorFlow.js and nothing else. */
function load(tensorflow: TensorFlow, code: string, name: string): Record<string, unknown> {
  const module = { exports: {} as Record<string, unknown> };
  const require = (id: string): unknown => {
    if (id === '@tensorflow/tfjs' || id === '@tensorflow/tfjs-node') return tensorflow;
    throw new Error(`Only @tensorflow/tfjs can be imported, found "${id}".`);
  };
  const run = vm.runInThisContext(`(function (exports, require, module) {${code}\n})`, { filename: name }) as (
    ...args: unknown[]
  ) => void;
  run(module.exports, require, module);
  return module.exports;
}

function questionOf(value: Value): Question {
  const { fields } = value as RecordValue;
  return { ...fields } as unknown as Question;
}

function receive(): { type: FrameType; id: number; value: Value } {
  const header = readHeader(read(headerBytes));
  if (header === undefined) process.exit(70);
  const value = decode(read(header.length), wireLimits.question);
  return { type: header.type, id: header.id, value };
}

function read(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count;) {
    const got = readSync(channel, bytes, at, count - at, null);
    if (got === 0) process.exit(0); // the parent has closed the channel
    at += got;
  }
  return bytes;
}

function send(type: FrameType, id: number, value: Value): void {
  const parts = frame(type, id, value);
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  // A small answer is one call of the system, and one piece that wakes the parent; a large one is not copied for that.
  for (const each of bytes > atOnce ? parts : [Buffer.concat(parts)]) {
    for (let at = 0; at < each.length;) at += writeSync(channel, each, at, each.length - at);
  }
}
