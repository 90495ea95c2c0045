import { tf, type Tensor1D, type Tensor2D, type Tensor3D } from '../../src/tensorflow/tensorflow.js';
import { hutchinsonDivergence } from '../scores/hutchinson.js';

/**
 * (vᵀS)² + 2 vᵀ∇(vᵀS) per example, averaged over its m probe vectors v (no factor ½): x [n, d] and probes [m, n, d] -> [n]. Its mean is the implicit
 * loss where E[vvᵀ] = I. Song et al. (2020), section 3, doubled.
 */
export function ssmLosses(field: (x: Tensor2D) => Tensor2D, x: Tensor2D, probes: Tensor3D): Tensor1D {
  const projections = tf.mul<Tensor3D>(field(x).expandDims(0), probes).sum(2);
  return projections
    .square()
    .mean<Tensor1D>(0)
    .add(hutchinsonDivergence(field, x, probes).mul(2));
}

/** ‖S‖² + 2 vᵀ∇(vᵀS) per example: the first term of {@link ssmLosses} replaced by its mean over v. Song et al. (2020), section 3, doubled. */
export function ssmLossesVarianceReduced(field: (x: Tensor2D) => Tensor2D, x: Tensor2D, probes: Tensor3D): Tensor1D {
  return field(x)
    .square()
    .sum<Tensor1D>(1)
    .add(hutchinsonDivergence(field, x, probes).mul(2));
}
