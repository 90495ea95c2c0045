import { describe, expect, it } from 'vitest';
import { float64 } from '../../src/oracle/arithmetic.js';
import { gradient } from '../../src/oracle/dual.js';
import { integrate, nodeByNode } from '../../src/oracle/quadrature.js';
import { runningError, tolerance } from '../../src/oracle/running-error.js';
import { randomStream } from '../../src/numerics/random.js';
import { tf } from '../../src/tensorflow/tensorflow.js';
import {
  exponential,
  gaussian,
  laplace,
  logistic,
  mixture,
  productMixture,
  scaled,
  smoothed,
  uniform,
  uniformlySmoothedLogistic,
  type Density,
} from '../../src/verify/densities.js';
import { exponentialOnBox } from '../../src/verify/exponential-family.js';
import { testSeed } from '../seed.js';

const skewed = mixture({ weights: [0.3, 0.7], means: [[-1.7], [1.4]], covariances: [[[0.36]], [[0.81]]] });
const correlated = gaussian({
  mean: [1.3, -2.1],
  covariance: [
    [2.1, 0.6],
    [0.6, 0.8],
  ],
});
const densities: readonly Density[] = [
  skewed,
  correlated,
  smoothed(correlated, 0.7),
  scaled(skewed, 0.6),
  exponential(1.7),
  laplace(0.4, 0.8),
  uniform(-0.3, 1.9),
  logistic(0.7, 0.4),
  uniformlySmoothedLogistic(0.7, 0.4, 1.2),
  productMixture(
    [0.4, 0.6],
    [
      [logistic(0.2, 0.5), logistic(-0.4, 0.3)],
      [logistic(-0.8, 0.4), logistic(0.9, 0.6)],
    ],
  ),
  exponentialOnBox([0.7, -1.6], { lower: [-0.5, 0.2], upper: [1.3, 1.9] }),
];

/** Points inside the support, from the density's own draws, as float32 numbers. */
const points = (p: Density, n: number): number[][] => {
  const draws = p.sample(randomStream(testSeed, 'points', p.name), n);
  return Array.from({ length: n }, (_, i) =>
    Array.from(draws.subarray(i * p.dimension, (i + 1) * p.dimension), Math.fround),
  );
};

describe.each(densities.map((p) => [p.name, p] as const))('%s', (_, p) => {
  it('integrates to 1', () => {
    const mass = nodeByNode({ k: 1, extra: 0 }, (x, out) => {
      out[0] = out[1] = Math.exp(p.logDensity(float64, x));
    });
    const total = integrate(p.axes, mass, 6e4);
    expect(Math.abs(total.values[0] - 1)).toBeLessThanOrEqual(Math.max(total.errors[0], 1e-12));
    expect(total.errors[0]).toBeLessThan(1e-6);
  });

  it('has the score that differentiating its log density gives', () => {
    for (const x of points(p, 40)) {
      const bounds = gradient(p.logDensity)(
        runningError,
        x.map((v) => runningError.c(v)),
      ).map((b) => tolerance(b, 2 ** -53));
      const byDuals = gradient(p.logDensity)(float64, x);
      p.score(float64, x).forEach((s, i) =>
        expect(Math.abs(s - byDuals[i])).toBeLessThanOrEqual(2 * bounds[i] + 1e-13 * (1 + Math.abs(s))),
      );
    }
  });

  it('is computed on TensorFlow.js as in the oracle, to rounding', () => {
    const xs = points(p, 64);
    const [logs, scores] = tf.tidy(() => {
      const x = tf.tensor2d(xs);
      return [p.reference.logDensity(x).arraySync(), p.reference.score(x).arraySync()];
    });
    xs.forEach((x, row) => {
      const exact = x.map((v) => runningError.c(v));
      const log = p.logDensity(runningError, exact);
      expect(Math.abs(logs[row] - log.v)).toBeLessThanOrEqual(tolerance(log));
      p.score(runningError, exact).forEach((s, i) =>
        expect(Math.abs(scores[row][i] - s.v)).toBeLessThanOrEqual(tolerance(s)),
      );
    });
  });

  it('draws from itself: mean and second moments within six standard errors', () => {
    const n = 20_000;
    const draws = p.sample(randomStream(testSeed, 'moments', p.name), n);
    // Monomials of degree 1 and 2 with their exact means and variances by quadrature.
    const monomials = Array.from({ length: p.dimension }, (_u, i) => [
      (x: ArrayLike<number>): number => x[i],
      (x: ArrayLike<number>): number => x[i] * x[(i + 1) % p.dimension],
    ]).flat();
    const k = monomials.length;
    const moments = nodeByNode({ k, extra: k }, (x, out) => {
      const density = Math.exp(p.logDensity(float64, x));
      monomials.forEach((f, j) => {
        out[j] = density * f(x);
        out[k + j] = Math.abs(out[j]);
        out[2 * k + j] = density * f(x) ** 2;
      });
    });
    const { values, extra } = integrate(p.axes, moments, 3e4, 1e-6);
    monomials.forEach((f, j) => {
      let mean = 0;
      for (let row = 0; row < n; row++) mean += f(draws.subarray(row * p.dimension, (row + 1) * p.dimension)) / n;
      expect(Math.abs(mean - values[j])).toBeLessThan(6 * Math.sqrt((extra[j] - values[j] ** 2) / n));
    });
  });
});
