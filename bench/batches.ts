import type { DigitSet } from '../reference/data/digits.js';
import { tf, type Tensor2D } from '../src/tensorflow/tensorflow.js';

/** Batch sizes of the measurements. */
export const batches = [256, 1_024] as const;

/** Noise levels: from one near point per row to all of them. */
export const sigmas = [0.1, 0.4, 1.3, 5] as const;

/** The first `size` held-out digits with noise σ, [size, d]; over again where there are fewer. */
export function noisyBatch(digits: DigitSet, size: number, sigma: number): Tensor2D {
  const d = digits.images.length / digits.count;
  const clean = new Float32Array(size * d);
  for (let row = 0; row < size; row++) {
    const from = (row % digits.count) * d;
    clean.set(digits.images.subarray(from, from + d), row * d);
  }
  return tf.tidy(() => tf.tensor2d(clean, [size, d]).add<Tensor2D>(tf.randomNormal([size, d]).mul(sigma)));
}
