import fc from 'fast-check';
import { empiricalDensity, type EmpiricalDensity } from '../../reference/densities/empirical.js';
import type { DigitSet } from '../../reference/data/digits.js';
import { randomStream } from '../numerics/random.js';
import type { Arithmetic } from '../oracle/arithmetic.js';
import { empiricalValue, type EmpiricalValue } from '../oracle/empirical.js';
import { FLOAT32_ROUNDOFF } from '../oracle/running-error.js';
import { tf, type Tensor2D } from '../tensorflow/tensorflow.js';
import type { Resources } from './claim.js';
import type { Density } from './densities.js';
import type { ScoreField } from './fields.js';
import type { Law } from './law.js';
import type { Domain } from './statement.js';

/** The training digits smoothed by σ: a mixture of N Gaussians in 784 dimensions, with its exact posterior. */
export interface DigitDensity extends Density {
  readonly sigma: number;
  /** E[x₀ | x], the exact posterior mean over the training images: [784] -> [784]. */
  readonly posteriorMean: ScoreField;
}

/** The images in use: the first `trainingImages` of the training set. */
export function imagesOf({ digits, trainingImages }: Resources): DigitSet {
  const count = Math.min(trainingImages, digits.train.count);
  const { images, labels } = digits.train;
  return { images: images.subarray(0, count * digits.dimension), labels: labels.subarray(0, count), count };
}

const onTensors = new Map<string, EmpiricalDensity>();

/** The reference's density of these images: one for all settings, since it holds the images as a tensor. */
export function digitReference(resources: Resources): EmpiricalDensity {
  const { images, count } = imagesOf(resources);
  const key = `${resources.digits.digest}/${count}`;
  const known = onTensors.get(key);
  if (known !== undefined) return known;
  const density = empiricalDensity(images, count, resources.digits.dimension);
  onTensors.set(key, density);
  return density;
}

/** Posteriors of whole batches, as numbers. */
interface PosteriorBatch {
  readonly x: Float32Array;
  readonly mean: Float32Array;
  readonly score: Float32Array;
  readonly logDensity: Float32Array;
}

/** Batches remembered: the terms of a statement, and its false variants, ask for the same draws again and again. */
const BATCHES = 24;

/** The reference's posterior with a memory of its last batches, found by their content. */
function remembering(reference: EmpiricalDensity, sigma: number): (x: Tensor2D) => PosteriorBatch {
  const batches: PosteriorBatch[] = [];
  return (x) => {
    const values = x.dataSync<'float32'>();
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const known = batches.find((batch) =>
      bytes.equals(Buffer.from(batch.x.buffer, batch.x.byteOffset, batch.x.byteLength)),
    );
    if (known !== undefined) return known;
    const { mean, score, logDensity } = tf.tidy(() => {
      const posterior = reference.posterior(x, sigma);
      return { mean: posterior.mean, score: posterior.score, logDensity: posterior.logDensity };
    });
    const found = {
      x: values,
      mean: mean.dataSync<'float32'>(),
      score: score.dataSync<'float32'>(),
      logDensity: logDensity.dataSync<'float32'>(),
    };
    // Tidy keeps what it returns: the caller's scope ends it.
    batches.unshift(found);
    batches.length = Math.min(batches.length, BATCHES);
    return found;
  };
}

/** What the oracle and the error bounds of the reference say at one x; formulas ask for the same x several times. */
interface PosteriorAt extends EmpiricalValue {
  readonly bound: { readonly mean: number; readonly score: number; readonly logDensity: number };
}

const REMEMBERED = 256;

function posteriorOracle(resources: Resources, sigma: number): (x: readonly number[]) => PosteriorAt {
  const { images } = imagesOf(resources);
  const reference = digitReference(resources);
  const remembered = new Map<string, PosteriorAt>();
  return (x) => {
    const key = Buffer.from(Float64Array.from(x).buffer).toString('latin1');
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const bound = tf.tidy(() => {
      const { errorBound } = reference.posterior(tf.tensor2d([...x], [1, x.length]), sigma);
      return { mean: errorBound.mean[0], score: errorBound.score[0], logDensity: errorBound.logDensity[0] };
    });
    const value = { ...empiricalValue(images, x, sigma), bound };
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(key, value);
    return value;
  };
}

