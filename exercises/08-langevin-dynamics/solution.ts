import * as tf from '@tensorflow/tfjs';

type Score = (x: tf.Tensor2D) => tf.Tensor2D;
type ConditionalScore = (x: tf.Tensor2D, sigma: tf.Tensor1D) => tf.Tensor2D;

/** The `random` of the exercise. */
interface Random {
  normal(shape: number[]): tf.Tensor;
  uniform(shape: number[]): tf.Tensor;
  rademacher(shape: number[]): tf.Tensor;
}

export function geometricSigmas(sigmaMax: number, sigmaMin: number, levels: number): tf.Tensor1D {
  const ratio = levels === 1 ? 1 : (sigmaMin / sigmaMax) ** (1 / (levels - 1));
  return tf.tensor1d(Array.from({ length: levels }, (_, i) => sigmaMax * ratio ** i));
}

export function langevinStep(score: Score, x: tf.Tensor2D, stepSize: number, noise: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => x.add(score(x).mul(stepSize)).add(noise.mul(Math.sqrt(2 * stepSize))));
}

export function langevinSample(
  score: Score,
  start: tf.Tensor2D,
  stepSize: number,
  steps: number,
  random: Random,
): tf.Tensor2D {
  return tf.tidy(() => {
    let x = start;
    for (let k = 0; k < steps; k++) x = langevinStep(score, x, stepSize, random.normal(x.shape) as tf.Tensor2D);
    return x;
  });
}

export function annealedLangevinSample(
  score: ConditionalScore,
  start: tf.Tensor2D,
  sigmas: tf.Tensor1D,
  stepsPerLevel: number,
  stepSize: number,
  random: Random,
): tf.Tensor2D {
  return tf.tidy(() => {
    const levels = sigmas.arraySync();
    const last = levels[levels.length - 1];
    let x = start;
    for (const sigma of levels) {
      const at = tf.fill<tf.Rank.R1>([x.shape[0]], sigma);
      const size = (stepSize * sigma ** 2) / last ** 2;
      x = langevinSample((y) => score(y, at), x, size, stepsPerLevel, random);
    }
    return x;
  });
}
