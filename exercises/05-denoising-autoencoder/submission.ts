import * as tf from '@tensorflow/tfjs';

/** A score or a denoiser: [n, d] -> [n, d]. */
type Field = (x: tf.Tensor2D) => tf.Tensor2D;

interface Mixture {
  readonly weights: tf.Tensor1D;
  readonly means: tf.Tensor2D;
  readonly covariances: tf.Tensor3D;
}

/** Task 1. h(x) = x + sigma² score(x), as a function of x. */
export function denoiserFromScore(score: Field, sigma: number): Field {
  throw new Error('Task 1 is still open: return the denoiser that belongs to this score.');
}

/** Task 2. The inverse of task 1: the score that belongs to a denoiser, as a function of x. */
export function scoreFromDenoiser(denoiser: Field, sigma: number): Field {
  throw new Error('Task 2 is still open: return the score that belongs to this denoiser.');
}

/** Task 3. The mean over the batch of ‖denoiser(x) − x0‖², x = x0 + sigma noise: a scalar. */
export function daeLoss(denoiser: Field, x0: tf.Tensor2D, noise: tf.Tensor2D, sigma: number): tf.Scalar {
  throw new Error('Task 3 is still open: return the loss of the denoising autoencoder.');
}

/** Task 4. E[x0 | x] for x0 from a mixture of Gaussians, x = x0 + sigma noise: [n, d] -> [n, d]. */
export function posteriorMean(x: tf.Tensor2D, mixture: Mixture, sigma: number): tf.Tensor2D {
  throw new Error('Task 4 is still open: return the mean of x0 given each row of x.');
}

/** Task 5. A formula of x, mu, tau, sigma as a line of text. */
export function posteriorMeanFormula(): string {
  throw new Error('Task 5 is still open: return E[x0 | x] for x0 from N(mu, tau²) as a line of text.');
}
