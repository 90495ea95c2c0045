import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grade, type GradeOptions } from '../../src/grade/grade.js';
import type { Grade } from '../../src/grade/result.js';
import { snakeCase } from '../../src/grade/spelling.js';
import { bundle, type Bundle } from '../../src/sandbox/bundle.js';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { pythonOfTests, pythonSubmission } from '../sandbox/python/laboratory.js';
import { testSeed } from '../seed.js';
import { exerciseFolders, loadExercise } from './exercises.js';
import { pythonMutants } from './python-mutants.js';

const seeds = [testSeed, testSeed + 1, testSeed + 2];

let sandbox: Sandbox;
beforeAll(async () => {
  const python = await pythonOfTests();
  sandbox = await openSandbox({ env: process.env, isolation: 'best', warm: 1, libraries: ['numpy'], python });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const optionsOf = (seed: number): GradeOptions => ({
  version: '0',
  seed,
  language: 'en',
  show: false,
  again: () => '',
});

async function submissionOf(folder: string, file: string): Promise<Bundle> {
  const made = await bundle(path.join(folder, file));
  if (made.kind === 'problems') throw new Error(JSON.stringify(made.problems));
  return made;
}

const exercises = await Promise.all(
  exerciseFolders.map(async ({ name, folder }) => ({ name, folder, exercise: await loadExercise(folder) })),
);

/** The properties that are not passed, without those that numpy cannot be asked. */
const lost = ({ tasks }: Grade): string[] =>
  tasks.flatMap(({ name, message, properties }) =>
    properties.flatMap(({ id, verdict }) =>
      ['pass', 'unchecked'].includes(verdict) ? [] : [`${name} ${id}: ${message}`],
    ),
  );

describe.each(exercises)('$name in numpy', ({ name, folder, exercise }) => {
  it('has the same numbered tasks in its stub', () => {
    expect(existsSync(path.join(folder, 'solution.py'))).toBe(true);
    const stub = readFileSync(path.join(folder, 'submission.py'), 'utf8');
    const found = [...stub.matchAll(/^def (\w+)\([^]*?"""Task (\d+)\. /gm)].map(([, task, number]) => [task, number]);
    expect(found).toEqual(exercise.tasks.map((task, i) => [snakeCase(task.name), String(i + 1)]));
  });

  it.each(seeds)('gives its solution all points (seed %d)', async (seed) => {
    const submission = await submissionOf(folder, 'solution.py');
    const found = await grade(exercise, submission, { sandbox, options: optionsOf(seed) });
    expect(lost(found)).toEqual([]);
    expect(found).toMatchObject({ library: 'numpy', points: found.maxPoints });
    const withGradient = exercise.tasks.filter(({ properties }) => properties.gradient !== undefined);
    const unchecked = found.tasks.filter(({ properties }) => properties.some(({ verdict }) => verdict === 'unchecked'));
    expect(unchecked.map((task) => task.name)).toEqual(withGradient.map((task) => task.name));
  });

  it('gives its stub nothing', async () => {
    const submission = await submissionOf(folder, 'submission.py');
    const found = await grade(exercise, submission, { sandbox, options: { ...optionsOf(testSeed), show: true } });
    expect(found.points).toBe(0);
    found.tasks.forEach(({ message }, i) => {
      expect(message).toContain(`NotImplementedError: Task ${i + 1} is still open`);
      expect(message).toMatch(/\(submission\.py:\d+:\d+\)/);
    });
  });

  const mutants = pythonMutants.filter(({ exercise: of }) => of === name);
  it('has at least three mistakes', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(3);
  });
  it.each(mutants)('names $diagnosis in $task', async ({ task, replace: [right, wrong], diagnosis }) => {
    const solution = readFileSync(path.join(folder, 'solution.py'), 'utf8');
    expect(solution.split(right)).toHaveLength(2);
    const submission = await pythonSubmission(solution.replace(right, wrong));
    const options = { ...optionsOf(testSeed), tasks: [task] };
    const { tasks } = await grade(exercise, submission, { sandbox, options });
    expect(tasks).toMatchObject([{ verdict: 'fail', diagnosis: [{ id: diagnosis }] }]);
  });
});
