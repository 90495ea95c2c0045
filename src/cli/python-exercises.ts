import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { definedBy } from '../sandbox/python-source.js';
import { exerciseFolder, exerciseNames } from './exercise-folders.js';

/** The exercises of which a Python module defines a function, in order: the names of the functions tell them. */
export function exercisesInPython(file: string): string[] {
  const defined = new Set(definedBy(readFileSync(file, 'utf8')));
  return exerciseNames().filter((name) => functionsOf(name).some((each) => defined.has(each)));
}

/** The functions of an exercise, from the stub that the student gets. */
function functionsOf(name: string): string[] {
  const stub = path.join(exerciseFolder(name), 'submission.py');
  if (!existsSync(stub)) return [];
  return [...readFileSync(stub, 'utf8').matchAll(/^def (\w+)\(/gm)].map(([, each = '']) => each);
}