/** p_σ(x) = (1/N) Σ N(x; xᵢ, σ²I) over the training images: log density, score and posterior mean, exact in float64 and on TensorFlow.js. */
export function digitDensity(resources: Resources, sigma: number): DigitDensity {
  const reference = digitReference(resources);
  const at = posteriorOracle(resources, sigma);
  const batch = remembering(reference, sigma);
  const dimension = resources.digits.dimension;
  const units = (error: number): number => error / FLOAT32_ROUNDOFF;
  const plain = <T>(a: Arithmetic<T>, x: readonly T[]): PosteriorAt => at(x.map((v) => a.value(v)));
  const constant = (value: number): Float64Array => new Float64Array(dimension).fill(value);
  // ∇s = (Cov[x₀|x]/σ² − I)/σ² and ∇E[x₀|x] = Cov[x₀|x]/σ²; the trace bounds the norm of the covariance.
  return {
    name: `${reference.count} training images smoothed by σ = ${sigma}`,
    dimension,
    sigma,
    costly: true,
    axes: [],
    logDensity: (a, x) => {
      const { logDensity, bound, score } = plain(a, x);
      return a.opaque(x, { value: [logDensity], error: [units(bound.logDensity)], lipschitz: Math.hypot(...score) })[0];
    },
    score: (a, x) => {
      const { score, bound, variance } = plain(a, x);
      const lipschitz = Math.max(1, variance / sigma ** 2) / sigma ** 2;
      return a.opaque(x, { value: score, error: constant(units(bound.score)), lipschitz });
    },
    sample: () => {
      throw new TypeError('Expected draws of the clean images and noise apart; use trainingImages and standardNormal.');
    },
    reference: {
      logDensity: (x) => tf.tensor1d(batch(x).logDensity),
      score: (x) => tf.tensor2d(batch(x).score, x.shape),
    },
    posteriorMean: {
      name: 'the exact posterior mean of the training images',
      dimension,
      formula: (a, x) => {
        const { mean, bound, variance } = plain(a, x);
        return a.opaque(x, { value: mean, error: constant(units(bound.mean)), lipschitz: variance / sigma ** 2 });
      },
      tensor: (x) => tf.tensor2d(batch(x).mean, x.shape),
    },
  };
}

/** x -> tr Cov[x₀ | x], by the oracle: 0 where the posterior sits on one training image. */
export function posteriorVariance(resources: Resources, sigma: number): (x: readonly number[]) => number {
  const { images } = imagesOf(resources);
  return (x) => empiricalValue(images, x, sigma).variance;
}

/** x₀: one of the training images, each with the same probability. */
export function trainingImages(resources: Resources, variable = 'x0'): Law {
  const { images, count } = imagesOf(resources);
  const d = resources.digits.dimension;
  return {
    name: `${variable} uniform on ${count} training images (${resources.digits.name})`,
    variables: { [variable]: d },
    costly: true,
    sample: (random, n) => {
      const draws = new Float64Array(n * d);
      for (let row = 0; row < n; row++) {
        const i = random.index(count);
        draws.set(images.subarray(i * d, (i + 1) * d), row * d);
      }
      return { [variable]: draws };
    },
  };
}

/** Points per setting on digits: each takes an oracle value of N·784 steps. */
const POINTS = 2;

/** The reference bounds the Euclidean norm of its error; as a bound for each of 784 coordinates that is up to 28 times too wide. */
const DISCREPANCY = 0.05;

/** A training image x0, noise, and x = x0 + σ·noise rounded to float32: what fast-check draws is the image's index and a seed. */
export function noisyDigits(resources: Resources, sigma: number): Domain {
  const { images, count } = imagesOf(resources);
  const d = resources.digits.dimension;
  const points = fc.tuple(fc.nat({ max: count - 1 }), fc.nat()).map(([i, seed]) => {
    const x0 = Array.from(images.subarray(i * d, (i + 1) * d));
    const noise = Array.from(randomStream(seed, 'noisy digit').normals(d), Math.fround);
    return { x0, noise, x: x0.map((v, j) => Math.fround(v + sigma * noise[j])) };
  });
  return {
    name: `training images with noise of σ = ${sigma} (${resources.digits.name})`,
    points,
    count: POINTS,
    discrepancy: DISCREPANCY,
  };
}
