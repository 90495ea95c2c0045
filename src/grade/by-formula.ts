import { parameterSizes, type Respond } from './ask.js';
import type { Mistake, Returned, Task } from './exercise.js';
import { expectedGradient, formulationsOf, valuesOf, type Normals } from './formula.js';
import type { Case } from './inputs.js';
import { replay } from '../sandbox/draws.js';
import type { Answer, Draw } from '../sandbox/question.js';
import { sizeOf, tensor } from '../sandbox/tensor-value.js';
import { record, type StreamKey, type Value } from '../sandbox/value.js';

const circumstances = { milliseconds: 0, output: '' };

/** A submission that makes one mistake in one task and no other: it answers by the mistake's formula, rounded to float32, or with its line. */
export function byFormula({ answer, gradient, line }: Pick<Mistake<Case>, 'answer' | 'gradient' | 'line'>): Respond {
  return async (task, c, asked) => {
    if (line !== undefined) return Promise.resolve(answeredWith(line, {}));
    const right = formulationsOf(task).slice(0, 1);
    const value = answer === undefined ? right : [answer];
    const derivative = gradient === undefined ? value : [gradient];
    const draws: Draw[] = [];
    // A question of cost is too long for a formula, and its value is not looked at.
    if (asked.record && task.properties.score === undefined)
      return Promise.resolve(answered(task, c, zeros(task.returns(c)), {}));
    const values = value.length === 0 ? [] : valuesOf(value[0], c, () => drawing(asked.key, draws));
    const gradients = asked.gradient ? split(expectedGradient(derivative, c).values, parameterSizes(c)) : undefined;
    return Promise.resolve(answered(task, c, values, { draws, gradients }));
  };
}

function answered(
  task: Task,
  c: Case,
  values: readonly number[],
  { draws = [], gradients }: { draws?: readonly Draw[]; gradients?: readonly (readonly number[])[] | undefined },
): Answer {
  const at = values.findIndex((each) => !Number.isFinite(Math.fround(each)));
  if (at !== -1) {
    const notFinite = { shape: [values.length], index: [at] };
    return { kind: 'malformed', path: 'value', expected: 'finite numbers', got: 'NaN', notFinite, ...circumstances };
  }
  return answeredWith(valueOf(values, task.returns(c)), { draws, gradients });
}

function answeredWith(
  value: Value,
  { draws = [], gradients }: { draws?: readonly Draw[]; gradients?: readonly (readonly number[])[] | undefined },
): Answer {
  return {
    kind: 'answered',
    value,
    ...(gradients === undefined ? {} : { gradients: gradients.map((each) => tensor([each.length], each)) }),
    changedInputs: [],
    leakedTensors: 0,
    callMilliseconds: 0,
    programs: [{ calls: 1, rows: 1, products: 0, productRows: 0 }],
    calls: [],
    draws,
    ...circumstances,
  };
}

function zeros(returned: Returned): number[] {
  const shapes = Array.isArray(returned) ? [returned as readonly number[]] : Object.values(returned);
  return shapes.flatMap((shape: readonly number[]) => Array.from({ length: sizeOf(shape) }, () => 0));
}

function valueOf(values: readonly number[], returned: Returned): Value {
  if (Array.isArray(returned)) return tensor(returned as readonly number[], values);
  const sizes = Object.values(returned).map((shape) => sizeOf(shape as readonly number[]));
  const parts = split(values, sizes);
  return record(
    Object.fromEntries(
      Object.entries(returned).map(([name, shape], i) => [name, tensor(shape as readonly number[], parts[i])]),
    ),
  );
}

function split(values: readonly number[], sizes: readonly number[]): number[][] {
  let at = 0;
  return sizes.map((size) => values.slice(at, (at += size)));
}

/** Normal numbers from the stream of a question, with a record of the draws. */
function drawing(key: StreamKey, draws: Draw[]): Normals {
  const before = [...draws];
  return (count) => {
    before.push({ law: 'normal', shape: [count] });
    draws.splice(0, draws.length, ...before);
    return [...replay(key, before)[before.length - 1]];
  };
}
