import type { Bundle } from '../sandbox/bundle.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { questionsTo, type Respond } from './ask.js';
import { checkTask, type TaskFinding } from './check-task.js';
import type { Task } from './exercise.js';
import type { Draws } from './plans.js';

/** What was found about a task, and the process that it was found in, for more questions. */
export interface Judged {
  readonly finding: TaskFinding;
  readonly respond: Respond;
}

/** One submission whose tasks are judged in turn, each by itself. */
export interface TasksAlone extends AsyncDisposable {
  check(task: Task, draws: Draws): Promise<Judged>;
}

/**
 * Judges the tasks of a submission in one process, and a few of their questions again in a second one. A task that is not right after others were asked gets
 * a process of its own, and what it does there counts: so each task is judged by itself, whatever another one left behind, or used up, or ended.
 */
export function tasksAlone(sandbox: Pick<Sandbox, 'run'>, submission: Bundle): TasksAlone {
  const repeats = sandbox.run(submission);
  let run = sandbox.run(submission);
  let used = false;
  return {
    async check(task, draws) {
      const other = used;
      used = true;
      const finding = await checkTask(task, questionsTo(run), draws, questionsTo(repeats));
      if (!other || isRight(finding)) return { finding, respond: questionsTo(run) };
      await run[Symbol.asyncDispose]();
      run = sandbox.run(submission);
      await using once = sandbox.run(submission);
      return { finding: await checkTask(task, questionsTo(run), draws, questionsTo(once)), respond: questionsTo(run) };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([run, repeats].map((each) => each[Symbol.asyncDispose]()));
    },
  };
}

const isRight = ({ properties }: TaskFinding): boolean => properties.every(({ verdict }) => verdict !== 'fail');
