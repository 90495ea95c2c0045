import type { Tensor1D, Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** A density on R^d on TensorFlow.js, float32. */
export interface DensityOnTensors {
  /** log p(x), constants included: [n, d] -> [n]. */
  readonly logDensity: (x: Tensor2D) => Tensor1D;
  /** ∇ log p(x) in closed form: [n, d] -> [n, d]. */
  readonly score: (x: Tensor2D) => Tensor2D;
}
