import * as tf from '@tensorflow/tfjs';

interface Mixture {
  readonly weights: tf.Tensor1D;
  readonly means: tf.Tensor2D;
  readonly covariances: tf.Tensor3D;
}

/** Task 1. log N(x; mean, covariance), normalised: [n, d], [d], [d, d] -> [n]. */
export function gaussianLogDensity(x: tf.Tensor2D, mean: tf.Tensor1D, covariance: tf.Tensor2D): tf.Tensor1D {
  throw new Error('Task 1 is still open: return the log density of a Gaussian at each row of x.');
}

/** Task 2. The gradient of log N(x; mean, covariance) in x: [n, d], [d], [d, d] -> [n, d]. */
export function gaussianScore(x: tf.Tensor2D, mean: tf.Tensor1D, covariance: tf.Tensor2D): tf.Tensor2D {
  throw new Error('Task 2 is still open: return the score of a Gaussian at each row of x.');
}

/** Task 3. The log density of a mixture of Gaussians: [n, d] -> [n]; weights [k], means [k, d], covariances [k, d, d]. */
export function mixtureLogDensity(x: tf.Tensor2D, mixture: Mixture): tf.Tensor1D {
  throw new Error('Task 3 is still open: return the log density of the mixture at each row of x.');
}

/** Task 4. The score of a mixture of Gaussians: [n, d] -> [n, d]. */
export function mixtureScore(x: tf.Tensor2D, mixture: Mixture): tf.Tensor2D {
  throw new Error('Task 4 is still open: return the score of the mixture at each row of x.');
}

/** Task 5. A formula of x, mu, sigma as a line of text. */
export function logDensityFormula(): string {
  throw new Error('Task 5 is still open: return the log density of N(mu, sigma²) at x as a line of text.');
}
