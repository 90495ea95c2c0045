import * as tf from '@tensorflow/tfjs';

type Score = (x: tf.Tensor2D) => tf.Tensor2D;

export function esmLoss(score: Score, x: tf.Tensor2D, trueScore: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => score(x).sub(trueScore).square().sum(1).mean());
}
