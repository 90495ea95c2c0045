import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pc from 'picocolors';
import type { Exercise } from '../../grade/exercise.js';
import type { Grade, TaskGrade } from '../../grade/result.js';
import { nearest } from '../../grade/nearest.js';
import { inLanguage, type Language } from '../../grade/texts.js';
import { camelCase } from '../../grade/spelling.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { again } from '../again.js';
import { exerciseNames, loadExercise, useCourse } from '../exercise-folders.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { WrongUse } from '../failure.js';
import { asJson, checkFile, checkFolder } from '../output.js';
import { packageVersion } from '../package.js';
import { provisioned } from '../provision.js';
import { foundPython, pythonText } from '../python.js';
import { submissionsAt, type Found } from '../submissions.js';
import { languageOf } from '../language.js';
import type { Terminal } from '../terminal.js';
import { roundedOrNone as points } from '../../report/points.js';
import { unreadable } from '../unreadable.js';
import { checkWriteUp, isWriteUp } from './write-up.js';
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
  readonly course?: string;
}

/**
 * Checks a student's own submission in a sandbox; 1 where something failed, 2 where a file is no program, 3 where scorecheck failed. With --watch it
 * does so at every change, and Ctrl-C ends it with the code of the last check.
 */
export async function checkCommand(given: string, options: CheckCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const language = languageOf(options.lang);
  const text = inLanguage(language);
  if (options.course !== undefined) useCourse(options.course);
  const found = submissionsAt(given, options.exercise, language);
  if (isWriteUp(found[0].file)) return await checkWriteUp(found[0], options, language, terminal);
  if (options.out !== undefined) await checkFolder(options.out, '--out');
  if (options.json !== undefined && options.json !== '-') await checkFile(options.json, '--json');
  const task = options.task === undefined ? undefined : camelCase(options.task);
  const chosen = await chosenExercises(found, task, language);
  const inPython = found.filter(({ file }) => path.extname(file) === '.py');
  const python = inPython.length > 0 ? await foundPython(terminal.env) : undefined;
  if (inPython.length < found.length) await provisioned(terminal);
  const { openSandbox } = await import('../../sandbox/sandbox.js');
  await using sandbox = await openSandbox({
    env: terminal.env,
    isolation: 'best',
    warm: 2,
    libraries: [
      ...(inPython.length < found.length ? ['tensorflow' as const] : []),
      ...(python ? ['numpy' as const] : []),
    ],
    ...(python === undefined ? {} : { python }),
  });
  const { level, reason, remedy } = sandbox.isolation;
  const isolation =
    level === 'full'
      ? text('full (bubblewrap)', '完整（bubblewrap）')
      : text(
          `weak: ${reason ?? ''} ${remedy ?? ''}`,
          '較弱：這台機器沒有完整的隔離。`scorecheck doctor` 會說明原因和做法。',
        );
  if (python !== undefined) terminal.note(`${text('python    ', 'Python')} ${pythonText(python, language)}`);
  terminal.note(`${text('isolation ', '隔離')} ${isolation}\n${text('seed      ', '種子')} ${options.seed}`);
  const once = async (read: (files: readonly string[]) => void): Promise<ExitCode> => {
    const grades: Grade[] = [];
    const unreadable: WrongUse[] = [];
    for (const { submission, exercise } of chosen) {
      const made = await checkOne(given, submission, exercise, { sandbox, options, task, language, terminal, read });
      if (!(made instanceof WrongUse)) grades.push(made);
      else if (chosen.length === 1) throw made;
      else {
        unreadable.push(made);
        terminal.note(pc.red(made.message));
      }
    }
    await hand(grades, options, terminal, language);
    return unreadable.length > 0 ? exitCodes.wrongUse : exitCodeOf(grades);
  };
  if (options.watch !== true) return await once(() => undefined);
  return await again(
    once,
    found.map(({ file }) => file),
    { terminal, language },
  );
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
  /** The one task that is asked for, by its name in the contract. */
  readonly task: string | undefined;
  readonly language: Language;
  readonly terminal: Terminal;
  /** Told which files of the student the submission is made of. */
  readonly read: (files: readonly string[]) => void;
}

