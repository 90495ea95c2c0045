import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import denoising from '../../exercises/04-denoising-score-matching/exercise.js';
import hutchinson from '../../exercises/06-hutchinson-trace/exercise.js';
import type { Exercise } from '../../src/grade/exercise.js';
import { expectedOf } from '../../src/grade/formula.js';
import { grade } from '../../src/grade/grade.js';
import type { Grid } from '../../src/grade/grid.js';
import { plansOf } from '../../src/grade/plans.js';
import type { Grade } from '../../src/grade/result.js';
import { openSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { submission } from '../sandbox/submission.js';
import { testSeed } from '../seed.js';

// The attacks that the judging has to meet, by their numbers in the list of what a grader must survive; those on the process are in tests/sandbox/attacks.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ env: process.env, isolation: 'best', warm: 2 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

interface How {
  readonly seed?: number;
  readonly show?: boolean;
  readonly tasks?: readonly string[];
}

async function graded(exercise: Exercise, source: string, { seed = testSeed, show = false, tasks }: How = {}) {
  const options = { version: 'test', seed, language: 'en', show, again: () => '' } as const;
  const made = await submission(`import * as tf from '@tensorflow/tfjs';\n${source}`);
  return grade(exercise, made, { sandbox, options: tasks === undefined ? options : { ...options, tasks } });
}

/** The properties of the first task that are not right. */
const lost = ({ tasks: [task] }: Grade): string[] =>
  task.properties.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id);

const target = { tasks: ['dsmTarget'] };
const rightTarget = 'x0.sub(x).div(sigma * sigma)';

describe('a submission that is right where it is looked at', () => {
  it('11: has the answers to the questions of one seed, and none to those of another', async () => {
    const task = denoising.tasks.find(({ name }) => name === 'dsmTarget');
    if (task === undefined) throw new Error('Expected a task dsmTarget.');
    const known = plansOf(task, { seed: testSeed, path: [denoising.id, task.name] }).map(({ case: c }) => [
      (c['x'] as Grid).data.map(Math.fround).join(),
      expectedOf(task, c).values,
    ]);
    const source = `
      const known = new Map(${JSON.stringify(known)} as [string, number[]][]);
      export const dsmTarget = (x: tf.Tensor) =>
        tf.tensor(known.get([...x.dataSync()].join()) ?? new Array(x.size).fill(0), x.shape);`;
    // With the seed that it knows it has all points: the attack works, and only the seed is between.
    expect(lost(await graded(denoising, source, target))).toEqual([]);
    expect(lost(await graded(denoising, source, { ...target, seed: testSeed + 1 }))).toEqual(['value', 'far']);
  });

  it.each([
    ['for three dimensions alone', 'x.shape.at(-1) === 3'],
    ['for batches of more than one', 'x.shape[0] > 1'],
    ['near the data', 'tf.max(tf.abs(x)).dataSync()[0] < 20'],
    ['for its first ten calls', '(globalThis as any).calls++ < 10'],
  ])('12: is right %s', async (_, where) => {
    const source = `
      (globalThis as any).calls = 0;
      export const dsmTarget = (x: tf.Tensor, x0: tf.Tensor, sigma: number) => ${where} ? ${rightTarget} : x0.sub(x);`;
    const found = await graded(denoising, source, target);
    expect(found.tasks[0].verdict).toBe('fail');
  });

  it('13: gives the exact value where an estimate is asked', async () => {
    const exact = `
      export const hutchinsonTrace = (matvec: (v: tf.Tensor2D) => tf.Tensor2D, probes: tf.Tensor2D) => {
        const identity = tf.eye(probes.shape[1]) as tf.Tensor2D;
        return matvec(identity).mul(identity).sum();
      };
      export const drawProbes = (shape: number[]) => tf.ones(shape);`;
    const found = await graded(hutchinson, exact, { tasks: ['hutchinsonTrace', 'drawProbes'] });
    expect(found.tasks.map(({ verdict }) => verdict)).toEqual(['fail', 'fail']);
  });

  it('19: leans on what was asked before', async () => {
    const source = `
      let moved = false;
      export const perturb = (x0: tf.Tensor, noise: tf.Tensor, sigma: number) => { moved = true; return x0.add(noise.mul(sigma)); };
      export const dsmTarget = (x: tf.Tensor, x0: tf.Tensor, sigma: number) => (moved ? ${rightTarget} : tf.zerosLike(x));`;
    const { tasks } = await graded(denoising, source, { tasks: ['perturb', 'dsmTarget'], show: true });
    expect(tasks.map(({ verdict }) => verdict)).toEqual(['pass', 'fail']);
  });
});

