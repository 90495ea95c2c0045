import { describe, expect, it } from 'vitest';
import { newCounter, programFunction } from '../../src/sandbox/interpreter.js';
import { fromTensor, toTensor } from '../../src/sandbox/marshal.js';
import { operations, program, type Node, type Operation, type Program } from '../../src/sandbox/program.js';
import { tensor } from '../../src/sandbox/tensor-value.js';
import { tf, type Tensor } from '../../src/tensorflow/tensorflow.js';
import { identity, linear } from './programs.js';

function live(made: Program) {
  const counter = newCounter();
  const parameters = made.parameters.map((each) => toTensor(tf, each));
  return { counter, f: programFunction(tf, made, { parameters, counter, called: () => {} }) };
}

const a = tf.tensor2d([
  [0.5, -1.25],
  [2, 0.75],
]);
const b = tf.tensor2d([
  [1.5, 0.25],
  [-0.5, 3],
]);

// What each operation is, written another way than the interpreter writes it.
const expected: Readonly<Record<Operation, { numbers?: number[]; of?: 'a' | 'ab' | '|a|'; value: () => Tensor }>> = {
  add: { of: 'ab', value: () => a.add(b) },
  sub: { of: 'ab', value: () => a.sub(b) },
  mul: { of: 'ab', value: () => a.mul(b) },
  div: { of: 'ab', value: () => a.div(b) },
  matMul: { of: 'ab', numbers: [1, 0], value: () => a.transpose().matMul(b) },
  neg: { value: () => a.mul(-1) },
  abs: { value: () => a.abs() },
  square: { value: () => a.mul(a) },
  sqrt: { of: '|a|', value: () => a.abs().pow(0.5) },
  reciprocal: { value: () => tf.onesLike(a).div(a) },
  exp: { value: () => a.exp() },
  expm1: { value: () => a.exp().sub(1) },
  log: { of: '|a|', value: () => a.abs().log() },
  log1p: { of: '|a|', value: () => a.abs().add(1).log() },
  sin: { value: () => a.sin() },
  cos: { value: () => a.cos() },
  atan: { value: () => a.atan() },
  sinh: { value: () => a.exp().sub(a.neg().exp()).div(2) },
  cosh: { value: () => a.exp().add(a.neg().exp()).div(2) },
  tanh: { value: () => a.tanh() },
  sigmoid: { value: () => tf.onesLike(a).div(a.neg().exp().add(1)) },
  softplus: { value: () => a.exp().add(1).log() },
  relu: { value: () => a.maximum(0) },
  erf: { value: () => a.erf() },
  softmax: { value: () => a.exp().div(a.exp().sum(1, true)) },
  power: { numbers: [3], value: () => a.mul(a).mul(a) },
  affine: { numbers: [2, -1], value: () => a.mul(2).sub(1) },
  sum: { numbers: [0], value: () => tf.ones([1, 2]).matMul(a) },
  reshape: { numbers: [-1], value: () => tf.tensor1d(a.dataSync()) },
  reshapeLike: { of: 'ab', value: () => a },
  transpose: { numbers: [1, 0], value: () => a.transpose() },
  slice: { numbers: [1, 1, 1], value: () => a.gather([1], 1) },
  concat: { of: 'ab', numbers: [0], value: () => tf.tensor2d([...a.dataSync(), ...b.dataSync()], [4, 2]) },
  expandDims: { numbers: [1], value: () => a.reshape([2, 1, 2]) },
};

