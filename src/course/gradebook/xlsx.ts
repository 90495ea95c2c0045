import writeExcel from 'write-excel-file/node';
import type { ClassRun } from '../result.js';
import { gradesTable } from './plain.js';

/** grades.xlsx, the table of grades.csv: texts are cells of type text, which no spreadsheet computes, and points are numbers. */
export function gradesXlsx(run: ClassRun): Promise<Buffer> {
  const table = gradesTable(run);
  const first = 3;
  const last = first + run.exercises.length + 1;
  const rows = table.map((row, r) =>
    row.map((cell, c) => {
      if (cell === '') return null;
      const points = r > 0 && c >= first && c <= last && cell !== 'excused';
      return points
        ? { value: Number(cell), type: Number }
        : { value: cell, type: String, ...(r === 0 ? { fontWeight: 'bold' as const } : {}) };
    }),
  );
  return writeExcel(rows).toBuffer();
}
