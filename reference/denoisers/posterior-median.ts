import {
  choleskyFactor,
  inverse,
  logDeterminantOfFactor,
  multiply,
  type Rows,
} from '../../src/numerics/linear-algebra.js';
import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/**
 * Halvings of the bracket, then Newton steps within it. The bracket starts at the distance of the component means; a thousandth of it is a hundredth
 * of a standard deviation at most, where each step squares the error: 10⁻², 10⁻⁴, 10⁻⁸.
 */
const HALVINGS = 10;
const NEWTON_STEPS = 4;

/**
 * The median of each coordinate of x₀ given x = x₀ + σε, x₀ from the mixture: [n, d] -> [n, d]. Bisection, then Newton's steps, on the posterior's distribution
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
      // 1/√2 over the standard deviations: Φ(z) = ½ + ½ erf(z/√2).
      rates: explained.map((row, i) => 1 / Math.sqrt(2 * (covariances[k][i][i] - row[i]))),
    };
  });
  return (x) => {
    const centred = components.map(({ mean }) => x.sub<Tensor2D>(mean));
    const logits = components.map(({ whitening, logWeight }, k) =>
      product(centred[k], whitening).square().sum<Tensor2D>(1, true).mul<Tensor2D>(-0.5).add<Tensor2D>(logWeight),
    );
    const responsibilities = tf.concat(logits, 1).softmax(1);
    const centres = components.map(({ mean, gain }, k) => product(centred[k], gain).add<Tensor2D>(mean));
    const parts = components.map(({ rates }, k) => ({
      rates,
      centre: centres[k],
      weight: responsibilities.slice([0, k], [-1, 1]),
    }));
    const over = (t: Tensor2D, value: (z: Tensor2D, rates: readonly number[]) => Tensor2D): Tensor2D =>
      tf.addN(
        parts.map(({ rates, centre, weight }) =>
          value(t.sub<Tensor2D>(centre).mul<Tensor2D>([rates]), rates).mul<Tensor2D>(weight),
        ),
      );
    // 2F − 1 and 2f, with the distribution function F of the posterior and its density f: the weights sum to 1.
    const excess = (t: Tensor2D): Tensor2D => over(t, (z) => z.erf());
    const slope = (t: Tensor2D): Tensor2D =>
      over(t, (z, rates) =>
        z
          .square()
          .neg()
          .exp()
          .mul<Tensor2D>([rates.map((rate) => (2 / Math.sqrt(Math.PI)) * rate)]),
      );
    let low = centres.reduce((least, centre) => least.minimum(centre));
    let high = centres.reduce((largest, centre) => largest.maximum(centre));
    for (let i = 0; i < HALVINGS; i++) {
      const middle = low.add<Tensor2D>(high).mul<Tensor2D>(0.5);
      const below = excess(middle).less(0);
      low = middle.where(below, low);
      high = high.where(below, middle);
    }
    let median = low.add<Tensor2D>(high).mul<Tensor2D>(0.5);
    for (let i = 0; i < NEWTON_STEPS; i++) {
      median = median
        .sub<Tensor2D>(excess(median).div(slope(median)))
        .minimum<Tensor2D>(high)
        .maximum<Tensor2D>(low);
    }
    return median;
  };
}

const product = (rows: Tensor2D, matrix: Rows): Tensor2D =>
  tf.matMul(rows, tf.tensor2d(matrix.map((row) => [...row])), false, true);
