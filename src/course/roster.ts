import { csvTable } from './csv-table.js';
import { CourseProblem } from './problem.js';

/** One student, as the instructor or the course system says. */
export interface RosterEntry {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** What course systems call the student, by column: canvas_id, sis_id, login, section, gradescope_sid, moodle_id, github. */
  readonly other: Readonly<Record<string, string>>;
}

/** Columns besides id, name and email that the roster may have. */
export const rosterColumns = [
  'canvas_id',
  'sis_id',
  'login',
  'section',
  'gradescope_sid',
  'moodle_id',
  'github',
] as const;
export type RosterColumn = (typeof rosterColumns)[number];

/** A spreadsheet reads what begins like this as a formula. */
const formula = /^[=+\-@\t\r]/;

/** What an id may look like: it is part of file names and of gradebooks, where it stands as it is. */
const idPattern = /^[\p{L}\p{N}_.@+-]{1,100}$/u;

/**
 * Reads a roster in CSV. Throws CourseProblem with the line where a column is missing, an id is no plain word or would be read as a formula, or a student, an address or
 * an account is there twice.
 */
export function readRoster(text: string, file: string): RosterEntry[] {
  const rows = csvTable(text, file);
  const header = (rows[0]?.record ?? []).map((each) => each.trim().toLowerCase().replaceAll(' ', '_'));
  for (const column of ['id', 'name']) {
    if (!header.includes(column)) {
      throw new CourseProblem(
        `${file}:1  Expected the columns id and name, found ${header.join(', ') || 'none'}. Add "${column}".`,
      );
    }
  }
  const entries = rows.slice(1).map(({ record, line }): RosterEntry => {
    const cell = (column: string): string => (record[header.indexOf(column)] ?? '').trim().normalize('NFC');
    const id = cell('id');
    if (!idPattern.test(id) || formula.test(id) || id === '.' || id === '..') {
      throw new CourseProblem(
        `${file}:${line}  Expected an id of letters, digits and _ . - @ that begins with a letter or digit, got "${id}". Mend the roster.`,
      );
    }
    const other = rosterColumns.flatMap((each) => (cell(each) === '' ? [] : [[each, cell(each)] as const]));
    return { id, name: cell('name'), email: cell('email'), other: Object.fromEntries(other) };
  });
  if (entries.length === 0) throw new CourseProblem(`${file}:2  Expected students, found none. Add a line for each.`);
  const unique: [string, (entry: RosterEntry) => string][] = [
    ['id', ({ id }) => id],
    ['email', ({ email }) => email],
    ...rosterColumns
      .filter((each) => each !== 'section')
      .map((each): [string, (entry: RosterEntry) => string] => [each, ({ other }) => other[each] ?? '']),
  ];
  for (const [column, valueOf] of unique) {
    const seen = new Map<string, number>();
    entries.forEach((entry, i) => {
      const value = valueOf(entry).toLowerCase();
      if (value === '') return;
      const line = rows[i + 1].line;
      const before = seen.get(value);
      if (before !== undefined) {
        throw new CourseProblem(
          `${file}:${line}  Expected each ${column} once, got "${valueOf(entry)}" again: it stands on line ${before} as well.`,
        );
      }
      seen.set(value, line);
    });
  }
  return entries;
}
