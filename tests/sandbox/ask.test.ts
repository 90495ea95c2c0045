import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../src/sandbox/bundle.js';
import type { Answer, Answered, Question } from '../../src/sandbox/question.js';
import { openSandbox, type Sandbox, type SubmissionRun } from '../../src/sandbox/sandbox.js';
import { tensor, type TensorValue } from '../../src/sandbox/tensor-value.js';
import { record } from '../../src/sandbox/value.js';
import { linear } from './programs.js';

let sandbox: Sandbox;
let folder: string;
let run: SubmissionRun;

const source = `
import * as tf from '@tensorflow/tfjs';
type Score = (x: tf.Tensor2D) => tf.Tensor2D;
export function perturb(x0: tf.Tensor2D, noise: tf.Tensor2D, sigma: number): tf.Tensor2D {
  return tf.tidy(() => tf.add(x0, tf.mul(noise, sigma)));
}
export function loss(score: Score, x: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => score(x).square().sum(1).mean());
}
export function vjp(score: Score, x: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.grad((y: tf.Tensor) => score(y as tf.Tensor2D).sum())(x) as tf.Tensor2D);
}
export function denoiserFromScore(score: Score, sigma: number) {
  const variance = tf.scalar(sigma ** 2);
  return (x: tf.Tensor2D) => tf.tidy(() => tf.add(x, tf.mul(variance, score(x))));
}
export function leaks(x: tf.Tensor2D) { tf.square(x); tf.square(x); return tf.neg(x); }
export function disposes(x: tf.Tensor2D) { const y = tf.neg(x); x.dispose(); return y; }
export async function draws(shape: number[], random: { normal(shape: number[]): tf.Tensor }) { return random.normal(shape); }
export function fails(x: tf.Tensor2D) {
  throw new RangeError('sigma must be positive');
}
export const bad = () => tf.log(tf.tensor1d([1, -1]));
export const nothing = () => undefined;
export const says = () => { console.log('sigma is \\u001b[31m2'); return 1; };
const captured = Math.random;
const atLoad = Math.random();
export const chances = () => [atLoad, Math.random(), captured(), tf.randomNormal([2])];
export const ends = () => process.exit(0);
export const loops = () => { for (;;); };
export const computes = (seconds: number) => {
  const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };
  const before = used();
  while (used() - before < seconds);
  return 1;
};
export const waits = (seconds: number) => { const end = performance.now() + 1000 * seconds; while (performance.now() < end); return 1; };
export function writes(x: tf.Tensor2D) { x.dataSync()[0] = 99; return tf.add(x, 1); }
export const sde = (given: { kind: string; betaMin: number }) => ({ kind: given.kind, twice: 2 * given.betaMin });
`;

const x = tensor([3, 2], [1, 2, 3, 4, 5, 6]);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'scorecheck-test-'));
  await writeFile(path.join(folder, 'submission.ts'), source);
  sandbox = await openSandbox({ env: process.env, isolation: 'best', warm: 1 });
  const made = await bundle(path.join(folder, 'submission.ts'));
  if (made.kind !== 'bundle') throw new Error(JSON.stringify(made.problems));
  run = sandbox.run(made);
});

