import type { Tensor1D, Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** dx = f(x, t) dt + g(t) dW with t in [0, 1]; read from t = 1 to t = 0 it is a reverse-time SDE. */
export interface Sde {
  /** f(x, t): [n, d] and [n] -> [n, d]. */
  readonly drift: (x: Tensor2D, t: Tensor1D) => Tensor2D;
  /** g(t), not squared: [n] -> [n]. */
  readonly diffusionCoefficient: (t: Tensor1D) => Tensor1D;
}

/** An SDE that turns data at t = 0 into noise at t = 1, with a Gaussian law of x_t given x_0. */
export interface NoisingSde extends Sde {
  /** x_t | x_0 ~ N(meanCoefficient · x_0, std² I): [n] -> [n] each. */
  readonly perturbation: (t: Tensor1D) => { readonly meanCoefficient: Tensor1D; readonly std: Tensor1D };
  /** Standard deviation of the prior N(0, priorSd² I), which stands in for the law of x_1. */
  readonly priorSd: number;
}

/** A field of points and times: [n, d] and [n] -> [n, d]. A score ∇log p_t(x), or the velocity of an ODE. */
export type FieldInTime = (x: Tensor2D, t: Tensor1D) => Tensor2D;

/** The mean [n, d] and the standard deviation [n] of x_t given x_0. Song et al. (2021), eq. 29. */
export function perturbationKernel(
  sde: NoisingSde,
  x0: Tensor2D,
  t: Tensor1D,
): { readonly mean: Tensor2D; readonly std: Tensor1D } {
  const { meanCoefficient, std } = sde.perturbation(t);
  return { mean: x0.mul(meanCoefficient.expandDims(1)), std };
}
