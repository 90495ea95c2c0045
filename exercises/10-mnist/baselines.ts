import type { EmpiricalDensity } from '../../reference/densities/empirical.js';
import { drawDigits } from '../../reference/data/drawn-digits.js';
import { loadDigits } from '../../reference/data/digits.js';
import { mnistFolder } from '../../reference/data/mnist-folder.js';
import type { LinearDenoiser } from '../../reference/denoisers/wiener.js';
import type { Draws } from '../../src/grade/draws.js';
import { randomStream } from '../../src/numerics/random.js';
import type { Tensor2D } from '../../src/tensorflow/tensorflow.js';
import { PIXELS } from './pixels.js';

/** The images of one trial, [n · 784] in [0, 1]; the held-out ones are picked or drawn when they are asked for, which takes a while. */
export interface TrialImages {
  readonly name: string;
  readonly given: Float32Array;
  /** Those of MNIST are published, so that somebody may have trained on them; drawn ones are made for this trial. */
  readonly heldOut: () => Float32Array;
  readonly published: boolean;
}

/** How many images a trial takes. */
export interface Counts {
  readonly images: number;
  readonly heldOut: number;
  /** Given images that are asked about at the largest level. */
  readonly given: number;
}

/**
 * MNIST from MNIST_DIR or the cache: the first training images, and test images that the seed picks. Without it, drawn digits: the training images of
 * scorecheck, and held-out ones drawn anew from the seed, that nobody can have seen.
 */
export function imagesOf({ images, heldOut }: Omit<Counts, 'given'>, { seed, path }: Draws): TrialImages {
  const digits = loadDigits(process.env, mnistFolder(process.env));
  const given = digits.train.images.subarray(0, images * PIXELS);
  const random = randomStream(seed, 'held-out images', ...path);
  const published = digits.name === 'MNIST';
  const picked = (): Float32Array => {
    const images = new Float32Array(heldOut * PIXELS);
    for (let i = 0; i < heldOut; i++) {
      const at = random.index(digits.test.count) * PIXELS;
      images.set(digits.test.images.subarray(at, at + PIXELS), i * PIXELS);
    }
    return images;
  };
  const drawn = (): Float32Array =>
    Float32Array.from(drawDigits({ count: heldOut, seed: random.index(2 ** 31) }).images, (byte) => byte / 255);
  return { name: digits.name, given, heldOut: published ? picked : drawn, published };
}

/** What a student's denoiser is compared with, made of the given images: x is [n, 784] by rows. */
export interface Baselines {
  /** ‖h(x) − x₀‖² per row, for x at one sigma. */
  readonly errors: (
    which: 'isotropic' | 'wiener' | 'posterior' | 'mean-image',
    rows: { readonly x: Float32Array; readonly x0: Float32Array; readonly sigma: number },
  ) => number[];
}

const made = new Map<string, Promise<Baselines>>();

/** The baselines of the given images; made once in a process for each set of images. */
export function baselinesOf({ name, given }: TrialImages): Promise<Baselines> {
  const key = `${name} ${given.length}`;
  const known = made.get(key) ?? baselines(given);
  made.set(key, known);
  return known;
}

async function baselines(given: Float32Array): Promise<Baselines> {
  // TensorFlow.js is loaded only where a denoiser is judged: an exercise by itself loads quickly.
  const [{ dataMoments }, { isotropicLinear, wienerDenoiser }, { empiricalDensity }, { daeLosses }, { tf }] =
    await Promise.all([
      import('../../reference/denoisers/data-moments.js'),
      import('../../reference/denoisers/wiener.js'),
      import('../../reference/densities/empirical.js'),
      import('../../reference/objectives/losses.js'),
      import('../../src/tensorflow/tensorflow.js'),
    ]);
  const count = given.length / PIXELS;
  const moments = dataMoments(given, count, PIXELS);
  const linear = new Map<string, LinearDenoiser>();
  let density: EmpiricalDensity | undefined;
  const denoised = (which: string, x: Tensor2D, sigma: number): Tensor2D => {
    if (density !== undefined && which === 'posterior') return density.posteriorMean(x, sigma);
    if (which === 'mean-image') return tf.zerosLike(x).add<Tensor2D>(tf.tensor2d([...moments.mean], [1, PIXELS]));
    const key = `${which} ${sigma}`;
    const known = linear.get(key) ?? (which === 'wiener' ? wienerDenoiser : isotropicLinear)(moments, sigma);
    linear.set(key, known);
    return known.apply(x);
  };
  return {
    errors: (which, { x, x0, sigma }) => {
      const shape: [number, number] = [x.length / PIXELS, PIXELS];
      if (which === 'posterior') density ??= empiricalDensity(given, count, PIXELS);
      const losses = tf.tidy(() => {
        const at = tf.tensor2d(x, shape);
        return daeLosses(denoised(which, at, sigma), tf.tensor2d(x0, shape));
      });
      const values = Array.from(losses.dataSync<'float32'>());
      losses.dispose();
      return values;
    },
  };
}
