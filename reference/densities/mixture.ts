import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import type { DensityOnTensors } from './density.js';
import {
  choleskyFactor,
  inverse,
  logDeterminantOfFactor,
  multiply,
  type Rows,
} from '../../src/numerics/linear-algebra.js';

interface Component {
  readonly mean: number[];
  readonly whitening: Rows;
  readonly precision: Rows;
  readonly logConstant: number;
}

/** The density of the Gaussian mixture with these weights [K], means [K, d] and covariances [K, d, d]; K = 1 is a Gaussian. */
export function mixtureDensity(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
): DensityOnTensors {
  const components = means.map((mean, k) => componentOf(weights[k], mean, covariances[k]));
  return {
    logDensity: (x) => tf.logSumExp<Tensor1D>(componentLogits(components, x), 1),
    score: (x) => {
      const responsibilities = componentLogits(components, x).softmax(1);
      const pulls = components.map(({ mean, precision }) => tf.matMul<Tensor2D>(tf.sub([mean], x), matrix(precision)));
      return weightedSum(responsibilities, pulls);
    },
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
    const [n, d] = x.shape;
    const overall = weightedSum(responsibilities, centres);
    const parts = centres.map((centre, k) => {
      const deviation = centre.sub<Tensor2D>(overall);
      const outer = tf.mul(deviation.reshape([n, d, 1]), deviation.reshape([n, 1, d])).reshape<Tensor2D>([n, d * d]);
      return outer.add<Tensor2D>([posterior.within[k].flat()]);
    });
    return weightedSum(responsibilities, parts);
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
  const components = means.map((mean, k) => componentOf(weights[k], mean, covariances[k]));
  const outer = (u: Tensor2D): Tensor2D => {
    const [n, d] = u.shape;
    return tf.mul(u.reshape([n, d, 1]), u.reshape([n, 1, d])).reshape([n, d * d]);
  };
  return (x) => {
    const responsibilities = componentLogits(components, x).softmax<Tensor2D>(1);
    const pulls = components.map(({ mean, precision }) => tf.matMul<Tensor2D>(tf.sub([mean], x), matrix(precision)));
    const score = weightedSum(responsibilities, pulls);
    const curvatures = pulls.map((pull, k) =>
      outer(pull.sub<Tensor2D>(score)).sub<Tensor2D>([components[k].precision.flat()]),
    );
    return weightedSum(responsibilities, curvatures);
  };
}

/** The law of x₀ given x, component by component: responsibilities [n, K], means K times [n, d], covariances Wₖ whatever x. */
function posteriorComponents(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
  sigma: number,
) {
  const noisy = covariances.map((c) => c.map((row, i) => row.map((v, j) => (i === j ? v + sigma * sigma : v))));
  const components = means.map((mean, k) => componentOf(weights[k], mean, noisy[k]));
  const gains = noisy.map((c, k) => multiply(covariances[k], inverse(c)));
  return {
    // C − C(C + σ²I)⁻¹C = σ² C(C + σ²I)⁻¹: the second form has no cancellation.
    within: gains.map((gain) => gain.map((row) => row.map((v) => sigma * sigma * v))),
    at: (x: Tensor2D) => ({
      responsibilities: componentLogits(components, x).softmax(1),
      centres: gains.map((gain, k) =>
        tf
          .matMul(tf.sub<Tensor2D>(x, [components[k].mean]), matrix(gain), false, true)
          .add<Tensor2D>([components[k].mean]),
      ),
    }),
  };
}

/** log wₖ + log N(x; mₖ, Cₖ): [n, d] -> [n, K]. */
function componentLogits(components: readonly Component[], x: Tensor2D): Tensor2D {
  const columns = components.map(({ mean, whitening, logConstant }) => {
    const white = tf.matMul(tf.sub<Tensor2D>(x, [mean]), matrix(whitening), false, true);
    return white.square().sum<Tensor2D>(1, true).mul(-0.5).add<Tensor2D>(logConstant);
  });
  return tf.concat(columns, 1);
}

/** Σₖ rₖ vₖ per row: r [n, K], K vectors [n, d] -> [n, d]. */
function weightedSum(responsibilities: Tensor2D, vectors: readonly Tensor2D[]): Tensor2D {
  const parts = vectors.map((vector, k) => vector.mul<Tensor2D>(responsibilities.slice([0, k], [-1, 1])));
  return tf.addN(parts);
}

function componentOf(weight: number, mean: readonly number[], covariance: Rows): Component {
  const factor = choleskyFactor(covariance);
  return {
    mean: [...mean],
    whitening: inverse(factor),
    precision: inverse(covariance),
    logConstant: Math.log(weight) - 0.5 * logDeterminantOfFactor(factor) - (mean.length / 2) * Math.log(2 * Math.PI),
  };
}

const matrix = (rows: Rows): Tensor2D => tf.tensor2d(rows.map((row) => [...row]));
