import { csvTable } from './csv-table.js';
import { instantOf } from './file/moment.js';
import { CourseProblem } from './problem.js';
import type { RosterEntry } from './roster.js';

/**
 * When students handed in, by id (milliseconds since 1970, UTC), from a table `id,submitted` in CSV. Throws CourseProblem with the line where a student is
 * not on the roster or is there twice, or a moment is none.
 */
export function readTimes(
  text: string,
  file: string,
  roster: readonly RosterEntry[],
  zone: string,
): Map<string, number> {
  const [head, ...rows] = csvTable(text, file);
  const columns = (head?.record ?? []).map((each) => each.trim().toLowerCase());
  if (!columns.includes('id') || !columns.includes('submitted')) {
    throw new CourseProblem(
      `${file}:1  Expected the columns id and submitted, found ${columns.join(', ') || 'none'}. Begin with the line "id,submitted".`,
    );
  }
  if (rows.length === 0) throw new CourseProblem(`${file}:2  Expected times, found none. Add a line for each student.`);
  const times = new Map<string, number>();
  for (const { record, line } of rows) {
    const cell = (column: string): string => (record[columns.indexOf(column)] ?? '').trim();
    const id = cell('id').normalize('NFC');
    if (!roster.some((entry) => entry.id === id))
      throw new CourseProblem(`${file}:${line}  Expected an id of the roster, got "${id}".`);
    if (times.has(id)) throw new CourseProblem(`${file}:${line}  Expected each student once, got "${id}" again.`);
    times.set(id, moment(cell('submitted'), zone, `${file}:${line}`));
  }
  return times;
}

function moment(text: string, zone: string, place: string): number {
  try {
    return instantOf(text, zone);
  } catch (error) {
    if (!(error instanceof CourseProblem)) throw error;
    throw new CourseProblem(`${place}  ${error.message} Write it as 2026-11-20 23:59.`);
  }
}
