import type { DigitDensity } from '../../verify/digit-densities.js';
import type { Resources } from '../../verify/claim.js';
import { tf, type Tensor2D } from '../../tensorflow/tensorflow.js';
import { where } from '../../verify/gradients.js';
import { kernelLogDensityTerm } from '../../verify/noising.js';
import { constant, plus, type Term } from '../../verify/term.js';
import { meanImage } from './fields.js';

/** The images in use as a matrix [N, 784]; the sum over the data set is written out on it. */
function imagesOf({ digits, trainingImages }: Resources): { values: Float32Array; count: number } {
  const count = Math.min(trainingImages, digits.train.count);
  return { values: digits.train.images.subarray(0, count * digits.dimension), count };
}

/**
 * log E_{x₀}[N(x; x₀, σ²I)] with the average over the training images written out: on TensorFlow.js by one product and a log-sum-exp,
 * without the selection of near images that the reference's density makes.
 */
export function averagedKernelLog(resources: Resources, p: DigitDensity): Term {
  const { values, count } = imagesOf(resources);
  const { dimension: d, sigma } = p;
  const variance = sigma * sigma;
  const logConstant = -Math.log(count) - (d / 2) * Math.log(2 * Math.PI * variance);
  const maxNorm = Math.sqrt(largestNormSquared(values, d));
  return {
    size: 1,
    formula: (a, { x }) => {
      const value = a.value(p.logDensity(a, x));
      const norm = Math.sqrt(x.reduce((sum, v) => sum + a.value(v) ** 2, 0));
      // ‖x‖² − 2 x·xᵢ + ‖xᵢ‖² in float32: three sums of d products, each within d roundings of ‖·‖‖·‖ (Higham 2002, section 3.1), halved and divided by σ²;
      // log-sum-exp does not enlarge the largest error of its terms and adds a few roundings of the result.
      const logits = ((d + 4) * (norm + maxNorm) ** 2) / (2 * variance);
      const error = logits + 8 * (Math.abs(value) + Math.abs(logConstant) + Math.log(count));
      return a.opaque(x, { value: [value], error: [error], lipschitz: (norm + maxNorm) / variance });
    },
    tensor: ({ x }) => {
      const data = tf.tensor2d(values, [count, d]);
      const products = tf.matMul(x, data, false, true).mul(-2);
      const squares = products.add(x.square().sum(1, true)).add(data.square().sum(1).expandDims(0));
      return tf.logSumExp(squares.div(-2 * variance), 1, true).add<Tensor2D>(logConstant);
    },
  };
}

/** E_{x₀}[log N(x; x₀, σ²I)]: the logarithm moved inside, a quadratic of x: E‖x − x₀‖² = ‖x − m‖² + E‖x₀ − m‖². */
export function averagedLogKernel(resources: Resources, sigma: number): Term {
  const { values, count } = imagesOf(resources);
  const second = values.reduce((sum, v) => sum + v * v, 0) / count;
  const spread = second - meanImage(resources).reduce((sum, m) => sum + m * m, 0);
  return plus(meanImageLog(resources, sigma), constant(-spread / (2 * sigma * sigma)));
}

/** log N(x; m, σ²I) with m the mean image. */
export function meanImageLog(resources: Resources, sigma: number): Term {
  const mean = Array.from(meanImage(resources), Math.fround);
  return where(kernelLogDensityTerm(sigma), { x0: mean });
}

function largestNormSquared(values: Float32Array, d: number): number {
  let largest = 0;
  for (let i = 0; i < values.length; i += d) {
    let square = 0;
    for (let j = i; j < i + d; j++) square += values[j] * values[j];
    if (square > largest) largest = square;
  }
  return largest;
}
