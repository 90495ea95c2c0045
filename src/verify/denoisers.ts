import { gaussianDenoiser, gaussianDenoisingError } from '../../reference/denoisers/gaussian.js';
import { mixturePosteriorMedian as posteriorMedianOnTensors } from '../../reference/denoisers/posterior-median.js';
import { tweedie } from '../../reference/denoisers/tweedie.js';
import {
  mixturePosteriorCovariance as posteriorCovarianceOnTensors,
  mixturePosteriorMean as posteriorMeanOnTensors,
} from '../../reference/densities/mixture.js';
import { jacobian } from '../../reference/scores/jacobian.js';
import { inverse, multiply } from '../numerics/linear-algebra.js';
import { addVectors, applyMatrix, scaleVector, subtract } from '../oracle/arithmetic.js';
import {
  mixtureHessian,
  mixturePosteriorCovariance,
  mixturePosteriorMean,
  smoothedParameters,
  type MixtureParameters,
} from '../oracle/mixture.js';
import { mixturePosteriorMedian } from '../oracle/posterior-median.js';
import { symbolicGradient, symbolicHessian } from '../oracle/symbolic.js';
import type { Tensor2D } from '../tensorflow/tensorflow.js';
import type { Density, GaussianMixture } from './densities.js';
import type { ScoreField } from './fields.js';
import type { Term } from './term.js';

/** A map from noisy points to estimates of x₀: the same shape as a score field. */
export type Denoiser = ScoreField;

const asList = ({ weights, means, covariances }: MixtureParameters) => [weights, means, covariances] as const;

/** E[x₀ | x] for x = x₀ + σε from the joint law of each component, without the score. */
export const posteriorMean = (p0: GaussianMixture, sigma: number): Denoiser => ({
  name: `the posterior mean of ${p0.name}`,
  dimension: p0.dimension,
  formula: mixturePosteriorMean(p0.parameters, sigma),
  tensor: posteriorMeanOnTensors(...asList(p0.parameters), sigma),
});

/** The median of each coordinate of x₀ given x = x₀ + σε. */
export const posteriorMedian = (p0: GaussianMixture, sigma: number): Denoiser => ({
  name: `the posterior median of ${p0.name}`,
  dimension: p0.dimension,
  formula: mixturePosteriorMedian(p0.parameters, sigma),
  tensor: posteriorMedianOnTensors(...asList(p0.parameters), sigma),
});

/** Cov[x₀ | x] for x = x₀ + σε, row by row: [d·d]. Reads x. */
export function posteriorCovarianceTerm(p0: GaussianMixture, sigma: number): Term {
  const formula = mixturePosteriorCovariance(p0.parameters, sigma);
  const tensor = posteriorCovarianceOnTensors(...asList(p0.parameters), sigma);
  return { size: p0.dimension ** 2, formula: (a, { x }) => formula(a, x), tensor: ({ x }) => tensor(x) };
}

/** h(x) = x + σ² S(x): the denoiser that a score field stands for. */
export const denoiserOf = (s: ScoreField, sigma: number): Denoiser => ({
  name: `x + ${sigma}²·${s.name}`,
  dimension: s.dimension,
  formula: (a, x) => addVectors(a, x, scaleVector(a, sigma * sigma, s.formula(a, x))),
  tensor: tweedie(s.tensor, sigma),
});

/** (x + σ² ∇log p(x))/m, Tweedie's formula for x = m x₀ + σε with density p; by computer algebra too where log p is an expression. Reads x. */
export function tweedieTerm(p: Density, sigma: number, meanCoefficient = 1): Term {
  const variance = sigma * sigma;
  const tensor = tweedie(p.reference.score, sigma, meanCoefficient);
  const names = Array.from({ length: p.dimension }, (_, i) => `x_${i + 1}`);
  // (x²/2 + σ² log p)/m is the potential whose gradient Tweedie's formula is.
  const squares = names.map((name) => `${name} ^ 2`).join(' + ');
  const potential =
    p.symbolicLogDensity && `((${squares}) / 2 + ${variance} * (${p.symbolicLogDensity('x')})) / ${meanCoefficient}`;
  return {
    size: p.dimension,
    formula: (a, { x }) =>
      addVectors(a, x, scaleVector(a, variance, p.score(a, x))).map((value) => a.div(value, a.c(meanCoefficient))),
    tensor: ({ x }) => tensor(x),
    ...(potential === undefined ? {} : { symbolic: symbolicGradient(potential, names) }),
  };
}

/**
 * u I + v ∇² log p(x), row by row: [d·d]. The Hessian is written out in the oracle, derived by computer algebra, and on TensorFlow.js the Jacobian of
 * the closed-form score, because second-order gradients there are wrong (tensorflow/tfjs#3252). Reads x.
 */
export function curvatureTerm(p: GaussianMixture, u: number, v: number): Term {
  const d = p.dimension;
  const hessian = mixtureHessian(p.parameters);
  const identity = Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? u : 0));
  const names = Array.from({ length: d }, (_, i) => `x_${i + 1}`);
  const squares = names.map((name) => `${name} ^ 2`).join(' + ');
  // The second derivatives of a mixture in several dimensions fill pages: seconds per hundred points.
  const short = d === 1 || p.parameters.weights.length === 1;
  const potential =
    short && p.symbolicLogDensity && `(${u} / 2) * (${squares}) + ${v} * (${p.symbolicLogDensity('x')})`;
  return {
    size: d * d,
    formula: (a, { x }) => hessian(a, x).map((value, i) => a.add(a.c(identity[i]), a.mul(a.c(v), value))),
    tensor: ({ x }) => jacobian(p.reference.score, x).mul<Tensor2D>(v).add([identity]),
    ...(potential ? { symbolic: symbolicHessian(potential, names) } : {}),
  };
}

/** μ + Σ(Σ + σ²I)⁻¹(x − μ): the best denoiser of N(μ, Σ), and the best affine one of any law with this mean and covariance. */
export function wienerDenoiser({ parameters, dimension, name }: GaussianMixture, sigma: number): Denoiser {
  const [mean] = parameters.means;
  const gain = wienerGain(parameters, sigma);
  return {
    name: `the Wiener denoiser of ${name}`,
    dimension,
    formula: (a, x) => {
      const centre = mean.map((m) => a.c(m));
      return addVectors(a, centre, applyMatrix(a, gain, subtract(a, x, centre)));
    },
    tensor: gaussianDenoiser(mean, parameters.covariances[0], sigma),
  };
}

/** σ² tr(Σ(Σ + σ²I)⁻¹), the mean squared error of the Wiener denoiser, as a constant term: trace in the oracle, eigenvalues in the reference. */
export function wienerErrorTerm({ parameters }: GaussianMixture, sigma: number): Term {
  const trace = wienerGain(parameters, sigma).reduce((sum, row, i) => sum + row[i], 0);
  const onTensors = gaussianDenoisingError(parameters.covariances[0], sigma);
  return {
    size: 1,
    formula: (a) => [a.c(sigma * sigma * trace)],
    tensor: ({ x0 }) => x0.slice([0, 0], [-1, 1]).mul(0).add(onTensors),
  };
}

/** Σ(Σ + σ²I)⁻¹ of the first component. */
function wienerGain(parameters: MixtureParameters, sigma: number): number[][] {
  return multiply(parameters.covariances[0], inverse(smoothedParameters(parameters, sigma).covariances[0]));
}
