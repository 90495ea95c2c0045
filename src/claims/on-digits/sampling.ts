import type { DigitSet } from '../../../reference/data/digits.js';
import type { EmpiricalDensity } from '../../../reference/densities/empirical.js';
import { eulerMaruyamaStep } from '../../../reference/samplers/euler-maruyama.js';
import { heunStep } from '../../../reference/samplers/heun.js';
import { alongGrid, type NormalSource, type StepInTime } from '../../../reference/samplers/uniform-grid.js';
import { probabilityFlow } from '../../../reference/sdes/probability-flow.js';
import { reverseTimeSde } from '../../../reference/sdes/reverse-time.js';
import type { FieldInTime } from '../../../reference/sdes/sde.js';
import { varianceExploding } from '../../../reference/sdes/variance-exploding.js';
import type { Random } from '../../numerics/random.js';
import { tf, type Tensor2D } from '../../tensorflow/tensorflow.js';

/** How images are drawn by a variance-exploding process run backwards. */
export interface ImageSampler {
  /** Euler and Maruyama on the reverse-time SDE, Heun on the probability flow, or the drift of the SDE without its noise (wrong). */
  readonly scheme: 'reverse SDE' | 'probability flow' | 'reverse SDE without noise';
  readonly sigmaMin: number;
  /** The start is N(0, σ_max² I). */
  readonly sigmaMax: number;
  /** At least 2. */
  readonly steps: number;
}

/** From p_σ with σ = σ_max to σ_min: σ_min blurs no pixel by more than 1 %, and at σ_max the mean image is 1.4 % of the variance. */
export const imageSampler = (scheme: ImageSampler['scheme'], steps: number): ImageSampler => ({
  scheme,
  sigmaMin: 0.01,
  sigmaMax: 50,
  steps,
});

/** ∇log p_σ(x) for images at one noise scale: [n, d] -> [n, d]. */
export type ImageScore = (x: Tensor2D, sigma: number) => Tensor2D;

/** The last state of a run and the one before it. */
export interface Ends {
  readonly end: Tensor2D;
  readonly before: Tensor2D;
}

/**
 * `count` images from the sampler with this score: [count, d]. Time runs from 1 to 0 and stands for σ(t) = σ_min (σ_max/σ_min)ᵗ: with x_0 from p at σ_min the
 * marginal at t is p at σ(t).
 */
export function sampleImages(score: ImageScore, sampler: ImageSampler, count: number, random: Random): Ends {
  const { sigmaMin, sigmaMax, steps } = sampler;
  const sde = varianceExploding(sigmaMin, sigmaMax);
  const inTime: FieldInTime = (x, t) => score(x, sigmaMin * (sigmaMax / sigmaMin) ** t.dataSync()[0]);
  const normal = normalSource(random);
  const dimension = 784;
  const start = tf.tidy(() => normal([count, dimension]).mul<Tensor2D>(sigmaMax));
  const step = stepOf(sampler, sde, inTime, normal);
  const before = alongGrid(start, { from: 1, to: 1 / steps, steps: steps - 1 }, step);
  const end = alongGrid(before, { from: 1 / steps, to: 0, steps: 1 }, step);
  start.dispose();
  return { end, before };
}

function stepOf(
  { scheme }: ImageSampler,
  sde: ReturnType<typeof varianceExploding>,
  score: FieldInTime,
  normal: NormalSource,
): StepInTime {
  switch (scheme) {
    case 'reverse SDE':
      return (x, t, h) => eulerMaruyamaStep(reverseTimeSde(sde, score), x, t, h, normal([x.shape[0], x.shape[1]]));
    case 'reverse SDE without noise':
      return (x, t, h) => eulerMaruyamaStep(reverseTimeSde(sde, score), x, t, h, tf.zerosLike(x));
    case 'probability flow':
      return (x, t, h) => heunStep(probabilityFlow(sde, score), x, t, h);
  }
}

