import * as tf from '@tensorflow/tfjs';

type Score = (x: tf.Tensor) => tf.Tensor;
type ConditionalScore = (x: tf.Tensor, sigma: tf.Tensor1D) => tf.Tensor;

/** Task 1. x0 + sigma noise: two tensors [n, ...] -> [n, ...]. */
export function perturb(x0: tf.Tensor, noise: tf.Tensor, sigma: number): tf.Tensor {
  throw new Error('Task 1 is still open: return x0 with noise of standard deviation sigma added.');
}

/** Task 2. The gradient of log N(x; x0, sigma² I) in x: two tensors [n, ...] -> [n, ...]. */
export function dsmTarget(x: tf.Tensor, x0: tf.Tensor, sigma: number): tf.Tensor {
  throw new Error('Task 2 is still open: return the gradient of log p(x | x0) with respect to x.');
}

/** Task 3. The mean over the batch of ‖score(x) − dsmTarget‖², x = perturb(x0, noise, sigma): a scalar. */
export function dsmLoss(score: Score, x0: tf.Tensor, noise: tf.Tensor, sigma: number): tf.Scalar {
  throw new Error('Task 3 is still open: return the denoising score matching loss of the batch.');
}

/** Task 4. The mean over the batch of sigma² ‖score(x, sigma) + noise/sigma‖², one sigma for each example: a scalar. */
export function multiScaleDsmLoss(
  score: ConditionalScore,
  x0: tf.Tensor,
  noise: tf.Tensor,
  sigma: tf.Tensor1D,
): tf.Scalar {
  throw new Error('Task 4 is still open: return the loss weighted by sigma² at several noise levels.');
}

/** Task 5. A formula of x, x0, sigma as a line of text. */
export function dsmTargetFormula(): string {
  throw new Error('Task 5 is still open: return the gradient of log N(x; x0, sigma²) in x as a line of text.');
}
