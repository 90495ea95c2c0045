import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Exercise } from '../grade/exercise.js';
import type { Claim } from '../verify/claim.js';
import { loadOwnModule } from './course-module.js';
import { WrongUse } from './failure.js';

/** An exercise of an instructor's own: `exercises/NN-id/` with texts, stub, solution and the staff's side. */
export interface OwnExercise {
  readonly name: string;
  readonly folder: string;
}

/** What a course adds to scorecheck: files `claims/*.ts` and folders `exercises/NN-id`. */
export interface CourseFolder {
  readonly folder: string;
  readonly claimFiles: readonly string[];
  readonly exercises: readonly OwnExercise[];
}

const needed = ['exercise.ts', 'solution.ts', 'submission.ts', 'README.md'];

/** The claims and exercises that a folder holds; WrongUse where it holds none, or an exercise lacks a file. Nothing is run. */
export function courseFolder(given: string): CourseFolder {
  const folder = path.resolve(given);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new WrongUse(`Expected the folder of a course, got ${given}, which is not there.`);
  }
  const claimFiles = entries(path.join(folder, 'claims'))
    .filter((name) => /\.[mc]?[jt]s$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => path.join(folder, 'claims', name));
  const exercises = entries(path.join(folder, 'exercises'))
    .filter((name) => /^\d\d-/.test(name))
    .map((name) => ({ name, folder: path.join(folder, 'exercises', name) }));
  for (const { folder: place } of exercises) {
    const missing = needed.filter((file) => !existsSync(path.join(place, file)));
    if (missing.length > 0) {
      throw new WrongUse(
        `Expected ${needed.join(', ')} in ${path.relative('', place)}, found no ${missing.join(', ')}.`,
      );
    }
  }
  if (claimFiles.length + exercises.length === 0) {
    throw new WrongUse(
      `Expected claims/*.ts or exercises/NN-id/ in ${given}, found neither. \`scorecheck new claim ID\` or \`scorecheck new exercise ID\` makes one.`,
    );
  }
  return { folder, claimFiles, exercises };
}

const entries = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

/** The claims of a course, each the one claim that its file exports; `taken` are ids that scorecheck has already. */
export async function ownClaims({ claimFiles }: CourseFolder, taken: readonly string[]): Promise<Claim[]> {
  const seen = new Map(taken.map((id) => [id, 'scorecheck itself']));
  const claims: Claim[] = [];
  for (const file of claimFiles) {
    const name = path.relative('', file);
    const found = [...new Set(Object.values(await loadOwnModule(file)).filter(isClaim))];
    if (found.length !== 1) {
      throw new WrongUse(
        `Expected one claim exported by ${name}, found ${found.length}. Write \`export default claim({ … })\`.`,
      );
    }
    const before = seen.get(found[0].id);
    if (before !== undefined) {
      throw new WrongUse(`Expected a new id in ${name}, got "${found[0].id}", which ${before} has. Choose another.`);
    }
    // It evaluates terms, and so needs TensorFlow.js, which is found before this runs.
    const { claimFaults } = await import('./own-claim.js');
    const faults = claimFaults(found[0], path.parse(file).name);
    if (faults.length > 0) {
      throw new WrongUse(
        `Expected a claim that is whole in ${name}, found:\n  ${faults.join('\n  ')}\ndocs/write-a-claim.md says what each field is.`,
      );
    }
    seen.set(found[0].id, name);
    claims.push(found[0]);
  }
  return claims;
}

/** The staff's side of an exercise of a course; WrongUse where the folder is named otherwise. */
export async function loadOwnExercise({ name, folder }: OwnExercise): Promise<Exercise> {
  const file = path.join(folder, 'exercise.ts');
  const { default: exercise } = await loadOwnModule(file);
  const shown = path.relative('', file);
  if (!isExercise(exercise)) {
    throw new WrongUse(`Expected ${shown} to say \`export default exercise({ … })\`, found something else.`);
  }
  const expected = `${exercise.number}-${exercise.id}`;
  if (name !== expected) throw new WrongUse(`Expected ${shown} in a folder ${expected}, found it in ${name}.`);
  return exercise;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isClaim = (value: unknown): value is Claim =>
  isRecord(value) && typeof value['id'] === 'string' && 'falseVariants' in value && Array.isArray(value['settings']);

const isExercise = (value: unknown): value is Exercise =>
  isRecord(value) && typeof value['id'] === 'string' && Array.isArray(value['tasks']);
