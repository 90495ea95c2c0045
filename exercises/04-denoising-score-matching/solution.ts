import * as tf from '@tensorflow/tfjs';

type Score = (x: tf.Tensor) => tf.Tensor;
type ConditionalScore = (x: tf.Tensor, sigma: tf.Tensor1D) => tf.Tensor;

export function perturb(x0: tf.Tensor, noise: tf.Tensor, sigma: number): tf.Tensor {
  return tf.tidy(() => x0.add(noise.mul(sigma)));
}

export function dsmTarget(x: tf.Tensor, x0: tf.Tensor, sigma: number): tf.Tensor {
  return tf.tidy(() => x0.sub(x).div(sigma * sigma));
}

export function dsmLoss(score: Score, x0: tf.Tensor, noise: tf.Tensor, sigma: number): tf.Scalar {
  return tf.tidy(() => {
    const x = perturb(x0, noise, sigma);
    return sumOverExample(
      score(x)
        .sub(dsmTarget(x, x0, sigma))
        .square(),
    ).mean();
  });
}

export function multiScaleDsmLoss(
  score: ConditionalScore,
  x0: tf.Tensor,
  noise: tf.Tensor,
  sigma: tf.Tensor1D,
): tf.Scalar {
  return tf.tidy(() => {
    const scale = sigma.reshape([-1, ...x0.shape.slice(1).map(() => 1)]);
    const x = x0.add(noise.mul(scale));
    // The weight sigma² goes into the square: ‖sigma score + noise‖².
    return sumOverExample(score(x, sigma).mul(scale).add(noise).square()).mean();
  });
}

/** [n, ...] -> [n]. */
function sumOverExample(x: tf.Tensor): tf.Tensor1D {
  return x.sum(x.shape.slice(1).map((_, i) => i + 1));
}

export function dsmTargetFormula(): string {
  return '-(x - x0)/sigma^2';
}
