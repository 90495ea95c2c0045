import { affineField, softplusField } from '../../reference/scores/fields.js';
import type { Rows } from '../numerics/linear-algebra.js';
import { addVectors, applyMatrix, scaleVector, type Formula } from '../oracle/arithmetic.js';
import { tf, type Tensor2D } from '../tensorflow/tensorflow.js';
import type { Density } from './densities.js';

/** A vector field S: R^d -> R^d, as a formula and on TensorFlow.js. */
export interface ScoreField {
  readonly name: string;
  readonly dimension: number;
  /** [d] -> [d]. */
  readonly formula: Formula;
  /** [n, d] -> [n, d], float32; differentiable by tf.grad once. */
  readonly tensor: (x: Tensor2D) => Tensor2D;
}

/** S + k·φ for a number k. */
export function shifted(field: ScoreField, direction: ScoreField, k: number): ScoreField {
  return {
    name: `${field.name} + ${k}·${direction.name}`,
    dimension: field.dimension,
    formula: (a, x) => addVectors(a, field.formula(a, x), scaleVector(a, k, direction.formula(a, x))),
    tensor: (x) => field.tensor(x).add(direction.tensor(x).mul(k)),
  };
}

/** Σ cⱼ φⱼ of fields φⱼ with numbers cⱼ. */
export function combination(coefficients: readonly number[], fields: readonly ScoreField[]): ScoreField {
  return {
    name: `a combination of ${fields.length} fields`,
    dimension: fields[0].dimension,
    formula: (a, x) => {
      const parts = fields.map((field, j) => scaleVector(a, coefficients[j], field.formula(a, x)));
      return parts[0].map((_, i) => a.sum(parts.map((part) => part[i])));
    },
    tensor: (x) => tf.addN(fields.map((field, j) => field.tensor(x).mul<Tensor2D>(coefficients[j]))),
  };
}

/** S(x) = A x + b. */
export function affine(matrix: Rows, offset: readonly number[]): ScoreField {
  return {
    name: 'an affine field',
    dimension: offset.length,
    formula: (a, x) =>
      addVectors(
        a,
        applyMatrix(a, matrix, x),
        offset.map((b) => a.c(b)),
      ),
    tensor: affineField(matrix, offset),
  };
}

/** S(x) = W₂ softplus(W₁ x + b₁) + b₂. */
export function softplusNetwork(w1: Rows, b1: readonly number[], w2: Rows, b2: readonly number[]): ScoreField {
  return {
    name: `a softplus network with ${b1.length} hidden units`,
    dimension: b2.length,
    formula: (a, x) => {
      const hidden = addVectors(
        a,
        applyMatrix(a, w1, x),
        b1.map((b) => a.c(b)),
      ).map((h) => a.softplus(h));
      return addVectors(
        a,
        applyMatrix(a, w2, hidden),
        b2.map((b) => a.c(b)),
      );
    },
    tensor: softplusField(w1, b1, w2, b2),
  };
}

/** The score of a density as a field. */
export const scoreOf = (p: Density): ScoreField => ({
  name: `the score of ${p.name}`,
  dimension: p.dimension,
  formula: p.score,
  tensor: p.reference.score,
});

/** k·S for a number k. */
export const scaledField = (k: number, field: ScoreField): ScoreField => ({
  name: `${k}·${field.name}`,
  dimension: field.dimension,
  formula: (a, x) => scaleVector(a, k, field.formula(a, x)),
  tensor: (x) => field.tensor(x).mul(k),
});

/** x itself as a field on R^d. */
export const identityField = (d: number): ScoreField => ({
  name: 'the identity',
  dimension: d,
  formula: (_, x) => [...x],
  tensor: (x) => x,
});

/** S(x) = c. */
export const constantField = (c: readonly number[]): ScoreField => ({
  name: 'a constant field',
  dimension: c.length,
  formula: (a) => c.map((value) => a.c(value)),
  tensor: (x) => x.mul<Tensor2D>(0).add([[...c]]),
});

/** S(x) = (x − c)², coordinate by coordinate. */
export const squaredOffset = (c: readonly number[]): ScoreField => ({
  name: 'a quadratic field',
  dimension: c.length,
  formula: (a, x) =>
    x.map((xi, i) => {
      const offset = a.sub(xi, a.c(c[i]));
      return a.mul(offset, offset);
    }),
  tensor: (x) => x.sub<Tensor2D>([[...c]]).square(),
});
