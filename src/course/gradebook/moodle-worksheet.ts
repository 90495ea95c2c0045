import { csvTable } from '../csv-table.js';
import { CourseProblem } from '../problem.js';

/** A row of a grading worksheet of Moodle, as far as it says who it is. */
export interface WorksheetRow {
  readonly participant: string;
  readonly email: string;
  readonly idNumber: string;
  /** As the teacher reads it, in the time zone of the teacher; empty where nothing was handed in. */
  readonly submitted: string;
  /** The cells as they stand in the file, in the order of the columns. */
  readonly cells: readonly string[];
}

/** The grading worksheet of an assignment, downloaded from Moodle. */
export interface Worksheet {
  readonly header: readonly string[];
  readonly rows: readonly WorksheetRow[];
  /** Index of the column that the grade goes into, and of that with the largest grade. */
  readonly grade: number;
  readonly largest: number | undefined;
}

// Moodle writes its column titles in the language of the teacher. English and Chinese are known; elsewhere the values tell the first column, and the titles of the gradebook are
// looked up in `titles`.
const titles = {
  identifier: ['identifier', '識別碼', '識別代號', '辨識碼', '编号', '标识'],
  email: ['email address', 'email', '電子郵件信箱', '電子郵件', 'e-mail', 'adresse de courriel', 'e-mail-adresse'],
  idNumber: ['id number', '學號', 'id 號碼', '编号', "numéro d'identification", 'id-nummer'],
  grade: ['grade', '成績', '成绩', '分數', 'note', 'bewertung', 'calificación'],
  largest: [
    'maximum grade',
    '最高分',
    '滿分',
    '最高成績',
    '最大成绩',
    'note maximale',
    'bestwertung',
    'maximalpunktzahl',
  ],
  submitted: ['last modified (submission)'],
} as const;

/** Reads a grading worksheet. Throws CourseProblem where it is none. */
export function readWorksheet(text: string, file: string): Worksheet {
  const [header = [], ...body] = csvTable(text, file).map(({ record }) => record);
  const column = (name: keyof typeof titles): number =>
    header.findIndex((each) => (titles[name] as readonly string[]).includes(each.trim().toLowerCase()));
  // The value is `Participant 123` in the language of the teacher.
  const numbered = header.findIndex(
    (_, i) => body.length > 0 && body.every((row) => /^\D+ ?\d+$/.test((row[i] ?? '').trim())),
  );
  const identifier = column('identifier') >= 0 ? column('identifier') : numbered;
  const grade = column('grade');
  if (identifier < 0 || grade < 0) {
    throw new CourseProblem(
      `Expected a grading worksheet of Moodle with the columns Identifier and Grade in ${file}, found ${header.join(', ') || 'nothing'}. Download it from the assignment: View all submissions, Download grading worksheet.`,
    );
  }
  const cell = (row: readonly string[], name: keyof typeof titles): string =>
    column(name) < 0 ? '' : (row[column(name)] ?? '').trim();
  const largest = column('largest');
  return {
    header,
    grade,
    largest: largest < 0 ? undefined : largest,
    rows: body.map((row): WorksheetRow => {
      return {
        participant: /(\d+)\s*$/.exec(row[identifier] ?? '')?.[1] ?? '',
        email: cell(row, 'email'),
        idNumber: cell(row, 'idNumber'),
        submitted: cell(row, 'submitted'),
        cells: row,
      };
    }),
  };
}
