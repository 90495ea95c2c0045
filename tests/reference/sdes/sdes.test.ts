import { describe, expect, it } from 'vitest';
import { noisedMixture } from '../../../reference/densities/noised-mixture.js';
import { mixtureDensity } from '../../../reference/densities/mixture.js';
import { probabilityFlow } from '../../../reference/sdes/probability-flow.js';
import { reverseTimeSde } from '../../../reference/sdes/reverse-time.js';
import { perturbationKernel, type NoisingSde } from '../../../reference/sdes/sde.js';
import { subVariancePreserving } from '../../../reference/sdes/sub-variance-preserving.js';
import { varianceExploding } from '../../../reference/sdes/variance-exploding.js';
import { variancePreserving } from '../../../reference/sdes/variance-preserving.js';
import { tf, type Tensor1D } from '../../../src/tensorflow/tensorflow.js';

const sdes: readonly (readonly [string, NoisingSde])[] = [
  ['variance exploding', varianceExploding(0.1, 9)],
  ['variance preserving', variancePreserving(0.3, 12)],
  ['sub-variance preserving', subVariancePreserving(0.4, 14)],
];

const times = [0.05, 0.31, 0.5, 0.77, 0.98];
const at = (f: (t: Tensor1D) => Tensor1D, ts: readonly number[]): number[] => [...f(tf.tensor1d([...ts])).dataSync()];

describe.each(sdes)('%s', (_, sde) => {
  /** a(t) of the drift a(t) x. */
  const slopes = at((t) => sde.drift(tf.onesLike(t).expandDims(1), t).squeeze<Tensor1D>([1]), times);
  const squared = at((t) => sde.diffusionCoefficient(t).square(), times);
  const variance = (ts: readonly number[]): number[] => at((t) => sde.perturbation(t).std.square(), ts);
  const coefficient = (ts: readonly number[]): number[] => at((t) => sde.perturbation(t).meanCoefficient, ts);
  // Central differences of float32 values with h = 0.01: rounding 6e-8/h = 6e-6 of the value, truncation h²/6 times a third derivative of some
  // (12/2)³ = 200 times the value at most: 4e-3.
  const h = 0.01;
  const slopeOf = (f: (ts: readonly number[]) => number[]): number[] => {
    const [after, before] = [f(times.map((t) => t + h)), f(times.map((t) => t - h))];
    return after.map((v, i) => (v - before[i]) / (2 * h));
  };

  it('has a mean that follows dα/dt = a α', () => {
    const alpha = coefficient(times);
    slopeOf(coefficient).forEach((slope, i) => {
      expect(Math.abs(slope - slopes[i] * alpha[i])).toBeLessThan(5e-3 * (1 + Math.abs(slopes[i])));
    });
  });

  it('has a variance that follows dv/dt = 2 a v + g²', () => {
    const v = variance(times);
    slopeOf(variance).forEach((slope, i) => {
      const expected = 2 * slopes[i] * v[i] + squared[i];
      expect(Math.abs(slope - expected)).toBeLessThan(5e-3 * (1 + squared[i] + Math.abs(slopes[i])));
    });
  });

  it('adds nothing at t = 0 and comes to its prior at t = 1', () => {
    expect(variance([0])[0]).toBe(0);
    expect(coefficient([0])[0]).toBe(1);
    // What is left of the data: exp(−∫β) = 2e-3 at most, (0.1/9)² of the variance in the exploding case.
    expect(Math.abs(Math.sqrt(variance([1])[0]) / sde.priorSd - 1)).toBeLessThan(2e-3);
  });

  it('keeps its digits at small times', () => {
    const ts = [1e-6, 1e-5, 1e-4];
    const exact = ts.map((time) => {
      const t = Math.fround(time);
      if (sde.priorSd === 9) return 0.01 * Math.expm1(2 * Math.log(90) * t);
      const [low, high] = sde === sdes[1][1] ? [0.3, 12] : [0.4, 14];
      const missing = -Math.expm1(-(low * t + (t * t * (high - low)) / 2));
      return sde === sdes[1][1] ? missing : missing ** 2;
    });
    variance(ts).forEach((v, i) => expect(Math.abs(v / exact[i] - 1)).toBeLessThan(1e-5));
  });

  it('gives each row its own time', () => {
    const x0 = tf.tensor2d([
      [1, -2],
      [3, 0.5],
    ]);
    const { mean, std } = perturbationKernel(sde, x0, tf.tensor1d([0.2, 0.9]));
    const alone = perturbationKernel(sde, x0.slice([1, 0], [1, 2]), tf.tensor1d([0.9]));
    expect([...mean.slice([1, 0], [1, 2]).dataSync()]).toEqual([...alone.mean.dataSync()]);
    expect(std.dataSync()[1]).toBe(alone.std.dataSync()[0]);
  });
});

