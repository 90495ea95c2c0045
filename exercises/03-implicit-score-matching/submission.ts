import * as tf from '@tensorflow/tfjs';

type Score = (x: tf.Tensor2D) => tf.Tensor2D;

/** Task 1. The trace of the Jacobian of score at each row of x, exact: [n, d] -> [n]. */
export function divergence(score: Score, x: tf.Tensor2D): tf.Tensor1D {
  throw new Error('Task 1 is still open: return the divergence of score at each row of x.');
}

/** Task 2. The mean over the batch of ‖score(x)‖² + 2 divergence: a scalar. */
export function ismLoss(score: Score, x: tf.Tensor2D): tf.Scalar {
  throw new Error('Task 2 is still open: return the implicit score matching loss of the batch.');
}
