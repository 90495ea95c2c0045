import * as tf from '@tensorflow/tfjs';

/** The `random` of the exercise. */
interface Random {
  normal(shape: number[]): tf.Tensor;
  uniform(shape: number[]): tf.Tensor;
  rademacher(shape: number[]): tf.Tensor;
}

export function hutchinsonTrace(matvec: (v: tf.Tensor2D) => tf.Tensor2D, probes: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => matvec(probes).mul(probes).sum(1).mean());
}

export function hutchinsonDivergence(
  score: (x: tf.Tensor2D) => tf.Tensor2D,
  x: tf.Tensor2D,
  probes: tf.Tensor3D,
): tf.Tensor1D {
  return tf.tidy(() => {
    const [m, n, d] = probes.shape;
    const v = probes.reshape<tf.Tensor2D>([m * n, d]);
    // One call with m copies of the batch: m n rows, so m vector-Jacobian products.
    const product = tf.grad((y) =>
      score(y as tf.Tensor2D)
        .mul(v)
        .sum(),
    )(tf.tile(x, [m, 1])) as tf.Tensor2D;
    return product.mul(v).sum(1).reshape([m, n]).mean<tf.Tensor1D>(0);
  });
}

export function drawProbes(shape: number[], random: Random): tf.Tensor {
  return random.rademacher(shape);
}
