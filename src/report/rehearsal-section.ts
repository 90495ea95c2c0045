import type { Rehearsal } from '../verify/result.js';
import { code, plain, table } from './markdown-text.js';
import type { Section } from './outline.js';

/** A course's own exercises as they were tried: a table each; nothing where there are none. */
export function rehearsalSections(exercises: readonly Rehearsal[]): Section[] {
  if (exercises.length === 0) return [];
  return [
    { level: 2, heading: 'Exercises of the course', id: 'exercises', body: () => rehearsed },
    ...exercises.map(({ exercise, checks }): Section => ({
      level: 3,
      heading: exercise,
      body: () =>
        table(
          [[''], ['task'], ['tried with'], ['finding']],
          checks.map(({ task, of, ok, says }) => [ok ? '✓' : '✗', code(task), plain(of), plain(says)]),
        ),
    })),
  ];
}

const rehearsed =
  'Each was tried with its solution, which has to get all points, with its stub, which has to get none, and with every mistake that it knows, ' +
  'which has to fail and to be named, alone.';
