import { readFileSync } from 'node:fs';
import path from 'node:path';
import { exerciseNames, loadExercise, studentFolder } from '../../src/cli/exercise-folders.js';
import type { Exercise } from '../../src/grade/exercise.js';
import { plansOf } from '../../src/grade/plans.js';
import { spellingOf } from '../../src/grade/spelling.js';
import { randomStream, type Random } from '../../src/numerics/random.js';
import type { Mutant } from '../grade/mutant.js';
import { mutantsOf } from '../grade/submissions.js';
import { attackCode, attacks } from './attacks.js';
import { withoutPythonTask, withoutTask, withPythonTask, withTask } from './sources.js';

/** One submission of the class, with the truth about it. */
export interface Synthetic {
  readonly student: string;
  /** Number and id: `01-score-function`. */
  readonly exercise: string;
  readonly kind: 'solution' | 'legal' | 'wrong' | 'attack';
  /** Of the mutant or of the attack. */
  readonly id: string;
  readonly language: 'typescript' | 'python';
  readonly source: string;
  /** The tasks that have to fail; all others have to have full points. */
  readonly failing: readonly string[];
}

/** A training takes ten seconds, whoever asks: it is handed in by nobody, and counts as not done. */
const training = 'trainDenoiser';

/** Of a hundred submissions: right as the solution, right in other words, wrong in one task, an attack. */
const shares = { solution: 20, legal: 20, wrong: 50, attack: 10 } as const;
/** Of a hundred submissions that are no attacks, so many are in Python. */
const inPython = 15;

/** A class of `count` submissions, exercises in turn and each student one of each; the same seed makes the same class. Where `python` is false all are in TypeScript. */
export async function syntheticClass(
  count: number,
  { seed, python }: { readonly seed: number; readonly python: boolean },
): Promise<Synthetic[]> {
  const names = exerciseNames();
  const makers = await Promise.all(names.map((name) => makerFor(name, seed)));
  return Array.from({ length: count }, (_, i) => {
    const student = `s${String(Math.floor(i / names.length) + 1).padStart(3, '0')}`;
    const random = randomStream(seed, 'submission', String(i));
    return { student, exercise: names[i % names.length], ...makers[i % names.length](random, python) };
  });
}

type Made = Omit<Synthetic, 'student' | 'exercise'>;

/** What makes submissions to one exercise: each mutant and each attack comes once before any comes twice. */
async function makerFor(name: string, seed: number): Promise<(random: Random, python: boolean) => Made> {
  const folder = path.join(studentFolder(), name);
  const exercise = await loadExercise(name);
  const tasks = exercise.tasks.map((task) => task.name).filter((task) => task !== training);
  const trains = tasks.length < exercise.tasks.length;
  const untrained = trains ? [training] : [];
  const solution = withoutTraining(readFileSync(path.join(folder, 'solution.ts'), 'utf8'), trains);
  const spelling = spellingOf('numpy');
  const text = readFileSync(path.join(folder, 'solution.py'), 'utf8');
  const pythonSolution = trains ? withoutPythonTask(text, spelling(training)) : text;
  const mutants = (await mutantsOf(name)).filter(
    (each): each is Exclude<Mutant, { verdict: 'outside' }> =>
      each.verdict !== 'outside' && tasks.includes(each.function),
  );
  const dealt = {
    legal: dealer(
      mutants.filter(({ verdict }) => verdict === 'legal'),
      randomStream(seed, name, 'legal'),
    ),
    wrong: dealer(
      mutants.filter(({ verdict }) => verdict === 'wrong'),
      randomStream(seed, name, 'wrong'),
    ),
    attack: dealer(attacks, randomStream(seed, name, 'attack')),
  };
  const asked = askedOf(exercise, seed);
  return (random, python) => {
    const kind = drawnKind(random);
    const task = tasks[random.index(tasks.length)];
    if (kind === 'attack') {
      const attack = dealt.attack();
      const at = tasks.filter((each) => (asked.get(each) ?? 0) > (attack?.calls ?? 0));
      const target = at[random.index(Math.max(1, at.length))];
      if (attack === undefined || target === undefined) return solved();
      const source = `${attack.before ?? ''}\n${withTask(solution, target, attackCode(attack, target))}`;
      const failing = attack.loses === 'all' ? tasks : [target];
      return { kind, id: attack.id, language: 'typescript', source, failing: [...failing, ...untrained] };
    }
    if (python && random.index(100) < inPython) return inPythonOf(kind, task);
    if (kind === 'solution') return solved();
    const mutant = dealt[kind]();
    if (mutant === undefined) return solved();
    const source = withTask(solution, mutant.function, mutant.code);
    const failing = kind === 'wrong' ? [mutant.function, ...untrained] : untrained;
    return { kind, id: mutant.id, language: 'typescript', source, failing };
  };

  function solved(): Made {
    return { kind: 'solution', id: 'solution', language: 'typescript', source: solution, failing: untrained };
  }

  function inPythonOf(kind: 'solution' | 'legal' | 'wrong', task: string): Made {
    const common = { kind, language: 'python' } as const;
    if (kind === 'solution') return { ...common, id: 'solution', source: pythonSolution, failing: untrained };
    const name = spelling(task);
    return kind === 'wrong'
      ? {
          ...common,
          id: `half as much again in ${name}`,
          source: withPythonTask(pythonSolution, name, '1.5 * right(*given)'),
          failing: [task, ...untrained],
        }
      : {
          ...common,
          id: `${name} by another function`,
          source: withPythonTask(pythonSolution, name, 'right(*given)'),
          failing: untrained,
        };
  }
}

const withoutTraining = (solution: string, trains: boolean): string =>
  trains ? withoutTask(solution, training) : solution;

function drawnKind(random: Random): Synthetic['kind'] {
  let at = random.index(100);
  for (const [kind, share] of Object.entries(shares) as [Synthetic['kind'], number][]) {
    if (at < share) return kind;
    at -= share;
  }
  return 'solution';
}

/** Deals a shuffled list again and again; nothing where it is empty. */
function dealer<T>(list: readonly T[], random: Random): () => T | undefined {
  let hand: T[] = [];
  return () => {
    if (hand.length === 0) hand = [...list];
    return hand.splice(random.index(Math.max(1, hand.length)), 1)[0];
  };
}

/** How many questions of each task have an answer of the formula. */
const askedOf = (exercise: Exercise, seed: number): ReadonlyMap<string, number> =>
  new Map(
    exercise.tasks.map((task) => [
      task.name,
      task.answer === undefined ? 0 : plansOf(task, { seed, path: [exercise.id, task.name] }).length,
    ]),
  );
