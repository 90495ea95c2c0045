import { setImmediate as turn } from 'node:timers/promises';
import { replay } from '../sandbox/draws.js';
import type { Answer, Answered } from '../sandbox/question.js';
import type { StreamKey } from '../sandbox/value.js';
import { handleOf, parameterSizes, type Asked, type Respond } from './ask.js';
import { faultOf, floatsOf, gradientOf, nameOf, numbersOf, problemOf, type Compared } from './compare.js';
import { propertyIds, type Observed, type PropertyId, type Task } from './exercise.js';
import type { Texts } from './texts.js';
import { mistakesThatExplain } from './explain.js';
import { expectedGradient, expectedOf, formulationsOf, type Expected, type Normals } from './formula.js';
import type { Case } from './inputs.js';
import { keyOf, type Draws } from './draws.js';
import { plansOf, sampled, type Plan } from './plans.js';
import { judgeMean, type JudgedMean } from './random-checks.js';
import { telling } from './telling.js';
import type { Make, Numbers, Read, Seen } from './trial.js';

/** What was found about one property. */
export interface PropertyFinding {
  readonly id: PropertyId;
  readonly points: number;
  readonly verdict: 'pass' | 'fail' | 'undecided' | 'unchecked';
  /** The reason of this exercise, where it has one. */
  readonly reason?: Texts;
}

/** Everything that was found about one task, before it is put into words. */
export interface TaskFinding {
  readonly properties: readonly PropertyFinding[];
  readonly compared: readonly Compared[];
  /** Random checks that failed and say what is wrong, with what the draws say. */
  readonly means: readonly JudgedMean[];
  /** What an instrumented function showed, where it showed something wrong. */
  readonly observed: readonly Seen[];
  /** The same question got two answers. */
  readonly unstable: boolean;
  /** Inputs that were changed: the task gets nothing then. */
  readonly changed: readonly string[];
  /** A question with the right answer and the one that was given, in words. */
  readonly example?: Texts;
  /** What is told of a right answer too. */
  readonly note?: Texts;
  readonly leakedTensors: number;
  readonly output: string;
  readonly milliseconds: number;
}

/**
 * How many questions are put beyond the one whose answer is judged, so that neither side waits for the other: judging a gradient takes as long as answering several
 * values. Where something is printed each is put by itself, since what is printed belongs to a call.
 */
const AHEAD = 8;

/**
 * Puts the questions of a task to a submission and judges its answers, property by property. `earlier` are answers to the questions that are asked again, from before
 * anything else was asked; where there is none, or something is wrong already, they are put again now.
 */
