import type { ClassRun } from '../result.js';
import { csv, markIn, pointsCell, safeText } from './cells.js';

/** A row per student: id, name, a column per exercise, the total and what it is out of. */
export function gradesTable(run: ClassRun): string[][] {
  const header = ['id', 'name', 'group', ...run.exercises.map(({ id }) => id), 'total', 'out of', 'complete'];
  const rows = run.students.map(({ id, name, group }) => {
    const total = run.totals.find(({ student }) => student === id);
    const marks = run.exercises.map((exercise) => {
      const mark = markIn(run, id, exercise.id);
      return mark?.status === 'excused' ? 'excused' : pointsCell(mark?.points ?? null);
    });
    return [
      id,
      safeText(name),
      safeText(group ?? ''),
      ...marks,
      pointsCell(total?.points ?? null),
      pointsCell(total?.points == null ? null : total.maxPoints),
      total?.complete === true ? 'yes' : 'no',
    ];
  });
  return [header, ...rows];
}

/** grades.csv; with a byte order mark, without which Excel takes UTF-8 for something else. */
export const gradesCsv = (run: ClassRun): string => `\ufeff${csv(gradesTable(run))}`;
