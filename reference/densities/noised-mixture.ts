import { symmetricEigen, type Rows } from '../../src/numerics/linear-algebra.js';
import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** The density of m·x₀ + σ·ε for x₀ from a Gaussian mixture, with its own m and σ for each row: both [n]. */
export interface NoisedMixture {
  /** log p: [n, d] -> [n]. */
  readonly logDensity: (x: Tensor2D, meanCoefficient: Tensor1D, sigma: Tensor1D) => Tensor1D;
  /** ∇ log p in closed form: [n, d] -> [n, d]. */
  readonly score: (x: Tensor2D, meanCoefficient: Tensor1D, sigma: Tensor1D) => Tensor2D;
}

/**
 * Σ wₖ N(m mₖ, m² Cₖ + σ²I). In the eigenbasis of Cₖ the variances are m² λᵢ + σ², so that m and σ may differ from row to row and no matrix is inverted.
 */
export function noisedMixture(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
): NoisedMixture {
  const components = covariances.map((covariance, k) => {
    const { values, vectors } = symmetricEigen(covariance);
    const meanInBasis = values.map((_, j) => vectors.reduce((sum, row, i) => sum + row[j] * means[k][i], 0));
    return { logWeight: Math.log(weights[k]), meanInBasis, values, vectors };
  });
  const parts = (x: Tensor2D, meanCoefficient: Tensor1D, sigma: Tensor1D) => {
    const m = meanCoefficient.expandDims<Tensor2D>(1);
    const noise = sigma.square().expandDims<Tensor2D>(1);
    return components.map(({ logWeight, meanInBasis, values, vectors }) => {
      const basis = tf.tensor2d(vectors);
      const residual = tf.matMul(x, basis).sub<Tensor2D>(m.mul([meanInBasis]));
      const variances = m.square().mul<Tensor2D>([values]).add<Tensor2D>(noise);
      const exponent = residual.square().div<Tensor2D>(variances).add(variances.log()).sum<Tensor2D>(1, true);
      return {
        basis,
        pull: residual.div<Tensor2D>(variances).neg(),
        logit: exponent.mul(-0.5).add<Tensor2D>(logWeight),
      };
    });
  };
  const logits = (list: ReturnType<typeof parts>): Tensor2D =>
    tf.concat(
      list.map(({ logit }) => logit),
      1,
    );
  return {
    logDensity: (x, meanCoefficient, sigma) =>
      tf.logSumExp<Tensor1D>(logits(parts(x, meanCoefficient, sigma)), 1).sub((x.shape[1] / 2) * Math.log(2 * Math.PI)),
    score: (x, meanCoefficient, sigma) => {
      const list = parts(x, meanCoefficient, sigma);
      const responsibilities = logits(list).softmax(1);
      return tf.addN(
        list.map(({ basis, pull }, k) =>
          tf.matMul(pull, basis, false, true).mul<Tensor2D>(responsibilities.slice([0, k], [-1, 1])),
        ),
      );
    },
  };
}
