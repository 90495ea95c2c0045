import {
  laplaceKernelScore,
  perturbationKernelLogDensity,
  perturbationKernelScore,
} from '../../reference/objectives/perturbation-kernel.js';
import { scaleVector, squaredNorm, subtract, type Arithmetic } from '../oracle/arithmetic.js';
import { symbolicGradient } from '../oracle/symbolic.js';
import { gradientIn } from './gradients.js';
import { throughNoise } from './laws.js';
import type { Term } from './term.js';

/** x₀ itself: [d]. */
export const cleanTerm = (d: number): Term => ({ size: d, formula: (_, { x0 }) => [...x0], tensor: ({ x0 }) => x0 });

/** The noise ε itself: [d]. */
export const noiseTerm = (d: number): Term => ({
  size: d,
  formula: (_, { noise }) => [...noise],
  tensor: ({ noise }) => noise,
});

/** ∇ₓ log N(x; x₀, σ²I) = −(x − x₀)/σ² of the variables x and x0: [d]. */
export const kernelScoreTerm = (sigma: number, d: number): Term => ({
  size: d,
  formula: (a, { x, x0 }) => subtract(a, x0, x).map((value) => a.div(value, a.c(sigma * sigma))),
  tensor: ({ x, x0 }) => perturbationKernelScore(x, x0, sigma),
});

/** log N(x; x₀, σ²I) of the variables x and x0: [1]. */
export const kernelLogDensityTerm = (sigma: number): Term => ({
  size: 1,
  formula: (a, { x, x0 }) => [kernelLogDensity(a, x, x0, sigma)],
  tensor: ({ x, x0 }) => perturbationKernelLogDensity(x, x0, sigma).expandDims(1),
});

/**
 * ∇ₓ log N(x; x₀, σ²I) by differentiating the log density in x, with x0 held fixed: dual numbers, reverse mode on TensorFlow.js, and computer
 * algebra. [d].
 */
export function kernelLogGradientTerm(sigma: number, d: number): Term {
  const coordinates = Array.from({ length: d }, (_, i) => i + 1);
  const squares = coordinates.map((i) => `(x_${i} - x0_${i})^2`).join(' + ');
  const logDensity = `-(${squares}) / ${2 * sigma * sigma} - ${d / 2} * log(${2 * Math.PI * sigma * sigma})`;
  return {
    ...gradientIn('x', d, kernelLogDensityTerm(sigma)),
    symbolic: symbolicGradient(
      logDensity,
      coordinates.map((i) => `x_${i}`),
    ),
  };
}

function kernelLogDensity<T>(a: Arithmetic<T>, x: readonly T[], x0: readonly T[], sigma: number): T {
  const quadratic = a.div(squaredNorm(a, subtract(a, x, x0)), a.c(-2 * sigma * sigma));
  return a.sub(quadratic, a.c((x.length / 2) * Math.log(2 * Math.PI * sigma * sigma)));
}

/** The denoising score matching target at x = x₀ + σ·noise: reads x0 and noise. [d]. */
export const perturbationTarget = (sigma: number, d: number): Term => throughNoise(kernelScoreTerm(sigma, d), sigma);

/** k·noise for a number k: [d]. */
export const scaledNoise = (k: number, d: number): Term => ({
  size: d,
  formula: (a, { noise }) => scaleVector(a, k, noise),
  tensor: ({ noise }) => noise.mul(k),
});

/** x − x₀ of the variables x and x0: [d]. */
export const displacementTerm = (d: number): Term => ({
  size: d,
  formula: (a, { x, x0 }) => subtract(a, x, x0),
  tensor: ({ x, x0 }) => x.sub(x0),
});

/** ∇ₓ log p(x | x₀) = −sign(x − x₀)/b for Laplace noise of scale b on each coordinate: [d]. */
export const laplaceKernelScoreTerm = (b: number, d: number): Term => ({
  size: d,
  formula: (a, { x, x0 }) => subtract(a, x0, x).map((value) => a.div(a.sign(value), a.c(b))),
  tensor: ({ x, x0 }) => laplaceKernelScore(x, x0, b),
});
