import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Exercise } from '../../src/grade/exercise.js';

const root = fileURLToPath(new URL('../../exercises/', import.meta.url));

/** The folders of the exercises, in order. */
export const exerciseFolders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, folder: path.join(root, name) }))
  .sort((a, b) => a.name.localeCompare(b.name));

/** The staff side of an exercise, with as little training as shows the same where it trains. */
export async function loadExercise(folder: string): Promise<Exercise> {
  const module = (await import(/* @vite-ignore */ path.join(folder, 'exercise.ts'))) as {
    default: Exercise;
    quick?: Exercise;
  };
  return module.quick ?? module.default;
}
