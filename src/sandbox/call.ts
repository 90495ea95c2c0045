import type { Tensor } from '../tensorflow/tensorflow.js';
import { chanceFrom } from './chance.js';
import { isTensor, type Counter, type TensorFlow } from './interpreter.js';
import { changes, fromTensor, NoValue, toLive, toTensor, toValue, type Live } from './marshal.js';
import type { Question } from './question.js';
import { record, type Value } from './value.js';

type AnyFunction = (...args: unknown[]) => unknown;

/** A loaded submission: what it exports, and the functions that its answers returned. */
export interface Loaded {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly handles: Map<number, AnyFunction>;
  /** Number of the first of these functions. */
  readonly base: number;
}

/** Calls the submission as `question` says and describes what became of it: the fields that `readAnswer` reads in the parent. */
export async function call(tf: TensorFlow, loaded: Loaded, question: Question): Promise<Value> {
  const engine = tf.engine();
  engine.startScope('question');
  try {
    return await answered(tf, loaded, question);
  } catch (error) {
    return error instanceof NoValue ? malformed(error) : threw(error);
  } finally {
    // A returned function may need any tensor made so far, so nothing is disposed once there is one.
    if (loaded.handles.size > 0) engine.state.activeScope.track.forEach((tensor) => tf.keep(tensor));
    engine.endScope();
  }
}

async function answered(tf: TensorFlow, loaded: Loaded, question: Question): Promise<Value> {
  const f = functionOf(loaded, question);
  if (question.present === true) return nothing;
  const gradient = question.gradient === true;
  const live = toLive(tf, question.arguments, {
    record: question.record === true,
    gradient,
    handles: loaded.handles,
  });
  if (question.chance !== undefined) chanceFrom(question.chance.key);
  const before = tf.memory().numTensors;
  const start = performance.now();
  const returned = gradient
    ? withGradients(tf, () => f(...live.arguments), live, question)
    : { result: await f(...live.arguments), gradients: undefined };
  const milliseconds = performance.now() - start;
  const after = tf.memory().numTensors;

  const tensors = new Set<Tensor>();
  const { handles } = loaded;
  const functions = handles.size;
  const keep = (each: AnyFunction): number => {
    const number = loaded.base + handles.size;
    handles.set(number, each);
    return number;
  };
  const value = toValue(tf, returned.result, { keep, tensors });
  const given = new Set(live.tensors);
  const disposed = live.tensors.filter((each) => each.isDisposed).length;
  const fresh = [...tensors].filter((each) => !given.has(each)).length;
  // What a returned function holds counts as returned, and gradients are taken inside a scope that disposes the rest.
  const leaked = gradient || handles.size > functions ? 0 : after + disposed - before - fresh;
  return record({
    status: 'answered',
    value,
    ...(returned.gradients === undefined ? {} : { gradients: returned.gradients }),
    changedInputs: changes(tf, question.arguments, live.arguments),
    leakedTensors: Math.max(0, leaked),
    callMilliseconds: milliseconds,
    programs: live.counters.map(countsOf),
    ...(question.record === true ? { calls: live.calls.map((each) => record({ ...each })) } : {}),
    draws: live.draws.map(({ law, shape }) => [law, shape]),
  });
}

/** What is answered where nothing was called. */
const nothing = record({
  status: 'answered',
  value: null,
  changedInputs: [],
  leakedTensors: 0,
  callMilliseconds: 0,
  programs: [],
  draws: [],
});

function functionOf(loaded: Loaded, { call: name }: Question): AnyFunction {
  const found = typeof name === 'string' ? loaded.exports[name] : loaded.handles.get(name.id);
  if (typeof found === 'function') return found as AnyFunction;
  const what = typeof name === 'string' ? `the module to export a function ${name}` : 'a function returned before';
  const error = new TypeError(`Expected ${what}, found ${found === undefined ? 'none' : `a ${typeof found}`}.`);
  error.name = 'MissingFunction';
  throw typeof name === 'string' ? Object.assign(error, { exported: Object.keys(loaded.exports) }) : error;
}

function withGradients(
  tf: TensorFlow,
  f: () => unknown,
  live: Live,
  { weights }: Question,
): { result: unknown; gradients: (Value | null)[] } {
  let result: Tensor | undefined;
  // Of the engine itself: `tf.variableGrads` throws where the value depends on no parameter, which is an answer like any other.
  const { grads } = tf.engine().gradients(
    () => {
      const y = f();
      if (y instanceof Promise) throw new NoValue('value', 'a tensor at once', 'a promise (is the function async?)');
      if (!isTensor(tf, y)) throw new NoValue('value', 'a tensor', `a ${typeof y}`);
      result = tf.keep(y.clone());
      return weights === undefined ? scalar(tf, y) : tf.sum(tf.mul(y, toTensor(tf, weights)));
    },
    [...live.parameters],
    undefined,
    true,
  );
  const gradients = (grads as (Tensor | null | undefined)[]).map((each) => (each ? fromTensor(each) : null));
  return { result, gradients };
}

function scalar(tf: TensorFlow, y: Tensor): Tensor {
  if (y.size !== 1) throw new NoValue('value', 'a scalar', `a tensor of shape [${y.shape.join(', ')}]`);
  return tf.reshape(y, []);
}

function countsOf({ calls, rows, atInput, atResult }: Counter): Value {
  const more = atInput.products >= atResult.products ? atInput : atResult;
  return record({ calls, rows, products: more.products, productRows: more.rows });
}

function malformed({ path, expected, got }: NoValue): Value {
  return record({ status: 'malformed', path, expected, got });
}

/** What was thrown, as text: the parent caps and escapes it, and finds the place in the student's file. */
export function threw(error: unknown): Value {
  if (!(error instanceof Error)) return record({ status: 'threw', name: 'Error', message: String(error), stack: '' });
  const { name, message, stack } = error;
  const { exported } = error as { readonly exported?: unknown };
  return record({
    status: 'threw',
    name: cut(name, 100),
    message: cut(message, 4_000),
    stack: cut(stack ?? '', 20_000),
    ...(Array.isArray(exported) ? { exported: exported.slice(0, 50).map((each) => cut(each, 100)) } : {}),
  });
}

function cut(text: unknown, length: number): string {
  return String(text).slice(0, length);
}
