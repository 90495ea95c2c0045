import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import type { DensityOnTensors } from './density.js';

/**
 * log Z(θ) = log ∫ e^(θᵀx) dx over the box Π [lowerᵢ, upperᵢ], a θ per row, no coordinate 0: [n, d] -> [n].
 * Per coordinate ∫ = e^(θ·lower) (e^(θ·width) − 1)/θ.
 */
export function boxLogPartition(lower: readonly number[], upper: readonly number[]): (theta: Tensor2D) => Tensor1D {
  const widths = upper.map((high, i) => high - lower[i]);
  return (theta) => {
    const masses = theta.mul<Tensor2D>([widths]).expm1().div<Tensor2D>(theta);
    return masses
      .log()
      .add(theta.mul([[...lower]]))
      .sum(1);
  };
}

/** p(x) = e^(θᵀx)/Z(θ) on a box: log p = θᵀx − log Z(θ), score θ. Points are taken to lie inside the box. */
export function exponentialFamilyDensity(
  theta: readonly number[],
  lower: readonly number[],
  upper: readonly number[],
): DensityOnTensors {
  const natural = (): Tensor2D => tf.tensor2d([[...theta]]);
  return {
    logDensity: (x) => x.mul(natural()).sum<Tensor1D>(1).sub(boxLogPartition(lower, upper)(natural())),
    score: (x) => x.mul<Tensor2D>(0).add(natural()),
  };
}

/** The uniform law on the box Π [lowerᵢ, upperᵢ]: log p = −Σ log(upperᵢ − lowerᵢ), score 0. Points are taken to lie inside the box. */
export function uniformBoxDensity(lower: readonly number[], upper: readonly number[]): DensityOnTensors {
  const logVolume = upper.reduce((total, high, i) => total + Math.log(high - lower[i]), 0);
  return {
    logDensity: (x) => x.mul(0).sum<Tensor1D>(1).sub(logVolume),
    score: (x) => x.mul(0),
  };
}
