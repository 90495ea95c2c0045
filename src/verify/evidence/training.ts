import { daeLosses } from '../../../reference/objectives/losses.js';
import { randomStream, type Random } from '../../numerics/random.js';
import { tf } from '../../tensorflow/tensorflow.js';
import type { Evidence } from '../evidence.js';
import type { DenoisingError, ImageLaw } from '../image-denoisers.js';
import type { Measurement, MeasureOptions } from '../measurement.js';
import { geometricLooks, interval, resolutionAt, signOfMean, supportLog, type MeanTest } from './catoni.js';

/** `lower` loses no more than `higher` at one noise scale. */
export interface LossOrder {
  readonly lower: DenoisingError;
  readonly higher: DenoisingError;
  readonly sigma: number;
  /** Draws at most: what both cost. */
  readonly maxDraws: number;
}

/** Draws per call of TensorFlow.js. */
const BATCH = 512;
/** Draws from which the variance is estimated, and the factor by which it is then enlarged. */
const PILOT = 128;
const ESTIMATE_MARGIN = 4;

/**
 * E‖h₁(x) − x₀‖² ≤ E‖h₂(x) − x₀‖² on images with fresh noise: Catoni's bound on the difference, image by image where both see the same ones. Supported
 * where the difference is certified to be above 0, refuted where it is certified to be below. The residual is by how much it is below.
 */
export function lossOrder(order: LossOrder): Measurement {
  // Sorted: a claim and the false variant that turns it round see the same draws.
  const names = [order.lower, order.higher].map(described).sort();
  return { name: `${names.join(', ')}, σ = ${order.sigma}`, measure: (options) => orderEvidence(order, options) };
}

function orderEvidence({ lower, higher, sigma, maxDraws }: LossOrder, options: MeasureOptions): Evidence {
  const { seed, path, alpha, beta, thorough } = options;
  const pilot = differences({ lower, higher, sigma }, PILOT, (law) => randomStream(seed, ...path, 'pilot', law));
  const looks = geometricLooks(maxDraws);
  const test: MeanTest = {
    delta0: 0,
    delta1: Infinity,
    variance: Math.max(ESTIMATE_MARGIN * varianceOf(pilot.difference), 1e-12),
    alpha,
    beta,
    looks,
  };
  const streams = new Map<string, Random>();
  const streamOf = (law: string): Random => {
    const known = streams.get(law) ?? randomStream(seed, ...path, law);
    streams.set(law, known);
    return known;
  };
  const draws = new Float64Array(maxDraws);
  const record: { n: number; estimate: number; halfWidth: number }[] = [];
  let n = 0;
  let sign: ReturnType<typeof signOfMean> = 'unknown';
  let means = { lower: 0, higher: 0 };
  for (const look of looks) {
    while (n < look) {
      const count = Math.min(BATCH, look - n);
      const found = differences({ lower, higher, sigma }, count, streamOf);
      draws.set(found.difference, n);
      means = {
        lower: (n * means.lower + count * found.lower) / (n + count),
        higher: (n * means.higher + count * found.higher) / (n + count),
      };
      n += count;
    }
    record.push({ n, ...interval(draws, n, test) });
    sign = signOfMean(draws, n, test);
    if (sign !== 'unknown') break;
  }
  const { estimate, halfWidth } = record[record.length - 1];
  return {
    method: 'training',
    compared: `E‖h(x) − x₀‖² with fresh noise: ${described(lower)} ${means.lower.toFixed(2)}, ${described(higher)} ${means.higher.toFixed(2)}; the residual is what the first loses more`,
    residual: Math.max(0, -estimate),
    tolerance: halfWidth,
    resolution: resolutionAt(n, test),
    scale: means.lower + means.higher,
    verdict: sign === 'positive' ? 'supported' : sign === 'negative' ? 'refuted' : 'inconclusive',
    ...(sign === 'unknown'
      ? { note: `The difference lies in ${estimate.toPrecision(3)} ± ${halfWidth.toPrecision(2)} after ${n} draws.` }
      : {}),
    samples: n,
    comparisons: 1,
    seed: [seed, ...path].join('/'),
    sequential: {
      alpha,
      beta,
      variance: test.variance,
      varianceSource: 'estimated',
      delta0: 0,
      // What a support at this many draws excludes: a difference of 0 or less is this far from the estimate.
      delta1: Math.sqrt((2 * supportLog(test) * test.variance) / n),
      looks: thorough ? record : record.slice(-1),
    },
  };
}

const described = ({ denoiser, on }: DenoisingError): string => `${denoiser.name} on ${on.name}`;

/** loss(higher) − loss(lower) per draw, and both means; the two share images and noise where they are judged on the same law. */
function differences(
  { lower, higher, sigma }: Pick<LossOrder, 'lower' | 'higher' | 'sigma'>,
  count: number,
  streamOf: (law: string) => Random,
): { difference: Float64Array; lower: number; higher: number } {
  const laws = new Map([lower.on, higher.on].map((law) => [law.name, law]));
  const noisy = new Map([...laws].map(([name, law]) => [name, noisyImages(law, sigma, count, streamOf(name))]));
  const lossesOf = ({ denoiser, on }: DenoisingError): Float32Array => {
    const batch = noisy.get(on.name);
    if (batch === undefined)
      throw new Error('Expected images of this law. This is a bug in scorecheck; please report it.');
    const losses = tf.tidy(() => {
      const x = tf.tensor2d(batch.x, [count, batch.x.length / count]);
      return daeLosses(denoiser.denoise(x, sigma), tf.tensor2d(batch.x0, x.shape));
    });
    const values = losses.dataSync<'float32'>();
    losses.dispose();
    return values;
  };
  const below = lossesOf(lower);
  const above = lossesOf(higher);
  const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / count;
  return {
    difference: Float64Array.from(above, (value, i) => value - below[i]),
    lower: mean(below),
    higher: mean(above),
  };
}

function noisyImages(
  { images: { images, count: size } }: ImageLaw,
  sigma: number,
  count: number,
  random: Random,
): { x0: Float32Array; x: Float32Array } {
  const d = images.length / size;
  const x0 = new Float32Array(count * d);
  const x = new Float32Array(count * d);
  for (let row = 0; row < count; row++) {
    const i = random.index(size);
    x0.set(images.subarray(i * d, (i + 1) * d), row * d);
  }
  const noise = random.normals(count * d);
  for (let k = 0; k < x.length; k++) x[k] = x0[k] + sigma * noise[k];
  return { x0, x };
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
