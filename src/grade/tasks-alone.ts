import type { Bundle } from '../sandbox/bundle.js';
import type { Answer } from '../sandbox/question.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { questionsTo, type Respond } from './ask.js';
import { checkTask, type TaskFinding } from './check-task.js';
import type { Task } from './exercise.js';
import { mistakesThatExplain } from './explain.js';
import { keyOf, type Draws } from './draws.js';
import { plansOf } from './plans.js';
import { askable, withUnchecked } from './unchecked.js';

/** A task and what leads to its questions. */
export interface Drawn {
  readonly task: Task;
  readonly draws: Draws;
}

/** What was found about a task, and the process that it was found in, for more questions. */
export interface Judged {
  readonly finding: TaskFinding;
  readonly respond: Respond;
}

/** One submission whose tasks are judged in turn, each by itself. */
export interface TasksAlone extends AsyncDisposable {
  /** Judges one of the tasks that were given, in their order. */
  check(drawn: Drawn): Promise<Judged>;
}

/**
 * Judges the tasks of a submission in one process. Before anything else a few questions of each are put that come again later, those of the last task first: an answer
 * that leans on what was asked before is another one then. A task that is not right after others were asked gets a process of its own, and what it
 * does there counts: so each task is judged by itself, whatever another one left behind, or used up, or ended.
 */
export function tasksAlone(sandbox: Pick<Sandbox, 'run'>, submission: Bundle, tasks: readonly Drawn[]): TasksAlone {
  const { library } = submission;
  const asked = new Map(tasks.map((drawn) => [drawn, { ...drawn, task: askable(drawn.task, library) }]));
  let run = sandbox.run(submission);
  let over = false;
  const first = askedFirst(questionsTo(run), [...asked.values()].reverse(), () => over);
  // Trouble of ours is told to whoever waits for the answers.
  first.catch(() => undefined);
  let used = tasks.length > 1;
  const fresh = async (): Promise<void> => {
    await run[Symbol.asyncDispose]();
    run = sandbox.run(submission);
    used = false;
  };
  return {
    async check(drawn) {
      const asks = asked.get(drawn) ?? drawn;
      const { task, draws } = asks;
      const earlier = (await first).get(asks) ?? [];
      const judged = (finding: TaskFinding): Judged => ({
        finding: withUnchecked(drawn.task, finding),
        respond: questionsTo(run),
      });
      const alone = async (): Promise<Judged> => {
        await fresh();
        used = true;
        return judged(await checkTask(task, questionsTo(run), draws));
      };
      // To train twice would take twice the time, and so would a loop: both have a process of their own from the start.
      if (used && (trains(task) || earlier.at(-1)?.kind === 'stopped')) return alone();
      const other = used;
      used = true;
      const finding = await checkTask(task, questionsTo(run), draws, earlier);
      return !other || isRight(finding) || isKnown(task, finding) ? judged(finding) : alone();
    },
    async [Symbol.asyncDispose]() {
      over = true;
      await run[Symbol.asyncDispose]();
      await first.catch(() => undefined);
      await run[Symbol.asyncDispose]();
    },
  };
}

/** A task whose answer is a function that takes its time to make. */
const trains = ({ trial, applied }: Task): boolean => trial !== undefined && applied !== undefined;

const isRight = ({ properties }: TaskFinding): boolean => properties.every(({ verdict }) => verdict !== 'fail');

/** A known mistake explains every answer, and nothing else is wrong: no other task is to blame for it. */
const isKnown = (task: Task, { compared, observed, unstable }: TaskFinding): boolean =>
  !unstable &&
  observed.length === 0 &&
  compared.every(({ fault }) => fault === undefined || fault.kind === 'value') &&
  mistakesThatExplain(task, compared).length > 0;

/** Puts the questions that come again, task by task, until it is over; a task ends with the answer that ended the process. */
async function askedFirst(
  respond: Respond,
  tasks: readonly Drawn[],
  over: () => boolean,
): Promise<ReadonlyMap<Drawn, readonly Answer[]>> {
  const answers = new Map<Drawn, readonly Answer[]>();
  for (const drawn of tasks) {
    const { task, draws } = drawn;
    const found: Answer[] = [];
    for (const { case: c } of plansOf(task, draws).filter(({ again }) => again === true)) {
      if (over() || found.at(-1)?.kind === 'stopped') break;
      const key = keyOf(draws, 'again', String(found.length));
      found.push(await respond(task, c, { key, gradient: false, record: false }));
    }
    answers.set(drawn, found);
  }
  return answers;
}
