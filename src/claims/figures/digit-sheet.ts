import { randomStream } from '../../numerics/random.js';
import { tf, type Tensor2D } from '../../tensorflow/tensorflow.js';
import type { Resources } from '../../verify/claim.js';
import { digitReference } from '../../verify/digit-densities.js';
import type { Figure } from '../../verify/result.js';
import { digitWiener } from '../on-digits/moments.js';

const SIGMAS = [0.2, 0.6, 1.3];

/** One held-out digit of each class, noisy, and denoised by the exact posterior mean of the training images and by the Wiener denoiser, per noise scale. */
export function digitSheet(resources: Resources, seed: number): Figure {
  const { digits, trainingImages } = resources;
  const clean = oneOfEach(resources);
  const rows = SIGMAS.flatMap((sigma) =>
    tf.tidy(() => {
      const noise = randomStream(seed, 'digit sheet', String(sigma)).normals(clean.length);
      const noisy = tf.tensor2d(
        Float32Array.from(clean, (v, i) => v + sigma * noise[i]),
        [clean.length / digits.dimension, digits.dimension],
      );
      return [
        row(`σ = ${sigma}: noisy`, noisy),
        row(`σ = ${sigma}: exact posterior mean`, digitReference(resources).posteriorMean(noisy, sigma)),
        row(`σ = ${sigma}: Wiener`, digitWiener(resources, sigma).apply(noisy)),
      ];
    }),
  );
  return {
    kind: 'digits',
    id: 'digit-sheet',
    claim: 'tweedie',
    title: 'Held-out digits, noisy and denoised',
    caption: `${digits.name}: ten held-out digits with noise of three scales. The exact posterior mean knows ${Math.min(trainingImages, digits.train.count)} training images and nothing else: with little noise it answers the nearest of them, with much noise a mean of many. The Wiener denoiser knows their mean and covariance only.`,
    rows: [
      row('clean', tf.tensor2d(Float32Array.from(clean), [clean.length / digits.dimension, digits.dimension])),
      ...rows,
    ],
  };
}

/** The first held-out image of each class, row-major. */
function oneOfEach({ digits: { test, dimension } }: Resources): number[] {
  return Array.from({ length: 10 }, (_, label) => test.labels.indexOf(label))
    .filter((i) => i >= 0)
    .flatMap((i) => Array.from(test.images.subarray(i * dimension, (i + 1) * dimension)));
}

/** Values in [0, 1] as bytes; noise beyond is clipped. */
function row(label: string, images: Tensor2D): { label: string; images: string[] } {
  const [count, dimension] = images.shape;
  const values = images.dataSync();
  const bytes = Uint8Array.from(values, (v) => Math.round(255 * Math.min(1, Math.max(0, v))));
  return {
    label,
    images: Array.from({ length: count }, (_, i) =>
      Buffer.from(bytes.subarray(i * dimension, (i + 1) * dimension)).toString('base64'),
    ),
  };
}