export async function checkTask(
  task: Task,
  respond: Respond,
  draws: Draws,
  earlier: readonly Answer[] = [],
): Promise<TaskFinding> {
  const session = newSession(task, respond, draws);
  const compared: Compared[] = [];
  const observed: TaskFinding['observed'][number][] = [];
  const means: TaskFinding['means'][number][] = [];
  const failed = new Set<PropertyId>();
  const undecided = new Set<PropertyId>();
  const first = new Map<Case, readonly number[]>();
  const orders: Compared[] = [];
  let unstable = false;
  let repeats = 0;
  let stopped = false;

  const put = async (plan: Plan, ahead = false) => {
    const elsewhere = plan.again === true && failed.size === 0 ? earlier[repeats++] : undefined;
    return elsewhere === undefined ? await session.ask({ ...plan, ahead }) : session.heard(elsewhere);
  };
  const plans = plansOf(task, draws);
  const exact = exactAnswers(task, plans);
  const asked = plans.slice(0, 1).map((plan) => put(plan));
  let silent = true;
  /** Puts questions that the process answers while the answers before them are judged. */
  const putAfter = (i: number): void => {
    const reach = silent ? AHEAD : 1;
    // Several at a time: to send each by itself takes longer than to make it.
    if (asked.length - 1 - i > reach / 2) return;
    for (let at = asked.length; at < plans.length && at <= i + reach; at++) {
      const plan = plans[at];
      // What is asked again depends on what was judged before, and a question of cost may end the process.
      if (at > i + 1 && (plan.again === true || plan.property === 'cost')) break;
      const answered = put(plan, at > i + 1);
      answered.catch(() => undefined);
      asked.push(answered);
    }
  };
  for (const [i, plan] of plans.entries()) {
    const { answer, key } = await asked[i];
    silent &&= answer.output === '';
    // Time is what a question of cost is about: to be stopped there costs its points alone.
    stopped = answer.kind === 'stopped' && plan.property !== 'cost';
    // After a loop or a crash every further question could cost its whole limit again.
    const last = stopped || i + 1 === plans.length;
    if (!last) {
      putAfter(i);
      await turn();
    }
    const judged = judge(task, plan, answer, key);
    compared.push(judged);
    if (judged.fault !== undefined && plan.kind !== 'replay') failed.add(plan.property);
    if (plan.kind === 'order') {
      orders.push(judged);
      exact(plan.case);
    }
    if (plan.kind === 'record' && answer.kind === 'answered') {
      const { id, problem } = task.properties[plan.property] as Observed<Case>;
      const says = problem(answer, plan.case);
      if (says !== undefined) {
        observed.push({ id, says });
        failed.add(plan.property);
      }
    }
    const before = plan.again === true ? first.get(plan.case) : undefined;
    if (before !== undefined && !stopped && !(judged.got && agree(judged.expected, before, judged.got))) {
      unstable = true;
      failed.add(plan.property);
    }
    if (plan.kind === 'value' && judged.got !== undefined) first.set(plan.case, judged.got);
    if (last) break;
  }

  for (const slow of notConverging(task, orders, exact)) {
    compared[compared.indexOf(slow)] = { ...slow, fault: { kind: 'value', coordinate: 0 } };
    failed.add('order');
  }

  const { random } = task.properties;
  if (random !== undefined && !stopped) {
    const replayed = compared.filter(({ property }) => property === 'random');
    const broken = replayed.some(({ fault }) => fault !== undefined && fault.kind !== 'value');
    if (broken) failed.add('random');
    else if (replayed.length > 0 && replayed.every(({ fault }) => fault === undefined)) {
      // Every answer is the right one for the very draws that were made: nothing is left to chance.
    } else if (mistakesThatExplain(task, replayed).length > 0) {
      // Every answer is that of a known mistake for these draws: no need of statistics.
      failed.add('random');
    } else {
      const found = await session.means(random);
      if ('fault' in found) {
        compared.push(found);
        failed.add('random');
      } else {
        const off = found.means.filter(({ finding }) => finding.verdict === 'fail');
        means.push(...telling(off));
        if (off.length > 0) failed.add('random');
        else if (found.means.some(({ finding }) => finding.verdict === 'undecided')) undecided.add('random');
      }
    }
  }

  let note: Texts | undefined;
  let example: Texts | undefined;
  if (task.trial !== undefined && !stopped) {
    const found = await task.trial(session, draws);
    ({ note, example } = found);
    if (found.broken !== undefined) {
      const { id } = found.verdicts[0];
      compared.push({ property: id, gradient: false, expected: uncompared, got: undefined, ...found.broken });
    }
    for (const { id, verdict } of found.verdicts) {
      if (verdict !== 'pass') (verdict === 'fail' ? failed : undecided).add(id);
    }
    observed.push(...found.seen);
  }

  const changed = [...new Set(compared.flatMap(({ fault }) => (fault?.kind === 'changed' ? fault.inputs : [])))];
  const properties = propertyIds.flatMap((id): PropertyFinding[] => {
    const property = task.properties[id];
    if (property === undefined) return [];
    const fails = stopped || changed.length > 0 || failed.has(id);
    const verdict = fails ? 'fail' : undecided.has(id) ? 'undecided' : 'pass';
    const { points, reason } = property;
    return [{ id, points, verdict, ...(reason === undefined ? {} : { reason }) }];
  });
  return {
    properties,
    compared,
    means,
    observed,
    unstable,
    changed,
    ...(note === undefined ? {} : { note }),
    ...(example === undefined ? {} : { example }),
    ...session.circumstances(),
  };
}

