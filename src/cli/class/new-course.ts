import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exerciseNames } from '../exercise-folders.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { checkFolder } from '../output.js';
import type { Terminal } from '../terminal.js';

/** Writes an example of a course into a folder: course.yaml, a roster, and a secret that git does not see. Files that are there stay as they are. */
export async function newCourse(folder: string, terminal: Terminal): Promise<ExitCode> {
  await checkFolder(folder, 'DIR');
  const files: [string, string, number][] = [
    ['course.yaml', exampleCourse(), 0o644],
    [
      'roster.csv',
      'id,name,email,canvas_id,github\nb12901001,Wang Mei,mei@example.edu,1001,wangmei\nb12901002,Lin Hao,hao@example.edu,1002,linhao\n',
      0o600,
    ],
    ['secret.key', `${randomBytes(32).toString('base64')}\n`, 0o600],
    ['.gitignore', 'secret.key\nroster.csv\ngraded/\n', 0o644],
  ];
  await mkdir(folder, { recursive: true });
  const kept: string[] = [];
  for (const [name, text, mode] of files) {
    const file = path.join(folder, name);
    if (existsSync(file)) kept.push(name);
    else await writeFile(file, text, { mode });
  }
  if (kept.length > 0) terminal.note(`Left as they are: ${kept.join(', ')}`);
  terminal.result(
    [
      `${folder} holds a course.`,
      `  edit   ${path.join(folder, 'course.yaml')} and ${path.join(folder, 'roster.csv')}`,
      `  keep   ${path.join(folder, 'secret.key')}: the questions are drawn from it, so it is for nobody else`,
      `  grade  npx scorecheck grade SOURCE --course ${path.join(folder, 'course.yaml')} --out ${path.join(folder, 'graded')}`,
    ].join('\n'),
  );
  return exitCodes.asClaimed;
}

/** The example; every setting of the schema is in it or named in a comment. */
export const exampleCourse =
  (): string => `# yaml-language-server: $schema=node_modules/scorecheck/schema/course.schema.json
name: Score-based generative models
language: en            # of what students read: en or zh-TW
timezone: Asia/Taipei
roster: roster.csv      # columns id,name and, as needed, email,canvas_id,sis_id,login,section,gradescope_sid,moodle_id,github
secret:
  file: secret.key      # or env: NAME_OF_A_VARIABLE; never the secret itself
feedback: verdicts      # questions: students see the questions that they failed on
missing: blank          # zero: who hands in nothing gets 0; blank: nothing is written
late:                   # or accept, or refuse
  percent: 10
  per: day              # hour, day or week
  of: reached           # of the points reached, or possible
  grace: 15m
  until: 3d
attempts:
  count: last           # the last one before the deadline; or first, or best
limits:
  submissionMinutes: 10 # also questionSeconds, cpuSeconds, memoryMegabytes
exercises:
${exerciseNames()
  .slice(0, 3)
  .map(
    (name, i) => `  - id: ${name}\n    points: 10\n    deadline: 2026-12-${String(4 + 7 * i).padStart(2, '0')} 23:59\n`,
  )
  .join(
    '',
  )}# also: weight, late, attempts, tasks (points per task), canvas (title of the column), moodle (the grading worksheet)
groups: {}              # team-1: [b12901001, b12901002]
excused: []             # - { student: b12901001, exercise: "01", reason: ill }
extensions: []          # - { student: b12901002, exercise: "01", deadline: 2026-12-06 23:59 }
`;
