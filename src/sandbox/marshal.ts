import type { Tensor } from '../tensorflow/tensorflow.js';
import { drawer } from './draws.js';
import { isTensor, newCounter, programFunction, type Counter, type TensorFlow } from './interpreter.js';
import type { Program } from './program.js';
import type { Draw } from './question.js';
import type { TensorValue } from './tensor-value.js';
import { isKind, record, type Value } from './value.js';

/** Thrown by `toValue` for what a function returned and the contract does not know. */
export class NoValue extends Error {
  override readonly name = 'NoValue';
  readonly path: string;
  readonly expected: string;
  readonly got: string;

  constructor(path: string, expected: string, got: string) {
    super(`Expected ${expected} at ${path}, got ${got}.`);
    this.path = path;
    this.expected = expected;
    this.got = got;
  }
}

/** One question's arguments as the submission gets them, with what they record. */
export interface Live {
  readonly arguments: readonly unknown[];
  /** All tensors and parameters made for the question. */
  readonly tensors: readonly Tensor[];
  /** Parameters of all programs, in order. */
  readonly parameters: readonly Tensor[];
  readonly counters: readonly Counter[];
  readonly calls: { readonly program: number; readonly inputs: readonly TensorValue[] }[];
  readonly draws: Draw[];
}

/** What the question wants recorded, and the functions that earlier answers returned. */
export interface LiveOptions {
  readonly record: boolean;
  /** Parameters become variables, so that gradients reach them. */
  readonly gradient: boolean;
  readonly handles: ReadonlyMap<number, (...args: unknown[]) => unknown>;
}

const recordedCalls = 256;
const recordedBytes = 16e6;
const recordedDraws = 10_000;

/** Makes the arguments of a question: tensors, functions, plain objects. */
export function toLive(tf: TensorFlow, values: readonly Value[], options: LiveOptions): Live {
  const live = {
    tensors: [] as Tensor[],
    parameters: [] as Tensor[],
    counters: [] as Counter[],
    calls: [] as Live['calls'],
    draws: [] as Draw[],
  };
  let bytes = 0;
  const makeProgram = (program: Program): unknown => {
    const parameters = program.parameters.map((parameter) => {
      const made = toTensor(tf, parameter);
      // A variable and not a constant only where a gradient is asked, else an optimizer of the submission would train it.
      const kept = options.gradient ? tf.variable(made) : made;
      live.tensors.push(kept);
      return kept;
    });
    live.parameters.push(...parameters);
    const counter = newCounter();
    const number = live.counters.push(counter) - 1;
    const called = (inputs: readonly Tensor[]): void => {
      if (!options.record || live.calls.length >= recordedCalls || bytes > recordedBytes) return;
      const copies = inputs.map(fromTensor);
      bytes += copies.reduce((sum, { data }) => sum + data.byteLength, 0);
      live.calls.push({ program: number, inputs: copies });
    };
    return programFunction(tf, program, { parameters, counter, called });
  };
  const make = (value: Value): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Uint8Array) return value.slice();
    if (Array.isArray(value)) return value.map(make);
    if (isKind(value, 'tensor')) {
      const made = toTensor(tf, value);
      live.tensors.push(made);
      return made;
    }
    if (isKind(value, 'program')) return makeProgram(value);
    if (isKind(value, 'random')) {
      const draw = drawer(value.key);
      const drawn =
        (law: Draw['law']) =>
        (shape: readonly number[]): Tensor => {
          const each = { law, shape: [...shape] };
          if (live.draws.length < recordedDraws) live.draws.push(each);
          return tf.tensor(draw(each), each.shape, 'float32');
        };
      return { normal: drawn('normal'), uniform: drawn('uniform'), rademacher: drawn('rademacher') };
    }
    if (isKind(value, 'handle')) return options.handles.get(value.id);
    if (isKind(value, 'integer')) return value.value;
    if (isKind(value, 'record')) {
      return Object.fromEntries(Object.entries(value.fields).map(([key, field]) => [key, make(field)]));
    }
    throw new Error('Expected a value of the schema. This is a bug in scorecheck; please report it.');
  };
  return { ...live, arguments: values.map(make) };
}

