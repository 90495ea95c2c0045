import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { classRun, asPublished } from '../../src/course/class-run.js';
import { canvasCsv } from '../../src/course/gradebook/canvas.js';
import { safeText } from '../../src/course/gradebook/cells.js';
import { classJunit } from '../../src/course/gradebook/junit.js';
import { moodleCsv } from '../../src/course/gradebook/moodle.js';
import { gradesCsv } from '../../src/course/gradebook/plain.js';
import { gradesXlsx } from '../../src/course/gradebook/xlsx.js';
import { zipTree } from '../../src/course/source/zip-tree.js';
import { classLimits } from '../../src/course/source/tree.js';
import { classRunSchema, type ClassRun } from '../../src/course/result.js';
import { publishedAfter, type Published } from '../../src/course/marks/published.js';
import type { Intake, Taken } from '../../src/course/intake.js';
import type { JobResult } from '../../src/course/runner.js';
import { course, exercise, gradeWith, rosterText } from './course.js';

const attempt = (student: string, key: string, submitted: string | null = null, more: Partial<Taken> = {}): Taken => ({
  exercise,
  student,
  members: [student],
  submitted: submitted === null ? null : Date.parse(submitted),
  late: false,
  place: student,
  files: ['submission.ts'],
  key,
  parts: { submission: key, exercise: 'e', version: '0', limits: 'l', seed: 's', isolation: 'full', course: 'c' },
  problem: null,
  ...more,
});
const graded = (key: string, points: readonly [number, number, number]): [string, JobResult] => [
  key,
  { key, kind: 'graded', grade: gradeWith(points), milliseconds: 1 },
];
const fault = (key: string): [string, JobResult] => [
  key,
  { key, kind: 'fault', message: 'no process', milliseconds: 1 },
];

function runOf(
  attempts: Taken[],
  results: [string, JobResult][],
  {
    more = '',
    published = { marks: [] },
    roster = rosterText,
  }: { more?: string; published?: Published; roster?: string } = {},
): ClassRun {
  const intake: Intake = { attempts, problems: [] };
  const run = classRun(course(more, roster), {
    version: '0',
    intake,
    results: new Map(results),
    published,
    similarity: [],
    problems: [],
  });
  return classRunSchema.parse(run);
}
const markOf = ({ marks }: ClassRun, student: string) => marks.find((mark) => mark.student === student);

// The deadline is 15:59 UTC.
const [early, inTime, late, veryLate] = [
  '2026-11-19T00:00Z',
  '2026-11-20T15:58Z',
  '2026-11-20T17:00Z',
  '2026-11-25T00:00Z',
];

