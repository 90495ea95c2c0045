import * as tf from '@tensorflow/tfjs';

type Score = (x: tf.Tensor2D) => tf.Tensor2D;

export function divergence(score: Score, x: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => {
    const d = x.shape[1];
    const diagonal = Array.from({ length: d }, (_, i) => {
      const axis = tf.tensor2d([Array.from({ length: d }, (_, j) => (i === j ? 1 : 0))]);
      // Rows do not see each other, so the gradient of the sum over the batch has ∂Sᵢ/∂x of each row in its place.
      const component = (y: tf.Tensor) =>
        score(y as tf.Tensor2D)
          .mul(axis)
          .sum();
      return tf.grad(component)(x).mul(axis).sum<tf.Tensor1D>(1);
    });
    return tf.addN(diagonal);
  });
}

export function ismLoss(score: Score, x: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => score(x).square().sum(1).add(divergence(score, x).mul(2)).mean());
}
