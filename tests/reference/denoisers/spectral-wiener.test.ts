import { describe, expect, it } from 'vitest';
import { dataMoments } from '../../../reference/denoisers/data-moments.js';
import { spectralWiener, spectrumOf, wienerLoss } from '../../../reference/denoisers/spectral-wiener.js';
import { wienerDenoiser } from '../../../reference/denoisers/wiener.js';
import { randomStream } from '../../../src/numerics/random.js';
import { tf } from '../../../src/tensorflow/tensorflow.js';
import { testSeed } from '../../seed.js';

const random = randomStream(testSeed, 'spectral wiener');
const d = 7;
/** Correlated points off the origin; the last coordinate is always 0, as the corner of a digit. */
const points = Float32Array.from({ length: 40 * d }, (_, k) => (k % d === d - 1 ? 0 : random.normal() + (k % 3)));
const moments = dataMoments(points, 40, d);
const spectrum = spectrumOf(moments);

describe('spectralWiener', () => {
  it('is the Wiener denoiser, with another sigma in each row', () => {
    const sigmas = [0.05, 0.6, 3];
    const x = tf.tensor2d(Float32Array.from(random.normals(3 * d)), [3, d]);
    const wiener = spectralWiener(spectrum);
    const found = wiener.apply(x, tf.tensor2d(sigmas, [3, 1])).arraySync();
    sigmas.forEach((sigma, row) => {
      const exact = wienerDenoiser(moments, sigma);
      const expected = exact.apply(x.slice([row, 0], [1, d])).arraySync()[0];
      // Sums of 7 products of numbers near 1 in float32, twice.
      expected.forEach((value, j) => expect(Math.abs(found[row][j] - value)).toBeLessThan(1e-5));
      expect(wienerLoss(spectrum, sigma)).toBeCloseTo(exact.loss, 5);
      exact.dispose();
    });
    wiener.dispose();
  });

  it('keeps no eigenvalue below 0', () => {
    expect(Math.min(...spectrum.values)).toBeGreaterThanOrEqual(0);
  });
});
