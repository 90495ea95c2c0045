import { describe, expect, it } from 'vitest';
import { drawDigits } from '../../reference/data/drawn-digits.js';
import { dataMoments } from '../../reference/denoisers/data-moments.js';
import { wienerDenoiser } from '../../reference/denoisers/wiener.js';
import { empiricalDensity } from '../../reference/densities/empirical.js';
import type { TrialImages } from '../../exercises/10-mnist/baselines.js';
import { levelOf, type Training } from '../../exercises/10-mnist/noisy-images.js';
import { PIXELS } from '../../exercises/10-mnist/pixels.js';
import { trainedDenoiser } from '../../exercises/10-mnist/training.js';
import type { Asker, TrialFinding } from '../../src/grade/trial.js';
import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import { testSeed } from '../seed.js';

const size = { seconds: 1, images: 200, heldOut: 100, given: 128 };
const draws = { seed: testSeed, path: ['mnist'] };
const drawnImages = ({ images, heldOut }: Pick<typeof size, 'images' | 'heldOut'>) => {
  const all = Float32Array.from(drawDigits({ count: images + heldOut, seed: testSeed }).images, (byte) => byte / 255);
  return {
    name: 'drawn for a test',
    given: all.subarray(0, images * PIXELS),
    heldOut: () => all.subarray(images * PIXELS),
    published: true,
  };
};
const few = drawnImages(size);
const { given } = few;
const heldOut = few.heldOut();

/** A denoiser level by level: rows of one sigma at a time. */
type AtSigma = (x: Tensor2D, sigma: number) => Tensor2D;

/** What the trial finds about a denoiser. */
async function found(denoiser: AtSigma, images: TrialImages, counts = size): Promise<TrialFinding> {
  const asker: Asker = {
    text: () => Promise.reject(new Error('a training has no line of text')),
    make: () =>
      Promise.resolve({
        apply: (cases) =>
          cases.map((c) => Promise.resolve({ numbers: Float32Array.from(byLevel(denoiser, c as Training)) })),
      }),
  };
  return await trainedDenoiser(counts, () => images)(asker, draws);
}

function byLevel(denoiser: AtSigma, { x, sigma }: Training): number[] {
  const rows = new Array<number>(x.data.length);
  for (const level of new Set(sigma.data)) {
    const at = sigma.data.flatMap((each, i) => (each === level ? [i] : []));
    const noisy = at.flatMap((i) => [...x.data.subarray(i * PIXELS, (i + 1) * PIXELS)]);
    const clean = tf.tidy(() =>
      Array.from(denoiser(tf.tensor2d(noisy, [at.length, PIXELS]), level).dataSync<'float32'>()),
    );
    at.forEach((i, row) => {
      for (let k = 0; k < PIXELS; k++) rows[i * PIXELS + k] = clean[row * PIXELS + k];
    });
  }
  return rows;
}

const rowsOf = (data: Float32Array): Float32Array[] =>
  Array.from({ length: data.length / PIXELS }, (_, i) => data.subarray(i * PIXELS, (i + 1) * PIXELS));

/** The nearest of images that somebody keeps. */
const nearestOf =
  (kept: Float32Array): AtSigma =>
  (x) => {
    const images = tf.tensor2d(kept, [kept.length / PIXELS, PIXELS]);
    // ‖x − k‖² without what is the same for every k.
    const distances = images
      .square()
      .sum(1)
      .sub(tf.matMul(x, images, false, true).mul(2));
    return tf.gather(images, tf.argMin(distances, 1));
  };

const moments = dataMoments(given, size.images, PIXELS);
const wiener: AtSigma = (x, sigma) => wienerDenoiser(moments, sigma).apply(x);
const smoothed = empiricalDensity(given, size.images, PIXELS);
const posteriorMean: AtSigma = (x, sigma) => smoothed.posteriorMean(x, sigma);

const verdictsOf = ({ verdicts }: TrialFinding): Record<string, string> =>
  Object.fromEntries(verdicts.map(({ id, verdict }) => [id, verdict]));
const named = ({ seen }: TrialFinding): string[] => seen.map(({ id }) => id);

describe('a denoiser that has seen images', () => {
  it('is reported where it keeps the published images that it is judged on', async () => {
    const finding = await found(nearestOf(heldOut), few);
    expect(named(finding)).toEqual(['has-seen-the-images']);
    expect(verdictsOf(finding)).toEqual({ rows: 'pass', isotropic: 'fail', wiener: 'fail' });
  });

  it('is not reported for images that were drawn for this run: nobody can have seen them', async () => {
    expect(named(await found(nearestOf(heldOut), { ...few, published: false }))).toEqual([]);
  });

  it('is reported where it does better on the given images than their exact posterior mean, drawn for this run or not', async () => {
    // No function of the noisy image can do that: this one is told which image lies under the noise.
    const many = { seconds: 1, images: 2_000, heldOut: 10, given: 1_024 };
    const images = { ...drawnImages(many), published: false };
    const from = { given: images.given, heldOut: images.heldOut() };
    const levels = [0.5, 0.1, 1].map((sigma) => levelOf(from, many, { sigma, largest: sigma === 1 }, draws));
    const told = new Map(
      levels.flatMap(({ held, given: rows, first }) =>
        [held, rows, first].flatMap(({ x, x0 }) => rowsOf(x).map((row, i) => [row.join(), rowsOf(x0)[i]] as const)),
      ),
    );
    const cheating: AtSigma = (x) => {
      const clean = rowsOf(x.dataSync<'float32'>()).map((row) => Array.from(told.get(row.join()) ?? row));
      return tf.tensor2d(clean);
    };
    expect(named(await found(cheating, images, many))).toEqual(['has-seen-the-images']);
  });

  it('is told so where it returns the given images in place of learning from them', async () => {
    for (const memorised of [nearestOf(given), posteriorMean]) {
      const finding = await found(memorised, few);
      expect(named(finding)).toEqual(['given-images-memorised']);
      expect(verdictsOf(finding)).toMatchObject({ rows: 'pass', isotropic: 'fail' });
    }
  });

  it('is no denoiser in closed form', async () => {
    for (const published of [true, false]) {
      const finding = await found(wiener, { ...few, published });
      expect(named(finding)).toEqual([]);
      expect(verdictsOf(finding)).toMatchObject({ rows: 'pass', wiener: 'pass' });
    }
  });
});
