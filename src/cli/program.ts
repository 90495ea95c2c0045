import { Command, InvalidArgumentError } from 'commander';
import { addClassCommands } from './class/commands.js';
import { exitCodeHelp, type ExitCode } from './exit-code.js';
import { addPrintOptions, type PrintOptions } from './output.js';
import { packageVersion } from './package.js';
import { positive } from './positive.js';
import { processTerminal } from './terminal.js';
import type { CheckCommandOptions } from './commands/check.js';
import type { NewCommandOptions } from './commands/new.js';
import type { NewInCourseOptions } from './commands/new-in-course.js';
import type { NotesCommandOptions } from './commands/notes.js';
import type { VerifyCommandOptions } from './commands/verify.js';

/** Arbitrary and fixed, so that two runs say the same; printed in the head of each. */
const defaultSeed = 7;

// Each command is loaded when it runs: help is instant, and what needs no TensorFlow.js does not load it.

/** The command line of scorecheck; `exit` is told the code of the command that ran. */
export function newProgram(exit: (code: ExitCode) => void): Command {
  const program = new Command('scorecheck')
    .description(
      'Checks what a course on score matching and diffusion models claims, and grades what its students hand in.',
    )
    .version(packageVersion())
    .option('--verbose', 'print the commands that are run, and the stack of an unexpected error')
    .addHelpText('after', `${examples}\n${exitCodeHelp}\n${environment}`)
    .showHelpAfterError('`scorecheck --help` shows commands and examples.')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  const terminal = () => processTerminal({ verbose: isVerbose(program) });

  const verify = program
    .command('verify')
    .description('verify the claims of the course and write a report')
    .option('--claim <id...>', 'only these claims (`scorecheck claims` lists them)')
    .option('--seed <n>', 'seed of all random draws', seed, defaultSeed)
    .option(
      '--quick',
      'fewer draws and images, each false variant in one setting: looks for larger effects in less time',
    )
    .option(
      '--train',
      'first train a small score network on the digits (a minute, kept in the cache), and judge it too',
    )
    .option('--course <dir>', 'your own claims and exercises: DIR/claims/*.ts, DIR/exercises/NN-id')
    .option('--jobs <n>', 'processes that work side by side (default: one per core, at most 4)', positive)
    .option('--out <dir>', 'folder of the report: theory.md, theory.html, theory.json (default: reports)')
    .option('--format <list>', 'which of the report: md,html,json (default: all)')
    .option(
      '--json <file>',
      'the JSON alone to FILE, - for standard output; no report unless --out or --format is given',
    )
    .addHelpText('after', `${verifyExamples}\n${exitCodeHelp}`)
    .action(async (options: VerifyCommandOptions) => {
      const { verifyCommand } = await import('./commands/verify.js');
      exit(await verifyCommand(options, terminal()));
    });

  const claims = addPrintOptions(program.command('claims').description('list the claims'))
    .addHelpText('after', claimsExamples)
    .action(async (options: PrintOptions) => {
      const { claimsCommand } = await import('./commands/claims.js');
      exit(await claimsCommand(options, terminal()));
    });
  const show = addPrintOptions(
    claims.command('show').description('show one: statement, assumptions, settings, false variants').argument('<id>'),
  ).action(async (id: string, _options: PrintOptions, command: Command) => {
    const { showClaimCommand } = await import('./commands/claims.js');
    // commander gives the options that `claims` has as well to it, wherever they stand.
    exit(await showClaimCommand(id, command.optsWithGlobals<PrintOptions>(), terminal()));
  });

  const check = program
    .command('check')
    .description('check your own submission: which task is right, where it is wrong, and by which mistake')
    .argument('<path>', 'a module (TypeScript, JavaScript or Python), or a folder with NN-*.ts or NN-*/submission.ts')
    .option('--exercise <id>', 'the exercise, where the name of the file does not tell it')
    .option('--task <name>', 'this task only')
    .option('--seed <n>', 'seed of all questions to code (a write-up has none)', seed, defaultSeed)
    .option('--watch', 'check again whenever a file changes')
    .option('--lang <language>', 'en or zh-TW', 'en')
    .option('--json <file>', 'the result as JSON to FILE, - for standard output')
    .option('--course <dir>', 'the folder of a course with exercises of its own')
    .option('--out <dir>', 'folder for a report in Markdown')
    .addHelpText('after', checkExamples)
    .action(async (given: string, options: CheckCommandOptions) => {
      const { checkCommand } = await import('./commands/check.js');
      exit(await checkCommand(given, options, terminal()));
    });

  const fresh = program
    .command('new')
    .description('make a folder to work in: texts, stubs and settings for an editor')
    .argument('<dir>')
    .option('--exercise <id>', 'this exercise only')
    .option('--python', 'stubs in Python (numpy or torch) in place of TypeScript')
    .option('--lang <language>', 'en or zh-TW: language of what is printed', 'en')
    .action(async (folder: string, options: NewCommandOptions) => {
      const { newCommand } = await import('./commands/new.js');
      exit(await newCommand(folder, options, terminal()));
    });

  const freshClaim = fresh
    .command('claim')
    .description('begin a claim of your own in DIR/claims: one that holds, to be changed into yours')
    .argument('<id>', 'its id, such as tempered-score')
    .option('--course <dir>', 'the folder of your course', '.')
    .action(async (id: string, options: NewInCourseOptions) => {
      const { newClaimCommand } = await import('./commands/new-in-course.js');
      exit(await newClaimCommand(id, options, terminal()));
    });
  const freshExercise = fresh
    .command('exercise')
    .description('begin an exercise of your own in DIR/exercises: one that works, to be changed into yours')
    .argument('<name>', 'its number and id, such as 51-tempered-score')
    .option('--course <dir>', 'the folder of your course', '.')
    .action(async (name: string, options: NewInCourseOptions) => {
      const { newExerciseCommand } = await import('./commands/new-in-course.js');
      exit(await newExerciseCommand(name, options, terminal()));
    });

  const ofClass = addClassCommands(program, fresh, { exit, terminal });

  const notes = program
    .command('notes')
    .description('judge every equation of notes in Markdown or LaTeX, and say how to mend the false ones')
    .argument('[files...]', 'files, or folders with .md, .tex and .txt files')
    .option('--format <format>', 'terminal, md, html, json, sarif, junit or github', 'terminal')
    .option('--out <file>', 'write to FILE; - is standard output', '-')
    .option('--min-coverage <percent>', 'fail where fewer of the links could be decided', percent)
    .option('--fix', 'write the suggested changes into the files')
    .option('--explain <file:line>', 'show how the equations of a line were read: symbols, instances, values')
    .option('--watch', 'again at every change of the files')
    .addHelpText('after', notesExamples)
    .action(async (files: readonly string[], options: NotesCommandOptions) => {
      const { notesCommand } = await import('./commands/notes.js');
      exit(await notesCommand(files, options, terminal()));
    });

  const setup = addPrintOptions(
    program.command('setup').description('install the native backend of TensorFlow.js into your cache folder, once'),
  ).action(async (options: PrintOptions) => {
    const { setupCommand } = await import('./commands/setup.js');
    exit(await setupCommand(options, terminal()));
  });

  const doctor = addPrintOptions(
    program
      .command('doctor')
      .description('show backend, versions, cores, data, isolation, and what to do about warnings'),
  ).action(async (options: PrintOptions) => {
    const { doctorCommand } = await import('./commands/doctor.js');
    exit(await doctorCommand(options, terminal()));
  });

  const data = program.command('data').description('data sets');
  const mnist = addPrintOptions(
    data.command('mnist').description('download MNIST into your cache folder and check its digests'),
  ).action(async (options: PrintOptions) => {
    const { dataMnistCommand } = await import('./commands/data-mnist.js');
    exit(await dataMnistCommand(options, terminal()));
  });

  for (const command of [
    verify,
    claims,
    show,
    notes,
    check,
    fresh,
    freshClaim,
    freshExercise,
    setup,
    doctor,
    data,
    mnist,
    ...ofClass,
  ])
    command.copyInheritedSettings(program);
  return program;
}

