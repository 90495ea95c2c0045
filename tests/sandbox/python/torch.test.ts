import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grade, type GradeOptions } from '../../../src/grade/grade.js';
import { openSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { exerciseFolders, loadExercise } from '../../exercises/exercises.js';
import { testSeed } from '../../seed.js';
import { pythonSubmission, torchOfTests } from './laboratory.js';
import { torchSolutions } from './torch-solutions.js';

const python = await torchOfTests();
const options: GradeOptions = { version: '0', seed: testSeed, language: 'en', show: false, again: () => '' };

async function graded(sandbox: Sandbox, name: string, source: string, tasks?: string[]) {
  const found = exerciseFolders.find((each) => each.name === name);
  if (found === undefined) throw new Error(`Expected an exercise ${name}.`);
  const exercise = await loadExercise(found.folder);
  const submission = await pythonSubmission(source);
  return await grade(exercise, submission, { sandbox, options: { ...options, ...(tasks && { tasks }) } });
}

// Reported as not run, never as passed, where there is no torch: SCORECHECK_TEST_TORCH names a python3 that has it.
describe.runIf(python !== undefined)('a submission in torch', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    if (python === undefined) return;
    sandbox = await openSandbox({ env: process.env, isolation: 'best', warm: 1, libraries: ['torch'], python });
  });
  afterAll(() => sandbox[Symbol.asyncDispose]());

  it.each(Object.entries(torchSolutions))('has all points, gradients checked, in %s', async (name, source) => {
    const found = await graded(sandbox, name, source);
    expect(
      found.tasks.flatMap(({ name: task, verdict, message }) => (verdict === 'pass' ? [] : [task, message])),
    ).toEqual([]);
    expect(found).toMatchObject({ library: 'torch', points: found.maxPoints });
    expect(found.tasks.flatMap(({ properties }) => properties.filter(({ verdict }) => verdict !== 'pass'))).toEqual([]);
  });

  it('loses the gradient alone where it is cut off', async () => {
    const source = torchSolutions['04-denoising-score-matching'].replace('score(x) -', 'score(x).detach() -');
    const { tasks } = await graded(sandbox, '04-denoising-score-matching', source, ['dsmLoss']);
    expect(tasks[0]?.properties.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)).toEqual(['gradient']);
    expect(tasks[0]?.diagnosis.map(({ id }) => id)).toEqual(['gradient-detached']);
  });

  it('loses the derivative of the divergence where the graph is not kept', async () => {
    const source = torchSolutions['03-implicit-score-matching'].replace(', create_graph=True', ', retain_graph=True');
    const { tasks } = await graded(sandbox, '03-implicit-score-matching', source, ['ismLoss']);
    expect(tasks[0]?.diagnosis.map(({ id }) => id)).toEqual(['divergence-detached']);
  });
});

it.runIf(python === undefined)('torch is missing: nothing above this line was run', ({ skip }) => {
  skip('Set SCORECHECK_TEST_TORCH to a python3 with torch (pip install torch) to run the tests of torch.');
});
