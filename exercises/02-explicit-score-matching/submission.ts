import * as tf from '@tensorflow/tfjs';

type Score = (x: tf.Tensor2D) => tf.Tensor2D;

/** Task 1. The mean over the batch of ‖score(x) − trueScore‖²: two tensors [n, d] -> a scalar. */
export function esmLoss(score: Score, x: tf.Tensor2D, trueScore: tf.Tensor2D): tf.Scalar {
  throw new Error('Task 1 is still open: return the explicit score matching loss of the batch.');
}
