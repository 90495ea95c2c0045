import type { Command } from 'commander';
import type { GradeCommandOptions } from '../commands/grade.js';
import type { GradescopeCommandOptions } from '../commands/gradescope.js';
import type { MergeCommandOptions } from '../commands/merge.js';
import type { ReplayCommandOptions } from '../commands/replay.js';
import type { QueueCommandOptions } from '../commands/worker.js';
import type { ExitCode } from '../exit-code.js';
import { positive } from '../positive.js';
import type { Terminal } from '../terminal.js';

/** Adds the commands for a class to the program, and `course` to `new`; returns them. */
export function addClassCommands(
  program: Command,
  fresh: Command,
  { exit, terminal }: { readonly exit: (code: ExitCode) => void; readonly terminal: () => Terminal },
): Command[] {
  const newCourse = fresh
    .command('course')
    .description('make a folder for a course: course.yaml, a roster, and a secret for the questions')
    .argument('<dir>')
    .action(async (folder: string) => {
      const { newCourse: make } = await import('./new-course.js');
      exit(await make(folder, terminal()));
    });

  const grade = program
    .command('grade')
    .description('grade what a class handed in, and show which marks would change')
    .argument('<source>', 'a folder per student, or an export of a course system, as a folder or a zip')
    .requiredOption('--course <file>', 'course.yaml (`scorecheck new course DIR` writes an example)')
    .requiredOption('--out <dir>', 'folder of the class: its ledger, class.json and gradebooks')
    .option('--jobs <n>', 'submissions that are graded side by side (default: one per core)', positive)
    .option('--resume', 'go on with the run in --out; without such a run, stop')
    .option('--only <id...>', 'these students only')
    .option('--exercise <id...>', 'these exercises only; with one, its module needs no number')
    .option('--layout <name>', 'folders, gradescope, canvas, moodle or github, where it is not recognised')
    .option('--times <file>', 'CSV with id,submitted: when students handed in, where the export does not say')
    .option('--weak-isolation', 'grade also where submissions cannot be fully shut in')
    .option('--shard <i/n>', 'only the i-th of n parts; `scorecheck merge` puts them together')
    .option('--queue <url>', 'redis://host:port: `scorecheck worker` grades, here or on other machines')
    .option('--anonymous', 'class-anonymous.html as well: the page of the class without a name')
    .option('--publish', 'write the gradebooks, and remember the marks as published')
    .addHelpText('after', gradeExamples)
    .action(async (source: string, options: GradeCommandOptions) => {
      const { gradeCommand } = await import('../commands/grade.js');
      exit(await gradeCommand(source, options, terminal()));
    });

  const merge = program
    .command('merge')
    .description('put the results of several folders of a class together')
    .argument('<dirs...>', 'folders of `scorecheck grade --shard`')
    .requiredOption('--course <file>', 'course.yaml')
    .requiredOption('--out <dir>', 'folder of the class')
    .option('--anonymous', 'class-anonymous.html as well: the page of the class without a name')
    .option('--publish', 'write the gradebooks, and remember the marks as published')
    .action(async (from: readonly string[], options: MergeCommandOptions) => {
      const { mergeCommand } = await import('../commands/merge.js');
      exit(await mergeCommand(from, options, terminal()));
    });

  const replay = program
    .command('replay')
    .description('grade a submission of a class once more, with its questions shown')
    .argument('<dir>', 'folder of the class')
    .argument('<who>', 'a student, or the first 8 or more digits of a key in class.json')
    .requiredOption('--course <file>', 'course.yaml')
    .option('--exercise <id>', 'the exercise')
    .option('--task <name>', 'show this task only')
    .option('--json', 'print JSON')
    .action(async (folder: string, who: string, options: ReplayCommandOptions) => {
      const { replayCommand } = await import('../commands/replay.js');
      exit(await replayCommand(folder, who, options, terminal()));
    });

  const gradescope = program
    .command('gradescope')
    .description('build the autograder of an exercise for Gradescope: DIR/autograder.zip')
    .argument('<dir>')
    .option('--course <file>', 'course.yaml')
    .option('--exercise <id>', 'the exercise')
    .option('--package <file>', 'the package of scorecheck (npm pack), where it is not to come from the registry')
    .option('--run', 'inside of Gradescope: grade what lies in DIR, such as /autograder')
    .action(async (folder: string, options: GradescopeCommandOptions) => {
      const { gradescopeCommand } = await import('../commands/gradescope.js');
      exit(await gradescopeCommand(folder, options, terminal()));
    });

  const worker = program
    .command('worker')
    .description('take jobs of `scorecheck grade --queue` and grade them, until Ctrl-C')
    .requiredOption('--queue <url>', 'redis://host:port; user and password by SCORECHECK_REDIS_URL')
    .option('--jobs <n>', 'submissions that are graded side by side (default: one per core)', positive)
    .action(async (options: QueueCommandOptions) => {
      const { workerCommand } = await import('../commands/worker.js');
      exit(await workerCommand(options, terminal()));
    });

  const status = program
    .command('status')
    .description('show what is on a queue: jobs and workers')
    .requiredOption('--queue <url>', 'redis://host:port; user and password by SCORECHECK_REDIS_URL')
    .action(async (options: QueueCommandOptions) => {
      const { statusCommand } = await import('../commands/status.js');
      exit(await statusCommand(options, terminal()));
    });

  return [newCourse, grade, merge, replay, gradescope, worker, status];
}

const gradeExamples = `
Examples:
  scorecheck new course my-course
  scorecheck grade submissions/ --course my-course/course.yaml --out graded
  scorecheck grade export.zip --course my-course/course.yaml --out graded --exercise 04
  scorecheck grade submissions/ --course my-course/course.yaml --out graded --publish

What was graded before is not graded again, unless the submission, the exercise, the release or the limits changed.
Each run shows which marks differ from what is published; only --publish writes gradebooks.

Exit codes:
  0  done
  1  done, and something is for you to look at: a broken file, an unknown student, two hand-ins at once
  2  wrong use: the course file, the roster, the source or an option is not as it has to be
  3  some submissions have no score for trouble of scorecheck's own; the next run tries them again`;
