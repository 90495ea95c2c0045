import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { claims } from '../../claims/index.js';
import { editorSettings } from '../editor-settings.js';
import { exerciseNames } from '../exercise-folders.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { checkFolder } from '../output.js';
import { packageFolder } from '../package.js';
import type { Terminal } from '../terminal.js';

/** The options of `scorecheck new claim` and `scorecheck new exercise`. */
export interface NewInCourseOptions {
  readonly course: string;
}

const template = (...names: readonly string[]): string => path.join(packageFolder(), 'templates', ...names);

/** Begins a claim: `claims/ID.ts`, a claim that holds and has false variants. A file that is there stays as it is: wrong use. */
export async function newClaimCommand(
  id: string,
  { course }: NewInCourseOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    throw new WrongUse(`Expected an id of small letters, digits and hyphens, such as tempered-score; got "${id}".`);
  }
  if (claims.some((claim) => claim.id === id)) {
    throw new WrongUse(`Expected a new id, got "${id}", which scorecheck itself has. Choose another.`);
  }
  const file = path.join(course, 'claims', `${id}.ts`);
  await place(file, (await readFile(template('claim.ts'), 'utf8')).replaceAll('my-claim', id));
  await settings(course);
  terminal.result(
    [`${file} is a claim that holds: change it into yours.`, `  judge  npx scorecheck verify --course ${course}`].join(
      '\n',
    ),
  );
  return exitCodes.asClaimed;
}

/** Begins an exercise: `exercises/NN-id/` with texts, stub, solution and the staff's side, which works. */
export async function newExerciseCommand(
  name: string,
  { course }: NewInCourseOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const [, number, id] = /^(\d\d)-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(name) ?? [];
  if (id === undefined) {
    throw new WrongUse(`Expected two digits and an id, such as 51-tempered-score; got "${name}".`);
  }
  const taken = exerciseNames().find((each) => each.startsWith(`${number}-`) || each.slice(3) === id);
  if (taken !== undefined) throw new WrongUse(`Expected a new number and id, got "${name}": there is ${taken}.`);
  const folder = path.join(course, 'exercises', name);
  for (const file of ['README.md', 'README.zh-TW.md', 'submission.ts', 'solution.ts', 'exercise.ts']) {
    const text = await readFile(template('exercise', file), 'utf8');
    await place(
      path.join(folder, file),
      text
        .replaceAll('my-exercise', id)
        .replace("number: '51'", `number: '${number}'`)
        .replaceAll('51-', `${number}-`)
        .replace('# 51 ', `# ${number} `),
    );
  }
  await settings(course);
  terminal.result(
    [
      `${folder} is an exercise that works: change it into yours.`,
      `  try    npx scorecheck verify --course ${course}`,
      `  keep   exercise.ts and solution.ts from your students`,
    ].join('\n'),
  );
  return exitCodes.asClaimed;
}

async function place(file: string, text: string): Promise<void> {
  if (existsSync(file)) throw new WrongUse(`Expected no file ${file} yet, found one, and left it as it is.`);
  await checkFolder(path.dirname(file), '--course');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** TypeScript settings with which an editor finds `scorecheck/claim` and `scorecheck/exercise`; kept where there are some. */
async function settings(course: string): Promise<void> {
  const file = path.join(course, 'tsconfig.json');
  if (existsSync(file)) return;
  const types = (name: string): string => path.join(packageFolder(), 'dist', 'src', 'author', `${name}.d.ts`);
  const paths = { 'scorecheck/claim': types('claim'), 'scorecheck/exercise': types('exercise') };
  const include = ['claims', 'exercises/*/exercise.ts'];
  await writeFile(file, editorSettings(course, { target: 'ES2023', paths, include }));
}