const normalSource =
  (random: Random): NormalSource =>
  (shape) => {
    const values = new Float32Array(shape[0] * shape[1]);
    // Box and Muller with 32 bits each: half the time of 53 bits and rejection, and beyond 6.6 there is nothing to see in float32 images.
    for (let k = 0; k < values.length; k += 2) {
      const radius = Math.sqrt(-2 * Math.log(((random.int32() >>> 0) + 0.5) * 2 ** -32));
      const angle = random.int32() * (Math.PI * 2 ** -31);
      values[k] = radius * Math.cos(angle);
      // Beyond the end of an odd length this sets nothing.
      values[k + 1] = radius * Math.sin(angle);
    }
    return tf.tensor2d(values, shape);
  };

/**
 * E‖x − xᵢ‖²/(d σ_min²) at the end of a run whose posterior sits on one image xᵢ: the variance of the sampler's own recursion, which is linear then. With
 * a = log(σ_max/σ_min)/steps, x − xᵢ is multiplied by 1 − 2a and gains noise of variance 2aσ² in a step of Euler and Maruyama, and is multiplied by
 * 1 − a + a²/2 in one of Heun. 1 for infinitely many steps.
 */
export function endVariance({ scheme, sigmaMin, sigmaMax, steps }: ImageSampler): number {
  const a = Math.log(sigmaMax / sigmaMin) / steps;
  let variance = sigmaMax ** 2;
  for (let k = 0; k < steps; k++) {
    const sigma = sigmaMax * Math.exp(-a * k);
    variance =
      scheme === 'probability flow'
        ? variance * (1 - a + a ** 2 / 2) ** 2
        : variance * (1 - 2 * a) ** 2 + 2 * a * sigma ** 2;
  }
  return variance / sigmaMin ** 2;
}

/** Nearest training images of n samples. */
export interface Nearest {
  readonly index: readonly number[];
  /** Squared distances, [n]. */
  readonly squares: Float64Array;
  /** The nearest images themselves, [n·d]. */
  readonly images: Float32Array;
}

/** Far below the distance of any two different images: the posterior mean is then the nearest one. */
const tiny = 1e-3;

/** For each of n images the nearest of the set, and the squared distance to it. Of equal images any one. */
export function nearestImages(x: Float32Array, { images, count }: DigitSet, density: EmpiricalDensity): Nearest {
  const d = density.dimension;
  const n = x.length / d;
  const mean = tf.tidy(() => density.posteriorMean(tf.tensor2d(x, [n, d]), tiny));
  const nearest = mean.dataSync<'float32'>();
  mean.dispose();
  const known = new Map(Array.from({ length: count }, (_, i) => [fingerprint(images, i, d), i]));
  const index = Array.from({ length: n }, (_, row) => known.get(fingerprint(nearest, row, d)) ?? -1);
  const squares = Float64Array.from({ length: n }, (_, row) => squaredDistance(x, row, nearest, row, d));
  index.forEach((found, row) => {
    if (found >= 0) return;
    const all = Float64Array.from({ length: count }, (_, i) => squaredDistance(x, row, images, i, d));
    index[row] = all.indexOf(all.reduce((least, square) => Math.min(least, square)));
    squares[row] = all[index[row]];
    nearest.set(images.subarray(index[row] * d, (index[row] + 1) * d), row * d);
  });
  return { index, squares, images: nearest };
}

function squaredDistance(a: Float32Array, i: number, b: Float32Array, j: number, d: number): number {
  let square = 0;
  for (let k = 0; k < d; k++) square += (a[i * d + k] - b[j * d + k]) ** 2;
  return square;
}

/** A number that different images have different, and equal ones equal: a sum of their pixels with incommensurable weights. */
function fingerprint(images: Float32Array, i: number, d: number): number {
  let sum = 0;
  for (let j = 0; j < d; j++) if (images[i * d + j] !== 0) sum += images[i * d + j] * weights[j];
  return sum;
}

const weights = Float64Array.from({ length: 784 }, (_, j) => Math.sin(j + 1));
