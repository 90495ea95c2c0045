import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { studentFolder } from '../../../src/cli/exercise-folders.js';
import { syntheticClass, type Synthetic } from '../submissions.js';
import {
  canvasExport,
  canvasId,
  email,
  folderExport,
  githubExport,
  gradescopeExport,
  login,
  moodleExport,
  participant,
  table,
  type Person,
} from './exports.js';
import { deadline, extensionDays, handInsOf, mannerOf, type HandedIn, type Truth } from './hand-ins.js';

/** What one exercise was handed in by, and the truth about each student of the roster. */
export interface Assignment {
  readonly exercise: string;
  readonly source: string;
  /** What `scorecheck grade` gets besides. */
  readonly options: readonly string[];
  readonly truth: ReadonlyMap<string, Truth>;
}

/** A class as an instructor has it on his disk before anything is graded. */
export interface LaidOut {
  readonly course: string;
  readonly roster: readonly Person[];
  readonly assignments: readonly Assignment[];
}

/** Exercises by the course system that they are handed in to, and how many students of the roster take part in each: Moodle has the whole class. */
const systems = { moodle: '02', canvas: '01', gradescope: '04', github: '03', folders: '05' } as const;
type System = keyof typeof systems;

const names = [
  'Wang, Mei',
  '林豪',
  "Aoife O'Neill",
  '=HYPERLINK("http://x")',
  'José "Pepe" García',
  '<b>Bold</b>',
  '陳 大文',
  'Anna-Lena Groß',
];

/** Lays out a class of `count` students: for Moodle all of them, for each other system a fifth, and at least 30. */
export async function layOut(
  folder: string,
  { count, seed, python }: { readonly count: number; readonly seed: number; readonly python: boolean },
): Promise<LaidOut> {
  rmSync(folder, { recursive: true, force: true });
  const courseFolder = path.join(folder, 'course');
  mkdirSync(courseFolder, { recursive: true });
  const submissions = await syntheticClass(10 * count, { seed, python });
  const roster = [...new Set(submissions.map(({ student }) => student))].map((id, place): Person => ({
    id,
    name: place < names.length ? names[place] : `Student ${id.slice(1)}`,
    place,
  }));
  const assignments: Assignment[] = [];
  for (const [system, number] of Object.entries(systems) as [System, string][]) {
    const taking = roster.slice(0, system === 'moodle' ? count : Math.min(count, Math.max(30, Math.ceil(count / 5))));
    const own = submissions.filter(
      ({ exercise, student }) => exercise.startsWith(number) && taking.some(({ id }) => id === student),
    );
    assignments.push(await assignment(system, { folder, number, own, roster }));
  }
  writeCourse(courseFolder, roster, seed);
  return { course: path.join(courseFolder, 'course.yaml'), roster, assignments };
}

async function assignment(
  system: System,
  {
    folder,
    number,
    own,
    roster,
  }: {
    readonly folder: string;
    readonly number: string;
    readonly own: readonly Synthetic[];
    readonly roster: readonly Person[];
  },
): Promise<Assignment> {
  const exercise = own[0].exercise;
  const wrong = readFileSync(path.join(studentFolder(), exercise, 'submission.ts'), 'utf8');
  const handIns: HandedIn[] = [];
  const truth = new Map<string, Truth>(
    roster.map(({ id, place }) => [id, { status: mannerOf(place) === 'excused' ? 'excused' : 'missing' }]),
  );
  for (const submission of own) {
    const place = roster.findIndex(({ id }) => id === submission.student);
    const made = handInsOf(submission, { place, number, wrong });
    handIns.push(...made.handIns);
    truth.set(submission.student, made.truth);
  }
  const at = (name: string): string => path.join(folder, name);
  const only = ['--exercise', number];
  switch (system) {
    case 'moodle':
      await moodleExport({ zip: at('moodle.zip'), worksheet: at('course/worksheet-02.csv') }, roster, handIns);
      return { exercise, truth, source: at('moodle.zip'), options: only };
    case 'canvas':
      await canvasExport({ zip: at('canvas.zip'), times: at('canvas-times.csv') }, { roster, deadline }, handIns);
      return { exercise, truth, source: at('canvas.zip'), options: [...only, '--times', at('canvas-times.csv')] };
    case 'gradescope':
      await gradescopeExport(at('gradescope.zip'), roster, handIns);
      return { exercise, truth, source: at('gradescope.zip'), options: only };
    case 'github':
      await githubExport(at('github'), roster, handIns);
      return { exercise, truth, source: at('github'), options: only };
    case 'folders':
      await folderExport(at('folders'), handIns);
      return { exercise, truth, source: at('folders'), options: only };
  }
}

function writeCourse(folder: string, roster: readonly Person[], seed: number): void {
  const of = (manner: string): Person[] => roster.filter(({ place }) => mannerOf(place) === manner);
  const extended = new Date(deadline.getTime() + extensionDays * 86_400_000).toISOString().slice(0, 19);
  const lines = [
    'name: A class of many',
    'timezone: Asia/Taipei',
    'roster: roster.csv',
    'secret: { file: secret.key }',
    'late: { percent: 10, per: day, grace: 15m, until: 3d }',
    'limits: { questionSeconds: 5, memoryMegabytes: 1000 }',
    'exercises:',
    ...Object.entries(systems).map(
      ([system, number]) =>
        `  - { id: "${number}", deadline: 2026-11-20 23:59${system === 'moodle' ? ', points: 10, moodle: worksheet-02.csv' : ''} }`,
    ),
    'excused:',
    ...of('excused').map(({ id }) => `  - { student: ${id}, reason: ill }`),
    'extensions:',
    ...of('extended').map(({ id }) => `  - { student: ${id}, deadline: ${extended}Z }`),
  ];
  writeFileSync(path.join(folder, 'course.yaml'), `${lines.join('\n')}\n`);
  const columns = ['id', 'name', 'email', 'canvas_id', 'gradescope_sid', 'moodle_id', 'github'];
  const rows = roster.map((each) => [
    each.id,
    each.name,
    email(each),
    canvasId(each),
    each.id,
    participant(each),
    login(each),
  ]);
  writeFileSync(path.join(folder, 'roster.csv'), table([columns, ...rows]));
  const secret = createHash('sha256').update(`path ${seed}`).digest('base64');
  writeFileSync(path.join(folder, 'secret.key'), `${secret}\n`, { mode: 0o600 });
}