afterAll(async () => {
  await run[Symbol.asyncDispose]();
  await sandbox[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function answered(question: Question): Promise<Answered> {
  const answer: Answer = await run.ask(question);
  if (answer.kind !== 'answered') throw new Error(JSON.stringify(answer));
  return answer;
}

describe('a question', () => {
  it('is answered with a tensor', async () => {
    const noise = tensor([3, 2], [1, -1, 1, -1, 1, -1]);
    const { value, changedInputs, leakedTensors } = await answered({ call: 'perturb', arguments: [x, noise, 0.5] });
    expect(value).toEqual(tensor([3, 2], [1.5, 1.5, 3.5, 3.5, 5.5, 5.5]));
    expect(changedInputs).toEqual([]);
    expect(leakedTensors).toBe(0);
  });

  it('may hold a program, whose calls are counted and recorded', async () => {
    const { value, programs, calls } = await answered({ call: 'loss', arguments: [linear, x], record: true });
    // s(x) = x W + b at the rows of x: [8, 11], [16, 25], [24, 39].
    expect(value).toEqual(tensor([], [(64 + 121 + 256 + 625 + 576 + 1521) / 3]));
    expect(programs).toEqual([{ calls: 1, rows: 3, products: 0, productRows: 0 }]);
    expect(calls).toEqual([{ program: 0, inputs: [x] }]);
  });

  it('may ask for a gradient with respect to the parameters', async () => {
    const { gradients, programs } = await answered({ call: 'loss', arguments: [linear, x], gradient: true });
    // 2/3 xᵀ s and the sums of 2/3 s.
    const expected = [
      [8 + 48 + 120, 11 + 75 + 195, 16 + 64 + 144, 22 + 100 + 234],
      [48, 75],
    ];
    expect(gradients?.map((each) => Array.from(each?.data ?? []))).toEqual(
      expected.map((row) => row.map((each) => expect.closeTo((2 / 3) * each, 3) as number)),
    );
    expect(programs[0]?.products).toBe(1);
  });

  it('counts vector-Jacobian products', async () => {
    const { value, programs } = await answered({ call: 'vjp', arguments: [linear, x] });
    expect(value).toEqual(tensor([3, 2], [3, 8, 3, 8, 3, 8]));
    expect(programs).toEqual([{ calls: 1, rows: 3, products: 1, productRows: 3 }]);
  });

  it('may call a function that an earlier answer returned', async () => {
    const { value } = await answered({ call: 'denoiserFromScore', arguments: [linear, 2] });
    expect(value).toMatchObject({ kind: 'handle' });
    const applied = await answered({ call: value as never, arguments: [x] });
    expect(applied.value).toEqual(tensor([3, 2], [33, 46, 67, 104, 101, 162]));
  });

  it('has large tensors that nobody can write to, and tells of one that is disposed', async () => {
    const large = tensor(
      [600, 1000],
      Float32Array.from({ length: 600_000 }, (_, i) => i % 97),
    );
    const { value, changedInputs } = await answered({ call: 'writes', arguments: [large] });
    expect(changedInputs).toEqual([]);
    expect((value as TensorValue).data.every((each, i) => each === (i % 97) + 1)).toBe(true);
    expect((await answered({ call: 'disposes', arguments: [large] })).changedInputs).toEqual(['argument 1']);
  });

  it('tells of leaks, of changed inputs and of draws', async () => {
    expect((await answered({ call: 'leaks', arguments: [x] })).leakedTensors).toBe(2);
    expect((await answered({ call: 'disposes', arguments: [x] })).changedInputs).toEqual(['argument 1']);
    const key = [1, 2, 3, 4] as const;
    const { draws } = await answered({ call: 'draws', arguments: [[2, 3], { kind: 'random', key }] });
    expect(draws).toEqual([{ law: 'normal', shape: [2, 3] }]);
  });

  it('carries records with a field named kind', async () => {
    const { value } = await answered({ call: 'sde', arguments: [record({ kind: 'vp', betaMin: 0.5 })] });
    expect(value).toEqual(record({ kind: 'vp', twice: 1 }));
  });
});

describe('a call that fails', () => {
  it('is told with the place in the file', async () => {
    expect(await run.ask({ call: 'fails', arguments: [x] })).toMatchObject({
      kind: 'threw',
      name: 'RangeError',
      message: 'sigma must be positive',
      place: { file: 'submission.ts', line: 21, text: "  throw new RangeError('sigma must be positive');" },
    });
  });

  it('is malformed where the answer has NaN or nothing', async () => {
    expect(await run.ask({ call: 'bad', arguments: [] })).toMatchObject({
      kind: 'malformed',
      path: 'value',
      got: 'NaN at [1] of shape [2]',
      notFinite: { shape: [2], index: [1] },
    });
    expect(await run.ask({ call: 'nothing', arguments: [] })).toMatchObject({ kind: 'malformed', path: 'value' });
    expect(await run.ask({ call: 'absent', arguments: [] })).toMatchObject({ kind: 'threw', name: 'MissingFunction' });
  });

  it('costs that question alone', async () => {
    expect(await run.ask({ call: 'ends', arguments: [] })).toMatchObject({ kind: 'stopped', reason: 'no-answer' });
    expect(await run.ask({ call: 'loops', arguments: [], limits: { milliseconds: 300 } })).toMatchObject({
      kind: 'stopped',
      reason: 'time',
    });
    const { value, output } = await answered({ call: 'says', arguments: [] });
    expect(value).toBe(1);
    expect(output).toBe('sigma is \\u{1b}[31m2\n');
  });
});

describe('Math.random', () => {
  const chance = { kind: 'random', key: [1, 2, 3, 4] } as const;

  it('begins anew with each question that brings a stream, in every process', async () => {
    const first = await answered({ call: 'chances', arguments: [], chance });
    const other = await answered({ call: 'chances', arguments: [], chance: { kind: 'random', key: [1, 2, 3, 5] } });
    await run.ask({ call: 'ends', arguments: [] });
    const again = await answered({ call: 'chances', arguments: [], chance });
    expect(again.value).toEqual(first.value);
    expect(other.value).not.toEqual(first.value);
  });
});

describe('a busy machine', () => {
  it('costs no answer: what it waited for a processor is not its time', async () => {
    const crowd = Array.from({ length: 5 * os.availableParallelism() }, () =>
      spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore', detached: true }),
    );
    try {
      const limits = { milliseconds: 1_000 };
      const { milliseconds } = await answered({ call: 'computes', arguments: [0.6], limits });
      expect(milliseconds).toBeGreaterThan(limits.milliseconds);
      expect(await run.ask({ call: 'loops', arguments: [], limits: { milliseconds: 200 } })).toMatchObject({
        kind: 'stopped',
        reason: 'time',
      });
    } finally {
      for (const each of crowd) each.kill('SIGKILL');
    }
  });
});

describe('questions that are put ahead', () => {
  const slow = { call: 'perturb', arguments: [x, x, 2] };

  it('are answered in their order', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map((sigma, i) => run.ask({ call: 'perturb', arguments: [x, x, sigma] }, i > 0)),
    );
    expect(answers.map((each) => each.kind === 'answered' && each.value)).toEqual(
      [2, 3, 4, 5].map((factor) =>
        tensor(
          [3, 2],
          [1, 2, 3, 4, 5, 6].map((value) => factor * value),
        ),
      ),
    );
  });

  it('are stopped where one before them is, and those after come to another process', async () => {
    const limits = { milliseconds: 300 };
    const first = run.ask({ call: 'loops', arguments: [], limits });
    const ahead = [run.ask(slow, true), run.ask(slow, true)];
    const after = run.ask(slow);
    expect(await first).toMatchObject({ kind: 'stopped', reason: 'time' });
    for (const each of await Promise.all(ahead)) expect(each).toMatchObject({ kind: 'stopped', reason: 'time' });
    expect(await after).toMatchObject({ kind: 'answered' });
  });

  it('have their time to themselves', async () => {
    const first = run.ask({ call: 'waits', arguments: [2.5] });
    // Counted from when it was put, its time would be over before the first has its answer.
    const second = run.ask({ ...slow, limits: { milliseconds: 2_400 } }, true);
    expect(await first).toMatchObject({ kind: 'answered' });
    expect(await second).toMatchObject({ kind: 'answered' });
  });
});
