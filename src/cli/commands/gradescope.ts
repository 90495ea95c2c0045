import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { z } from 'zod';
import { courseOf } from '../../course/course.js';
import { courseFileSchema } from '../../course/file/schema.js';
import { gradeJob } from '../../course/grade-job.js';
import { gradescopeResults } from '../../course/gradebook/gradescope.js';
import { jobOf } from '../../course/job.js';
import { writeWhole } from '../../course/ledger.js';
import { folderTree } from '../../course/source/folder-tree.js';
import { submissionsIn } from '../../course/source/submission-files.js';
import { classLimits, studentLimits } from '../../course/source/tree.js';
import { benchFor } from '../bench.js';
import { jobSettings, loadCourse, textOf } from '../class/load-course.js';
import { exerciseFacts } from '../course-exercises.js';
import { exerciseFolder, exerciseNamed, isOwn, useCourse } from '../exercise-folders.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { asJson, checkFolder } from '../output.js';
import { packageVersion } from '../package.js';
import { provisioned } from '../provision.js';
import type { Terminal } from '../terminal.js';

/** The options of `scorecheck gradescope`. */
export interface GradescopeCommandOptions {
  readonly course?: string;
  readonly exercise?: string;
  readonly package?: string;
  readonly run?: boolean;
}

/** What the bundle knows: the course file without its roster and secret, and a key for the questions of one exercise alone. */
const settingSchema = z.object({ course: courseFileSchema, exercise: z.string(), key: z.string() });

/** Writes DIR/autograder.zip for an exercise; inside of Gradescope, with --run, grades what lies in DIR (/autograder). */
export async function gradescopeCommand(
  folder: string,
  options: GradescopeCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return options.run === true ? runInside(folder, terminal) : build(folder, options, terminal);
}

async function build(
  folder: string,
  { course: file, exercise: given, package: archive }: GradescopeCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (file === undefined || given === undefined)
    throw new WrongUse('Expected --course and --exercise: an autograder is for one exercise of a course.');
  const { course, keys } = await loadCourse(file, terminal.env);
  const exercise = exerciseNamed(given);
  const spec = course.exercises.findIndex(({ facts }) => facts.id === exercise);
  if (spec < 0) throw new WrongUse(`Expected --exercise to name an exercise of the course, got ${exercise}.`);
  await checkFolder(folder, 'DIR');
  // Students run code beside this file: it opens the questions of this exercise on Gradescope and nothing else.
  const key = createHmac('sha256', keys.seeds).update(`gradescope ${exercise}`).digest('hex');
  const setting: z.input<typeof settingSchema> = {
    course: {
      ...course.file,
      exercises: [course.file.exercises[spec]],
      groups: {},
      excused: [],
      extensions: [],
      secret: { env: 'NONE' },
      roster: '',
    },
    exercise,
    key,
  };
  const zip = new ZipFile();
  const add = (name: string, content: string | Buffer, mode: number): void => {
    zip.addBuffer(Buffer.from(content), name, { mode: 0o100000 | mode, mtime: new Date(0) });
  };
  add('setup.sh', setupScript(archive === undefined), 0o755);
  add('run_autograder', runScript, 0o755);
  add('setting.json', asJson(setting), 0o600);
  if (archive !== undefined) {
    textOf(archive, '--package');
    add('scorecheck.tgz', readFileSync(archive), 0o644);
  }
  // An exercise of the course's own travels along; what only the instructor needs stays at home.
  if (isOwn(exercise)) {
    const own = await folderTree(exerciseFolder(exercise), classLimits);
    for (const { path: name, read } of own.files)
      if (!/^solution\./.test(name)) add(`course/exercises/${exercise}/${name}`, await read(), 0o600);
  }
  zip.end();
  const out = path.join(folder, 'autograder.zip');
  await writeWhole(out, await buffer(zip.outputStream));
  terminal.result(
    `${out} is the autograder of ${exercise}: upload it on Gradescope, Configure Autograder, with ${course.exercises[spec].points} points.\n` +
      'Submissions run in the container of Gradescope, where full isolation is mostly not to be had; the marks that count come from `scorecheck grade` on the export.',
  );
  return exitCodes.asClaimed;
}

async function runInside(folder: string, terminal: Terminal): Promise<ExitCode> {
  const setting = settingSchema.parse(JSON.parse(textOf(path.join(folder, 'source', 'setting.json'), 'setting.json')));
  const own = path.join(folder, 'source', 'course');
  if (existsSync(own)) useCourse(own);
  const facts = new Map([[setting.course.exercises[0].id, await exerciseFacts(setting.exercise)]]);
  const course = courseOf(setting.course, [], facts);
  const tree = await folderTree(path.join(folder, 'submission'), studentLimits);
  const found = await submissionsIn(
    { place: 'submission', people: [], submitted: null, ...tree },
    { exercises: [setting.exercise], languages: course.file.languages },
  );
  const results = path.join(folder, 'results', 'results.json');
  const [submission] = found.submissions;
  if (submission === undefined) {
    await writeWhole(
      results,
      asJson({ score: 0, output: found.problems.map(({ reason }) => reason).join('\n'), output_format: 'text' }),
    );
    return exitCodes.asClaimed;
  }
  const job = jobOf(
    submission,
    usersOf(textOf(path.join(folder, 'submission_metadata.json'), 'submission_metadata.json')),
    {
      keys: { seeds: Buffer.from(setting.key, 'hex'), ledger: Buffer.from(setting.key, 'hex') },
      setting: jobSettings(course, 'weak').get(setting.exercise)!,
    },
  ).job;
  await provisioned(terminal);
  await using bench = benchFor(terminal.env);
  const result = await gradeJob(job, await bench.with(job));
  const written = result.kind === 'graded' ? gradescopeResults(course.exercises[0], result.grade) : undefined;
  if (written === undefined) {
    terminal.note(result.kind === 'fault' ? result.message : 'A task has no score.');
    return exitCodes.failed;
  }
  await writeWhole(results, asJson(written));
  return exitCodes.asClaimed;
}

/** Who handed in, as Gradescope says; a group has one set of questions. */
function usersOf(text: string): string[] {
  const users = z.looseObject({ users: z.array(z.looseObject({ id: z.union([z.string(), z.number()]) })) });
  return users
    .parse(JSON.parse(text))
    .users.map(({ id }) => String(id))
    .sort();
}

const setupScript = (published: boolean): string => `#!/usr/bin/env bash
set -euo pipefail
apt-get update
apt-get install -y curl ca-certificates bubblewrap build-essential python3-pip python3-numpy
curl -fsSL https://deb.nodesource.com/setup_22.x | bash -
apt-get install -y nodejs
npm install --global ${published ? `scorecheck@${packageVersion()}` : '/autograder/source/scorecheck.tgz'}
scorecheck setup || echo 'The native backend could not be had: submissions run on WebAssembly.'
`;

const runScript = `#!/usr/bin/env bash
# No results.json is written where scorecheck itself fails: Gradescope shows that, and gives no score.
chmod -R go-rwx /autograder/source
exec scorecheck gradescope /autograder --run
`;
