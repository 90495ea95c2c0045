import type { TensorValue } from './tensor-value.js';

/**
 * The operations of a program: generic ones of TensorFlow.js, with the same names and meanings. None is the answer of an exercise.
 * `tensors` is the number of operands; `numbers` and `flags` are the attributes that the operation reads.
 */
export const operations = {
  add: { tensors: 2 },
  sub: { tensors: 2 },
  mul: { tensors: 2 },
  div: { tensors: 2 },
  /** `numbers`: transposeA, transposeB as 0 or 1. */
  matMul: { tensors: 2, numbers: 2 },
  neg: { tensors: 1 },
  abs: { tensors: 1 },
  square: { tensors: 1 },
  sqrt: { tensors: 1 },
  reciprocal: { tensors: 1 },
  exp: { tensors: 1 },
  expm1: { tensors: 1 },
  log: { tensors: 1 },
  log1p: { tensors: 1 },
  sin: { tensors: 1 },
  cos: { tensors: 1 },
  atan: { tensors: 1 },
  sinh: { tensors: 1 },
  cosh: { tensors: 1 },
  tanh: { tensors: 1 },
  sigmoid: { tensors: 1 },
  softplus: { tensors: 1 },
  relu: { tensors: 1 },
  erf: { tensors: 1 },
  /** Over the last axis. */
  softmax: { tensors: 1 },
  /** `numbers`: the exponent. */
  power: { tensors: 1, numbers: 1 },
  /** `numbers`: factor, then what is added: a x + b. */
  affine: { tensors: 1, numbers: 2 },
  /** Sums over the axes in `numbers` and keeps them with length 1. */
  sum: { tensors: 1, numbers: 'any' },
  /** `numbers`: the new shape; one length may be -1. */
  reshape: { tensors: 1, numbers: 'any' },
  /** The first operand in the shape of the second. */
  reshapeLike: { tensors: 2 },
  /** `numbers`: the new order of the axes. */
  transpose: { tensors: 1, numbers: 'any' },
  /** `numbers`: axis, begin, size. */
  slice: { tensors: 1, numbers: 3 },
  /** `numbers`: the axis. */
  concat: { tensors: 'any', numbers: 1 },
  /** `numbers`: the axis at which an axis of length 1 comes in. */
  expandDims: { tensors: 1, numbers: 1 },
} as const satisfies Record<string, { tensors: number | 'any'; numbers?: number | 'any' }>;

export type Operation = keyof typeof operations;

/** One operation; `of` numbers its operands: the inputs first, then the parameters, then the steps before this one. */
export interface Step {
  readonly op: Operation;
  readonly of: readonly number[];
  readonly numbers: readonly number[];
}

/** What an input has to look like: a length, or a name for lengths that have to agree (`n`), one per axis; `undefined` takes any. */
export type Signature = readonly (number | string)[] | undefined;

/**
 * A function argument (a score, a denoiser, a matrix) as data: a list of generic operations that a small interpreter in the child runs.
 * It is differentiable through TensorFlow.js with respect to its inputs and its parameters.
 */
export interface Program {
  readonly kind: 'program';
  /** How the messages to the student call it: `score`. */
  readonly name: string;
  /** The inputs in order, with the shape that each has to have. */
  readonly inputs: readonly { readonly name: string; readonly shape: Signature }[];
  readonly parameters: readonly TensorValue[];
  readonly steps: readonly Step[];
  /** Number of the value that is returned, counted as in `Step.of`. */
  readonly result: number;
}

/** A value inside a program that is being written. */
export interface Node {
  readonly index: number;
}

type Numbers<Op extends Operation> = (typeof operations)[Op] extends { readonly numbers: unknown }
  ? [numbers: readonly number[]]
  : [];

/** Writes the steps of a program: `p.op('matMul', [x, w], [0, 0])`. */
export interface Writer {
  readonly parameters: readonly Node[];
  op<Op extends Operation>(op: Op, of: readonly Node[], ...numbers: Numbers<Op>): Node;
}

/** The inputs of a program by name, each with its shape: `{ x: ['n', 3], sigma: ['n'] }`. */
export type Inputs = Readonly<Record<string, Signature>>;

/**
 * The program that `write` writes: it gets a writer and the inputs in order and returns the result.
 * Throws TypeError where an operation gets another number of operands or numbers than it takes.
 */
export function program(
  name: string,
  { inputs, parameters = [] }: { readonly inputs: Inputs; readonly parameters?: readonly TensorValue[] },
  write: (writer: Writer, ...inputs: readonly Node[]) => Node,
): Program {
  const names = Object.entries(inputs);
  const steps: Step[] = [];
  const first = names.length + parameters.length;
  const writer: Writer = {
    parameters: parameters.map((_, i) => ({ index: names.length + i })),
    op(op, of, ...[numbers = []]) {
      const step = { op, of: of.map(({ index }) => index), numbers };
      const problem = stepProblem(step, first + steps.length);
      if (problem !== undefined) throw new TypeError(`${problem} in step ${steps.length + 1} of the program ${name}.`);
      steps.push(step);
      return { index: first + steps.length - 1 };
    },
  };
  const result = write(writer, ...names.map((_, index) => ({ index })));
  return {
    kind: 'program',
    name,
    inputs: names.map(([each, shape]) => ({ name: each, shape })),
    parameters,
    steps,
    result: result.index,
  };
}

/** Why a step is none, `undefined` when it is one; `known` is the number of values before it. */
export function stepProblem({ op, of, numbers }: Step, known: number): string | undefined {
  const needs: { readonly tensors: number | 'any'; readonly numbers?: number | 'any' } = operations[op];
  if (needs.tensors !== 'any' && of.length !== needs.tensors) {
    return `Expected ${needs.tensors} operands of ${op}, got ${of.length}`;
  }
  if (of.length === 0) return `Expected at least one operand of ${op}, got none`;
  const count = needs.numbers ?? 0;
  if (count !== 'any' && numbers.length !== count) return `Expected ${count} numbers for ${op}, got ${numbers.length}`;
  const unknown = of.find((index) => !Number.isInteger(index) || index < 0 || index >= known);
  if (unknown !== undefined) return `Expected operands below ${known} for ${op}, got ${unknown}`;
  return undefined;
}