/** The arguments that are not what they were, by path; a disposed tensor counts as changed. */
export function changes(tf: TensorFlow, values: readonly Value[], live: readonly unknown[]): string[] {
  const found: string[] = [];
  const visit = (value: Value, now: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) {
      if (!Object.is(value, now)) found.push(path);
    } else if (value instanceof Uint8Array) {
      if (!(now instanceof Uint8Array) || !sameBytes(value, now)) found.push(path);
    } else if (Array.isArray(value)) {
      if (!Array.isArray(now) || now.length !== value.length) found.push(path);
      else value.forEach((each: Value, i) => visit(each, now[i] as unknown, `${path}[${i}]`));
    } else if (isKind(value, 'integer')) {
      if (!Object.is(value.value, now)) found.push(path);
    } else if (isKind(value, 'tensor')) {
      if (!sameTensor(tf, value, now as Tensor)) found.push(path);
    } else if (isKind(value, 'record')) {
      const fields = Object.entries(value.fields);
      const object = now as Readonly<Record<string, unknown>>;
      if (Object.keys(object).length !== fields.length) found.push(path);
      else for (const [key, field] of fields) visit(field, object[key], `${path}.${key}`);
    }
  };
  values.forEach((value, i) => visit(value, live[i], `argument ${i + 1}`));
  return found;
}

function sameTensor(tf: TensorFlow, value: TensorValue, now: Tensor): boolean {
  if (now.isDisposed || now.shape.join() !== value.shape.join()) return false;
  return isOwnOf(tf, value) || sameBytes(value.data, fromTensor(now).data);
}

function sameBytes(a: TensorValue['data'], b: TensorValue['data']): boolean {
  const [left, right] = [a, b].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  return left !== undefined && right !== undefined && left.equals(right);
}

/** What a function returned, as data; `keep` numbers a function in it and `tensors` gets the tensors in it. */
export function toValue(
  tf: TensorFlow,
  result: unknown,
  { keep, tensors }: { readonly keep: (f: (...args: unknown[]) => unknown) => number; readonly tensors: Set<Tensor> },
): Value {
  const visit = (each: unknown, path: string, depth: number): Value => {
    if (depth > 16) throw new NoValue(path, 'at most 16 levels', 'more');
    if (each === null || typeof each === 'boolean' || typeof each === 'number' || typeof each === 'string') return each;
    if (isTensor(tf, each)) {
      const { dtype } = each;
      if (each.isDisposed) throw new NoValue(path, 'a tensor', 'a tensor that is disposed already');
      if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
        throw new NoValue(path, 'float32, int32 or bool', `a tensor of ${dtype}`);
      }
      tensors.add(each);
      return fromTensor(each);
    }
    if (each instanceof Uint8Array) return each;
    if (ArrayBuffer.isView(each)) throw new NoValue(path, 'a tensor', `a ${each.constructor.name}`);
    if (Array.isArray(each)) return each.map((element, i) => visit(element, `${path}[${i}]`, depth + 1));
    if (typeof each === 'function') return { kind: 'handle', id: keep(each as (...args: unknown[]) => unknown) };
    if (typeof each === 'object') {
      return record(
        Object.fromEntries(
          Object.entries(each).map(([key, field]) => [key, visit(field, `${path}.${key}`, depth + 1)]),
        ),
      );
    }
    throw new NoValue(path, 'a value', each === undefined ? 'undefined (is a return missing?)' : `a ${typeof each}`);
  };
  return visit(result, 'value', 0);
}

/** From so many bytes on it pays not to copy a tensor, nor to compare it with what it was. */
const largeBytes = 1 << 20;

/**
 * Whether a tensor of this size is TensorFlow's own: the native library keeps what an operation has used in memory that is never written again, and `dataSync` gives
 * copies of it. WebAssembly has nothing like that.
 */
const isOwnOf = (tf: TensorFlow, { data }: TensorValue): boolean =>
  data.byteLength >= largeBytes && tf.getBackend() === 'tensorflow';

/** A tensor on the backend. */
export function toTensor(tf: TensorFlow, value: TensorValue): Tensor {
  const { data, shape, dtype } = value;
  // TensorFlow.js shares the memory of a typed array that it is given until an operation uses it, so it is given a copy or made to use it.
  if (!isOwnOf(tf, value)) return tf.tensor(data.slice(), [...shape], dtype);
  const made = tf.tensor(data, [...shape], dtype);
  tf.dispose(
    tf.slice(
      made,
      shape.map(() => 0),
      shape.map(() => 1),
    ),
  );
  return made;
}

/** A tensor as data, copied. */
export function fromTensor(tensor: Tensor): TensorValue {
  const { shape, dtype } = tensor;
  return { kind: 'tensor', shape, dtype, data: tensor.dataSync() } as TensorValue;
}
