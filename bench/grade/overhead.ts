import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { exerciseNames, loadExercise, studentFolder } from '../../src/cli/exercise-folders.js';
import { grade } from '../../src/grade/grade.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { bundled } from './found.js';

/** What grading a solution takes beside the answers. */
export interface Overhead {
  readonly exercise: string;
  /** Seconds from the bundle to the grade. */
  readonly wall: number;
  /** Seconds that the submission's functions themselves took: neither the start of a process nor the way there and back. */
  readonly answers: number;
  /** Processor time of this process, which draws the questions and computes the right answers. */
  readonly own: number;
}

/** A process of the pool needs a second or two; the figure is for a pool that is warm. */
const warmUp = 4_000;

/** Of so many gradings the one in the middle; a training is long enough for one. */
const times = 3;

/** Grades each solution once to load what is loaded once, and measures it then: the median of what the harness added. */
export async function overheads(start: string, seed: number, sandbox: Sandbox): Promise<Overhead[]> {
  const measured: Overhead[] = [];
  const options = { version: 'bench', language: 'en', show: true, again: () => '' } as const;
  for (const name of exerciseNames().filter((each) => each.startsWith(start))) {
    const exercise = await loadExercise(name);
    const submission = await bundled(readFileSync(path.join(studentFolder(), name, 'solution.ts'), 'utf8'));
    await grade(exercise, submission, { sandbox, options: { ...options, seed } });
    const found: Overhead[] = [];
    for (let i = 0; i < (name.startsWith('10-') ? 1 : times); i++) {
      await pause(warmUp);
      const watched = timed(sandbox);
      const [started, cpu] = [performance.now(), process.cpuUsage()];
      await grade(exercise, submission, { sandbox: watched.sandbox, options: { ...options, seed: seed + 1 + i } });
      const wall = (performance.now() - started) / 1e3;
      const { user, system } = process.cpuUsage(cpu);
      found.push({ exercise: name, wall, answers: watched.seconds(), own: (user + system) / 1e6 });
    }
    const added = ({ wall, answers }: Overhead): number => wall - answers;
    measured.push(found.sort((a, b) => added(a) - added(b))[Math.floor(found.length / 2)]);
  }
  return measured;
}

/** The sandbox, and the seconds that the functions themselves took, in all processes: one is asked after the other. */
function timed(sandbox: Sandbox): { readonly sandbox: Sandbox; readonly seconds: () => number } {
  let milliseconds = 0;
  return {
    sandbox: {
      isolation: sandbox.isolation,
      run(submission) {
        const run = sandbox.run(submission);
        return {
          async ask(question, ahead) {
            const answer = await run.ask(question, ahead);
            if (answer.kind === 'answered') milliseconds += answer.callMilliseconds;
            return answer;
          },
          [Symbol.asyncDispose]: () => run[Symbol.asyncDispose](),
        };
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    seconds: () => milliseconds / 1e3,
  };
}
