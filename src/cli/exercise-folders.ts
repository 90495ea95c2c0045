import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Exercise } from '../grade/exercise.js';
import { nearest } from '../grade/nearest.js';
import { inLanguage, type Language } from '../grade/texts.js';
import { WrongUse } from './failure.js';
import { packageFolder } from './package.js';

/** What students get of our exercises: texts and stubs. */
export const studentFolder = (): string => path.join(packageFolder(), 'exercises');

/** The environment variable that names the folder of a course with exercises of its own. It reaches the processes that we start. */
const courseVariable = 'SCORECHECK_COURSE';

/** From here on, also in the processes that we start, the exercises of the course in `folder` are known beside ours; WrongUse where it has none. */
export function useCourse(folder: string): void {
  if (!existsSync(path.join(folder, 'exercises'))) {
    throw new WrongUse(
      `Expected the folder of a course with exercises/NN-id, got ${folder}, which has none. \`scorecheck new exercise NN-id --course ${folder}\` begins one.`,
    );
  }
  process.env[courseVariable] = path.resolve(folder);
}

/** Exercises of the course's own, if there is a course. */
function ownFolder(): string | undefined {
  const course = process.env[courseVariable] ?? '';
  const folder = path.join(course, 'exercises');
  return course !== '' && existsSync(folder) ? folder : undefined;
}

/** The folder of an exercise, ours or the course's own: what students get lies in it. */
export function exerciseFolder(name: string): string {
  const own = ownFolder();
  const place = own === undefined ? undefined : path.join(own, name);
  return place !== undefined && existsSync(place) ? place : path.join(studentFolder(), name);
}

/** Whether an exercise is the course's own. */
export const isOwn = (name: string): boolean => exerciseFolder(name) !== path.join(studentFolder(), name);

/** The staff side, compiled where we are compiled. */
const staffFolder = fileURLToPath(new URL('../../exercises/', import.meta.url));

/** The names of all exercises, such as `04-denoising-score-matching`, in order. */
export function exerciseNames(): string[] {
  const ours = numberedIn(studentFolder());
  const own = ownFolder();
  const theirs = own === undefined ? [] : numberedIn(own);
  const taken = theirs.find((name) =>
    ours.some((each) => each.slice(0, 2) === name.slice(0, 2) || each.slice(3) === name.slice(3)),
  );
  if (taken !== undefined) {
    throw new WrongUse(
      `Expected a number and an id that are free, got the exercise ${taken} of the course. Choose others, from 11 up.`,
    );
  }
  return [...ours, ...theirs].sort();
}

const numberedIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map(({ name }) => name);

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
  if (isOwn(name)) {
    const { loadOwnExercise } = await import('./course-folder.js');
    return loadOwnExercise({ name, folder: exerciseFolder(name) });
  }
  const compiled = path.join(staffFolder, name, 'exercise.js');
  const file = existsSync(compiled) ? compiled : path.join(staffFolder, name, 'exercise.ts');
  return ((await import(pathToFileURL(file).href)) as { default: Exercise }).default;
}
