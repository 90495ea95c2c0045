import type { loadTensorFlow } from '../tensorflow/load.js';
import type { Tensor } from '../tensorflow/tensorflow.js';
import type { Operation, Program, Signature } from './program.js';

/** TensorFlow.js as the child loaded it. */
export type TensorFlow = Awaited<ReturnType<typeof loadTensorFlow>>['tf'];

/** Counts of one program within one question. */
export interface Counter {
  calls: number;
  rows: number;
  /** Backward passes that reached the input, and those that started at the result: the larger is the number of vector-Jacobian products. */
  atInput: { products: number; rows: number };
  atResult: { products: number; rows: number };
}

/** A counter at zero. */
export const newCounter = (): Counter => ({
  calls: 0,
  rows: 0,
  atInput: { products: 0, rows: 0 },
  atResult: { products: 0, rows: 0 },
});

type Kernel = (tf: TensorFlow, of: readonly Tensor[], numbers: readonly number[]) => Tensor;

const unary =
  (
    name:
      | 'neg'
      | 'abs'
      | 'square'
      | 'sqrt'
      | 'reciprocal'
      | 'exp'
      | 'expm1'
      | 'log'
      | 'log1p'
      | 'sin'
      | 'cos'
      | 'atan'
      | 'sinh'
      | 'cosh'
      | 'tanh'
      | 'sigmoid'
      | 'softplus'
      | 'relu'
      | 'erf',
  ): Kernel =>
  (tf, of) =>
    tf[name](first(of));

const binary =
  (name: 'add' | 'sub' | 'mul' | 'div'): Kernel =>
  (tf, of) =>
    tf[name](first(of), second(of));

const kernels: Readonly<Record<Operation, Kernel>> = {
  add: binary('add'),
  sub: binary('sub'),
  mul: binary('mul'),
  div: binary('div'),
  matMul: (tf, of, [a, b]) => tf.matMul(first(of), second(of), a === 1, b === 1),
  neg: unary('neg'),
  abs: unary('abs'),
  square: unary('square'),
  sqrt: unary('sqrt'),
  reciprocal: unary('reciprocal'),
  exp: unary('exp'),
  expm1: unary('expm1'),
  log: unary('log'),
  log1p: unary('log1p'),
  sin: unary('sin'),
  cos: unary('cos'),
  atan: unary('atan'),
  sinh: unary('sinh'),
  cosh: unary('cosh'),
  tanh: unary('tanh'),
  sigmoid: unary('sigmoid'),
  softplus: unary('softplus'),
  relu: unary('relu'),
  erf: unary('erf'),
  softmax: (tf, of) => tf.softmax(first(of)),
  power: (tf, of, [exponent = 1]) => tf.pow(first(of), exponent),
  affine: (tf, of, [factor = 1, summand = 0]) => tf.add(tf.mul(first(of), factor), summand),
  sum: (tf, of, axes) => tf.sum(first(of), [...axes], true),
  reshape: (tf, of, shape) => tf.reshape(first(of), [...shape]),
  reshapeLike: (tf, of) => tf.reshape(first(of), second(of).shape),
  transpose: (tf, of, order) => tf.transpose(first(of), [...order]),
  slice: (tf, of, [axis = 0, begin = 0, size = 1]) => {
    const x = first(of);
    return tf.slice(
      x,
      x.shape.map((_, i) => (i === axis ? begin : 0)),
      x.shape.map((length, i) => (i === axis ? size : length)),
    );
  },
  concat: (tf, of, [axis = 0]) => tf.concat([...of], axis),
  expandDims: (tf, of, [axis = 0]) => tf.expandDims(first(of), axis),
};

/** What the submission gets for a program. */
export type ProgramFunction = (...inputs: readonly Tensor[]) => Tensor;

/** The function that `program` describes, with its parameters as tensors; it counts in `counter` and tells `called` each call's inputs. */
export function programFunction(
  tf: TensorFlow,
  program: Program,
  {
    parameters,
    counter,
    called,
  }: {
    readonly parameters: readonly Tensor[];
    readonly counter: Counter;
    readonly called: (inputs: readonly Tensor[]) => void;
  },
): ProgramFunction {
  return (...given) => {
    const inputs = given.slice(0, program.inputs.length);
    expectInputs(tf, program, inputs);
    counter.calls++;
    counter.rows += rowsOf(first(inputs));
    called(inputs);
    return tf.tidy(() => {
      const values: Tensor[] = [counted(tf, first(inputs), counter.atInput), ...inputs.slice(1), ...parameters];
      for (const { op, of, numbers } of program.steps) {
        values.push(
          kernels[op](
            tf,
            of.map((index) => values[index]),
            numbers,
          ),
        );
      }
      return counted(tf, values[program.result], counter.atResult);
    });
  };
}

/** x itself, with a backward pass that counts. */
function counted(tf: TensorFlow, x: Tensor, count: { products: number; rows: number }): Tensor {
  const identity = tf.customGrad((value) => ({
    value: (value as Tensor).clone(),
    gradFunc: (dy: Tensor) => {
      count.products++;
      count.rows += rowsOf(dy);
      return dy.clone();
    },
  }));
  return identity(x);
}

function expectInputs(tf: TensorFlow, { name, inputs }: Program, given: readonly unknown[]): void {
  const named = new Map<string, number>();
  inputs.forEach((input, i) => {
    const x = given[i];
    if (!isTensor(tf, x)) {
      throw new TypeError(`${name} expected a tensor as ${input.name}, got ${describe(x)}.`);
    }
    const where = agreement(named);
    if (input.shape !== undefined && !agrees(x.shape, input.shape, named)) {
      throw new TypeError(
        `${name} expected ${input.name} of shape [${input.shape.join(', ')}]${where}, got [${x.shape.join(', ')}].`,
      );
    }
  });
}

function agrees(shape: readonly number[], signature: NonNullable<Signature>, named: Map<string, number>): boolean {
  return (
    shape.length === signature.length &&
    shape.every((length, i) => {
      const expected = signature[i];
      if (typeof expected === 'number') return length === expected;
      const before = named.get(expected);
      if (before === undefined) named.set(expected, length);
      return before === undefined || before === length;
    })
  );
}

function agreement(named: ReadonlyMap<string, number>): string {
  const parts = [...named].map(([name, length]) => `${name} = ${length}`);
  return parts.length === 0 ? '' : ` with ${parts.join(', ')}`;
}

/** Whether `x` is a tensor of this TensorFlow.js. */
export function isTensor(tf: TensorFlow, x: unknown): x is Tensor {
  return x instanceof tf.Tensor;
}

function describe(x: unknown): string {
  if (x === null || x === undefined) return String(x);
  return typeof x === 'object' ? (Array.isArray(x) ? 'an array' : 'another object') : `a ${typeof x}`;
}

function rowsOf(x: Tensor): number {
  return x.shape[0] ?? 1;
}

function first(of: readonly Tensor[]): Tensor {
  return of[0];
}

function second(of: readonly Tensor[]): Tensor {
  return of[1];
}
