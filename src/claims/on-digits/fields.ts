import type { Resources } from '../../verify/claim.js';
import type { ScoreField } from '../../verify/fields.js';
import { tf, type Tensor2D } from '../../tensorflow/tensorflow.js';

/** The noise scale on digits: here several training images compete for a noisy one, so that the posterior mean is no training image, and no factor σ, σ² or σ⁴ hides. */
export const SIGMA = 1.3;

const means = new WeakMap<Resources, Float64Array>();

/** The mean of the training images in use, in float64: [784]. */
export function meanImage(resources: Resources): Float64Array {
  const known = means.get(resources);
  if (known !== undefined) return known;
  const { train, dimension } = resources.digits;
  const count = Math.min(resources.trainingImages, train.count);
  const mean = new Float64Array(dimension);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < dimension; j++) mean[j] += train.images[i * dimension + j] / count;
  }
  means.set(resources, mean);
  return mean;
}

/** S(x) = k (m − x), m the mean image: the score of N(m, I/k). */
export function shrinkField(resources: Resources, k: number): ScoreField {
  const mean = Array.from(meanImage(resources), Math.fround);
  return {
    name: `S(x) = ${k}(m − x)`,
    dimension: mean.length,
    formula: (a, x) => x.map((v, j) => a.mul(a.c(k), a.sub(a.c(mean[j]), v))),
    tensor: (x) => tf.sub<Tensor2D>([mean], x).mul(k),
  };
}

/** φ(x) = ½ log(1 + e^x), pixel by pixel: a direction that is not affine. */
export const softplusDirection = (dimension: number): ScoreField => ({
  name: 'φ(x) = ½ softplus(x)',
  dimension,
  formula: (a, x) => x.map((v) => a.mul(a.c(0.5), a.softplus(v))),
  tensor: (x) => x.softplus().mul(0.5),
});
