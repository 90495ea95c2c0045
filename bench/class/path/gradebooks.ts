import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ClassRun } from '../../../src/course/result.js';
import { canvasId, participant, type Person } from './exports.js';

/** What is not in the gradebooks as class.json has it; each row is found as the course system finds it. */
export function gradebookDifferences(folder: string, run: ClassRun, roster: readonly Person[]): string[] {
  const rowsOf = (name: string): string[][] =>
    parse(readFileSync(path.join(folder, name), 'utf8'), { bom: true, relax_column_count: true });
  const [, , ...canvas] = rowsOf('canvas.csv');
  const [header, ...plain] = rowsOf('grades.csv');
  const [moodleHeader, ...moodle] = rowsOf('moodle-02-explicit-score-matching.csv');
  const wrong: string[] = [];
  for (const { student, exercise, points, status } of run.marks) {
    const person = roster.find(({ id }) => id === student);
    if (person === undefined) throw new Error(`Expected ${student} in the roster.`);
    const place = run.exercises.findIndex(({ id }) => id === exercise);
    const has = (book: string, cell: string | undefined, excused: string): void => {
      const right = status === 'excused' ? excused : points === null ? '' : String(points);
      if (cell !== right)
        wrong.push(`${book}: ${student} ${exercise} has "${cell ?? 'no row'}" where "${right}" belongs`);
    };
    has('canvas.csv', canvas.find((row) => row[1] === canvasId(person))?.[5 + place], 'EX');
    has('grades.csv', plain.find((row) => row[0] === student)?.[header.indexOf(exercise)], 'excused');
    if (!exercise.startsWith('02')) continue;
    const own = moodle.find((row) => row[0] === `Participant ${participant(person)}`);
    has('moodle', own?.[moodleHeader.indexOf('Grade')], '');
  }
  const cells = [...canvas, ...plain].flatMap((row) => row.slice(0, 2));
  for (const each of cells.filter((cell) => /^[=+@]/.test(cell))) wrong.push(`A formula in a gradebook: ${each}`);
  return wrong;
}
