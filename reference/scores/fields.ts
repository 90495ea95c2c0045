import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import type { Rows } from '../../src/numerics/linear-algebra.js';

/** S(x) = A x + b: [n, d] -> [n, d]. */
export function affineField(a: Rows, b: readonly number[]): (x: Tensor2D) => Tensor2D {
  return (x) => tf.matMul(x, matrix(a), false, true).add<Tensor2D>([[...b]]);
}

/**
 * S(x) = W₂ softplus(W₁ x + b₁) + b₂: [n, d] -> [n, d]. Softplus keeps second-order gradients exact
 * (tensorflow/tfjs#3252 spoils those of tanh, sigmoid, exp).
 */
export function softplusField(
  w1: Rows,
  b1: readonly number[],
  w2: Rows,
  b2: readonly number[],
): (x: Tensor2D) => Tensor2D {
  return (x) => {
    const hidden = tf
      .matMul(x, matrix(w1), false, true)
      .add<Tensor2D>([[...b1]])
      .softplus();
    return tf.matMul(hidden, matrix(w2), false, true).add<Tensor2D>([[...b2]]);
  };
}

const matrix = (rows: Rows): Tensor2D => tf.tensor2d(rows.map((row) => [...row]));
