import path from 'node:path';
import { canvasCsv } from '../../course/gradebook/canvas.js';
import { classJunit } from '../../course/gradebook/junit.js';
import { moodleCsv } from '../../course/gradebook/moodle.js';
import { gradesCsv } from '../../course/gradebook/plain.js';
import { gradesXlsx } from '../../course/gradebook/xlsx.js';
import type { Intake } from '../../course/intake.js';
import { writeWhole } from '../../course/ledger.js';
import { asPublished } from '../../course/class-run.js';
import type { Published } from '../../course/marks/published.js';
import type { ClassRun } from '../../course/result.js';
import type { Terminal } from '../terminal.js';
import { rememberPublished, type ClassFolder } from './class-folder.js';
import { textOf, type LoadedCourse } from './load-course.js';

/** Writes the gradebooks into DIR/gradebook and remembers the marks as published. */
export async function publish(
  folder: ClassFolder,
  loaded: LoadedCourse,
  {
    run,
    intake,
    published,
    terminal,
  }: { readonly run: ClassRun; readonly intake: Intake; readonly published: Published; readonly terminal: Terminal },
): Promise<void> {
  const { course } = loaded;
  const stands = asPublished(course, run, published);
  const worksheets = course.exercises.flatMap(({ facts, moodle }): [string, string][] => {
    if (moodle === undefined) return [];
    const file = path.resolve(loaded.folder, moodle);
    const text = textOf(file, `moodle of ${facts.id}`);
    const filled = moodleCsv(stands, facts.id, { text, file: moodle }, course.roster);
    if (filled.absent.length > 0) {
      terminal.note(
        `Not in ${moodle}: ${filled.absent.join(', ')}. A row is found by moodle_id, e-mail or ID number of the roster.`,
      );
    }
    return [[`moodle-${facts.id}.csv`, filled.csv]];
  });
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    ['grades.csv', gradesCsv(stands)],
    ['grades.xlsx', await gradesXlsx(stands)],
    ['canvas.csv', canvasCsv(stands, course)],
    ['junit.xml', classJunit(stands)],
    ['grades.json', `${JSON.stringify({ course: run.course, marks: stands.marks, totals: stands.totals }, null, 1)}\n`],
    ...worksheets,
  ];
  const place = path.join(folder.folder, 'gradebook');
  for (const [name, content] of files) await writeWhole(path.join(place, name), content);
  await rememberPublished(folder, run, intake, published);
  terminal.note(`Published: ${files.map(([name]) => name).join(', ')} in ${path.relative('', place)}.`);
}
