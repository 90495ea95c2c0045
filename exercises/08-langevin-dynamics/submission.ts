import * as tf from '@tensorflow/tfjs';

type Score = (x: tf.Tensor2D) => tf.Tensor2D;
type ConditionalScore = (x: tf.Tensor2D, sigma: tf.Tensor1D) => tf.Tensor2D;

/** Fresh random numbers at every call; nothing else is random. */
interface Random {
  /** N(0, 1). */
  normal(shape: number[]): tf.Tensor;
  /** Uniform on [0, 1). */
  uniform(shape: number[]): tf.Tensor;
  /** −1 or 1 with probability 1/2 each. */
  rademacher(shape: number[]): tf.Tensor;
}

/** Task 1. Decreasing noise levels with constant ratio, both ends included: [levels]. */
export function geometricSigmas(sigmaMax: number, sigmaMin: number, levels: number): tf.Tensor1D {
  throw new Error('Task 1 is still open: return the geometric sequence from sigmaMax to sigmaMin.');
}

/** Task 2. x + stepSize score(x) + sqrt(2 stepSize) noise: [n, d]. */
export function langevinStep(score: Score, x: tf.Tensor2D, stepSize: number, noise: tf.Tensor2D): tf.Tensor2D {
  throw new Error('Task 2 is still open: return the state after one Langevin step.');
}

/** Task 3. `steps` steps of task 2, each with fresh noise from random: [n, d]. */
export function langevinSample(
  score: Score,
  start: tf.Tensor2D,
  stepSize: number,
  steps: number,
  random: Random,
): tf.Tensor2D | Promise<tf.Tensor2D> {
  throw new Error('Task 3 is still open: return the state after all steps.');
}

/** Task 4. At each level stepsPerLevel steps of size stepSize sigma²/sigma_last² with score(x, sigma): [n, d]. */
export function annealedLangevinSample(
  score: ConditionalScore,
  start: tf.Tensor2D,
  sigmas: tf.Tensor1D,
  stepsPerLevel: number,
  stepSize: number,
  random: Random,
): tf.Tensor2D | Promise<tf.Tensor2D> {
  throw new Error('Task 4 is still open: return the state after all levels.');
}
