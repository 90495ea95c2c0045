import { expect, test } from 'vitest';
import { secondOrderGradients } from '../../src/tensorflow/second-order.js';
import { tf, type Tensor } from '../../src/tensorflow/tensorflow.js';

const positive = (x: Tensor): Tensor => x.square().add(1);

type Operation = (typeof secondOrderGradients)['exact' | 'inexact' | 'throws'][number];

/** The operation behind each name in the list, on a tensor [1, 3]. */
const operations: Record<Operation, (x: Tensor) => Tensor> = {
  abs: tf.abs,
  atan: tf.atan,
  cos: tf.cos,
  cosh: tf.cosh,
  erf: tf.erf,
  expm1: tf.expm1,
  log: (x) => tf.log(positive(x)),
  log1p: (x) => tf.log1p(x.square()),
  pow: (x) => tf.pow(positive(x), 1.5),
  reciprocal: (x) => tf.reciprocal(positive(x)),
  relu: tf.relu,
  sin: tf.sin,
  sinh: tf.sinh,
  softplus: tf.softplus,
  sqrt: (x) => tf.sqrt(positive(x)),
  square: tf.square,
  'expm1(2x) / (expm1(2x) + 2), which is tanh(x)': (x) => {
    const e = tf.expm1(x.mul(2));
    return e.div(e.add(2));
  },
  elu: tf.elu,
  exp: tf.exp,
  logSoftmax: (x) => tf.logSoftmax(x),
  sigmoid: tf.sigmoid,
  softmax: (x) => tf.softmax(x),
  tanh: tf.tanh,
  'log(sum(exp(x)))': (x) => tf.log(tf.sum(tf.exp(x))),
  'x sigmoid(x)': (x) => x.mul(tf.sigmoid(x)),
  'x exp(-softplus(-x))': (x) => x.mul(tf.exp(tf.softplus(x.neg()).neg())),
  clipByValue: (x) => tf.clipByValue(x, -1, 1),
  leakyRelu: (x) => tf.leakyRelu(x),
  logSumExp: (x) => tf.logSumExp(x),
  max: (x) => tf.max(x),
  min: (x) => tf.min(x),
  minimum: (x) => tf.minimum(x, tf.scalar(0.1)),
  prelu: (x) => tf.prelu(x, tf.scalar(0.2)),
  prod: (x) => tf.prod(x),
  relu6: tf.relu6,
  selu: tf.selu,
};

const x = tf.tensor2d([[0.3, -0.7, 1.1]]);
const weights = [
  [0.8, -0.4, 0.6],
  [0.2, 0.9, -0.5],
  [-0.3, 0.1, 0.7],
];
const direction = tf.tensor2d([[1, -0.5, 0.7]]);
const output = tf.tensor2d([[0.3, 0.8, -0.6]]);

/** vᵀ ∇ₓ (u · f(xW)) as a function of W: its own gradient is of second order. */
function directional(f: (x: Tensor) => Tensor): (w: Tensor) => Tensor {
  return (w) =>
    tf
      .grad((at) => f(at.matMul(w)).mul(output).sum())(x)
      .mul(direction)
      .sum();
}

/** ‖∂/∂W by two passes − ∂/∂W by central differences‖ / ‖the latter‖. */
function relativeError(f: (x: Tensor) => Tensor): number {
  const g = directional(f);
  const byPasses = tf.grad(g)(tf.tensor2d(weights)).dataSync();
  const h = 1e-2;
  const at = (i: number, j: number, step: number): number => {
    const moved = weights.map((row, r) => row.map((w, c) => (r === i && c === j ? w + step : w)));
    return g(tf.tensor2d(moved)).dataSync()[0] ?? NaN;
  };
  const byDifferences = weights.flatMap((row, i) => row.map((_, j) => (at(i, j, h) - at(i, j, -h)) / (2 * h)));
  const norm = (v: number[]): number => Math.hypot(...v);
  return norm(byDifferences.map((d, k) => d - (byPasses[k] ?? NaN))) / norm(byDifferences);
}

// Central differences at h = 0.01 in float32 err by h² f‴/6, about 2e-5, and by 1e-7/h, about 1e-5, where values are of order 1; some of these
// gradients are as small as 0.05, which leaves 1e-3 relative to them. What is inexact errs by 3e-2 or more, so 5e-3 lies well between.
const tolerance = 5e-3;

test.each(secondOrderGradients.exact)('%s is exact in second order', (name) => {
  expect(relativeError(operations[name])).toBeLessThan(tolerance);
});

test.each(secondOrderGradients.inexact)('%s is wrong in second order', (name) => {
  expect(relativeError(operations[name])).toBeGreaterThan(tolerance);
});

test.each(secondOrderGradients.throws)('%s has a gradient of first order, and throws in the second', (name) => {
  const g = directional(operations[name]);
  expect(g(tf.tensor2d(weights)).dataSync()[0]).toBeTypeOf('number');
  expect(() => tf.grad(g)(tf.tensor2d(weights))).toThrow('Cannot compute gradient');
});
