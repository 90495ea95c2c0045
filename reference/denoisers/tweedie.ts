import type { Tensor2D } from '../../src/tensorflow/tensorflow.js';

/**
 * E[x₀ | x] = (x + σ² s(x))/m for x = m x₀ + σε, s the score of the noisy density; m defaults to 1: [n, d] -> [n, d]. Efron (2011), eq. 1.4.
 */
export function tweedie(
  score: (x: Tensor2D) => Tensor2D,
  sigma: number,
  meanCoefficient = 1,
): (x: Tensor2D) => Tensor2D {
  return (x) => x.add<Tensor2D>(score(x).mul(sigma * sigma)).div(meanCoefficient);
}
