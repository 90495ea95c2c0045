import type { Course } from '../course.js';
import type { ClassRun } from '../result.js';
import { csv, markIn, pointsCell, safeText } from './cells.js';

/**
 * A table for the gradebook of Canvas: the columns by which it finds a student, then one per exercise and no other. An empty cell is no
 * grade, EX is excused. The title with the number of the assignment (`canvas` in the course file) names an assignment that is there; a title without one makes a new
 * one unless Canvas has the very title.
 */
export function canvasCsv(run: ClassRun, { roster, exercises }: Course): string {
  const title = (id: string): string => safeText(exercises.find(({ facts }) => facts.id === id)?.canvas ?? id);
  const header = [
    'Student',
    'ID',
    'SIS User ID',
    'SIS Login ID',
    'Section',
    ...run.exercises.map(({ id }) => title(id)),
  ];
  const possible = ['    Points Possible', '', '', '', '', ...run.exercises.map(({ maxPoints }) => String(maxPoints))];
  const rows = roster.map(({ id, name, other }) => [
    safeText(name),
    other['canvas_id'] ?? '',
    other['sis_id'] ?? (other['canvas_id'] === undefined ? id : ''),
    other['login'] ?? '',
    safeText(other['section'] ?? ''),
    ...run.exercises.map((exercise) => {
      const mark = markIn(run, id, exercise.id);
      return mark?.status === 'excused' ? 'EX' : pointsCell(mark?.points ?? null);
    }),
  ]);
  return csv([header, possible, ...rows]);
}
