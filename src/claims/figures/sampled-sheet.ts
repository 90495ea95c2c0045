import { randomStream } from '../../numerics/random.js';
import { tf } from '../../tensorflow/tensorflow.js';
import type { Resources } from '../../verify/claim.js';
import type { Figure } from '../../verify/result.js';
import { networkOnTensors } from '../on-digits/image-denoisers.js';
import { allImages } from '../on-digits/sampled-digits.js';
import {
  imageSampler,
  nearestImages,
  sampleImages,
  type ImageSampler,
  type ImageScore,
} from '../on-digits/sampling.js';

/** Images in a row. */
const COLUMNS = 12;
/** A step with the exact score is a pass over all training images; one of the network is not. */
const EXACT = [imageSampler('reverse SDE', 40), imageSampler('probability flow', 20)];
const TRAINED = [imageSampler('reverse SDE', 100), imageSampler('probability flow', 50)];
/** What is left of the noise at the end is taken off by one last denoising, so that it is not seen. */
const SHOWN_SIGMA = 0.02;

type Sheet = Extract<Figure, { kind: 'digits' }>;

/** Samples of the exact score of the training images, each row above the training images nearest to it. */
export function exactSamples(resources: Resources, seed: number): Sheet {
  const { density, set } = allImages(resources);
  return {
    kind: 'digits',
    id: 'samples-of-the-exact-score',
    claim: 'mnist-sampler',
    title: 'Samples of the exact score',
    caption: `${resources.digits.name}: ${COLUMNS} samples of the reverse SDE and of the probability flow with the exact score of ${set.count} training images, each above the training image nearest to it. They are the same: this score draws training images.`,
    rows: EXACT.flatMap((sampler) => rowsOf(resources, sampler, seed, (x, sigma) => density.score(x, sigma))),
  };
}

/** Samples of the trained network, each row above the training images nearest to it. */
export function networkSamples(resources: Resources, seed: number): Sheet[] {
  if (resources.network === undefined) return [];
  const network = networkOnTensors(resources.network);
  const score: ImageScore = (x, sigma) => network.score(x, sigma);
  const denoise: ImageScore = (x, sigma) => network.denoise(x, sigma);
  return [
    {
      kind: 'digits',
      id: 'samples-of-the-network',
      claim: 'mnist-sampler',
      title: 'Samples of the trained network',
      caption: `${resources.digits.name}: ${COLUMNS} samples of the reverse SDE and of the probability flow with the score of the trained network, each above the nearest of ${allImages(resources).set.count} training images. They are digits that nobody wrote, and some that nobody would.`,
      rows: TRAINED.flatMap((sampler) => rowsOf(resources, sampler, seed, score, denoise)),
    },
  ];
}

function rowsOf(
  resources: Resources,
  sampler: ImageSampler,
  seed: number,
  score: ImageScore,
  denoise?: ImageScore,
): Sheet['rows'] {
  const { set, density } = allImages(resources);
  const random = randomStream(seed, 'sampled sheet', sampler.scheme);
  const { end, before } = sampleImages(score, sampler, COLUMNS, random);
  const shown = tf.tidy(() => (denoise === undefined ? end.clone() : denoise(end, SHOWN_SIGMA)));
  const samples = shown.dataSync<'float32'>();
  tf.dispose([end, before, shown]);
  const { images } = nearestImages(samples, set, density);
  return [
    { label: sampler.scheme, images: bytesOf(samples) },
    { label: 'nearest training images', images: bytesOf(images) },
  ];
}

/** Values in [0, 1] as bytes, image by image; what lies beyond is clipped. */
function bytesOf(values: Float32Array): string[] {
  const bytes = Uint8Array.from(values, (v) => Math.round(255 * Math.min(1, Math.max(0, v))));
  const d = bytes.length / COLUMNS;
  return Array.from({ length: COLUMNS }, (_, i) => Buffer.from(bytes.subarray(i * d, (i + 1) * d)).toString('base64'));
}
