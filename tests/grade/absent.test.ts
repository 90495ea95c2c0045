import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import denoising from '../../exercises/04-denoising-score-matching/exercise.js';
import { grade } from '../../src/grade/grade.js';
import { bundle } from '../../src/sandbox/bundle.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { inProcess } from './in-process.js';

const folder = new URL('../../exercises/04-denoising-score-matching/', import.meta.url).pathname;

/** The grade of a text, with how many processes it would have taken. */
async function graded(text: string) {
  const at = await mkdtemp(path.join(tmpdir(), 'scorecheck-absent-'));
  onTestFinished(() => rm(at, { recursive: true }));
  const file = path.join(at, 'submission.ts');
  await writeFile(file, text);
  const bundled = await bundle(file);
  if (bundled.kind === 'problems') throw new Error(bundled.problems[0].message);
  const submission = await inProcess(file);
  let runs = 0;
  // One question after the other, as in a process.
  let before: Promise<unknown> = Promise.resolve();
  const ask: typeof submission.ask = (question) => {
    const answer = before.then(() => submission.ask(question));
    before = answer.catch(() => undefined);
    return answer;
  };
  const sandbox: Sandbox = {
    isolation: { level: 'full', means: 'none: a test' } as unknown as Sandbox['isolation'],
    run: () => {
      runs++;
      return { ask, [Symbol.asyncDispose]: () => Promise.resolve() };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const options = { version: 'test', seed: 3, language: 'en', show: true, again: () => '' } as const;
  return { ...(await grade(denoising, bundled, { sandbox, options })), runs };
}

it('asks nothing again in a process of its own where the function is not there', async () => {
  const solution = await readFile(path.join(folder, 'solution.ts'), 'utf8');
  const found = await graded(solution.replace('export function dsmTarget(', 'function dsmTarget('));
  expect(found.runs).toBe(1);
  const { points, message, counterexample } = found.tasks.find(({ name }) => name === 'dsmTarget') ?? {};
  expect({ points, counterexample }).toEqual({ points: 0, counterexample: null });
  expect(message).toMatch(/^Expected the module to export a function dsmTarget, found none\. /);
  expect(found.tasks.filter((task) => task.points !== task.maxPoints).map((task) => task.message)).toEqual([message]);
});

it('asks nothing again where the function says that it is still open', async () => {
  const found = await graded(await readFile(path.join(folder, 'submission.ts'), 'utf8'));
  expect({ runs: found.runs, points: found.points }).toEqual({ runs: 1, points: 0 });
});

it('asks again where the function threw something else', async () => {
  const solution = await readFile(path.join(folder, 'solution.ts'), 'utf8');
  const broken = solution.replace(/(export function dsmTarget\([^{]*\{)/, '$1 throw new Error("no idea");');
  expect(broken).not.toBe(solution);
  expect((await graded(broken)).runs).toBeGreaterThan(1);
});

it('takes a misspelt function for the missing one, and never one that another task asks for', async () => {
  const solution = await readFile(`${folder}solution.ts`, 'utf8');
  const messageOf = async (text: string) => (await graded(text)).tasks[1].message;
  expect(await messageOf(solution.replaceAll('dsmTarget(', 'dsmTargt('))).toContain(
    'It exports dsmTargt: is that the one?',
  );
  const without = await messageOf(solution.replace('export function dsmTarget(', 'function dsmTarget('));
  expect(without).toContain('found none. It exports dsmLoss, dsmTargetFormula,');
});
