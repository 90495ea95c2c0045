import { parse } from 'csv-parse/sync';
import { CourseProblem } from './problem.js';

/** One row of a table with the line that it ends on. */
export interface CsvRow {
  readonly record: readonly string[];
  readonly line: number;
}

/** The rows of a table in CSV, its head included; empty lines are left out. Throws CourseProblem where it is no CSV, such as one with a quote that is not closed. */
export function csvTable(text: string, file: string): CsvRow[] {
  try {
    const found = parse(text, {
      bom: true,
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
