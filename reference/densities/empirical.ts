import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** Standard deviation of the smoothing: one number, or one per row of x. */
export type Sigma = number | ArrayLike<number>;

/** What is known of x0 given x = x0 + σε, row by row. */
export interface EmpiricalPosterior {
  /** E[x0 | x], [n, d]. */
  readonly mean: Tensor2D;
  /** E[‖x0 − E[x0 | x]‖² | x], the trace of the posterior covariance, [n]. */
  readonly variance: Tensor1D;
  /** ∇ log p_σ(x) = (E[x0 | x] − x)/σ², [n, d]. */
  readonly score: Tensor2D;
  /** log p_σ(x), natural logarithm, [n]. */
  readonly logDensity: Tensor1D;
  /** How far the rows above may lie from their exact values for the given float32 images and x. */
  readonly errorBound: PosteriorErrorBound;
}

/** Per row a bound on |error|: Euclidean norm for the vectors, absolute value for the numbers. */
export interface PosteriorErrorBound {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly score: Float64Array;
  readonly logDensity: Float64Array;
}

/** A data set smoothed by σ: p_σ(x) = (1/N) Σ N(x; xᵢ, σ²I). Holds tensors until `dispose`. */
export interface EmpiricalDensity {
  readonly count: number;
  readonly dimension: number;
  posterior(x: Tensor2D, sigma: Sigma): EmpiricalPosterior;
  /** E[x0 | x], [n, d]. */
  posteriorMean(x: Tensor2D, sigma: Sigma): Tensor2D;
  /** ∇ log p_σ(x), [n, d]. */
  score(x: Tensor2D, sigma: Sigma): Tensor2D;
  /** log p_σ(x), [n]. */
  logDensity(x: Tensor2D, sigma: Sigma): Tensor1D;
  dispose(): void;
}

/**
 * The exact density of `count` points of `dimension` numbers by rows ([N·d], kept by reference and not to be changed), smoothed by σ.
 * Source: Vincent 2011, A connection between score matching and denoising autoencoders, section 4.
 */
export function empiricalDensity(images: Float32Array, count: number, dimension: number): EmpiricalDensity {
  if (images.length !== count * dimension || count < 1 || dimension < 1) {
    throw new TypeError(
      `Expected ${count} points of ${dimension} numbers, found ${images.length} numbers. Give count·dimension numbers by rows.`,
    );
  }
  const data = tf.tensor2d(images, [count, dimension]);
  const halfNorms = tf.tidy(() => data.square().sum(1).div(2));

  const posterior = (x: Tensor2D, sigma: Sigma): EmpiricalPosterior => {
    const [n, d] = x.shape;
    if (d !== dimension) throw new TypeError(`Expected x of shape [n, ${dimension}], found [${n}, ${d}].`);
    const points = x.dataSync<'float32'>();
    const products = tf.tidy(() => tf.matMul(x, data, false, true).sub(halfNorms));
    const values = products.dataSync<'float32'>();
    products.dispose();
    const mean = new Float64Array(n * d);
    const variance = new Float64Array(n);
    const score = new Float64Array(n * d);
    const logDensity = new Float64Array(n);
    const bound = {
      mean: new Float64Array(n),
      variance: new Float64Array(n),
      score: new Float64Array(n),
      logDensity: new Float64Array(n),
    };
    for (let r = 0; r < n; r++) {
      const s = typeof sigma === 'number' ? sigma : sigma[r];
      const row = values.subarray(r * count, (r + 1) * count);
      const top = row.reduce((m, v) => Math.max(m, v), -Infinity);
      const xr = points.subarray(r * d, (r + 1) * d);
      const slack = 1e-4 * (Math.hypot(...xr) * 30 + 450) + 40 * s * s;
      const near: number[] = [];
      for (let i = 0; i < count; i++) if (row[i] >= top - slack) near.push(i);
      const distances = near.map((i) => {
        let total = 0;
        for (let j = 0; j < d; j++) total += (xr[j] - images[i * d + j]) ** 2;
        return total;
      });
      const least = distances.reduce((m, v) => Math.min(m, v), Infinity);
      const weights = distances.map((v) => Math.exp((least - v) / (2 * s * s)));
      const total = weights.reduce((a, b) => a + b, 0);
      const m = mean.subarray(r * d, (r + 1) * d);
      let second = 0;
      near.forEach((i, k) => {
        const w = weights[k] / total;
        for (let j = 0; j < d; j++) {
          m[j] += w * images[i * d + j];
          second += w * (images[i * d + j] - xr[j]) ** 2;
        }
      });
      let shift = 0;
      for (let j = 0; j < d; j++) {
        score[r * d + j] = (m[j] - xr[j]) / (s * s);
        shift += (m[j] - xr[j]) ** 2;
      }
      variance[r] = Math.max(second - shift, 0);
      logDensity[r] = Math.log(total / count) - least / (2 * s * s) - (d / 2) * Math.log(2 * Math.PI * s * s);
      bound.mean[r] = 1e-6 * Math.hypot(...m);
      bound.variance[r] = 1e-6 * (second + 1);
      bound.score[r] = 1e-6 * (Math.sqrt(shift) / (s * s)) + 1e-7 * (Math.hypot(...m) / (s * s));
      bound.logDensity[r] = 1e-6 * (Math.abs(logDensity[r]) + 1);
    }
    return {
      mean: tf.tensor2d(Float32Array.from(mean), [n, d]),
      variance: tf.tensor1d(Float32Array.from(variance)),
      score: tf.tensor2d(Float32Array.from(score), [n, d]),
      logDensity: tf.tensor1d(Float32Array.from(logDensity)),
      errorBound: bound,
    };
  };

  return {
    count,
    dimension,
    posterior,
    posteriorMean: (x, sigma) => tf.tidy(() => posterior(x, sigma).mean),
    score: (x, sigma) => tf.tidy(() => posterior(x, sigma).score),
    logDensity: (x, sigma) => tf.tidy(() => posterior(x, sigma).logDensity),
    dispose: () => {
      data.dispose();
      halfNorms.dispose();
    },
  };
}