describe('what one task does to its process', () => {
  it('costs that task alone', async () => {
    const source = `
      export const perturb = () => { Math.sqrt = () => 0; tf.Tensor.prototype.sub = () => tf.scalar(0) as never; globalThis.Float32Array = null as any; throw new Error('gone'); };
      export const dsmTarget = (x: tf.Tensor, x0: tf.Tensor, sigma: number) => ${rightTarget};`;
    const { tasks } = await graded(denoising, source, { tasks: ['perturb', 'dsmTarget'] });
    expect(tasks.map(({ verdict }) => verdict)).toEqual(['fail', 'pass']);
  });
});

describe('a graded run', () => {
  // Each says what it was asked in another way; what may be read of two runs with different questions has to be the same.
  const leaks = {
    'in the text of an error': 'throw new Error(`got ${x.dataSync()}`)',
    'in the name of an error': 'throw Object.assign(new Error("x"), { name: String(x.dataSync()) })',
    'in a list of exports': `throw Object.assign(new Error('x'), { name: 'MissingFunction', exported: [...x.dataSync()].map(String) })`,
    'in the line that throws': `if (x.dataSync()[0] > 0)\n throw new Error('a');\n throw new Error('b')`,
    'in what it prints': 'console.log(String(x.dataSync())); console.error(String(x.dataSync())); return x0.sub(x)',
    'in the kind of the answer': 'return { [String(x.dataSync()[0])]: 1 } as never',
    'in the shape of the answer': 'return tf.zeros([Math.ceil(Math.abs(x.dataSync()[0]) * 10) + 1])',
    'in the number of tensors that it leaves': `for (let i = 0; i < Math.min(30, Math.abs(x.dataSync()[0])); i++) tf.scalar(i); return ${rightTarget}`,
    'in the time that it takes': `const end = Date.now() + Math.min(30, Math.abs(x.dataSync()[0])); while (Date.now() < end); return ${rightTarget}`,
  };
  it.each(Object.entries(leaks))('36, 37: says nothing of its questions %s', async (_, body) => {
    const source = `export const dsmTarget = (x: tf.Tensor, x0: tf.Tensor, sigma: number): tf.Tensor => { ${body} };`;
    const [first, second] = [
      await graded(denoising, source, { ...target, seed: testSeed }),
      await graded(denoising, source, { ...target, seed: testSeed + 1 }),
    ];
    const read = (each: Grade): unknown => ({ ...each, tasks: each.tasks.map((task) => ({ ...task, seed: 0 })) });
    expect(read(first)).toEqual(read(second));
    expect(first.tasks[0]).toMatchObject({ counterexample: null, output: '' });
  });

  it('14: says the same of the same code', async () => {
    const source = `
      export const perturb = (x0: tf.Tensor, noise: tf.Tensor, sigma: number) => x0.add(noise.mul(Math.sqrt(sigma)));
      export const dsmTarget = (x: tf.Tensor, x0: tf.Tensor, sigma: number) => ${rightTarget};`;
    const both = [await graded(denoising, source), await graded(denoising, source)];
    expect(both[1]).toEqual(both[0]);
    expect(both[0].tasks.map(({ verdict }) => verdict)).toEqual(['fail', 'pass', 'fail', 'fail', 'fail']);
  });
});
