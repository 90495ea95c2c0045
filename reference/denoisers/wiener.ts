import { inversePositiveDefinite } from '../../src/numerics/linear-algebra.js';
import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import type { DataMoments } from './data-moments.js';

/** A denoiser h(x) = μ + G(x − μ) with symmetric G, for x = x0 + σε. Holds tensors until `dispose`. */
export interface LinearDenoiser {
  /** G, [d, d] by rows. */
  readonly gain: readonly ArrayLike<number>[];
  /** μ, [d]. */
  readonly mean: readonly number[];
  /** E‖h(x) − x0‖² over x0 of these moments and the noise, in closed form; it does not use any other property of x0. */
  readonly loss: number;
  /** h in float32, [n, d] -> [n, d]. */
  apply(x: Tensor2D): Tensor2D;
  dispose(): void;
}

/**
 * The best affine denoiser of data with these moments: G = Σ(Σ + σ²I)⁻¹, with the loss σ² tr G.
 * Computed as G = I − σ²(Σ + σ²I)⁻¹ in float64, which needs no inverse of Σ (pixels that are always 0 make it singular).
 * Source: Wiener 1949, Extrapolation, Interpolation, and Smoothing of Stationary Time Series.
 */
export function wienerDenoiser({ mean, covariance }: DataMoments, sigma: number): LinearDenoiser {
  const variance = positiveSquare(sigma);
  const noisy = covariance.map((row, i) => row.map((v, j) => (i === j ? v + variance : v)));
  const gain = inversePositiveDefinite(noisy).map((row, i) => row.map((v, j) => (i === j ? 1 : 0) - variance * v));
  const loss = variance * gain.reduce((trace, row, i) => trace + row[i], 0);
  return linearDenoiser(mean, gain, loss);
}

/**
 * The best denoiser of the form μ + c(x − μ) with a number c: c = tr Σ/(tr Σ + dσ²), with the loss dσ² c.
 * It minimises (1 − c)² tr Σ + c² dσ².
 */
export function isotropicLinear({ mean, covariance }: DataMoments, sigma: number): LinearDenoiser {
  const noise = mean.length * positiveSquare(sigma);
  const signal = covariance.reduce((trace, row, i) => trace + row[i], 0);
  const c = signal / (signal + noise);
  const gain = mean.map((_, i) => new Float64Array(mean.length).fill(c, i, i + 1));
  return linearDenoiser(mean, gain, noise * c);
}

function linearDenoiser(mean: readonly number[], gain: readonly Float64Array[], loss: number): LinearDenoiser {
  // G is symmetric, so that rows of x may be multiplied from the right.
  const d = mean.length;
  const flat = new Float32Array(d * d);
  gain.forEach((row, i) => flat.set(row, i * d));
  const matrix = tf.keep(tf.tensor2d(flat, [d, d]));
  const centre = tf.keep(tf.tensor2d([...mean], [1, d]));
  return {
    gain,
    mean,
    loss,
    apply: (x) => tf.tidy(() => tf.matMul(x.sub<Tensor2D>(centre), matrix).add<Tensor2D>(centre)),
    dispose: () => tf.dispose([matrix, centre]),
  };
}

function positiveSquare(sigma: number): number {
  if (!(sigma > 0 && sigma ** 2 > 0 && sigma ** 2 < Infinity)) {
    throw new TypeError(`Expected sigma > 0 with a finite square, found ${sigma}.`);
  }
  return sigma ** 2;
}
