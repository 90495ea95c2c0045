import * as tf from '@tensorflow/tfjs';

type Score = (x: tf.Tensor2D) => tf.Tensor2D;

/** Task 1. The mean over probes and examples of (vᵀ score)² + 2 vᵀ∇(vᵀ score); x is [n, d], probes are [m, n, d]: a scalar. */
export function ssmLoss(score: Score, x: tf.Tensor2D, probes: tf.Tensor3D): tf.Scalar {
  throw new Error('Task 1 is still open: return the sliced score matching loss of the batch.');
}

/** Task 2. The mean over probes and examples of ‖score‖² + 2 vᵀ∇(vᵀ score): a scalar. */
export function ssmLossVarianceReduced(score: Score, x: tf.Tensor2D, probes: tf.Tensor3D): tf.Scalar {
  throw new Error('Task 2 is still open: return the loss whose first term is exact.');
}