describe('sub-variance preserving', () => {
  it('has less variance than variance preserving with the same beta', () => {
    const [less, more] = [subVariancePreserving(0.3, 12), variancePreserving(0.3, 12)].map((sde) =>
      at((t) => sde.perturbation(t).std, times),
    );
    less.forEach((value, i) => expect(value).toBeLessThan(more[i]));
  });
});

describe('reverse time and probability flow', () => {
  const sde = variancePreserving(0.3, 12);
  const x = tf.tensor2d([[0.7, -1.2]]);
  const t = tf.tensor1d([0.4]);
  // β(0.4) = 4.98, score (1, 3): f = −2.49 x, f − β s, f − ½ β s.
  const score = () => tf.tensor2d([[1, 3]]);
  const close = (got: Iterable<number>, want: readonly number[]): void =>
    [...got].forEach((value, i) => expect(value).toBeCloseTo(want[i], 4));

  it('takes g² of the score off the drift, half of it for the flow', () => {
    close(reverseTimeSde(sde, score).drift(x, t).dataSync(), [-2.49 * 0.7 - 4.98, 2.49 * 1.2 - 3 * 4.98]);
    close(probabilityFlow(sde, score)(x, t).dataSync(), [-2.49 * 0.7 - 2.49, 2.49 * 1.2 - 3 * 2.49]);
  });

  it('keeps g', () => {
    close(reverseTimeSde(sde, score).diffusionCoefficient(t).dataSync(), [Math.sqrt(4.98)]);
  });
});

describe('noisedMixture', () => {
  const weights = [0.35, 0.65];
  const means = [
    [1.1, -0.7],
    [-0.9, 1.3],
  ];
  const covariances = [
    [
      [0.8, 0.3],
      [0.3, 0.5],
    ],
    [
      [0.4, -0.1],
      [-0.1, 0.9],
    ],
  ];
  const noised = noisedMixture(weights, means, covariances);
  const x = tf.tensor2d([
    [0.3, -0.4],
    [2.1, 1.7],
    [-1.4, 0.2],
  ]);

  it('is the mixture with means m·μ and covariances m²·C + σ²I, each row with its own m and σ', () => {
    const rows = [
      { m: 0.6, sigma: 0.8 },
      { m: 1, sigma: 0.3 },
      { m: 0.1, sigma: 1.5 },
    ];
    const [m, sigma] = [tf.tensor1d(rows.map((r) => r.m)), tf.tensor1d(rows.map((r) => r.sigma))];
    const [log, score] = [noised.logDensity(x, m, sigma).dataSync(), noised.score(x, m, sigma).dataSync()];
    rows.forEach((row, i) => {
      const plain = mixtureDensity(
        weights,
        means.map((mean) => mean.map((v) => row.m * v)),
        covariances.map((c) => c.map((r, a) => r.map((v, b) => row.m ** 2 * v + (a === b ? row.sigma ** 2 : 0)))),
      );
      const point = x.slice([i, 0], [1, 2]);
      // Two float32 formulas of some twenty operations each.
      expect(log[i]).toBeCloseTo(plain.logDensity(point).dataSync()[0], 4);
      [...plain.score(point).dataSync()].forEach((value, j) => expect(score[2 * i + j]).toBeCloseTo(value, 4));
    });
  });
});
