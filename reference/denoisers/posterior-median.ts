import {
  choleskyFactor,
  inverse,
  logDeterminantOfFactor,
  multiply,
  type Rows,
} from '../../src/numerics/linear-algebra.js';
import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** Halvings of the bracket: float32 has no more than 24 bits, the bracket starts within 2⁸ of the answer's size. */
const HALVINGS = 32;

/**
 * The median of each coordinate of x₀ given x = x₀ + σε, x₀ from the mixture: [n, d] -> [n, d]. Bisection on the posterior's distribution
 * function Σ rₖ Φ((t − μₖ)/√Wₖ) between the smallest and the largest component mean. It is the minimiser of E‖h(x) − x₀‖₁, not of the squared error.
 */
export function mixturePosteriorMedian(
  weights: readonly number[],
  means: readonly (readonly number[])[],
  covariances: readonly Rows[],
  sigma: number,
): (x: Tensor2D) => Tensor2D {
  const components = means.map((mean, k) => {
    const noisy = covariances[k].map((row, i) => row.map((v, j) => (i === j ? v + sigma * sigma : v)));
    const gain = multiply(covariances[k], inverse(noisy));
    const explained = multiply(gain, covariances[k]);
    const factor = choleskyFactor(noisy);
    return {
      mean: [[...mean]],
      gain,
      whitening: inverse(factor),
      logWeight: Math.log(weights[k]) - 0.5 * logDeterminantOfFactor(factor),
      // √2 times the standard deviations: Φ(z) = ½ + ½ erf(z/√2).
      widths: explained.map((row, i) => Math.sqrt(2 * (covariances[k][i][i] - row[i]))),
    };
  });
  return (x) => {
    const centred = components.map(({ mean }) => x.sub<Tensor2D>(mean));
    const logits = components.map(({ whitening, logWeight }, k) =>
      product(centred[k], whitening).square().sum<Tensor2D>(1, true).mul<Tensor2D>(-0.5).add<Tensor2D>(logWeight),
    );
    const responsibilities = tf.concat(logits, 1).softmax(1);
    const centres = components.map(({ mean, gain }, k) => product(centred[k], gain).add<Tensor2D>(mean));
    const distribution = (t: Tensor2D): Tensor2D =>
      tf.addN(
        components.map(({ widths }, k) =>
          t
            .sub<Tensor2D>(centres[k])
            .div<Tensor2D>([widths])
            .erf()
            .add<Tensor2D>(1)
            .mul<Tensor2D>(0.5)
            .mul<Tensor2D>(responsibilities.slice([0, k], [-1, 1])),
        ),
      );
    let low = centres.reduce((least, centre) => least.minimum(centre));
    let high = centres.reduce((largest, centre) => largest.maximum(centre));
    for (let i = 0; i < HALVINGS; i++) {
      const middle = low.add<Tensor2D>(high).mul<Tensor2D>(0.5);
      const below = distribution(middle).less(0.5);
      low = middle.where(below, low);
      high = high.where(below, middle);
    }
    return low.add<Tensor2D>(high).mul(0.5);
  };
}

const product = (rows: Tensor2D, matrix: Rows): Tensor2D =>
  tf.matMul(rows, tf.tensor2d(matrix.map((row) => [...row])), false, true);
