import { CourseProblem } from '../problem.js';
import type { RosterEntry } from '../roster.js';
import type { ClassRun } from '../result.js';
import { csv, markIn, pointsCell } from './cells.js';
import { readWorksheet } from './moodle-worksheet.js';

/**
 * Fills the marks for an exercise into the grading worksheet that the teacher downloaded: the grade of each student of the roster, and nothing else. Who is
 * not graded keeps what stands there. Throws CourseProblem where Moodle's largest grade is less than ours.
 */
export function moodleCsv(
  run: ClassRun,
  exercise: string,
  { text, file }: { readonly text: string; readonly file: string },
  roster: readonly RosterEntry[],
): string {
  const { header, rows, grade, largest } = readWorksheet(text, file);
  const maxPoints = run.exercises.find(({ id }) => id === exercise)?.maxPoints ?? 0;
  const filled = rows.map(({ cells, participant, email, idNumber }) => {
    const found = roster.filter(
      (entry) =>
        entry.other['moodle_id'] === participant ||
        (email !== '' && entry.email.toLowerCase() === email.toLowerCase()) ||
        (idNumber !== '' && entry.id === idNumber),
    );
    const points = found.length === 1 ? (markIn(run, found[0].id, exercise)?.points ?? null) : null;
    const out = header.map((_, i) => cells[i] ?? '');
    const most = largest === undefined ? Number.NaN : Number((out[largest] ?? '').replace(',', '.'));
    if (points !== null && maxPoints > most) {
      throw new CourseProblem(
        `Expected the maximum grade of ${exercise} in Moodle to be ${maxPoints}, found ${most} in ${file}. Change it in Moodle, or points in the course file.`,
      );
    }
    if (points !== null) out[grade] = pointsCell(points);
    return out;
  });
  // What stands in the teacher's file stands in it again as it was: Moodle wrote it.
  return csv([header, ...filled]);
}
