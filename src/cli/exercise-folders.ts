import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Exercise } from '../grade/exercise.js';
import { nearest } from '../grade/nearest.js';
import { inLanguage, type Language } from '../grade/texts.js';
import { WrongUse } from './failure.js';
import { packageFolder } from './package.js';

/** What the student gets of each exercise: texts and stubs. */
export const studentFolder = (): string => path.join(packageFolder(), 'exercises');

/** The staff side, compiled where we are compiled. */
const staffFolder = fileURLToPath(new URL('../../exercises/', import.meta.url));

/** The names of all exercises, such as `04-denoising-score-matching`, in order. */
export function exerciseNames(): string[] {
  return readdirSync(studentFolder(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** The exercise that `given` names by number, id or both; WrongUse with the nearest names, in `language`. */
export function exerciseNamed(given: string, language: Language = 'en'): string {
  const names = exerciseNames();
  const found = names.find((name) =>
    [name, name.slice(0, 2), name.slice(3), String(Number(name.slice(0, 2)))].includes(given),
  );
  if (found !== undefined) return found;
  const near = nearest(given, names);
  const text = inLanguage(language);
  const hint =
    near.length === 0 ? '' : text(` Did you mean ${near.join(' or ')}?`, `你是不是要打 ${near.join(' 或 ')}？`);
  throw new WrongUse(
    text(
      `Expected an exercise, got "${given}".${hint} There are ${names.join(', ')}.`,
      `沒有「${given}」這個習題。${hint}現有的習題：${names.join('、')}。`,
    ),
  );
}

/** The staff side of an exercise. */
export async function loadExercise(name: string): Promise<Exercise> {
  const compiled = path.join(staffFolder, name, 'exercise.js');
  const file = existsSync(compiled) ? compiled : path.join(staffFolder, name, 'exercise.ts');
  return ((await import(pathToFileURL(file).href)) as { default: Exercise }).default;
}
