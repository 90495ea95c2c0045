import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadDigits, type Digits } from '../../../reference/data/digits.js';
import { dataMoments, type DataMoments } from '../../../reference/denoisers/data-moments.js';
import { isotropicLinear, wienerDenoiser, type LinearDenoiser } from '../../../reference/denoisers/wiener.js';
import { tf } from '../../../src/tensorflow/tensorflow.js';

/** Sparse points of small dimension, as digits are. */
const pointSets = fc.integer({ min: 1, max: 5 }).chain((dimension) => {
  const coordinate = fc.oneof(fc.constant(0), fc.double({ min: -2, max: 2, noNaN: true }).map(Math.fround));
  const point = fc.array(coordinate, { minLength: dimension, maxLength: dimension });
  return fc
    .array(point, { minLength: 1, maxLength: 20 })
    .map((points) => ({ dimension, points, flat: Float32Array.from(points.flat()) }));
});
const sigmas = fc.double({ min: 0.1, max: 3, noNaN: true });

test('moments are those of the direct double loop', () => {
  fc.assert(
    fc.property(pointSets, ({ dimension, points, flat }) => {
      const { mean, covariance } = dataMoments(flat, points.length, dimension);
      const direct = points[0].map((_, j) => points.reduce((sum, p) => sum + p[j], 0) / points.length);
      mean.forEach((m, j) => expect(m).toBeCloseTo(direct[j], 14));
      covariance.forEach((row, i) =>
        row.forEach((c, j) => {
          const want = points.reduce((sum, p) => sum + (p[i] - direct[i]) * (p[j] - direct[j]), 0) / points.length;
          // Sums of at most 20 products of size 4, each with relative error 2⁻⁵³.
          expect(Math.abs(c - want)).toBeLessThanOrEqual(30 * 4 * 2 ** -52);
        }),
      );
    }),
  );
});

/** E‖h(x) − x0‖² with x0 uniform on the points: Σ‖(G − I)(xᵢ − μ)‖²/N + σ²‖G‖_F², since the noise is independent with mean 0. */
function directLoss(
  { gain, mean }: Pick<LinearDenoiser, 'gain' | 'mean'>,
  points: readonly number[][],
  sigma: number,
): number {
  const bias = points.map((p) => {
    const centred = p.map((v, j) => v - mean[j]);
    return centred.reduce(
      (sum, c, i) => sum + (Array.from(gain[i]).reduce((dot, g, j) => dot + g * centred[j], 0) - c) ** 2,
      0,
    );
  });
  const frobenius = gain.reduce((sum, row) => sum + Array.from(row).reduce((s, g) => s + g * g, 0), 0);
  return bias.reduce((a, b) => a + b, 0) / points.length + sigma ** 2 * frobenius;
}

test('the closed-form loss is the mean loss over the points, and no other gain does better', () => {
  fc.assert(
    fc.property(
      pointSets,
      sigmas,
      fc.double({ min: -0.3, max: 0.3, noNaN: true }),
      ({ dimension, points, flat }, sigma, step) => {
        const moments = dataMoments(flat, points.length, dimension);
        const [wiener, isotropic] = [wienerDenoiser(moments, sigma), isotropicLinear(moments, sigma)];
        // Cholesky and the products: d³ roundings of numbers below 20 times the condition number, at most 20/σ² + 1 = 2,001.
        const rounding = 125 * 20 * 2001 * 2 ** -53;
        expect(Math.abs(directLoss(wiener, points, sigma) - wiener.loss)).toBeLessThanOrEqual(rounding);
        expect(Math.abs(directLoss(isotropic, points, sigma) - isotropic.loss)).toBeLessThanOrEqual(rounding);
        expect(wiener.loss).toBeLessThanOrEqual(isotropic.loss + rounding);
        const moved = wiener.gain.map((row, i) =>
          Float64Array.from(row, (g, j) => g + (i === (j + 1) % dimension ? step : 0)),
        );
        expect(directLoss({ gain: moved, mean: wiener.mean }, points, sigma)).toBeGreaterThanOrEqual(
          wiener.loss - rounding,
        );
        wiener.dispose();
        isotropic.dispose();
      },
    ),
  );
});

test('apply is μ + G(x − μ)', () => {
  const moments: DataMoments = {
    mean: [0.5, -1],
    covariance: [
      [2, 0.6],
      [0.6, 0.8],
    ],
  };
  const denoiser = wienerDenoiser(moments, 0.7);
  // (Σ + 0.49 I)⁻¹ = [[1.29, −0.6], [−0.6, 2.49]]/2.8521, and Σ times it.
  const gain = [
    [2 * 1.29 - 0.36, -1.2 + 0.6 * 2.49],
    [0.6 * 1.29 - 0.48, -0.36 + 0.8 * 2.49],
  ].map((row) => row.map((g) => g / 2.8521));
  denoiser.gain.forEach((row, i) => Array.from(row).forEach((g, j) => expect(g).toBeCloseTo(gain[i][j], 14)));
  const [found] = denoiser.apply(tf.tensor2d([[1, 3]])).arraySync();
  found.forEach((h, i) => expect(h).toBeCloseTo(moments.mean[i] + gain[i][0] * 0.5 + gain[i][1] * 4, 6));
  expect(denoiser.loss).toBeCloseTo(0.49 * (gain[0][0] + gain[1][1]), 14);
  denoiser.dispose();
});

test('points that do not fill the rows and sigma 0 are refused', () => {
  expect(() => dataMoments(Float32Array.of(1, 2, 3), 2, 2)).toThrow(/Expected 2 points of 2 numbers, found 3 numbers/);
  expect(() => wienerDenoiser({ mean: [0], covariance: [[1]] }, 0)).toThrow(/Expected sigma > 0/);
});

const mnist = process.env['MNIST_DIR'];
describe.runIf(mnist !== undefined && mnist !== '')('MNIST', () => {
  let digits: Digits;
  let moments: DataMoments;
  beforeAll(() => {
    digits = loadDigits(process.env);
    moments = dataMoments(digits.train.images, digits.train.count, digits.dimension);
  });

  // To one decimal as the course's list of mistakes gives them for a trained linear denoiser.
  test.each([
    [0.5, 15.7, 41.5],
    [0.1, 2.7, 6.8],
  ])('losses at sigma %d: the closed form, and the mean over the test images', (sigma, wienerLoss, isotropicLoss) => {
    const { images, count } = digits.test;
    for (const [make, want] of [
      [wienerDenoiser, wienerLoss],
      [isotropicLinear, isotropicLoss],
    ] as const) {
      const denoiser = make(moments, sigma);
      expect(Math.abs(denoiser.loss - want)).toBeLessThanOrEqual(0.05);
      const losses = tf.tidy(() => {
        const clean = tf.tensor2d(images, [count, digits.dimension]);
        const noisy = clean.add<typeof clean>(tf.randomNormal([count, digits.dimension]).mul(sigma));
        return denoiser.apply(noisy).sub(clean).square().sum(1);
      });
      const { mean, variance } = tf.moments(losses);
      // The test images are another sample of digits: six standard errors.
      const tolerance = 0.05 + 6 * Math.sqrt(variance.dataSync()[0] / count);
      expect(Math.abs(mean.dataSync()[0] - want)).toBeLessThanOrEqual(tolerance);
      tf.dispose([losses, mean, variance]);
      denoiser.dispose();
    }
  });
});
