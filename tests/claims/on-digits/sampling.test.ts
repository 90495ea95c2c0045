import { describe, expect, it } from 'vitest';
import { empiricalDensity } from '../../../reference/densities/empirical.js';
import { endVariance, imageSampler, nearestImages, sampleImages } from '../../../src/claims/on-digits/sampling.js';
import { randomStream } from '../../../src/numerics/random.js';
import { tf } from '../../../src/tensorflow/tensorflow.js';
import { testSeed } from '../../seed.js';

const d = 784;
const count = 12;
const random = randomStream(testSeed, 'sampling images');
const images = Float32Array.from({ length: count * d }, () => random.uniform());
const set = { images, labels: new Uint8Array(count), count };

describe('sampleImages', () => {
  it.each([['reverse SDE', 30] as const, ['probability flow', 15] as const])(
    'ends at one image with the variance of its own recursion: %s',
    (scheme, steps) => {
      const density = empiricalDensity(images.subarray(0, d), 1, d);
      const sampler = imageSampler(scheme, steps);
      const before = tf.memory().numTensors;
      const ends = sampleImages((x, sigma) => density.score(x, sigma), sampler, 20, random);
      const { index, squares } = nearestImages(
        ends.end.dataSync<'float32'>(),
        { ...set, images: images.subarray(0, d), count: 1 },
        density,
      );
      tf.dispose([ends.end, ends.before]);
      expect(tf.memory().numTensors).toBe(before);
      expect(index).toEqual(new Array<number>(20).fill(0));
      const ratio = squares.reduce((sum, square) => sum + square, 0) / (20 * d * sampler.sigmaMin ** 2);
      // 15,680 squares of normal draws: a relative deviation of 0.011. The image itself, of norm 16, is 0.13 % of the start's variance.
      expect(Math.abs(ratio / endVariance(sampler) - 1)).toBeLessThan(0.08);
      density.dispose();
    },
  );

  it('leaves less than the last but one level at the end, and goes to 1 with small steps', () => {
    expect(endVariance(imageSampler('reverse SDE', 4000))).toBeCloseTo(1, 2);
    expect(endVariance(imageSampler('probability flow', 4000))).toBeCloseTo(1, 2);
  });
});

describe('nearestImages', () => {
  it('finds the index, the image and the distance', () => {
    const density = empiricalDensity(images, count, d);
    const rows = [7, 0, 11];
    const x = Float32Array.from(rows.flatMap((i) => Array.from(images.subarray(i * d, (i + 1) * d), (v) => v + 0.01)));
    const nearest = nearestImages(x, set, density);
    expect(nearest.index).toEqual(rows);
    nearest.squares.forEach((square) => expect(square).toBeCloseTo(d * 1e-4, 4));
    expect(nearest.images.subarray(0, d)).toEqual(images.subarray(7 * d, 8 * d));
    density.dispose();
  });
});