const agree = (expected: Expected, first: readonly number[], second: readonly number[]): boolean =>
  first.every((value, i) => Math.abs(value - second[i]) <= 2 * expected.tolerances[i]);

/** Compares one answer with the oracle: the contract first, then the numbers. */
export function judge(
  task: Task,
  { property, case: c, kind, expected: given }: Pick<Plan, 'property' | 'case' | 'kind' | 'expected'>,
  answer: Answer,
  key: StreamKey,
): Compared {
  const gradient = kind === 'gradient';
  const found = gradient ? gradientOf(answer, parameterSizes(c)) : numbersOf(answer, task.returns(c));
  const normals = kind === 'replay' ? { normals: () => normalsOf(answer, key) } : {};
  const expected =
    given ??
    (property === 'cost'
      ? uncompared
      : gradient
        ? expectedGradient(formulationsOf(task), c)
        : expectedOf(task, c, normals.normals));
  const compared = { property, case: c, gradient, expected, ...normals };
  if ('fault' in found) return { ...compared, got: undefined, fault: found.fault };
  // A scheme of another kind than the formula's is right as well: its convergence is judged, with all answers at hand.
  const fault = kind === 'order' ? undefined : faultOf(expected, found.numbers);
  return { ...compared, got: found.numbers, fault };
}

/** "At least halves, within 20 %" when the steps double. */
const HALVES = 0.5 * 1.2;

/** The exact answers, each computed once: a case and the same with twice the steps have one and the same. */
function exactAnswers({ properties: { order } }: Task, plans: readonly Plan[]): (c: Case) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  const cases = order === undefined ? [] : plans.filter(({ kind }) => kind === 'order');
  const halved = new Map(cases.map(({ case: c }) => [JSON.stringify(order?.doubled(c)), JSON.stringify(c)]));
  return (c) => {
    const key = JSON.stringify(c);
    const of = halved.get(key) ?? key;
    const values = known.get(of) ?? order?.exact(c) ?? [];
    known.set(of, values);
    return values;
  };
}

/** The finer answers whose error against the exact one does not fall as it has to, down to rounding. */
function notConverging(task: Task, orders: readonly Compared[], exact: ReturnType<typeof exactAnswers>): Compared[] {
  const { order } = task.properties;
  if (order === undefined) return [];
  const errorOf = ({ case: c }: Compared, answer: readonly number[]): number =>
    Math.hypot(...exact(c).map((value, i) => value - answer[i]));
  return orders.flatMap((coarse) => {
    const doubled = JSON.stringify(order.doubled(coarse.case));
    const finer = orders.find(({ case: c }) => JSON.stringify(c) === doubled);
    if (finer === undefined || finer.got === undefined || coarse.got === undefined) return [];
    const rounding = Math.hypot(...finer.expected.tolerances);
    const error = errorOf(finer, finer.got);
    // Where the leading terms of the error happen to cancel, the simplest scheme does not halve it either: as good as that is good enough.
    const simplest = errorOf(finer, finer.expected.values);
    const enough = Math.max(HALVES * errorOf(coarse, coarse.got), 1.2 * simplest);
    return error <= enough + rounding ? [] : [finer];
  });
}

/** Where only the calls are looked at: such cases are too long for the oracle. */
const uncompared: Expected = { values: [], tolerances: [] };

/** Numbers beyond those drawn, for formulas that draw more than the submission did. */
const SPARE = 1024;

