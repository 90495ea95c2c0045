import { tf, type Tensor, type Tensor1D } from '../../src/tensorflow/tensorflow.js';

/** ∇ₓ log N(x; m·x₀, σ²I) = −(x − m·x₀)/σ²: the denoising score matching target. Two [n, ...shape] -> [n, ...shape]. Vincent (2011), eq. 10. */
export function perturbationKernelScore<T extends Tensor>(x: T, x0: T, sigma: number, meanCoefficient = 1): T {
  return tf.sub<T>(x0.mul(meanCoefficient), x).div(sigma * sigma);
}

/** log N(x; m·x₀, σ²I), constants included, over all entries of an example: two [n, ...shape] -> [n]. */
export function perturbationKernelLogDensity<T extends Tensor>(
  x: T,
  x0: T,
  sigma: number,
  meanCoefficient = 1,
): Tensor1D {
  const [, ...shape] = x.shape;
  const d = shape.reduce((product, length) => product * length, 1);
  return tf
    .sub<Tensor>(x, x0.mul(meanCoefficient))
    .square()
    .sum<Tensor1D>(shape.map((_, axis) => axis + 1))
    .div<Tensor1D>(-2 * sigma * sigma)
    .sub((d / 2) * Math.log(2 * Math.PI * sigma * sigma));
}

/** ∇ₓ log p(x | x₀) = −sign(x − x₀)/b for independent Laplace noise of scale b on each coordinate: two [n, ...shape] -> [n, ...shape]. */
export function laplaceKernelScore<T extends Tensor>(x: T, x0: T, b: number): T {
  return tf.sub<T>(x0, x).sign().div(b);
}
