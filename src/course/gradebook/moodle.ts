import { CourseProblem } from '../problem.js';
import type { RosterEntry } from '../roster.js';
import type { ClassRun } from '../result.js';
import { csv, markIn, pointsCell } from './cells.js';
import { readWorksheet } from './moodle-worksheet.js';

/** A worksheet as it goes back to Moodle. */
export interface FilledWorksheet {
  readonly csv: string;
  /** Students who have points and stand in no row. */
  readonly absent: readonly string[];
}

/**
 * Fills the marks for an exercise into the grading worksheet that the teacher downloaded: the grade of each student of the roster, and nothing else. Who is
 * not graded keeps what stands there. Throws CourseProblem where Moodle's largest grade is less than ours.
 */
export function moodleCsv(
  run: ClassRun,
  exercise: string,
  { text, file }: { readonly text: string; readonly file: string },
  roster: readonly RosterEntry[],
): FilledWorksheet {
  const { header, rows, grade, largest } = readWorksheet(text, file);
  const maxPoints = run.exercises.find(({ id }) => id === exercise)?.maxPoints ?? 0;
  const found = new Set<string>();
  const filled = rows.map(({ cells, participant, email, idNumber }) => {
    const people = roster.filter(
      (entry) =>
        entry.other['moodle_id'] === participant ||
        (email !== '' && entry.email.toLowerCase() === email.toLowerCase()) ||
        (idNumber !== '' && entry.id === idNumber),
    );
    const student = people.length === 1 ? people[0].id : undefined;
    if (student !== undefined) found.add(student);
    const points = student === undefined ? null : (markIn(run, student, exercise)?.points ?? null);
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
  const absent = run.marks.filter((mark) => mark.exercise === exercise && mark.points !== null);
  return {
    csv: csv([header, ...filled]),
    absent: absent.flatMap(({ student }) => (found.has(student) ? [] : [student])),
  };
}