describe('a mark', () => {
  it('is by property, and what is not graded is null, never 0', () => {
    const run = runOf([attempt('b1', 'k1', inTime)], [graded('k1', [1, 2, 0])]);
    expect(markOf(run, 'b1')).toMatchObject({ status: 'graded', points: 3, maxPoints: 4 });
    expect(markOf(run, 'b2')).toMatchObject({ status: 'missing', points: null });
    expect(run.totals.find(({ student }) => student === 'b2')).toMatchObject({ points: null, complete: false });
    expect(markOf(runOf([], [], { more: 'missing: zero\n' }), 'b2')).toMatchObject({ status: 'missing', points: 0 });
  });

  it('comes from the last attempt before the deadline, unless the course says otherwise', () => {
    const attempts = [attempt('b1', 'c', late), attempt('b1', 'a', early), attempt('b1', 'b', inTime)];
    const results = [graded('a', [1, 2, 1]), graded('b', [1, 0, 0]), graded('c', [1, 2, 0])];
    const policy = 'late: { percent: 10, per: day }\n';
    expect(markOf(runOf(attempts, results, { more: policy }), 'b1')).toMatchObject({ points: 1, attempt: 2 });
    expect(markOf(runOf(attempts, results, { more: `${policy}attempts: { count: first }\n` }), 'b1')).toMatchObject({
      points: 4,
      attempt: 1,
    });
    expect(markOf(runOf(attempts, results, { more: `${policy}attempts: { count: best }\n` }), 'b1')).toMatchObject({
      points: 4,
      attempt: 1,
    });
    expect(markOf(runOf(attempts.slice(0, 1), results, { more: policy }), 'b1')).toMatchObject({
      points: 2.7,
      beforePenalty: 3,
      attempt: 1,
    });
    // 61 minutes late are two hours begun.
    expect(
      markOf(runOf(attempts.slice(0, 1), results, { more: 'late: { percent: 25, per: hour, of: possible }\n' }), 'b1'),
    ).toMatchObject({ points: 1 });
    expect(markOf(runOf(attempts.slice(0, 1), results), 'b1')).toMatchObject({ status: 'missing', points: null });
    expect(
      markOf(
        runOf([attempt('b1', 'c', veryLate)], results, { more: 'late: { percent: 10, per: day, until: 3d }\n' }),
        'b1',
      )?.status,
    ).toBe('missing');
    const extended = 'extensions: [{ student: b1, deadline: 2026-11-30 12:00 }]\n';
    expect(markOf(runOf([attempt('b1', 'c', veryLate)], results, { more: extended }), 'b1')).toMatchObject({
      points: 3,
      lateSeconds: 0,
    });
  });

  it('counts for the whole group, and none is asked of who is excused', () => {
    const more = 'groups: { team: [b1, b2] }\nexcused: [{ student: b3, reason: ill }]\n';
    const run = runOf([attempt('b1', 'k', inTime, { members: ['b1', 'b2'] })], [graded('k', [1, 2, 1])], { more });
    expect(markOf(run, 'b2')).toMatchObject({ points: 4, by: 'b1' });
    expect(markOf(run, 'b3')).toMatchObject({ status: 'excused', points: null, reason: 'ill' });
    expect(run.totals.find(({ student }) => student === 'b3')).toMatchObject({ complete: true });
    expect(run.attempts).toHaveLength(1);
  });

  it('has no score where we failed, and what was published stays (attack 43)', () => {
    const before = { attempts: [attempt('b1', 'old', inTime)], problems: [] };
    const first = runOf(before.attempts, [graded('old', [1, 2, 1])]);
    const published = publishedAfter(first.marks, before, { marks: [] });
    const now = [attempt('b1', 'new', inTime)];
    const run = runOf(now, [fault('new')], { published });
    expect(markOf(run, 'b1')).toMatchObject({ status: 'fault', points: null });
    expect(run.differences).toMatchObject([{ student: 'b1', before: 4, after: null, why: ['fault'] }]);
    // An empty cell would take the grade out of Canvas.
    const stands = asPublished(course(), run, published);
    expect(markOf(stands, 'b1')).toMatchObject({ status: 'fault', points: 4 });
    expect(stands.totals.find(({ student }) => student === 'b1')).toMatchObject({ points: 4 });
    expect(parse(canvasCsv(stands, course()))[2].at(-1)).toBe('4');
    const after = publishedAfter(run.marks, { attempts: now, problems: [] }, published);
    expect(after.marks.find(({ student }) => student === 'b1')).toMatchObject({ points: 4 });
  });

  it('that differs says why', () => {
    const before = { attempts: [attempt('b1', 'k', inTime)], problems: [] };
    const published = publishedAfter(runOf(before.attempts, [graded('k', [1, 2, 1])]).marks, before, { marks: [] });
    const changed = attempt('b1', 'k2', inTime, { parts: { ...before.attempts[0].parts, submission: 'k2' } });
    expect(runOf([changed], [graded('k2', [1, 0, 0])], { published }).differences).toMatchObject([
      { before: 4, after: 1, why: ['submission'] },
    ]);
    expect(runOf(before.attempts, [graded('k', [1, 2, 1])], { published }).differences).toEqual([]);
    const excused = runOf(before.attempts, [graded('k', [1, 2, 1])], {
      published,
      more: 'excused: [{ student: b1 }]\n',
    });
    expect(excused.differences).toMatchObject([{ before: 4, after: null, why: ['course'] }]);
  });
});

interface Junit {
  readonly testsuite: {
    readonly testcase: readonly {
      readonly '@_name': string;
      readonly failure?: Readonly<Record<string, string>>;
      readonly skipped?: Readonly<Record<string, string>>;
    }[];
  };
}

/** The cells of a sheet as texts, row by row: numbers as they stand, texts from the shared list. */
function rowsOfSheet(sheet: string, shared: string): string[][] {
  const read = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => ['row', 'c', 'si'].includes(name),
  });
  const { sst } = read.parse(shared) as { sst: { si: { t: string | { '#text': string } }[] } };
  const texts = sst.si.map(({ t }) => (typeof t === 'string' ? t : t['#text']));
  const { worksheet } = read.parse(sheet) as {
    worksheet: { sheetData: { row: { c: { '@_r': string; '@_t'?: string; v?: string }[] }[] } };
  };
  const rows = worksheet.sheetData.row.map(({ c }) =>
    c.map(
      (cell) => [cell['@_r'].charCodeAt(0) - 65, cell['@_t'] === 's' ? texts[Number(cell.v)] : (cell.v ?? '')] as const,
    ),
  );
  const width = Math.max(...rows[0].map(([column]) => column + 1));
  return rows.map((row) => Array.from({ length: width }, (_, at) => row.find(([column]) => column === at)?.[1] ?? ''));
}

