import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exerciseNames, studentFolder } from '../../src/cli/exercise-folders.js';
import { sourceOf, type Mutant, type Outside } from './mutant.js';

/** One submission whose verdict is known before. */
export interface Known {
  readonly id: string;
  readonly exercise: string;
  readonly kind: 'wrong' | 'legal' | 'solution';
  /** The tasks that are asked; all where undefined. */
  readonly tasks: readonly string[] | undefined;
  /** The diagnosis that the catalogue names. */
  readonly diagnosis?: string;
  readonly source: string;
  readonly language: 'ts' | 'py';
  /** Of the submission and of all that judges it: what was found before holds as long as it stays. */
  readonly digest: string;
}

const dist = fileURLToPath(new URL('../../', import.meta.url));
const lists = new URL('./mutants/', import.meta.url);

/** All solutions and mutants of the exercises whose names begin so, and what lies outside of the contract. */
export async function knownSubmissions(start: string): Promise<{ known: Known[]; outside: Outside[] }> {
  const names = exerciseNames().filter((name) => name.startsWith(start));
  const mutants = await mutantsOf(start);
  const judges = codeOf(['src/grade', 'src/sandbox', 'src/oracle', 'src/numerics', 'src/verify']);
  const known = names.flatMap((exercise): Known[] => {
    const solution = sourceIn(exercise, 'solution.ts');
    const code = judges + codeOf([path.join('exercises', exercise)]);
    const digestOf = (source: string): string => createHash('sha256').update(source).update(code).digest('hex');
    const changed = mutants.flatMap((mutant): Known[] => {
      if (mutant.verdict === 'outside' || mutant.exercise !== exercise) return [];
      const source = sourceOf(solution, mutant);
      const { id, verdict: kind, function: name } = mutant;
      const named = mutant.verdict === 'wrong' && mutant.diagnosis !== undefined ? { diagnosis: mutant.diagnosis } : {};
      return [{ id, exercise, kind, tasks: [name], ...named, source, language: 'ts', digest: digestOf(source) }];
    });
    const solutions = [
      { id: 'solution', language: 'ts', source: solution },
      ...(inPython(exercise)
        ? [{ id: 'solution in numpy', language: 'py', source: sourceIn(exercise, 'solution.py') } as const]
        : []),
    ] as const;
    const own = { exercise, kind: 'solution', tasks: undefined } as const;
    return [...solutions.map((each) => ({ ...own, ...each, digest: digestOf(each.source) })), ...changed];
  });
  return { known, outside: mutants.filter((mutant) => mutant.verdict === 'outside') };
}

const sourceIn = (exercise: string, file: string): string =>
  readFileSync(path.join(studentFolder(), exercise, file), 'utf8');

/** Exercises 01 to 09 may be handed in with numpy; a network is trained with torch, which a course may not have. */
const inPython = (exercise: string): boolean => !exercise.startsWith('10-');

/** The mutants of the exercises whose names begin so. */
export async function mutantsOf(start: string): Promise<Mutant[]> {
  const files = readdirSync(lists).filter((file) => file.endsWith('.js') && file.startsWith(start));
  const modules = (await Promise.all(files.map((file) => import(new URL(file, lists).href)))) as {
    mutants: readonly Mutant[];
  }[];
  return modules.flatMap((module) => module.mutants);
}

/** The compiled code below these folders of dist. */
function codeOf(folders: readonly string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(dist, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.js'))
        .sort()
        .map((file) => readFileSync(path.join(dist, folder, file), 'utf8')),
    )
    .join('');
}