/** Asked of the program, since the option may stand before or after the command. */
export const isVerbose = (program: Command): boolean =>
  program.opts<{ verbose?: true }>().verbose === true || (process.env['SCORECHECK_DEBUG'] ?? '') !== '';

function seed(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError(`Expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`);
}

function percent(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 100) return value;
  throw new InvalidArgumentError('Expected a number from 0 to 100.');
}

const examples = `
Examples:
  scorecheck verify                           all claims; the report goes to reports/
  scorecheck verify --quick --claim dsm-target tweedie
  scorecheck claims show esm-equals-ism
  scorecheck check homework/04-denoising-score-matching
  scorecheck notes week7.md
  scorecheck grade submissions/ --course course.yaml --out graded
  scorecheck doctor`;

const verifyExamples = `
Examples:
  scorecheck verify --out theory-2025
  scorecheck verify --claim esm-equals-ism --seed 11
  scorecheck verify --course my-course        your own claims and exercises, and nothing else
  scorecheck verify --quick --json - | jq .summary`;

const checkExamples = `
Examples:
  scorecheck new homework
  scorecheck check homework/04-denoising-score-matching
  scorecheck check homework --watch --lang zh-TW
  scorecheck check dsm.ts --exercise 04 --task dsmTarget --seed 11
  scorecheck check solution.py

Exit codes:
  0  every task is right, or undecided: that never counts against you
  1  a task is wrong
  2  wrong use: no such file or exercise, or a file that is no program
  3  scorecheck itself failed: there is no score
With --watch, Ctrl-C ends with the code of the last check.`;

const notesExamples = `
Examples:
  scorecheck notes week7.md
  scorecheck notes notes/ --format html --out notes.html
  scorecheck notes --explain week7.md:59
  scorecheck notes week7.md --fix

Exit codes:
  0  no equation is in error
  1  an equation is false or ill-formed, or fewer were decided than --min-coverage asks
  2  wrong use: a file that is not there, an unknown format
  3  scorecheck itself failed`;

const claimsExamples = `
Examples:
  scorecheck claims
  scorecheck claims show esm-equals-ism
  scorecheck claims --json claims.json`;

const environment = `
Environment:
  MNIST_DIR           folder with the four files of MNIST, plain or gzipped
  SCORECHECK_BACKEND  native or wasm: force a backend of TensorFlow.js
  SCORECHECK_COURSE   folder of a course with exercises of its own, as --course of check
  SCORECHECK_CACHE    folder for the native backend and data sets
  SCORECHECK_TENSORFLOW_WHEEL  a wheel to take the TensorFlow libraries from: FILE or URL
  SCORECHECK_REDIS_URL  address of a queue with user and password, for --queue without them
  SCORECHECK_DEBUG    1: as --verbose
  SCORECHECK_PYTHON   the python3 (with numpy) that runs submissions in Python
  NO_COLOR            1: no colours`;
