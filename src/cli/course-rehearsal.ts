import path from 'node:path';
import { bundle, type Bundle } from '../sandbox/bundle.js';
import type { Rehearsal } from '../verify/result.js';
import { loadOwnExercise, type CourseFolder } from './course-folder.js';
import { WrongUse } from './failure.js';
import { packageVersion } from './package.js';
import type { Terminal } from './terminal.js';
import { unreadable } from './unreadable.js';

/** Tries a course's own exercises one after the other: solution full, stub zero, every mistake told apart. */
export async function rehearseCourse(
  { exercises }: CourseFolder,
  seed: number,
  terminal: Terminal,
): Promise<Rehearsal[]> {
  if (exercises.length === 0) return [];
  const [{ openSandbox }, { rehearse }] = await Promise.all([
    import('../sandbox/sandbox.js'),
    import('../grade/rehearsal.js'),
  ]);
  await using sandbox = await openSandbox({ env: terminal.env, isolation: 'best', warm: 1 });
  const rehearsals: Rehearsal[] = [];
  for (const own of exercises) {
    const exercise = await loadOwnExercise(own);
    const [solution, stub] = await Promise.all(
      ['solution.ts', 'submission.ts'].map((file) => moduleAt(path.join(own.folder, file))),
    );
    const rehearsal = await rehearse(
      exercise,
      { solution, stub },
      { sandbox, options: { version: packageVersion(), seed } },
    );
    const good = rehearsal.checks.filter(({ ok }) => ok).length;
    terminal.note(`${rehearsal.exercise}  ${good} of ${rehearsal.checks.length} as they have to be`);
    rehearsals.push(rehearsal);
  }
  return rehearsals;
}

async function moduleAt(file: string): Promise<Bundle> {
  const bundled = await bundle(file);
  if (bundled.kind === 'bundle') return bundled;
  throw new WrongUse(unreadable(file, bundled));
}
