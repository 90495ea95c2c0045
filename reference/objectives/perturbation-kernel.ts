import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** ∇ₓ log N(x; m·x₀, σ²I) = −(x − m·x₀)/σ²: the denoising score matching target. Two [n, d] -> [n, d]. Vincent (2011), eq. 10. */
export function perturbationKernelScore(x: Tensor2D, x0: Tensor2D, sigma: number, meanCoefficient = 1): Tensor2D {
  return tf.sub<Tensor2D>(x0.mul(meanCoefficient), x).div(sigma * sigma);
}

/** log N(x; m·x₀, σ²I), constants included: two [n, d] -> [n]. */
export function perturbationKernelLogDensity(x: Tensor2D, x0: Tensor2D, sigma: number, meanCoefficient = 1): Tensor1D {
  const d = x.shape[1];
  return tf
    .sub<Tensor2D>(x, x0.mul(meanCoefficient))
    .square()
    .sum<Tensor1D>(1)
    .div<Tensor1D>(-2 * sigma * sigma)
    .sub((d / 2) * Math.log(2 * Math.PI * sigma * sigma));
}