/** The grade of one submission, or why there is no program to grade. */
async function checkOne(
  given: string,
  { file, root }: Found,
  exercise: Exercise,
  { sandbox, options, task: only, language, terminal, read }: Around,
): Promise<Grade | WrongUse> {
  const text = inLanguage(language);
  const [{ bundle }, { grade }] = await Promise.all([
    import('../../sandbox/bundle.js'),
    import('../../grade/grade.js'),
  ]);
  const bundled = await bundle(file, root);
  if (bundled.kind === 'problems') {
    return new WrongUse(unreadable(file, bundled, language));
  }
  read(bundled.files.map((each) => path.join(root, each)));
  if (readFileSync(file, 'utf8').trim() === '') {
    const empty = path.relative('', file);
    return new WrongUse(
      text(
        `Expected a module with functions, found nothing in ${empty}. Was it saved? \`scorecheck new\` makes one with stubs.`,
        `${empty} 是空的，應該是有函式的模組。存檔了嗎？\`scorecheck new\` 會建立一個範本。`,
      ),
    );
  }
  terminal.note(pc.bold(`${exercise.number} ${exercise.title[language]}`));
  const types = typeErrors(file, language);
  const graded = await grade(exercise, bundled, {
    sandbox,
    options: {
      version: packageVersion(),
      seed: options.seed,
      language,
      show: true,
      ...(only === undefined ? {} : { tasks: [only] }),
      again: (task) =>
        `npx scorecheck check ${quoted(given)} --exercise ${exercise.id} --task ${task} --seed ${options.seed}${language === 'en' ? '' : ` --lang ${language}`}`,
      progress: ({ task, grade: done }) => {
        if (done === undefined) return;
        terminal.note(
          `  ${mark(done)} ${done.function ?? task}  ${points(done.points)} ${text('of', '/')} ${points(done.maxPoints)}`,
        );
      },
    },
  });
  return { ...graded, warnings: await types };
}

const mark = ({ verdict }: TaskGrade): string =>
  ({ pass: pc.green('✓'), fail: pc.red('✗'), undecided: pc.yellow('?'), fault: pc.yellow('!') })[verdict];

/** As a shell takes it for one word. */
const quoted = (word: string): string => (/^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

async function chosenExercises(
  found: readonly Found[],
  task: string | undefined,
  language: Language,
): Promise<{ submission: Found; exercise: Exercise }[]> {
  const all = await Promise.all(
    found.map(async (submission) => ({ submission, exercise: await loadExercise(submission.exercise) })),
  );
  if (task === undefined) return all;
  const chosen = all.filter(({ exercise }) => exercise.tasks.some(({ name }) => name === task));
  if (chosen.length > 0) return chosen;
  const names = all.flatMap(({ exercise }) => exercise.tasks.map(({ name }) => name));
  const near = nearest(task, names);
  const of = found.map(({ exercise }) => exercise).join(', ');
  const [en, zh] =
    near.length === 0
      ? [`There are ${names.join(', ')}.`, `現有的題目：${names.join('、')}。`]
      : [`Did you mean ${near.join(' or ')}?`, `你是不是要打 ${near.join(' 或 ')}？`];
  throw new WrongUse(
    inLanguage(language)(`Expected a task of ${of}, got "${task}". ${en}`, `${of} 沒有「${task}」這一題。${zh}`),
  );
}

async function hand(
  grades: readonly Grade[],
  options: CheckCommandOptions,
  { result, note }: Terminal,
  language: Language,
): Promise<void> {
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
    note(inLanguage(language)(`Report: ${path.relative('', file)}`, `報告：${path.relative('', file)}`));
  }
}
