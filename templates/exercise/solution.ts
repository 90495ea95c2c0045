import * as tf from '@tensorflow/tfjs';

type Score = (x: tf.Tensor2D) => tf.Tensor2D;

export function temperedScore(score: Score, x: tf.Tensor2D, temperature: number): tf.Tensor2D {
  return tf.tidy(() => score(x).div(temperature));
}
