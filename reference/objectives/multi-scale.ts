import type { Tensor1D, Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** λ(σ) = σ², with which every noise scale weighs d at S = 0. Song & Ermon (2019), section 4.2. */
export const varianceWeight = (sigma: Tensor1D): Tensor1D => sigma.square();

/**
 * λ(σᵢ)‖S(xᵢ, σᵢ) + εᵢ/σᵢ‖² per example, each with its own noise scale (no factor ½): fields and noise [n, d], sigma [n] -> [n]. `weight` is λ.
 * Song & Ermon (2019), eq. 6, doubled.
 */
export function multiScaleDsmLosses(
  field: Tensor2D,
  noise: Tensor2D,
  sigma: Tensor1D,
  weight: (sigma: Tensor1D) => Tensor1D = varianceWeight,
): Tensor1D {
  const losses = field
    .add(noise.div(sigma.expandDims(1)))
    .square()
    .sum<Tensor1D>(1);
  return losses.mul(weight(sigma));
}