/** The normal numbers that the submission drew, in order, and after them those that its stream would have given next. */
function normalsOf(answer: Answer, key: StreamKey): Normals {
  const drawn = answer.kind === 'answered' ? answer.draws : [];
  const all = replay(key, [...drawn, { law: 'normal', shape: [SPARE] }]);
  const numbers = all.flatMap((part, i) => (drawn[i] === undefined || drawn[i].law === 'normal' ? [...part] : []));
  let at = 0;
  return (count) => {
    const taken = numbers.slice(at, (at += count));
    if (taken.length < count)
      throw new Error(`A formula drew more than ${SPARE} spare numbers. This is a bug in scorecheck.`);
    return taken;
  };
}

/** The asking side of one task: a stream for each question, and what all answers say together. */
function newSession(task: Task, respond: Respond, draws: Draws) {
  let asked = 0;
  let leakedTensors = 0;
  let milliseconds = 0;
  const outputs = new Set<string>();
  const heard = (answer: Answer, key = keyOf(draws, 'again')) => {
    if (answer.output !== '') outputs.add(answer.output);
    if (answer.kind === 'answered') leakedTensors = Math.max(leakedTensors, answer.leakedTensors);
    return { answer, key };
  };
  const ask = async ({
    case: c,
    kind,
    property,
    of,
    ahead = false,
  }: Pick<Plan, 'case' | 'kind' | 'property'> & Pick<Asked, 'of' | 'ahead'>) => {
    const key = keyOf(draws, String(asked++));
    const limit = property === 'cost' ? task.properties.cost?.milliseconds : task.milliseconds;
    const answer = await respond(task, c, {
      key,
      gradient: kind === 'gradient',
      record: kind === 'record',
      ahead,
      ...(limit === undefined ? {} : { milliseconds: limit }),
      ...(of === undefined ? {} : { of }),
    });
    milliseconds += answer.milliseconds;
    return heard(answer, key);
  };
  const make: Make = async (c) => {
    const { answer } = await ask({ case: c, kind: 'value', property: 'value', of: 'make' });
    const problem = problemOf(answer);
    if (problem !== undefined) return { broken: { case: c, fault: problem } };
    const { value } = answer as Answered;
    const handle = handleOf(answer as Answered);
    if (handle === undefined)
      return { broken: { case: c, fault: { kind: 'kind', expected: 'a function', got: nameOf(value) } } };
    return {
      apply: (cases) =>
        cases.map(async (at, i): Promise<Numbers> => {
          const { answer: applied } = await ask({
            case: at,
            kind: 'value',
            property: 'value',
            of: handle,
            ahead: i > 0,
          });
          const found = floatsOf(applied, task.returns(at) as readonly number[]);
          return 'fault' in found ? { broken: { case: at, fault: found.fault } } : found;
        }),
    };
  };
  const text: Read = async (c) => {
    const { answer } = await ask({ case: c, kind: 'value', property: 'value' });
    const problem = problemOf(answer);
    if (problem !== undefined) return { broken: { case: c, fault: problem } };
    const { value } = answer as Answered;
    if (typeof value === 'string') return { text: value };
    return { broken: { case: c, fault: { kind: 'kind', expected: 'a line of text', got: nameOf(value) } } };
  };
  return {
    ask,
    text,
    heard,
    make,
    circumstances: () => ({ leakedTensors, milliseconds, output: [...outputs].join('') }),
    means: async (
      random: NonNullable<Task['properties']['random']>,
    ): Promise<Compared | { means: TaskFinding['means'] }> => {
      const [c] = sampled({ cases: random.large, count: 1 }, draws, 'large');
      const answers: (readonly number[])[] = [];
      const asked = Array.from({ length: random.calls }, (_, i) => {
        const answered = ask({ case: c, kind: 'value', property: 'random', ahead: i > 0 });
        answered.catch(() => undefined);
        return answered;
      });
      for (const each of asked) {
        const found = numbersOf((await each).answer, task.returns(c));
        if ('fault' in found) {
          return {
            property: 'random',
            case: c,
            gradient: false,
            expected: uncompared,
            got: undefined,
            fault: found.fault,
          };
        }
        answers.push(found.numbers);
      }
      return { means: random.checks(answers, c).map((check) => ({ check, finding: judgeMean(check) })) };
    },
  };
}
