import { symmetricEigen } from '../../src/numerics/linear-algebra.js';
import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import type { DataMoments } from './data-moments.js';

/** Mean and covariance of a data set in the basis where the covariance is diagonal, rounded to float32. */
export interface Spectrum {
  /** μ, [d]. */
  readonly mean: Float32Array;
  /** λ, [d]: the eigenvalues of Σ, none below 0. */
  readonly values: Float32Array;
  /** V with Σ = V diag(λ) Vᵀ, [d·d] by rows. */
  readonly vectors: Float32Array;
}

/** The spectrum of a covariance; 784 × 784 takes some three seconds. Rounding may put an eigenvalue below 0: it becomes 0. */
export function spectrumOf({ mean, covariance }: DataMoments): Spectrum {
  const { values, vectors } = symmetricEigen(covariance);
  return {
    mean: Float32Array.from(mean),
    values: Float32Array.from(values, (value) => Math.max(0, value)),
    vectors: Float32Array.from(vectors.flat()),
  };
}

/** E‖h(x) − x₀‖² of the Wiener denoiser, Σ σ²λ/(λ + σ²). */
export const wienerLoss = ({ values }: Spectrum, sigma: number): number =>
  values.reduce((sum, value) => sum + (sigma ** 2 * value) / (value + sigma ** 2), 0);

/** The Wiener denoiser at any σ, another in each row if need be. Holds tensors until `dispose`. */
export interface SpectralWiener {
  /** μ, [1, d]. */
  readonly mean: Tensor2D;
  /** μ + V diag(λ/(λ + σ²)) Vᵀ(x − μ), [n, d] and σ [n, 1] -> [n, d]. */
  apply(x: Tensor2D, sigma: Tensor2D): Tensor2D;
  dispose(): void;
}

/** Puts a spectrum on tensors: two products with V per call in place of one inverse for each σ (as `wienerDenoiser` takes). */
export function spectralWiener({ mean, values, vectors }: Spectrum): SpectralWiener {
  const d = mean.length;
  const centre = tf.keep(tf.tensor2d(mean, [1, d]));
  const spectrum = tf.keep(tf.tensor2d(values, [1, d]));
  const basis = tf.keep(tf.tensor2d(vectors, [d, d]));
  return {
    mean: centre,
    apply: (x, sigma) =>
      tf.tidy(() => {
        const gain = spectrum.div(spectrum.add(sigma.square()));
        const shrunk = tf.matMul(x.sub<Tensor2D>(centre), basis).mul<Tensor2D>(gain);
        return tf.matMul(shrunk, basis, false, true).add<Tensor2D>(centre);
      }),
    dispose: () => tf.dispose([centre, spectrum, basis]),
  };
}
