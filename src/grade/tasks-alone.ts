import { setImmediate as turn } from 'node:timers/promises';
import type { Bundle } from '../sandbox/bundle.js';
import { keepsNothing } from '../sandbox/keeps-nothing.js';
import type { Answer } from '../sandbox/question.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { withoutFunction } from './absent.js';
import { absence, questionsTo, type Respond, type Submission } from './ask.js';
import { checkTask, type TaskFinding } from './check-task.js';
import type { Compared } from './compare.js';
import type { Task } from './exercise.js';
import { mistakesThatExplain } from './explain.js';
import { keyOf, type Draws } from './draws.js';
import { isOpen } from './messages.js';
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
 * Judges the tasks of a submission in one process. Before anything else each function is looked for, and then a few questions of each are put that come again later,
 * those of the last task first: an answer that leans on what was asked before is another one then. A task that is not right after others were asked gets a process of its
 * own, and what it does there counts: so each task is judged by itself, whatever another one left behind, or used up, or ended. It needs none where no other task can be to
 * blame: a function that was not there before any other was called, one that says itself that it is still open, an answer that a known mistake explains, and, as long as
 * every call ended in order, a submission that can keep nothing from call to call.
 */
export function tasksAlone(sandbox: Pick<Sandbox, 'run'>, submission: Bundle, tasks: readonly Drawn[]): TasksAlone {
  const { library } = submission;
  const asked = new Map(tasks.map((drawn) => [drawn, { ...drawn, task: askable(drawn.task, library) }]));
  let run = sandbox.run(submission);
  let over = false;
  const first = askedFirst(run, [...asked.values()].reverse(), () => over);
  // Trouble of ours is told to whoever waits for the answers.
  first.catch(() => undefined);
  let used = tasks.length > 1;
  let inOrder = true;
  const fresh = async (): Promise<void> => {
    await run[Symbol.asyncDispose]();
    run = sandbox.run(submission);
    used = false;
  };
  return {
    async check(drawn) {
      const asks = asked.get(drawn) ?? drawn;
      const { task, draws } = asks;
      const known = await first;
      const { absent, earlier } = known.get(asks) ?? { absent: undefined, earlier: [] };
      const judged = (finding: TaskFinding): Judged => ({
        finding: withUnchecked(drawn.task, finding),
        respond: questionsTo(run),
      });
      const alone = async (): Promise<Judged> => {
        await fresh();
        used = true;
        return judged(await checkTask(task, questionsTo(run), draws));
      };
      if (absent !== undefined) return judged(withoutFunction(task, absent));
      // To train twice would take twice the time, and so would a loop: both have a process of their own from the start.
      if (used && (trains(task) || earlier.at(-1)?.kind === 'stopped')) return alone();
      const other = used;
      used = true;
      const finding = await checkTask(task, questionsTo(run), draws, earlier);
      inOrder &&= finding.compared.every(isInOrder) && [...known.values()].every(beganInOrder);
      const itsOwn = !other || isRight(finding) || isKnown(task, finding);
      return itsOwn || (inOrder && !finding.unstable && (await keepsNothing(submission))) ? judged(finding) : alone();
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

/** Answers after which a process is as it was before: an exception may leave TensorFlow.js in the middle of something. */
const isInOrder = ({ fault }: Compared): boolean => fault?.kind !== 'threw' && fault?.kind !== 'stopped';
const beganInOrder = ({ earlier }: First): boolean =>
  earlier.every(({ kind }) => kind === 'answered' || kind === 'malformed');

const isRight = ({ properties }: TaskFinding): boolean => properties.every(({ verdict }) => verdict !== 'fail');

/** The function says that it is still open, or a known mistake explains every answer and nothing else is wrong: no other task is to blame for it. */
const isKnown = (task: Task, { compared, observed, unstable }: TaskFinding): boolean =>
  !unstable &&
  observed.length === 0 &&
  ((compared.length > 0 && compared.every(({ fault }) => fault !== undefined && isOpen(fault))) ||
    (compared.every(({ fault }) => fault === undefined || fault.kind === 'value') &&
      mistakesThatExplain(task, compared).length > 0));

/** What is known about a task before its turn. */
interface First {
  /** The answer to every question where there is no function. */
  readonly absent: Answer | undefined;
  /** Answers to the questions that come again. */
  readonly earlier: readonly Answer[];
}

/** Looks for all functions and then puts the questions that come again, task by task, until it is over; a task ends with the answer that ended the process. */
async function askedFirst(
  submission: Submission,
  tasks: readonly Drawn[],
  over: () => boolean,
): Promise<ReadonlyMap<Drawn, First>> {
  const respond = questionsTo(submission);
  const absent = new Map<Drawn, Answer>();
  /** To draw the questions of a task takes time: it is done while the process loads, or answers. */
  const drawnWhile = async <T>(asked: Promise<T>, next: Drawn | undefined): Promise<T> => {
    asked.catch(() => undefined);
    await turn();
    if (next !== undefined) plansOf(next.task, next.draws);
    return asked;
  };
  for (const [i, drawn] of tasks.entries()) {
    const answer = over() ? undefined : await drawnWhile(absence(submission, drawn.task), i === 0 ? drawn : undefined);
    if (answer !== undefined) absent.set(drawn, answer);
  }
  const answers = new Map<Drawn, First>();
  for (const [i, drawn] of tasks.entries()) {
    const { task, draws } = drawn;
    const earlier: Answer[] = [];
    const again = absent.has(drawn) ? [] : plansOf(task, draws).filter((plan) => plan.again === true);
    for (const { case: c } of again) {
      if (over() || earlier.at(-1)?.kind === 'stopped') break;
      const key = keyOf(draws, 'again', String(earlier.length));
      const asked = respond(task, c, { key, gradient: false, record: false });
      earlier.push(await drawnWhile(asked, earlier.length === 0 ? tasks[i + 1] : undefined));
    }
    answers.set(drawn, { absent: absent.get(drawn), earlier });
  }
  return answers;
}
