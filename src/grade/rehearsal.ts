import type { Rehearsal } from '../verify/result.js';
import type { Bundle } from '../sandbox/bundle.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { byFormula } from './by-formula.js';
import { checkTask } from './check-task.js';
import { diagnose } from './diagnosis.js';
import type { Exercise } from './exercise.js';
import { grade, type GradeOptions } from './grade.js';

type Check = Rehearsal['checks'][number];

/** Tries an exercise: its solution gets all points, its stub none, and each mistake fails and is named, alone. */
export async function rehearse(
  exercise: Exercise,
  { solution, stub }: { readonly solution: Bundle; readonly stub: Bundle },
  { sandbox, options }: { readonly sandbox: Sandbox; readonly options: Pick<GradeOptions, 'version' | 'seed'> },
): Promise<Rehearsal> {
  const all: GradeOptions = { ...options, language: 'en', show: true, again: () => '' };
  const graded = await grade(exercise, solution, { sandbox, options: all });
  const stubbed = await grade(exercise, stub, { sandbox, options: { ...all, show: false } });
  const ofFiles = exercise.tasks.flatMap((task, i): Check[] => [
    solved(task.name, graded.tasks[i]),
    {
      task: task.name,
      of: 'stub',
      ok: stubbed.tasks[i].points === 0,
      says: `the stub gets 0 points${stubbed.tasks[i].points === 0 ? '' : `, found ${stubbed.tasks[i].points ?? 'a fault'}`}`,
    },
  ]);
  return {
    exercise: `${exercise.number}-${exercise.id}`,
    checks: [...ofFiles, ...(await ofMistakes(exercise, options.seed))],
  };
}

function solved(
  task: string,
  {
    verdict,
    points,
    maxPoints,
    message,
  }: { verdict: string; points: number | null; maxPoints: number; message: string },
): Check {
  const ok = verdict === 'pass' && points === maxPoints;
  const found = ok ? '' : `, found ${points ?? 'no points'}: ${message}`;
  return { task, of: 'solution', ok, says: `the solution gets all ${maxPoints} points${found}` };
}

async function ofMistakes(exercise: Exercise, seed: number): Promise<Check[]> {
  const checks: Check[] = [];
  for (const task of exercise.tasks) {
    for (const [id, mistake] of Object.entries(task.mistakes)) {
      const finding = await checkTask(task, byFormula(mistake), { seed, path: [exercise.id, task.name] });
      const failed = finding.properties.some(({ verdict }) => verdict === 'fail');
      const named = diagnose(task, finding).map((diagnosis) => diagnosis.id);
      const ok = failed && named.length === 1 && named[0] === id;
      const found = !failed ? ', but it passes' : ok ? '' : `, found ${named.join(' and ') || 'no name'}`;
      checks.push({ task: task.name, of: id, ok, says: `this mistake fails and is named${found}` });
    }
  }
  return checks;
}
