import type { DensityOnTensors } from '../../reference/densities/density.js';
import { logisticDensity, uniformlySmoothedLogisticDensity } from '../../reference/densities/logistic.js';
import { mixtureDensity } from '../../reference/densities/mixture.js';
import { exponentialDensity, laplaceDensity, uniformDensity } from '../../reference/densities/one-dimensional.js';
import { productMixtureDensity } from '../../reference/densities/product-mixture.js';
import type { Rows } from '../numerics/linear-algebra.js';
import type { OracleDensity } from '../oracle/density.js';
import { logisticOracle, uniformlySmoothedLogisticOracle } from '../oracle/logistic.js';
import {
  gaussianParameters,
  mixtureOracle,
  scaledParameters,
  smoothedParameters,
  type MixtureParameters,
} from '../oracle/mixture.js';
import { exponentialOracle, laplaceOracle, uniformOracle } from '../oracle/one-dimensional.js';
import { productMixtureOracle } from '../oracle/product-mixture.js';

/** A density in both implementations: the float64 oracle and the reference on TensorFlow.js. */
export interface Density extends OracleDensity {
  readonly name: string;
  readonly reference: DensityOnTensors;
  /** Each draw's oracle value takes milliseconds (60,000 components in 784 dimensions): evidence uses few points. */
  readonly costly?: boolean;
}

/** A Gaussian mixture; smoothing and posteriors have closed forms. */
export interface GaussianMixture extends Density {
  readonly parameters: MixtureParameters;
}

/** Σ wₖ N(mₖ, Cₖ). */
export function mixture(parameters: MixtureParameters): GaussianMixture {
  const { weights, means, covariances } = parameters;
  const [first] = means;
  const name =
    weights.length === 1
      ? `a Gaussian in ${first.length}-D`
      : `a mixture of ${weights.length} Gaussians in ${first.length}-D`;
  return { ...mixtureOracle(parameters), name, parameters, reference: mixtureDensity(weights, means, covariances) };
}

/** N(mean, covariance). */
export const gaussian = (p: { mean: readonly number[]; covariance: Rows }): GaussianMixture =>
  mixture(gaussianParameters(p.mean, p.covariance));

/** p_σ = p ∗ N(0, σ²I). */
export function smoothed(p: GaussianMixture, sigma: number): GaussianMixture {
  return { ...mixture(smoothedParameters(p.parameters, sigma)), name: `${p.name} smoothed by σ = ${sigma}` };
}

/** Exp(rate) on [0, ∞): its density jumps at 0. */
export const exponential = (rate = 1): Density => ({
  ...exponentialOracle(rate),
  name: `Exp(${rate})`,
  reference: exponentialDensity(rate),
});

/** Laplace(location, b). */
export const laplace = (location: number, b: number): Density => ({
  ...laplaceOracle(location, b),
  name: `Laplace(${location}, ${b})`,
  reference: laplaceDensity(location, b),
});

/** Uniform on [from, to]. */
export const uniform = (from: number, to: number): Density => ({
  ...uniformOracle(from, to),
  name: `uniform on [${from}, ${to}]`,
  reference: uniformDensity(from, to),
});

/** The law of k·x for x ~ p. */
export function scaled(p: GaussianMixture, k: number): GaussianMixture {
  return { ...mixture(scaledParameters(p.parameters, k)), name: `${k} times ${p.name}` };
}

/** The logistic law: F(x) = 1/(1 + e^(−(x − location)/scale)). */
export const logistic = (location: number, scale: number): Density => ({
  ...logisticOracle(location, scale),
  name: `logistic(${location}, ${scale})`,
  reference: logisticDensity(location, scale),
});

/** The law of x₀ + e, x₀ logistic and e uniform on [−halfWidth, halfWidth]. */
export const uniformlySmoothedLogistic = (location: number, scale: number, halfWidth: number): Density => ({
  ...uniformlySmoothedLogisticOracle(location, scale, halfWidth),
  name: `logistic(${location}, ${scale}) smoothed by uniform noise on ±${halfWidth}`,
  reference: uniformlySmoothedLogisticDensity(location, scale, halfWidth),
});

/** Σ wₖ Πⱼ pₖⱼ(xⱼ): components with independent coordinates. weights [K], factors [K][d] densities on the line. */
export const productMixture = (weights: readonly number[], factors: readonly (readonly Density[])[]): Density => ({
  ...productMixtureOracle(weights, factors),
  name: `a mixture of ${weights.length} products of ${factors[0][0].name.replace(/\(.*/, '')} laws in ${factors[0].length}-D`,
  reference: productMixtureDensity(
    weights,
    factors.map((row) => row.map((factor) => factor.reference)),
  ),
});
