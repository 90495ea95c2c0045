import * as tf from '@tensorflow/tfjs';

type Score = (x: tf.Tensor2D) => tf.Tensor2D;

export function ssmLoss(score: Score, x: tf.Tensor2D, probes: tf.Tensor3D): tf.Scalar {
  return tf.tidy(() => {
    const projections = score(x).expandDims(0).mul(probes).sum(2);
    return projections
      .square()
      .mean()
      .add(curvature(score, x, probes).mul(2));
  });
}

export function ssmLossVarianceReduced(score: Score, x: tf.Tensor2D, probes: tf.Tensor3D): tf.Scalar {
  return tf.tidy(() =>
    score(x)
      .square()
      .sum(1)
      .mean()
      .add(curvature(score, x, probes).mul(2)),
  );
}

/** The mean over probes and examples of vᵀ∇(vᵀ score). */
function curvature(score: Score, x: tf.Tensor2D, probes: tf.Tensor3D): tf.Scalar {
  const [m, n, d] = probes.shape;
  const v = probes.reshape<tf.Tensor2D>([m * n, d]);
  const product = tf.grad((y) =>
    score(y as tf.Tensor2D)
      .mul(v)
      .sum(),
  )(tf.tile(x, [m, 1])) as tf.Tensor2D;
  return product.mul(v).sum(1).mean();
}
