import { parse } from 'csv-parse/sync';
import { CourseProblem } from './problem.js';

/** One row of a table with the line that it ends on. */
export interface CsvRow {
  readonly record: readonly string[];
  readonly line: number;
}

/** Spreadsheets write semicolons where the comma is in the numbers, and tabs where they are asked for "text": what the first line has, where it has no comma. */
function delimiterOf(text: string): string {
  const [first] = text.split(/\r?\n/, 1);
  return [',', ';', '\t'].find((each) => first.includes(each)) ?? ',';
}

/** The rows of a table in CSV, its head included; empty lines are left out. Throws CourseProblem where it is no CSV, such as one with a quote that is not closed. */
export function csvTable(text: string, file: string): CsvRow[] {
  try {
    const found = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }) as unknown as {
      readonly record: string[];
      readonly info: { readonly lines: number };
    }[];
    return found.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CourseProblem(`${file}  Expected a table in CSV: ${why}. Save it as CSV (UTF-8, commas).`);
  }
}
