import { solvePositiveDefinite, symmetricEigen, type Rows } from '../../src/numerics/linear-algebra.js';
import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** The best denoiser of N(μ, Σ) under noise σ: μ + Σ(Σ + σ²I)⁻¹(x − μ), [n, d] -> [n, d]. */
export function gaussianDenoiser(mean: readonly number[], covariance: Rows, sigma: number): (x: Tensor2D) => Tensor2D {
  const noisy = covariance.map((row, i) => row.map((v, j) => (i === j ? v + sigma * sigma : v)));
  // Rows are examples, so the gain acts from the right: its transpose is (Σ + σ²I)⁻¹Σ.
  const transposedGain = solvePositiveDefinite(noisy, covariance);
  return (x) => tf.matMul(x.sub<Tensor2D>([[...mean]]), tf.tensor2d(transposedGain)).add<Tensor2D>([[...mean]]);
}

/** The mean squared error of that denoiser, σ² tr(Σ(Σ + σ²I)⁻¹) = Σ σ²λ/(λ + σ²) over the eigenvalues λ of Σ. */
export function gaussianDenoisingError(covariance: Rows, sigma: number): number {
  const variance = sigma * sigma;
  return symmetricEigen(covariance).values.reduce((sum, value) => sum + (variance * value) / (value + variance), 0);
}
