import { float64 } from '../../src/oracle/arithmetic.js';
import { mixtureOracle } from '../../src/oracle/mixture.js';
import { FLOAT64_ROUNDOFF, runningError, tolerance } from '../../src/oracle/running-error.js';
import { randomStream } from '../../src/numerics/random.js';
import { mixtureDensity } from '../../reference/densities/mixture.js';
import { backend, tf } from '../../src/tensorflow/tensorflow.js';

// A process of rounding.ts: compares scores of a mixture in float32, on the backend of its environment, with the oracle. Prints one line of JSON.
const [covariances, points, seed] = process.argv.slice(2);
process.stdout.write(
  `${JSON.stringify(compare(covariances as RoundingCounts['covariances'], Number(points), Number(seed)))}\n`,
);

/** What one backend did: comparisons, failures by rule, the median of tolerance ÷ |value|. */
export interface RoundingCounts {
  readonly backend: string;
  readonly covariances: 'isotropic' | 'full';
  readonly comparisons: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly largestRatio: number;
  readonly medianTolerance: number;
  readonly missedOnePercent: number;
}

function compare(covariances: RoundingCounts['covariances'], count: number, seed: number): RoundingCounts {
  const parameters = {
    weights: [0.2, 0.5, 0.3],
    means: [0, 1, 2].map((k) => Array.from({ length: 8 }, (_, i) => 1.7 * Math.sin(3 * k + 2 * i + 1))),
    covariances: [0.6, 1.1, 0.4].map((variance, k) =>
      Array.from({ length: 8 }, (_, i) =>
        Array.from({ length: 8 }, (_, j) =>
          covariances === 'isotropic'
            ? i === j
              ? variance
              : 0
            : i === j
              ? variance * (1 + 0.1 * i)
              : 0.15 * variance * Math.cos(i + j + k),
        ),
      ),
    ),
  };
  const oracle = mixtureOracle(parameters);
  const reference = mixtureDensity(parameters.weights, parameters.means, parameters.covariances);
  const random = randomStream(seed, 'G7', 'points');
  const failures = { scorecheck: 0, 'allclose(rtol 1e-5, atol 1e-8)': 0, 'allclose(rtol 1e-4, atol 1e-6)': 0 };
  const relative: number[] = [];
  let [comparisons, largestRatio, missed] = [0, 0, 0];
  for (let done = 0; done < count; done += 1000) {
    const n = Math.min(1000, count - done);
    const x = Float32Array.from(pointsOf(parameters.means, random, n));
    const got = tf.tidy(() => reference.score(tf.tensor2d(x, [n, 8])).dataSync<'float32'>());
    for (let i = 0; i < n; i++) {
      const at = Array.from(x.subarray(8 * i, 8 * i + 8));
      const expected = oracle.score(float64, at);
      const bounds = oracle.score(
        runningError,
        at.map((value) => runningError.c(value)),
      );
      for (let j = 0; j < 8; j++) {
        const allowed = tolerance(bounds[j]) + tolerance(bounds[j], FLOAT64_ROUNDOFF);
        const error = Math.abs(got[8 * i + j] - expected[j]);
        const size = Math.abs(expected[j]);
        comparisons++;
        relative.push(allowed / size);
        largestRatio = Math.max(largestRatio, error / allowed);
        if (!(error <= allowed)) failures.scorecheck++;
        if (!(error <= 1e-8 + 1e-5 * size)) failures['allclose(rtol 1e-5, atol 1e-8)']++;
        if (!(error <= 1e-6 + 1e-4 * size)) failures['allclose(rtol 1e-4, atol 1e-6)']++;
        if (Math.abs(1.01 * got[8 * i + j] - expected[j]) <= allowed) missed++;
      }
    }
  }
  relative.sort((a, b) => a - b);
  return {
    backend: backend.name,
    covariances,
    comparisons,
    failures,
    largestRatio,
    medianTolerance: relative[Math.floor(relative.length / 2)],
    missedOnePercent: missed / comparisons,
  };
}

/** Half of the points between two means, where the pulls of the components cancel; half around one mean. */
function pointsOf(means: readonly (readonly number[])[], random: ReturnType<typeof randomStream>, n: number): number[] {
  return Array.from({ length: n }, (_, i) => {
    const [from, to] = [means[random.index(3)], means[random.index(3)]];
    const at = i % 2 === 0 ? random.uniform() : 0;
    return from.map((m, j) => m + at * (to[j] - m) + (i % 2 === 0 ? 0.1 : 1) * random.normal());
  }).flat();
}
