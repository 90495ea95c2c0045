import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import type { NormalSource } from './uniform-grid.js';

/** A score without time: [n, d] -> [n, d]. */
export type Score = (x: Tensor2D) => Tensor2D;

/** x + γ s(x) + √(2γ) z: one step of Langevin dynamics with step size γ. x and noise [n, d]. Roberts & Tweedie (1996), section 1.4; Song & Ermon (2019), eq. 4 with ε = 2γ. */
export function langevinStep(score: Score, x: Tensor2D, stepSize: number, noise: Tensor2D): Tensor2D {
  return x.add<Tensor2D>(score(x).mul(stepSize)).add(noise.mul(Math.sqrt(2 * stepSize)));
}

/** `steps` steps of {@link langevinStep}, each with fresh noise: [n, d] -> [n, d]. The start is kept; the states between are disposed. */
export function langevinSample(
  score: Score,
  start: Tensor2D,
  stepSize: number,
  steps: number,
  normal: NormalSource,
): Tensor2D {
  let x = start.clone();
  for (let k = 0; k < steps; k++) {
    const previous = x;
    x = tf.tidy(() => langevinStep(score, previous, stepSize, normal(previous.shape)));
    previous.dispose();
  }
  return x;
}
