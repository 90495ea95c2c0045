import type { Formula } from '../oracle/arithmetic.js';
import type { Tensor2D } from '../tensorflow/tensorflow.js';

/** A vector field S: R^d -> R^d, as a formula and on TensorFlow.js. */
export interface ScoreField {
  readonly name: string;
  readonly dimension: number;
  /** [d] -> [d]. */
  readonly formula: Formula;
  /** [n, d] -> [n, d], float32; differentiable by tf.grad once. */
  readonly tensor: (x: Tensor2D) => Tensor2D;
}
