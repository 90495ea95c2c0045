import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogued, cataloguedVariants } from '../../bench/grade/catalogue.js';
import { sourceOf, type Mutant } from '../../bench/grade/mutant.js';
import { questionsTo } from '../../src/grade/ask.js';
import { checkTask } from '../../src/grade/check-task.js';
import { diagnose } from '../../src/grade/diagnosis.js';
import { inProcess } from '../grade/in-process.js';
import { testSeed } from '../seed.js';
import { exerciseFolders, loadExercise } from './exercises.js';

const lists = new URL('../../bench/grade/mutants/', import.meta.url);
const mutants = (
  await Promise.all(
    readdirSync(lists).map(async (file) => {
      return ((await import(/* @vite-ignore */ new URL(file, lists).href)) as { mutants: readonly Mutant[] }).mutants;
    }),
  )
).flat();

const folder = mkdtempSync(path.join(tmpdir(), 'scorecheck-mutants-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the grading finds about a mutant: the properties that it loses, and the names of its mistakes. */
async function findings(mutant: Exclude<Mutant, { verdict: 'outside' }>): Promise<{ lost: string[]; named: string[] }> {
  const found = exerciseFolders.find(({ name }) => name === mutant.exercise);
  if (found === undefined) throw new Error(`Expected an exercise ${mutant.exercise} for the mutant ${mutant.id}.`);
  const exercise = await loadExercise(found.folder);
  const task = exercise.tasks.find(({ name }) => name === mutant.function);
  if (task === undefined) throw new Error(`Expected a task ${mutant.function} for the mutant ${mutant.id}.`);
  const file = path.join(folder, `${mutant.id}.ts`);
  writeFileSync(file, sourceOf(readFileSync(path.join(found.folder, 'solution.ts'), 'utf8'), mutant));
  const draws = { seed: testSeed, path: [exercise.id, task.name] };
  const finding = await checkTask(task, questionsTo(await inProcess(file)), draws);
  const lost = finding.properties.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id);
  return { lost, named: diagnose(task, finding).map(({ id }) => id) };
}

describe('the mutants', () => {
  it('have names of their own', () => {
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });

  it('are all those of the catalogue, each wrong, legal or outside with its reason', () => {
    expect(catalogued).toHaveLength(194);
    const ids = new Set(mutants.map(({ id }) => id));
    expect(cataloguedVariants).toHaveLength(63);
    expect([...catalogued, ...cataloguedVariants].filter((id) => !ids.has(id))).toEqual([]);
    const outside = mutants.filter((mutant) => mutant.verdict === 'outside');
    expect(outside.filter(({ reason }) => reason.length < 20)).toEqual([]);
    const exercises = new Set(exerciseFolders.map(({ name }) => name));
    expect(mutants.filter(({ exercise }) => !exercises.has(exercise))).toEqual([]);
  });

  const wrong = mutants.filter((mutant) => mutant.verdict === 'wrong');
  it.each(wrong)('$id in $function fails: $diagnosis', async (mutant) => {
    const { lost, named } = await findings(mutant);
    expect(lost).not.toEqual([]);
    if (mutant.diagnosis !== undefined) expect(named).toContain(mutant.diagnosis);
  });

  const legal = mutants.filter((mutant) => mutant.verdict === 'legal');
  it.each(legal)('$id in $function gets all points', async (mutant) => {
    expect(await findings(mutant)).toEqual({ lost: [], named: [] });
  });
});
