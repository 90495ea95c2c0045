import * as tf from '@tensorflow/tfjs';

/** A noising process dx = f dt + g dW on [0, 1]. */
type Sde = { kind: 'vp'; betaMin: number; betaMax: number } | { kind: 've'; sigmaMin: number; sigmaMax: number };
type Score = (x: tf.Tensor2D, t: tf.Tensor1D) => tf.Tensor2D;

/** Fresh random numbers at every call; nothing else is random. */
interface Random {
  /** N(0, 1). */
  normal(shape: number[]): tf.Tensor;
  /** Uniform on [0, 1). */
  uniform(shape: number[]): tf.Tensor;
  /** −1 or 1 with probability 1/2 each. */
  rademacher(shape: number[]): tf.Tensor;
}

/** Task 1. f(x, t); x is [n, d], t is [n]: [n, d]. */
export function drift(sde: Sde, x: tf.Tensor2D, t: tf.Tensor1D): tf.Tensor2D {
  throw new Error('Task 1 is still open: return the drift of the forward process.');
}

/** Task 2. g(t): [n]. */
export function diffusionCoefficient(sde: Sde, t: tf.Tensor1D): tf.Tensor1D {
  throw new Error('Task 2 is still open: return the diffusion coefficient, not its square.');
}

/** Task 3. Mean [n, d] and standard deviation [n] of x(t) given x0. */
export function perturbationKernel(sde: Sde, x0: tf.Tensor2D, t: tf.Tensor1D): { mean: tf.Tensor2D; std: tf.Tensor1D } {
  throw new Error('Task 3 is still open: return { mean, std } of x(t) given x0.');
}

/** Task 4. Draws of the law at t = 1: a tensor of this shape. */
export function prior(sde: Sde, shape: number[], random: Random): tf.Tensor {
  throw new Error('Task 4 is still open: return draws of the prior.');
}

/** Task 5. x − (f − g² score(x, t)) dt + g sqrt(dt) noise, dt > 0: [n, d]. */
export function reverseStep(
  sde: Sde,
  score: Score,
  x: tf.Tensor2D,
  t: tf.Tensor1D,
  dt: number,
  noise: tf.Tensor2D,
): tf.Tensor2D {
  throw new Error('Task 5 is still open: return the state at t − dt.');
}

/** Task 6. Steps of task 5 on the uniform grid from 1 to tEnd, noise at every step: [n, d]. */
export function reverseSample(
  sde: Sde,
  score: Score,
  start: tf.Tensor2D,
  { steps, tEnd }: { steps: number; tEnd: number },
  random: Random,
): tf.Tensor2D | Promise<tf.Tensor2D> {
  throw new Error('Task 6 is still open: return the state at tEnd.');
}

/** Task 7. x − (f − g² score(x, t)/2) dt: [n, d]. */
export function probabilityFlowStep(sde: Sde, score: Score, x: tf.Tensor2D, t: tf.Tensor1D, dt: number): tf.Tensor2D {
  throw new Error('Task 7 is still open: return the state of the flow at t − dt.');
}

/** Task 8. The flow on the uniform grid from 1 to tEnd, by any scheme of order 1 or more: [n, d]. */
export function probabilityFlowSample(
  sde: Sde,
  score: Score,
  start: tf.Tensor2D,
  { steps, tEnd }: { steps: number; tEnd: number },
): tf.Tensor2D | Promise<tf.Tensor2D> {
  throw new Error('Task 8 is still open: return the state of the flow at tEnd.');
}
