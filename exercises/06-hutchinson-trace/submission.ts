import * as tf from '@tensorflow/tfjs';

/** Fresh random numbers at every call; nothing else is random. */
interface Random {
  /** N(0, 1). */
  normal(shape: number[]): tf.Tensor;
  /** Uniform on [0, 1). */
  uniform(shape: number[]): tf.Tensor;
  /** −1 or 1 with probability 1/2 each. */
  rademacher(shape: number[]): tf.Tensor;
}

/** Task 1. The mean over j of v_jᵀ A v_j; matvec: [m, d] -> [m, d] multiplies each row by A, probes are [m, d]: a scalar. */
export function hutchinsonTrace(matvec: (v: tf.Tensor2D) => tf.Tensor2D, probes: tf.Tensor2D): tf.Scalar {
  throw new Error('Task 1 is still open: return the mean of vᵀ A v over the probes.');
}

/** Task 2. The mean over m of vᵀ ∇(vᵀ score) at each x_i; x is [n, d], probes are [m, n, d]: [n]. */
export function hutchinsonDivergence(
  score: (x: tf.Tensor2D) => tf.Tensor2D,
  x: tf.Tensor2D,
  probes: tf.Tensor3D,
): tf.Tensor1D {
  throw new Error('Task 2 is still open: return the mean of vᵀ ∇(vᵀ score) over the probes.');
}

/** Task 3. Random vectors v along the last axis with E[v vᵀ] = I, independent along all other axes: a tensor of this shape. */
export function drawProbes(shape: number[], random: Random): tf.Tensor {
  throw new Error('Task 3 is still open: return probe vectors drawn with random.');
}
