import { mixtureHessian as mixtureHessianOnTensors } from '../../reference/densities/mixture.js';
import { jacobian as jacobianOnTensors } from '../../reference/scores/jacobian.js';
import { derivativeAlong, jacobian } from '../oracle/dual.js';
import { mixtureHessian } from '../oracle/mixture.js';
import { tf, type Tensor2D } from '../tensorflow/tensorflow.js';
import type { GaussianMixture } from './densities.js';
import type { ScoreField } from './fields.js';
import type { Term } from './term.js';

/** ∂Sᵢ/∂xⱼ, row by row: [d·d]. Reads x. */
export const jacobianTerm = (s: ScoreField): Term => ({
  size: s.dimension ** 2,
  formula: (a, { x }) => jacobian(s.formula)(a, x),
  tensor: ({ x }) => jacobianOnTensors(s.tensor, x),
});

/** ∇² log p, row by row, in closed form: no derivative is taken on either side. [d·d]. Reads x. */
export function hessianTerm(p: GaussianMixture): Term {
  const { weights, means, covariances } = p.parameters;
  const formula = mixtureHessian(p.parameters);
  const tensor = mixtureHessianOnTensors(weights, means, covariances);
  return {
    size: p.dimension ** 2,
    formula: (a, { x }) => formula(a, x),
    tensor: ({ x }) => tensor(x),
  };
}

/** u uᵀ of a vector term, row by row: [d·d]. */
export const outerProduct = (u: Term): Term => ({
  size: u.size ** 2,
  formula: (a, at) => {
    const values = u.formula(a, at);
    return values.flatMap((left) => values.map((right) => a.mul(left, right)));
  },
  tensor: (at) => {
    const values = u.tensor(at);
    const [n, d] = values.shape;
    return tf.mul(values.reshape([n, d, 1]), values.reshape([n, 1, d])).reshape([n, d * d]);
  },
});

/** The diagonal of a term that holds a d × d matrix, 0 elsewhere: [d·d]. */
export const diagonalOnly = (d: number, matrix: Term): Term => {
  const kept = entries(d, (i, j) => (i === j ? 1 : 0));
  return {
    size: d * d,
    formula: (a, at) => matrix.formula(a, at).map((value, k) => a.mul(a.c(kept[k]), value)),
    tensor: (at) => matrix.tensor(at).mul<Tensor2D>([kept]),
  };
};

/** The transpose of a term that holds a d × d matrix, row by row: [d·d]. */
export function transposed(d: number, matrix: Term): Term {
  const order = Array.from({ length: d * d }, (_, k) => (k % d) * d + Math.floor(k / d));
  return {
    size: d * d,
    formula: (a, at) => {
      const entries = matrix.formula(a, at);
      return order.map((k) => entries[k]);
    },
    tensor: (at) => tf.gather(matrix.tensor(at), order, 1),
  };
}

/** A term twice, evaluated once: to be compared with two others. */
export const twice = (term: Term): Term => ({
  size: 2 * term.size,
  formula: (a, at) => {
    const values = term.formula(a, at);
    return [...values, ...values];
  },
  tensor: (at) => {
    const values = term.tensor(at);
    return tf.concat([values, values], 1);
  },
});

/** A d × d matrix and its transpose, row by row: [2·d·d]. */
export function withTranspose(d: number, matrix: Term): Term {
  const order = Array.from({ length: 2 * d * d }, (_, k) => (k < d * d ? k : (k % d) * d + Math.floor(k / d) - d));
  return {
    size: 2 * d * d,
    formula: (a, at) => {
      const values = matrix.formula(a, at);
      return order.map((k) => values[k]);
    },
    tensor: (at) => tf.gather(matrix.tensor(at), order, 1),
  };
}

/** Σ wᵢⱼ mᵢⱼ of a matrix, row by row, with numbers wᵢⱼ: [1]. */
function weightedEntries(matrix: Term, weights: readonly number[]): Term {
  return {
    size: 1,
    formula: (a, at) => [a.combine(weights, matrix.formula(a, at))],
    tensor: (at) =>
      matrix
        .tensor(at)
        .mul<Tensor2D>([[...weights]])
        .sum(1, true),
  };
}

const entries = (d: number, weight: (i: number, j: number) => number): number[] =>
  Array.from({ length: d * d }, (_, k) => weight(Math.floor(k / d), k % d));

/** tr(∇S), the whole Jacobian formed. Reads x. */
export const traceOfJacobian = (s: ScoreField): Term =>
  weightedEntries(
    jacobianTerm(s),
    entries(s.dimension, (i, j) => (i === j ? 1 : 0)),
  );

/** Σᵢ Σⱼ ∂Sᵢ/∂xⱼ. Reads x. */
export const allEntriesOfJacobian = (s: ScoreField): Term =>
  weightedEntries(
    jacobianTerm(s),
    entries(s.dimension, () => 1),
  );

/** Σ ∂Sᵢ/∂x_{d+1−i}. Reads x. */
export const antidiagonalOfJacobian = (s: ScoreField): Term =>
  weightedEntries(
    jacobianTerm(s),
    entries(s.dimension, (i, j) => (i + j === s.dimension - 1 ? 1 : 0)),
  );

/**
 * Σ ∂Sᵢ/∂xᵢ, each partial derivative by itself: in the oracle the derivative of S along the axis i; on TensorFlow.js that of t ↦ Sᵢ(x + t eᵢ) at t = 0, a
 * derivative in one number per example. Reads x.
 */
export const sumOfPartials = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x }) => [
    a.sum(
      x.map((_, i) => {
        const axis = x.map((__, j) => a.c(i === j ? 1 : 0));
        return derivativeAlong(s.formula)(a, x, axis)[i];
      }),
    ),
  ],
  tensor: ({ x }) => {
    const [n, d] = x.shape;
    const axes = tf.eye(d);
    const partials = Array.from({ length: d }, (_, i) => {
      const axis = axes.slice([i, 0], [1, d]);
      const component = (t: Tensor2D): Tensor2D => s.tensor(x.add<Tensor2D>(t.mul(axis))).slice([0, i], [-1, 1]);
      return tf.grad((t) => component(t as Tensor2D).sum())(tf.zeros([n, 1])) as Tensor2D;
    });
    return tf.addN(partials);
  },
});
