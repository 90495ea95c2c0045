import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { HandedIn } from './hand-ins.js';

/** A student as the course systems know him. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Place in the roster, from which each system's number is made. */
  readonly place: number;
}

export const email = ({ id }: Person): string => `${id}@example.edu`;
export const canvasId = ({ place }: Person): string => String(1000 + place);
export const participant = ({ place }: Person): string => String(70_000 + place);
export const login = ({ id }: Person): string => `gh-${id}`;

type Entries = Record<string, string | Buffer>;

/** A zip in memory. */
async function zipped(entries: Entries): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(entries)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** The files that the course system got: those of the student, or his zip. */
async function filesOf({ files, packed }: HandedIn): Promise<Entries> {
  if (packed === 'no') return { ...files };
  const whole = await zipped(packed === 'zip that leads out' ? { ...files, 'xx/xx/evil.ts': 'throw 1' } : { ...files });
  if (packed === 'zip cut off') return { 'homework.zip': whole.subarray(0, whole.length / 2) };
  // No packer writes such a name, so it is put there afterwards: of the same length.
  const led = Buffer.from(whole.toString('latin1').replaceAll('xx/xx/', '../../'), 'latin1');
  return { 'homework.zip': led };
}

async function writeZip(file: string, entries: Entries): Promise<void> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(entries)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}

function writeAll(folder: string, entries: Entries): void {
  for (const [name, text] of Object.entries(entries)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
export const table = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** The last hand-in of each: systems that keep one. */
const lastOf = (handIns: readonly HandedIn[]): HandedIn[] => [
  ...new Map(handIns.map((each) => [each.student, each])).values(),
];

const people = (roster: readonly Person[], { student }: HandedIn): Person => {
  const found = roster.find(({ id }) => id === student);
  if (found === undefined) throw new Error(`Expected ${student} in the roster.`);
  return found;
};

/** "Download all submissions" of Moodle as a zip, and its grading worksheet with a row for everybody. */
export async function moodleExport(
  place: { readonly zip: string; readonly worksheet: string },
  roster: readonly Person[],
  handIns: readonly HandedIn[],
): Promise<void> {
  const entries: Entries = {};
  const last = lastOf(handIns);
  for (const each of last) {
    const person = people(roster, each);
    for (const [name, text] of Object.entries(await filesOf(each)))
      entries[`${person.name.replace(/[/:"=]/g, '')}_${participant(person)}_assignsubmission_file/${name}`] = text;
  }
  await writeZip(place.zip, entries);
  const at = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Taipei', dateStyle: 'full' });
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Taipei', timeStyle: 'short' });
  const header = [
    'Identifier',
    'Full name',
    'ID number',
    'Email address',
    'Status',
    'Grade',
    'Maximum grade',
    'Grade can be changed',
    'Last modified (submission)',
    'Last modified (grade)',
    'Feedback comments',
  ];
  const rows = roster.map((person) => {
    const own = last.find(({ student }) => student === person.id);
    // Moodle writes "Friday, 20 November 2026, 11:59 PM".
    const modified =
      own === undefined
        ? '-'
        : `${at.format(own.submitted).replace(' at', ',')}, ${clock.format(own.submitted)}`.replace(
            /^(\w+) (\d)/,
            '$1, $2',
          );
    const status = own === undefined ? 'No submission' : 'Submitted for grading';
    return [
      `Participant ${participant(person)}`,
      person.name,
      '',
      email(person),
      status,
      '',
      '100.00',
      'Yes',
      modified,
      '-',
      '',
    ];
  });
  writeFileSync(place.worksheet, `\ufeff${table([header, ...rows])}`);
}

/** "Download Submissions" of Canvas, with LATE where it came late; the times, which the export does not have, in a table. */
export async function canvasExport(
  place: { readonly zip: string; readonly times: string },
  { roster, deadline }: { readonly roster: readonly Person[]; readonly deadline: Date },
  handIns: readonly HandedIn[],
): Promise<void> {
  const entries: Entries = {};
  const last = lastOf(handIns);
  for (const each of last) {
    const person = people(roster, each);
    const late = each.submitted > deadline ? '_LATE' : '';
    let n = 0;
    for (const [name, text] of Object.entries(await filesOf(each)))
      entries[
        `${person.name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')}${late}_${canvasId(person)}_${String(9000 + n++)}_${name}`
      ] = text;
  }
  await writeZip(place.zip, entries);
  writeFileSync(
    place.times,
    table([['id', 'submitted'], ...last.map(({ student, submitted }) => [student, submitted.toISOString()])]),
  );
}

/** The export of a programming assignment of Gradescope, as a zip with one folder in it. */
export async function gradescopeExport(
  zip: string,
  roster: readonly Person[],
  handIns: readonly HandedIn[],
): Promise<void> {
  const entries: Entries = {};
  let metadata = '---\n';
  for (const [i, each] of lastOf(handIns).entries()) {
    const person = people(roster, each);
    const folder = `submission_${410_000_000 + i}`;
    metadata += `${folder}:\n  :submitters:\n  - :name: ${JSON.stringify(person.name)}\n    :sid: ${JSON.stringify(person.id)}\n    :email: ${email(person)}\n  :created_at: ${each.submitted.toISOString().replace('T', ' ').replace('Z', '000000 Z')}\n  :score: 0.0\n  :status: processed\n`;
    for (const [name, text] of Object.entries(await filesOf(each)))
      entries[`assignment_1_export/${folder}/${name}`] = text;
  }
  await writeZip(zip, { ...entries, 'assignment_1_export/submission_metadata.yml': metadata });
}

/** Clones of GitHub Classroom, and its table of grades beside them. */
export async function githubExport(
  folder: string,
  roster: readonly Person[],
  handIns: readonly HandedIn[],
): Promise<void> {
  const rows = [
    [
      'assignment_name',
      'assignment_url',
      'starter_code_url',
      'github_username',
      'roster_identifier',
      'student_repository_name',
      'student_repository_url',
      'submission_timestamp',
      'points_awarded',
      'points_available',
    ],
  ];
  for (const each of lastOf(handIns)) {
    const person = people(roster, each);
    const repository = `homework-${login(person)}`;
    rows.push([
      'homework',
      '',
      '',
      login(person),
      person.id,
      repository,
      '',
      each.submitted
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z/, ' UTC'),
      '0',
      '0',
    ]);
    const own = await filesOf(each);
    writeAll(path.join(folder, repository), {
      ...own,
      '.git/HEAD': 'ref: refs/heads/main\n',
      'README.md': '# Homework\n',
    });
  }
  writeAll(folder, { 'grades.csv': table(rows) });
}

/** A folder per student with one per attempt, named by its time in Taipei. */
export async function folderExport(folder: string, handIns: readonly HandedIn[]): Promise<void> {
  for (const each of handIns) {
    const local = new Date(each.submitted.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace(':', '-');
    writeAll(path.join(folder, each.student, local), await filesOf(each));
  }
}
