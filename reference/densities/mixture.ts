import { tf, type Tensor1D, type Tensor2D, type Tensor3D } from '../../src/tensorflow/tensorflow.js';
import type { DensityOnTensors } from './density.js';
import {
  choleskyFactor,
  inverse,
  logDeterminantOfFactor,
  multiply,
  type Rows,
} from '../../src/numerics/linear-algebra.js';

/** K components side by side, so that one call of TensorFlow.js serves them all. */
interface Components {
  /** [K, 1, d]. */
  readonly means: number[][][];
  /** L⁻¹ for C = L Lᵀ: [K, d, d]. */
  readonly whitenings: number[][][];
  /** C⁻¹: [K, d, d]. */
  readonly precisions: number[][][];
  /** log w − ½ log det C − (d/2) log 2π: [K, 1]. */
  readonly logConstants: number[][];
}

/** The density of the Gaussian mixture with these weights [K], means [K, d] and covariances [K, d, d]; K = 1 is a Gaussian. */
export function mixtureDensity(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
): DensityOnTensors {
  const components = componentsOf(weights, means, covariances);
  return {
    logDensity: (x) => tf.logSumExp<Tensor1D>(componentLogits(components, x), 1),
    score: (x) => weightedSum(componentLogits(components, x).softmax(1), pullsOf(components, x)),
  };
}

/**
 * E[x₀ | x] for x = x₀ + σε, x₀ from the mixture: Σ rₖ (mₖ + Cₖ(Cₖ + σ²I)⁻¹(x − mₖ)). [n, d] -> [n, d].
 * Derived from the joint Gaussian of each component, without the score.
 */
export function mixturePosteriorMean(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
  sigma: number,
): (x: Tensor2D) => Tensor2D {
  const posterior = posteriorComponents(weights, means, covariances, sigma);
  return (x) => {
    const { responsibilities, centres } = posterior.at(x);
    return weightedSum(responsibilities, centres);
  };
}

/**
 * Cov[x₀ | x], row by row, [n, d] -> [n, d·d]: Σ rₖ (Wₖ + (μₖ − μ)(μₖ − μ)ᵀ) with component means μₖ and covariances Wₖ = Cₖ − Cₖ(Cₖ + σ²I)⁻¹Cₖ.
 */
export function mixturePosteriorCovariance(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
  sigma: number,
): (x: Tensor2D) => Tensor2D {
  const posterior = posteriorComponents(weights, means, covariances, sigma);
  return (x) => {
    const { responsibilities, centres } = posterior.at(x);
    const deviations = centres.sub<Tensor3D>(weightedSum(responsibilities, centres));
    return weightedSum(responsibilities, outerProducts(deviations).add<Tensor3D>(posterior.within));
  };
}

/**
 * ∇² log p, row by row, in closed form: Σ rₖ ((gₖ − s)(gₖ − s)ᵀ − Cₖ⁻¹) with gₖ = Cₖ⁻¹(mₖ − x), responsibilities rₖ and the score s = Σ rₖ gₖ.
 * [n, d] -> [n, d·d]. No gradient is taken: second-order gradients of TensorFlow.js are wrong through softmax (tensorflow/tfjs#3252).
 */
export function mixtureHessian(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
): (x: Tensor2D) => Tensor2D {
  const components = componentsOf(weights, means, covariances);
  const precisions = components.precisions.map((rows) => [rows.flat()]);
  return (x) => {
    const responsibilities = componentLogits(components, x).softmax<Tensor2D>(1);
    const pulls = pullsOf(components, x);
    const deviations = pulls.sub<Tensor3D>(weightedSum(responsibilities, pulls));
    return weightedSum(responsibilities, outerProducts(deviations).sub<Tensor3D>(precisions));
  };
}

/** The law of x₀ given x, component by component: responsibilities [n, K], means [K, n, d], covariances Wₖ [K, 1, d·d] whatever x. */
function posteriorComponents(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
  sigma: number,
) {
  const noisy = covariances.map((c) => c.map((row, i) => row.map((v, j) => (i === j ? v + sigma * sigma : v))));
  const components = componentsOf(weights, means, noisy);
  const gains = noisy.map((c, k) => multiply(covariances[k], inverse(c)));
  return {
    // C − C(C + σ²I)⁻¹C = σ² C(C + σ²I)⁻¹: the second form has no cancellation.
    within: gains.map((gain) => [gain.flatMap((row) => row.map((v) => sigma * sigma * v))]),
    at: (x: Tensor2D) => ({
      responsibilities: componentLogits(components, x).softmax<Tensor2D>(1),
      centres: tf
        .matMul(tf.sub<Tensor3D>(x.expandDims(0), components.means), tf.tensor3d(gains), false, true)
        .add<Tensor3D>(components.means),
    }),
  };
}

/** log wₖ + log N(x; mₖ, Cₖ): [n, d] -> [n, K]. */
function componentLogits({ means, whitenings, logConstants }: Components, x: Tensor2D): Tensor2D {
  const white = tf.matMul(tf.sub<Tensor3D>(x.expandDims(0), means), tf.tensor3d(whitenings), false, true);
  return white.square().sum<Tensor2D>(2).mul(-0.5).add<Tensor2D>(logConstants).transpose();
}

/** Cₖ⁻¹(mₖ − x), the score of each component: [n, d] -> [K, n, d]. */
const pullsOf = ({ means, precisions }: Components, x: Tensor2D): Tensor3D =>
  tf.matMul(tf.sub<Tensor3D>(means, x.expandDims(0)), tf.tensor3d(precisions));

/** Σₖ rₖ vₖ per row: r [n, K], v [K, n, m] -> [n, m]. */
const weightedSum = (responsibilities: Tensor2D, vectors: Tensor3D): Tensor2D =>
  vectors.mul<Tensor3D>(responsibilities.transpose().expandDims(2)).sum(0);

/** u uᵀ row by row: [K, n, d] -> [K, n, d·d]. */
function outerProducts(u: Tensor3D): Tensor3D {
  const [k, n, d] = u.shape;
  return tf.mul(u.reshape([k, n, d, 1]), u.reshape([k, n, 1, d])).reshape([k, n, d * d]);
}

function componentsOf(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
): Components {
  const factors = covariances.map(choleskyFactor);
  return {
    means: means.map((mean) => [[...mean]]),
    whitenings: factors.map(inverse),
    precisions: covariances.map(inverse),
    logConstants: factors.map((factor, k) => [
      Math.log(weights[k]) - 0.5 * logDeterminantOfFactor(factor) - (means[k].length / 2) * Math.log(2 * Math.PI),
    ]),
  };
}
