import { watch } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pc from 'picocolors';
import type { Exercise } from '../../grade/exercise.js';
import type { Grade, TaskGrade } from '../../grade/result.js';
import { languages, type Language } from '../../grade/texts.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { exerciseNames, loadExercise } from '../exercise-folders.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { asJson, checkFile, checkFolder } from '../output.js';
import { packageVersion } from '../package.js';
import { provisioned } from '../provision.js';
import { submissionsAt, type Found } from '../submissions.js';
import { nearest } from '../suggest.js';
import type { Terminal } from '../terminal.js';
import { typeErrors } from '../type-errors.js';

/** The options of `scorecheck check` as commander hands them over. */
export interface CheckCommandOptions {
  readonly exercise?: string;
  readonly task?: string;
  readonly seed: number;
  readonly watch?: boolean;
  readonly lang: string;
  readonly json?: string;
  readonly out?: string;
}

/** Checks a student's own submission in a sandbox; 1 where something failed, 3 where scorecheck did. */
export async function checkCommand(given: string, options: CheckCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const language = languageOf(options.lang);
  const found = submissionsAt(given, options.exercise);
  if (options.out !== undefined) await checkFolder(options.out, '--out');
  if (options.json !== undefined && options.json !== '-') await checkFile(options.json, '--json');
  const chosen = await chosenExercises(found, options.task);
  await provisioned(terminal);
  const { openSandbox } = await import('../../sandbox/sandbox.js');
  await using sandbox = await openSandbox({ env: terminal.env, isolation: 'best', warm: 1 });
  const { level, reason, remedy } = sandbox.isolation;
  terminal.note(
    `isolation  ${level === 'full' ? 'full (bubblewrap)' : `weak: ${reason ?? ''} ${remedy ?? ''}`}\nseed       ${options.seed}`,
  );
  const once = async (): Promise<ExitCode> => {
    const grades: Grade[] = [];
    for (const { submission, exercise } of chosen) {
      grades.push(await checkOne(given, submission, exercise, { sandbox, options, language, terminal }));
    }
    await hand(grades, options, terminal);
    return exitCodeOf(grades);
  };
  if (options.watch !== true) return await once();
  await again(once, found, terminal);
  return exitCodes.asClaimed;
}

/** The exit code of several grades: trouble of ours comes before a failure. */
export function exitCodeOf(grades: readonly Grade[]): ExitCode {
  const verdicts = grades.flatMap(({ tasks }) => tasks.map(({ verdict }) => verdict));
  if (verdicts.includes('fault')) return exitCodes.failed;
  return verdicts.includes('fail') ? exitCodes.notAsClaimed : exitCodes.asClaimed;
}

interface Around {
  readonly sandbox: Sandbox;
  readonly options: CheckCommandOptions;
  readonly language: Language;
  readonly terminal: Terminal;
}

async function checkOne(
  given: string,
  { file, root }: Found,
  exercise: Exercise,
  { sandbox, options, language, terminal }: Around,
): Promise<Grade> {
  const [{ bundle }, { grade }] = await Promise.all([
    import('../../sandbox/bundle.js'),
    import('../../grade/grade.js'),
  ]);
  const bundled = await bundle(file, root);
  if (bundled.kind === 'problems') {
    const [{ message, place }] = bundled.problems;
    const where = place === undefined ? path.relative('', file) : `${place.file}:${place.line}:${place.column}`;
    throw new WrongUse(
      `Expected a module that can be read, got an error at ${where}: ${message}${place === undefined ? '' : `\n  ${place.text}`}`,
    );
  }
  terminal.note(pc.bold(`${exercise.number} ${exercise.title[language]}`));
  const types = typeErrors(file);
  const graded = await grade(exercise, bundled, {
    sandbox,
    options: {
      version: packageVersion(),
      seed: options.seed,
      language,
      show: true,
      ...(options.task === undefined ? {} : { tasks: [options.task] }),
      again: (task) => `npx scorecheck check ${given} --exercise ${exercise.id} --task ${task} --seed ${options.seed}`,
      progress: ({ task, grade: done }) => {
        if (done === undefined) return;
        terminal.note(`  ${mark(done)} ${task}  ${points(done.points)} of ${points(done.maxPoints)}`);
      },
    },
  });
  return { ...graded, warnings: await types };
}

const mark = ({ verdict }: TaskGrade): string =>
  ({ pass: pc.green('✓'), fail: pc.red('✗'), undecided: pc.yellow('?'), fault: pc.yellow('!') })[verdict];

const points = (value: number | null): string => (value === null ? '-' : String(Math.round(100 * value) / 100));

async function chosenExercises(
  found: readonly Found[],
  task: string | undefined,
): Promise<{ submission: Found; exercise: Exercise }[]> {
  const all = await Promise.all(
    found.map(async (submission) => ({ submission, exercise: await loadExercise(submission.exercise) })),
  );
  if (task === undefined) return all;
  const chosen = all.filter(({ exercise }) => exercise.tasks.some(({ name }) => name === task));
  if (chosen.length > 0) return chosen;
  const names = all.flatMap(({ exercise }) => exercise.tasks.map(({ name }) => name));
  const near = nearest(task, names);
  throw new WrongUse(
    `Expected a task of ${found.map(({ exercise }) => exercise).join(', ')}, got "${task}".` +
      ` ${near.length === 0 ? `There are ${names.join(', ')}.` : `Did you mean ${near.join(' or ')}?`}`,
  );
}

function languageOf(given: string): Language {
  const found = languages.find((each) => each.toLowerCase() === given.toLowerCase());
  if (found === undefined) throw new WrongUse(`Expected --lang ${languages.join(' or ')}, got "${given}".`);
  return found;
}

async function hand(grades: readonly Grade[], options: CheckCommandOptions, { result, note }: Terminal): Promise<void> {
  const { gradeText, gradeMarkdown } = await import('../../report/grade-text.js');
  const text = grades.map((each) => gradeText(each)).join('\n');
  const toStdout = options.json === '-';
  (toStdout ? note : result)(text);
  const json = grades.length === 1 ? grades[0] : grades;
  if (toStdout) result(asJson(json));
  else if (options.json !== undefined) await writeFile(options.json, asJson(json));
  if (options.out === undefined) return;
  for (const each of grades) {
    const name = exerciseNames().find((folder) => folder.slice(3) === each.exercise) ?? each.exercise;
    const file = path.join(options.out, `${name}.md`);
    await writeFile(file, gradeMarkdown(each));
    note(`Report: ${path.relative('', file)}`);
  }
}

/** Checks again whenever a file of a submission changes, until Ctrl-C. */
async function again(once: () => Promise<ExitCode>, found: readonly Found[], terminal: Terminal): Promise<void> {
  let changed: () => void = () => undefined;
  const watchers = [...new Set(found.map(({ root }) => root))].map((root) =>
    watch(root, { recursive: true }, () => {
      changed();
    }),
  );
  const stop = new Promise<'stop'>((resolve) => process.once('SIGINT', () => resolve('stop')));
  try {
    for (;;) {
      const next = new Promise<'changed'>((resolve) => (changed = () => resolve('changed')));
      await once().catch((error: unknown) => {
        // A file that is being edited may not be a program for a moment.
        if (!(error instanceof WrongUse)) throw error;
        terminal.note(error.message);
      });
      terminal.note(pc.dim('Waiting for a change; Ctrl-C ends.'));
      if ((await Promise.race([next, stop])) === 'stop') return;
      // An editor writes a file in several steps.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    for (const each of watchers) each.close();
  }
}
