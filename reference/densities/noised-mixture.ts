import { symmetricEigen, type Rows } from '../../src/numerics/linear-algebra.js';
import { once } from '../../src/numerics/once.js';
import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** The density of m·x₀ + σ·ε for x₀ from a Gaussian mixture, with its own m and σ for each row: both [n]. */
export interface NoisedMixture {
  /** log p: [n, d] -> [n]. */
  readonly logDensity: (x: Tensor2D, meanCoefficient: Tensor1D, sigma: Tensor1D) => Tensor1D;
  /** ∇ log p in closed form: [n, d] -> [n, d]. */
  readonly score: (x: Tensor2D, meanCoefficient: Tensor1D, sigma: Tensor1D) => Tensor2D;
}

/**
 * Σ wₖ N(m mₖ, m² Cₖ + σ²I). In the eigenbasis of Cₖ the variances are m² λᵢ + σ², so that m and σ may differ from row to row and no matrix is inverted;
 * the coordinates in all K bases stand side by side, [n, K·d].
 */
export function noisedMixture(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
): NoisedMixture {
  const d = means[0].length;
  const eigen = covariances.map(symmetricEigen);
  const bases = means[0].map((_, i) => eigen.flatMap(({ vectors }) => vectors[i]));
  const meansInBases = eigen.flatMap(({ vectors }, k) =>
    vectors.map((_, j) => vectors.reduce((sum, row, i) => sum + row[j] * means[k][i], 0)),
  );
  const eigenvalues = eigen.flatMap(({ values }) => values);
  // [K·d, K]: adds up the d coordinates of each basis.
  const groups = meansInBases.map((_, column) => weights.map((__, k) => (Math.floor(column / d) === k ? 1 : 0)));
  // Tensors of their own: numbers handed to an operation become new ones at every call, which takes as long as the operation.
  const constants = once(() => ({
    bases: tf.keep(tf.tensor2d(bases)),
    backwards: tf.keep(tf.tensor2d(bases).neg()),
    meansInBases: tf.keep(tf.tensor2d([meansInBases])),
    eigenvalues: tf.keep(tf.tensor2d([eigenvalues])),
    sums: tf.keep(tf.tensor2d(groups)),
    halfSums: tf.keep(tf.tensor2d(groups).mul<Tensor2D>(-0.5)),
    logWeights: tf.keep(tf.tensor2d([weights.map(Math.log)])),
  }));
  const inBases = (x: Tensor2D, meanCoefficient: Tensor1D, sigma: Tensor1D) => {
    const c = constants();
    const m = meanCoefficient.expandDims<Tensor2D>(1);
    const residual = tf.matMul(x, c.bases).sub<Tensor2D>(m.mul(c.meansInBases));
    const variances = m.square().mul<Tensor2D>(c.eigenvalues).add<Tensor2D>(sigma.square().expandDims(1));
    const pull = residual.div<Tensor2D>(variances);
    const halves = tf.matMul<Tensor2D>(residual.mul<Tensor2D>(pull).add<Tensor2D>(variances.log()), c.halfSums);
    return { pull, logits: halves.add<Tensor2D>(c.logWeights) };
  };
  return {
    logDensity: (x, meanCoefficient, sigma) =>
      tf.logSumExp<Tensor1D>(inBases(x, meanCoefficient, sigma).logits, 1).sub((d / 2) * Math.log(2 * Math.PI)),
    score: (x, meanCoefficient, sigma) => {
      const { pull, logits } = inBases(x, meanCoefficient, sigma);
      const { sums, backwards } = constants();
      const responsibilities = tf.matMul(logits.softmax(1), sums, false, true);
      return tf.matMul<Tensor2D>(pull.mul<Tensor2D>(responsibilities), backwards, false, true);
    },
  };
}
