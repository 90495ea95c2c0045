import * as tf from '@tensorflow/tfjs';

type Denoiser = (x: tf.Tensor2D, sigma: tf.Tensor1D) => tf.Tensor2D;

export function toFloat(pixels: Uint8Array, count: number): tf.Tensor2D {
  return tf.tensor2d(
    Float32Array.from(pixels.subarray(0, count * 784), (byte) => byte / 255),
    [count, 784],
  );
}

/** The Wiener denoiser of each level: h(x) = μ + (I − σ²(Σ + σ²I)⁻¹)(x − μ). */
export function trainDenoiser(images: tf.Tensor2D, { sigmas }: { sigmas: number[] }): Denoiser {
  const [count, d] = images.shape;
  const mean = images.mean<tf.Tensor2D>(0, true);
  const covariance = tf.tidy(() => {
    const centred = images.sub<tf.Tensor2D>(mean);
    return tf.matMul(centred, centred, true).div(count).arraySync() as number[][];
  });
  const gains = sigmas.map((sigma) => {
    const inverse = inverted(covariance.map((row, i) => row.map((value, j) => (i === j ? value + sigma ** 2 : value))));
    return tf.tensor2d(inverse.map((row, i) => row.map((value, j) => (i === j ? 1 : 0) - sigma ** 2 * value)));
  });
  return (x, sigma) =>
    tf.tidy(() => {
      const centred = x.sub<tf.Tensor2D>(mean);
      // Every level for every row, and of these the one that the row asks for.
      const parts = gains.map((gain, level) => {
        const chosen = sigma.sub(sigmas[level]).abs().less(1e-4).cast('float32').reshape([-1, 1]);
        return tf.matMul(centred, gain).mul<tf.Tensor2D>(chosen);
      });
      return tf.addN(parts).add<tf.Tensor2D>(mean).reshape([-1, d]);
    });
}

/** The inverse of a symmetric positive definite matrix, in place, by Gauss and Jordan without pivots. */
function inverted(matrix: number[][]): number[][] {
  const rows = matrix.map((row) => Float64Array.from(row));
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows[k];
    const p = pivot[k];
    pivot[k] = 1;
    for (let j = 0; j < pivot.length; j++) pivot[j] /= p;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[k];
      row[k] = 0;
      for (let j = 0; j < row.length; j++) row[j] -= factor * pivot[j];
    }
  }
  return rows.map((row) => Array.from(row));
}
