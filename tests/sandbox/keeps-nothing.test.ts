import { expect, it } from 'vitest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from '../../src/sandbox/bundle.js';
import { keepsNothing } from '../../src/sandbox/keeps-nothing.js';

/** What is said of a submission that exports f. */
async function said(text: string): Promise<boolean> {
  const at = await mkdtemp(path.join(tmpdir(), 'scorecheck-keeps-'));
  try {
    const file = path.join(at, 'submission.ts');
    await writeFile(file, text);
    const made = await bundle(file);
    if (made.kind === 'problems') throw new Error(made.problems[0].message);
    return await keepsNothing(made);
  } finally {
    await rm(at, { recursive: true });
  }
}

const nothing: Readonly<Record<string, string>> = {
  'functions and constants': `
    import * as tf from '@tensorflow/tfjs';
    const LOG_2_PI = Math.log(2 * Math.PI);
    const half = (x: tf.Tensor): tf.Tensor => tf.mul(x, 0.5 * LOG_2_PI);
    export function f(x: tf.Tensor, steps: number): tf.Tensor {
      let y = x;
      for (let i = 0; i < steps; i++) y = tf.tidy(() => half(y));
      return y;
    }`,
  'lists of its own that it fills': `
    export function f(n: number): number[] {
      const all: number[] = [];
      for (let i = 0; i < n; i += 1) all[i] = i;
      let [a, b] = [1, 2];
      [a, b] = [b, a];
      return all.map((each) => each * a);
    }`,
};

const something: Readonly<Record<string, string>> = {
  'a count in the module': 'let calls = 0;\nexport function f() { return ++calls; }',
  'a list in the module':
    'const seen: number[] = [];\nexport function f(x: number) { seen.push(x); return seen.length; }',
  'a map in the module':
    'const known = new Map();\nexport function f(x: number) { known.set(x, 1); return known.size; }',
  'a property of its function': 'export function f(x: number) { (f as any).last ??= x; return (f as any).last; }',
  'a function that was made by a call': 'const f0 = (() => { let n = 0; return () => n++; })();\nexport const f = f0;',
  'a patch of what all share': 'export function f() { Math.sqrt = () => 0; return 0; }',
  'a patch by a name': "export function f() { Object.defineProperty(Math, 'sqrt', { value: () => 0 }); return 0; }",
  'a property of everything': 'export function f() { globalThis.x = 1; return 0; }',
  'a patch in a loop': 'export function f() { for (Math.sqrt of [() => 0]); return 0; }',
  'a patch by taking apart': 'export function f() { ({ a: Math.sqrt } = { a: () => 0 }); return 0; }',
  'another backend': "import * as tf from '@tensorflow/tfjs';\nexport function f() { tf.setBackend('cpu'); return 0; }",
  'what goes on later': 'export async function f() { await null; return 0; }',
  'what is done when it is loaded': 'export function f() { return 0; }\nArray.prototype.map = () => [];',
  'a variable of an outer function':
    'let g: number;\nexport function f() { return h(); }\nfunction h() { return (g = 1); }',
};

it.each(Object.entries(nothing))('is said of %s', async (_, text) => {
  expect(await said(text)).toBe(true);
});

it.each(Object.entries(something))('is not said of %s', async (_, text) => {
  expect(await said(text)).toBe(false);
});

it('is not said of Python', async () => {
  expect(await keepsNothing({ library: 'numpy', modules: [['submission.py', 'x = 1']] })).toBe(false);
});