describe('an operation of a program', () => {
  it.each(Object.keys(operations) as Operation[])('%s is that of TensorFlow.js', (op) => {
    const { of = 'a', numbers, value } = expected[op];
    const made = program('f', { inputs: { a: undefined, b: undefined } }, (p, x, y) => {
      const operands = of === 'ab' ? [x, y] : [of === '|a|' ? p.op('abs', [x]) : x];
      return (p.op as (...args: unknown[]) => Node)(op, operands, ...(numbers === undefined ? [] : [numbers]));
    });
    const got = live(made).f(a, b);
    const wanted = value();
    expect(got.shape).toEqual(wanted.shape);
    // All values are below 8 = 2^3, and either formula has fewer than 20 roundings of 2^-24 each, relative to its largest term.
    const [x, y] = [got.dataSync(), wanted.dataSync()];
    for (let i = 0; i < x.length; i++)
      expect(Math.abs((x[i] ?? NaN) - (y[i] ?? NaN))).toBeLessThan(2 * 20 * 2 ** -24 * 8);
  });
});

describe('a program', () => {
  it('checks the shapes that it is called with', () => {
    const score = program('score', { inputs: { x: ['n', 3], sigma: ['n'] } }, (_, x) => x);
    const { f } = live(score);
    expect(f(tf.zeros([4, 3]), tf.ones([4])).shape).toEqual([4, 3]);
    expect(() => f(tf.zeros([4, 2]), tf.ones([4]))).toThrow('score expected x of shape [n, 3], got [4, 2].');
    expect(() => f(tf.zeros([4, 3]), tf.ones([1]))).toThrow('score expected sigma of shape [n] with n = 4, got [1].');
    expect(() => f(tf.zeros([4, 3]))).toThrow('score expected a tensor as sigma, got undefined.');
    expect(() => f([1] as never, tf.ones([4]))).toThrow('score expected a tensor as x, got an array.');
  });

  it('is checked when it is written', () => {
    const write = (steps: (p: { op: (...args: never[]) => Node }, x: Node) => Node): Program =>
      program('f', { inputs: { x: undefined } }, steps);
    expect(() => write((p, x) => p.op('add' as never, [x] as never))).toThrow(
      'Expected 2 operands of add, got 1 in step 1 of the program f.',
    );
    expect(() => write((p, x) => p.op('power' as never, [x] as never))).toThrow('Expected 1 numbers for power, got 0');
    expect(() => write((p) => p.op('neg' as never, [{ index: 7 }] as never))).toThrow('Expected operands below 1');
  });

  it('leaves no tensor behind but its result', () => {
    const { f } = live(linear);
    const x = tf.ones([3, 2]);
    const before = tf.memory().numTensors;
    const y = f(x);
    expect(tf.memory().numTensors - before).toBe(1);
    y.dispose();
  });

  it('counts a product that is differentiated again as one more', () => {
    const cube = program('score', { inputs: { x: ['n', 'd'] } }, (p, x) => p.op('power', [x], [3]));
    const { f, counter } = live(cube);
    const vjp = (x: Tensor): Tensor => tf.grad((y) => f(y).sum())(x);
    const x = tf.tensor2d([[1, 2]]);
    expect([...fromTensor(vjp(x)).data]).toEqual([3, 12]);
    expect(counter.atInput).toEqual({ products: 1, rows: 1 });
    expect([...fromTensor(tf.grad((y) => vjp(y).sum())(x)).data]).toEqual([6, 12]);
    expect(counter.atInput).toEqual({ products: 3, rows: 3 });
    expect(counter.calls).toBe(2);
  });

  it('counts rows, so that m n rows in one call are m products of n', () => {
    const { f, counter } = live(identity);
    f(tf.ones([12, 2]));
    expect([counter.calls, counter.rows]).toEqual([1, 12]);
    tf.grad((y) => f(y).sum())(tf.ones([12, 2]));
    expect(counter.atInput).toEqual({ products: 1, rows: 12 });
  });

  it('can return its input or a parameter', () => {
    const constant = program(
      'f',
      { inputs: { x: undefined }, parameters: [tensor([2], [1, 2])] },
      (p) => p.parameters[0],
    );
    expect([...live(constant).f(tf.scalar(0)).dataSync()]).toEqual([1, 2]);
    expect([
      ...live(identity)
        .f(tf.ones([1, 2]))
        .dataSync(),
    ]).toEqual([1, 1]);
  });
});
