import type { Answer, Answered, Question } from '../sandbox/question.js';
import { streamKey } from '../numerics/random.js';
import { tensor } from '../sandbox/tensor-value.js';
import { record as recordOf, type HandleValue, type StreamKey, type Value } from '../sandbox/value.js';
import type { Task } from './exercise.js';
import { fieldProgram } from './fields.js';
import { isBytes, isField, isGrid, isList, isRandom, type Case, type Input } from './inputs.js';

/** A submission in its sandbox: it gets questions and gives answers. */
export interface Submission {
  readonly ask: (question: Question, ahead?: boolean) => Promise<Answer>;
}

/** How one case is put. */
export interface Asked {
  /** Stream of `random` in this question. */
  readonly key: StreamKey;
  readonly gradient: boolean;
  readonly record: boolean;
  readonly milliseconds?: number;
  /** Put while the questions before it still wait for their answers. */
  readonly ahead?: boolean;
  /** Where the answer of the task is a function: `make` asks for the function itself, a handle calls one that was made. */
  readonly of?: 'make' | HandleValue;
}

/** Whether a submission has a function, which is not called for it: nothing, or the answer that every question about it has. */
export async function absence({ ask }: Submission, { name }: Task): Promise<Answer | undefined> {
  const answer = await ask({ call: name, arguments: [], present: true });
  return answer.kind === 'answered' ? undefined : answer;
}

/** Answers the cases of a task: a submission behind its questions, or, in tests, a formula. */
export type Respond = (task: Task, c: Case, asked: Asked) => Promise<Answer>;

/** How many derivatives each parameter of the case's function arguments has, in order. */
export const parameterSizes = (c: Case): number[] =>
  Object.values(c)
    .filter(isField)
    .flatMap(({ parameters }) => parameters.map(({ data }) => data.length));

/** Puts cases to a submission; where the answer of the task is a function, that function is called in turn. */
export const questionsTo =
  (submission: Submission): Respond =>
  async ({ name, inputs, applied }, c, { key, gradient, record, milliseconds, ahead = false, of }) => {
    const values = (names: readonly string[]): Value[] => names.map((each) => toValue(each, c[each], key));
    const limits = milliseconds === undefined ? {} : { limits: { milliseconds } };
    const asked = { ...(gradient ? { gradient } : {}), ...(record ? { record } : {}) };
    const chance = (call: string) =>
      ({ kind: 'random', key: streamKey(0, 'chance', call, ...key.map(String)) }) as const;
    if (typeof of === 'object' && applied !== undefined) {
      return submission.ask({ call: of, arguments: values(applied), chance: chance('of'), ...asked, ...limits }, ahead);
    }
    const first = await submission.ask(
      {
        call: name,
        arguments: values(inputs),
        chance: chance('name'),
        ...(applied === undefined ? asked : {}),
        ...limits,
      },
      ahead,
    );
    if (applied === undefined || of === 'make' || first.kind !== 'answered') return first;
    const handle = handleOf(first);
    if (handle === undefined) return first;
    return submission.ask(
      { call: handle, arguments: values(applied), chance: chance('of'), ...asked, ...limits },
      ahead,
    );
  };

/** The function that an answer returned. */
export function handleOf({ value }: Answered): HandleValue | undefined {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'handle' ? value : undefined;
}

/** The counts of the contract: languages that have whole numbers get them as such. */
const counts = new Set(['steps', 'stepsPerLevel', 'levels', 'count', 'm']);

function toValue(name: string, input: Input, key: StreamKey): Value {
  if (typeof input === 'number') return counts.has(name) ? integer(input) : input;
  if (typeof input === 'string' || isBytes(input)) return input;
  // The plain lists of the contract are shapes.
  if (isList(input)) return input.map((each) => (Number.isInteger(each) ? integer(each) : each));
  if (isGrid(input)) return tensor(input.shape, input.data);
  if (isField(input)) return fieldProgram(input);
  if (isRandom(input)) return { kind: 'random', key };
  return recordOf(Object.fromEntries(Object.entries(input).map(([each, part]) => [each, toValue(each, part, key)])));
}

const integer = (value: number): Value => ({ kind: 'integer', value });