describe('a gradebook (attack 39)', () => {
  const run = runOf([attempt('b1', 'k', inTime)], [graded('k', [1, 2, 0])], { more: 'excused: [{ student: b2 }]\n' });

  it('comes back from CSV as it was, ids untouched and no cell a formula', () => {
    const rows = parse<Record<string, string>>(gradesCsv(run), { columns: true, bom: true });
    expect(rows.map((row) => row['id'])).toEqual(['b1', 'b2', 'b3']);
    expect(rows[2]['name']).toBe(`'=HYPERLINK("x")`);
    expect(rows.map((row) => row[exercise])).toEqual(['3', 'excused', '']);
    const canvas = parse(canvasCsv(run, course()));
    expect(canvas.at(-1)?.[0]).toBe(`'=HYPERLINK("x")`);
    expect(canvas[0].slice(0, 5)).toEqual(['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section']);
    expect(canvas.slice(2).map((row) => [row[1], row[5]])).toEqual([
      ['1001', '3'],
      ['1002', 'EX'],
      ['1003', ''],
    ]);
  });

  it('neutralises whatever text there is, and changes no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const safe = safeText(text);
        expect(/^\s*[=+\-@\t\r\n|%]/u.test(safe)).toBe(false);
        expect(safe === text || safe === `'${text}`).toBe(true);
      }),
    );
  });

  it("fills in the teacher's own worksheet and nothing else", () => {
    const text =
      '\ufeffIdentifier,Full name,Email address,Grade,Maximum Grade,Feedback comments\nParticipant 77,Mei,MEI@example.edu,,10.00,hello\nParticipant 78,Hao,hao@example.edu,5.00,10.00,\nParticipant 79,Who,who@example.edu,1,10.00,\n';
    const filled = moodleCsv(run, exercise, { text, file: 'w.csv' }, course().roster);
    expect(filled.absent).toEqual([]);
    const rows = parse<Record<string, string>>(filled.csv, { columns: true });
    expect(rows.map((row) => [row['Identifier'], row['Grade']])).toEqual([
      ['Participant 77', '3'],
      ['Participant 78', '5.00'],
      ['Participant 79', '1'],
    ]);
    expect(rows[0]['Feedback comments']).toBe('hello');
    const without = text.replace('Participant 77,Mei,MEI@example.edu,,10.00,hello\n', '');
    expect(moodleCsv(run, exercise, { text: without, file: 'w.csv' }, course().roster).absent).toEqual(['b1']);
    expect(() =>
      moodleCsv(run, exercise, { text: text.replaceAll('10.00', '2.00'), file: 'w.csv' }, course().roster),
    ).toThrow('maximum grade');
  });

  it('is XML and XLSX', async () => {
    expect(classJunit(run)).toContain('failures="1" errors="0" skipped="2"');
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(classJunit(run)) as { testsuites: Junit };
    expect(
      testsuites.testsuite.testcase.map((each) => [each['@_name'], each.failure?.['@_message'], each.skipped]),
    ).toEqual([
      ['b1', '3 of 4 points', undefined],
      ['b2', undefined, { '@_message': 'excused' }],
      ['b3', undefined, { '@_message': 'missing' }],
    ]);
    const book = await zipTree(await gradesXlsx(run), 'grades.xlsx', classLimits);
    const part = async (name: string): Promise<string> =>
      (await book.files.find(({ path }) => path === name)?.read())?.toString('utf8') ?? '';
    expect(rowsOfSheet(await part('xl/worksheets/sheet1.xml'), await part('xl/sharedStrings.xml'))).toEqual(
      parse(gradesCsv(run), { bom: true }),
    );
    const [cells, texts] = [await part('xl/worksheets/sheet1.xml'), await part('xl/sharedStrings.xml')];
    // Points are numbers, all else is text: <f> would be a formula.
    expect(cells).toMatch(/<c r="D2"[^>]*><v>3<\/v>/);
    expect(cells).not.toContain('<f');
    for (const cell of ['A2', 'B2', 'B4']) expect(cells).toMatch(new RegExp(`<c r="${cell}"[^>]* t="s"`));
    expect(texts).toContain('HYPERLINK');
    await book[Symbol.asyncDispose]();
  });
});
