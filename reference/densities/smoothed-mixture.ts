import { symmetricEigen, type Rows } from '../../src/numerics/linear-algebra.js';
import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/**
 * log Σ wₖ N(x; mₖ, Cₖ + τI) with a noise variance τ = σ² per row: [n, d] and [n, 1] -> [n]. In the eigenbasis of Cₖ the variances are
 * λᵢ + τ, so that the derivative in τ needs no matrix inverse.
 */
export function smoothedMixtureLog(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
): (x: Tensor2D, tau: Tensor2D) => Tensor1D {
  const components = covariances.map((covariance, k) => ({
    logWeight: Math.log(weights[k]) - (means[k].length / 2) * Math.log(2 * Math.PI),
    mean: [...means[k]],
    ...symmetricEigen(covariance),
  }));
  return (x, tau) => {
    const logits = components.map(({ logWeight, mean, values, vectors }) => {
      const alongAxes = tf.matMul(tf.sub<Tensor2D>(x, [mean]), tf.tensor2d(vectors));
      const variances = tf.add<Tensor2D>(tau, [values]);
      const terms = alongAxes.square().div<Tensor2D>(variances).add<Tensor2D>(variances.log());
      return terms.sum<Tensor2D>(1, true).mul(-0.5).add<Tensor2D>(logWeight);
    });
    return tf.logSumExp(tf.concat(logits, 1), 1);
  };
}
