import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { loadDigits } from '../../../reference/data/digits.js';
import { denseRows, denseShift } from '../../../reference/densities/empirical-dense.js';
import { nearRows } from '../../../reference/densities/empirical-near.js';
import { emptyRows, type PosteriorRows } from '../../../reference/densities/empirical-rows.js';
import { empiricalStore, type EmpiricalStore } from '../../../reference/densities/empirical-store.js';
import { empiricalDensity, type EmpiricalPosterior, type Sigma } from '../../../reference/densities/empirical.js';
import { empiricalValue, type EmpiricalValue } from '../../../src/oracle/empirical.js';
import { tf } from '../../../src/tensorflow/tensorflow.js';

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.hypot(...Array.from(a, (v, j) => v - b[j]));

interface Case {
  readonly dimension: number;
  readonly images: Float32Array;
  readonly x: Float32Array;
  readonly sigmas: readonly number[];
}

/** Data sets with zeros and duplicates; x anywhere, on a point, near one, or 1,000 sigma away. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    dimension: fc.integer({ min: 1, max: 6 }),
    count: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3 })),
    n: fc.integer({ min: 1, max: 5 }),
  })
  .chain(({ dimension, count, n }) => {
    const coordinate = fc.oneof(fc.constant(0), fc.double({ min: -3, max: 3, noNaN: true }).map(Math.fround));
    const point = fc.array(coordinate, { minLength: dimension, maxLength: dimension });
    return fc
      .record({
        points: fc.array(point, { minLength: count, maxLength: count }),
        twins: fc.array(fc.nat({ max: count - 1 }), { maxLength: 3 }),
        rows: fc.array(
          fc.record({
            at: fc.nat({ max: count - 1 }),
            offset: point,
            far: fc.constantFrom(0, 1e-3, 1, 1, 1000),
            // From 0.01 to 10, evenly in the logarithm.
            sigma: fc.double({ min: -2, max: 1, noNaN: true }).map((exponent) => 10 ** exponent),
          }),
          { minLength: n, maxLength: n },
        ),
      })
      .map(({ points, twins, rows }) => ({
        dimension,
        images: Float32Array.from([...points, ...twins.map((i) => points[i])].flat()),
        x: Float32Array.from(
          rows.flatMap((row) => points[row.at].map((p, j) => p + row.far * row.sigma * row.offset[j])),
        ),
        sigmas: rows.map((row) => row.sigma),
      }));
  });

/** The oracle's value at one row, and what its own float64 may be wrong by. */
interface Exact {
  readonly value: EmpiricalValue;
  readonly error: Readonly<Record<'vector' | 'square' | 'log', number>>;
}

/**
 * With v = 2⁻⁵³ the oracle's exponents ‖x − xᵢ‖²/(2σ²) are off by (d + 6)v each, and no point counts whose exponent is 745 above the least, where exp is 0.
 * A weight is then off by a factor within e^±2δ, a sum of N terms by Nv.
 */
function exact({ images, x, sigmas, dimension }: Case): Exact[] {
  const count = images.length / dimension;
  let largest = 0;
  for (let k = 0; k < images.length; k++) largest = Math.max(largest, Math.abs(images[k]));
  const radius = Math.sqrt(dimension) * largest;
  return sigmas.map((sigma, row) => {
    const at = x.subarray(row * dimension, (row + 1) * dimension);
    const value = empiricalValue(images, at, sigma);
    const likeliest = value.weights.indexOf(Math.max(...value.weights));
    const least =
      distance(at, images.subarray(likeliest * dimension, (likeliest + 1) * dimension)) ** 2 / (2 * sigma ** 2);
    const delta = (dimension + 6) * 2 ** -53 * (least + 745);
    const sums = (count + 8) * 2 ** -53;
    const relative = Math.expm1(2 * delta) + sums;
    const log = delta + sums * (1 + Math.abs(value.logDensity));
    return { value, error: { vector: relative * 2 * radius, square: relative * 4 * radius ** 2, log } };
  });
}

type Numbers = Readonly<Record<'mean' | 'variance' | 'logDensity', ArrayLike<number>>>;

function expectRows(found: Numbers, bound: Numbers, dimension: number, rows: readonly Exact[]): void {
  rows.forEach(({ value, error }, row) => {
    const mean = Array.from(found.mean).slice(row * dimension, (row + 1) * dimension);
    expect(distance(mean, value.mean)).toBeLessThanOrEqual(bound.mean[row] + error.vector);
    expect(Math.abs(found.variance[row] - value.variance)).toBeLessThanOrEqual(bound.variance[row] + error.square);
    expect(Math.abs(found.logDensity[row] - value.logDensity)).toBeLessThanOrEqual(bound.logDensity[row] + error.log);
  });
}

function expectWithinBounds(found: EmpiricalPosterior, c: Case): void {
  const rows = exact(c);
  const [mean, variance, logDensity] = [found.mean.dataSync(), found.variance.dataSync(), found.logDensity.dataSync()];
  expectRows({ mean, variance, logDensity }, found.errorBound, c.dimension, rows);
  const score = found.score.dataSync<'float32'>();
  rows.forEach(({ value, error }, row) => {
    const part = score.subarray(row * c.dimension, (row + 1) * c.dimension);
    const oracle = error.vector / c.sigmas[row] ** 2 + 4 * 2 ** -53 * Math.hypot(...value.score);
    expect(distance(part, value.score)).toBeLessThanOrEqual(found.errorBound.score[row] + oracle);
  });
}

function posterior(c: Case, sigma: Sigma = c.sigmas): EmpiricalPosterior {
  const density = empiricalDensity(c.images, c.images.length / c.dimension, c.dimension);
  const found = density.posterior(tf.tensor2d(c.x, [c.sigmas.length, c.dimension]), sigma);
  density.dispose();
  return found;
}

test('every result is within its bound of the direct float64 sum, and the bounds are near float32 rounding', () => {
  fc.assert(
    fc.property(cases, (c) => {
      tf.tidy(() => {
        const found = posterior(c);
        expectWithinBounds(found, c);
        const radius = 3 * Math.sqrt(c.dimension);
        c.sigmas.forEach((sigma, row) => {
          // Far points: the exponent ‖x − xᵢ‖²/(2σ²) is below (1,000·3√6 + 6√6/σ)²/2 and float64 keeps 2⁻⁵³·20 of it, which the weights show.
          const exponent = (3000 * Math.sqrt(6) + (2 * radius) / sigma) ** 2 / 2;
          const useful = radius * (2 ** -22 + 64 * 2 ** -53 * exponent);
          expect(found.errorBound.mean[row]).toBeLessThanOrEqual(useful);
        });
      });
    }),
  );
});

describe('each way of weighing alone', () => {
  const fill = (
    c: Case,
    how: (store: EmpiricalStore, rows: PosteriorRows, all: number[]) => unknown,
  ): PosteriorRows => {
    const store = empiricalStore(c.images, c.images.length / c.dimension, c.dimension);
    const rows = emptyRows(c.x, c.dimension, Float64Array.from(c.sigmas));
    how(
      store,
      rows,
      c.sigmas.map((_, row) => row),
    );
    tf.dispose([store.sample, ...store.blocks.map((block) => block.matrix)]);
    return rows;
  };
  const expectFilled = (rows: PosteriorRows, c: Case): void => {
    const bound = { mean: rows.meanError, variance: rows.varianceError, logDensity: rows.logDensityError };
    expectRows(rows, bound, c.dimension, exact(c));
  };

  test('near points in float64', () => {
    fc.assert(fc.property(cases, (c) => expectFilled(fill(c, nearRows), c)));
  });

  test('the dense product in float32, where its logits are small', () => {
    const wide = cases.filter((c) => c.sigmas.every((sigma) => sigma > 1));
    fc.assert(
      fc.property(wide, (c) => {
        const shifts = new Map(exact(c).map(({ value }, row) => [row, shiftNear(value, c, row)]));
        const rows = fill(c, (store, into, all) => expect(denseRows(store, into, all, shifts)).toEqual([]));
        expectFilled(rows, c);
      }),
    );
  });

  /** The shift that a sample would suggest: the logit of the likeliest point, ‖x‖²/(2σ²) above −‖x − xᵢ‖²/(2σ²). */
  function shiftNear(value: EmpiricalValue, c: Case, row: number): number {
    const i = value.weights.indexOf(Math.max(...value.weights));
    const point = c.images.subarray(i * c.dimension, (i + 1) * c.dimension);
    const x = c.x.subarray(row * c.dimension, (row + 1) * c.dimension);
    const dot = point.reduce((sum, p, j) => sum + p * (x[j] - p / 2), 0);
    return denseShift(dot / c.sigmas[row] ** 2);
  }

  test('sums that overflow are handed back', () => {
    const c: Case = { dimension: 1, images: Float32Array.of(0, 30), x: Float32Array.of(30), sigmas: [1.5] };
    fill(c, (store, into, all) => {
      // Without a shift the logit of the second point is 450/2.25 = 200, and e^200 > 2^128.
      expect(denseRows(store, into, all, new Map([[0, 0]]))).toEqual([0]);
    });
  });
});

test('x on a point of the data set, at small sigma', () => {
  const c: Case = {
    dimension: 2,
    images: Float32Array.of(0.1, 0.2, 0.7, 0.9),
    x: Float32Array.of(0.1, 0.2),
    sigmas: [0.01],
  };
  const found = posterior(c);
  expect([...found.mean.dataSync()]).toEqual([...c.x]);
  expect([...found.score.dataSync()]).toEqual([0, 0]);
  expectWithinBounds(found, c);
});

test('one sigma for all rows is that sigma for each', () => {
  const c: Case = {
    dimension: 2,
    images: Float32Array.of(0, 1, 1, 0, 0.5, 2),
    x: Float32Array.of(0.1, 0.2, 3, 1),
    sigmas: [0.6, 0.6],
  };
  expect(posterior(c, 0.6).score.dataSync()).toEqual(posterior(c).score.dataSync());
});

test('many points, and more rows than one chunk, through the blocks and both ways', () => {
  const [count, dimension, n] = [9_001, 3, 1_030];
  // A fixed, evenly spread sequence; its laws do not matter here.
  const spread = (k: number): number => Math.fround(((k * 0.6180339887498949) % 1) * 4 - 2);
  const images = Float32Array.from({ length: count * dimension }, (_, k) => spread(k));
  const x = Float32Array.from({ length: n * dimension }, (_, k) => spread(7 * k + 3));
  const sigmas = Array.from({ length: n }, (_, row) => (row % 2 === 0 ? 0.05 : 2));
  const all: Case = { dimension, images, x, sigmas };
  const found = posterior(all);
  const some = [0, 1, 2, 3, 1_022, 1_023, 1_024, 1_025, 1_029];
  tf.tidy(() => {
    const pick = <T extends Float64Array>(bounds: T): Float64Array => Float64Array.from(some, (row) => bounds[row]);
    const indices = tf.tensor1d(some, 'int32');
    expectWithinBounds(
      {
        mean: tf.gather(found.mean, indices),
        score: tf.gather(found.score, indices),
        variance: tf.gather(found.variance, indices),
        logDensity: tf.gather(found.logDensity, indices),
        errorBound: {
          mean: pick(found.errorBound.mean),
          score: pick(found.errorBound.score),
          variance: pick(found.errorBound.variance),
          logDensity: pick(found.errorBound.logDensity),
        },
      },
      {
        dimension,
        images,
        x: Float32Array.from(some.flatMap((row) => [...x.subarray(row * dimension, (row + 1) * dimension)])),
        sigmas: some.map((row) => sigmas[row]),
      },
    );
  });
});

test('no tensor is left behind', () => {
  const before = tf.memory().numTensors;
  const density = empiricalDensity(Float32Array.of(0, 1, 2, 3), 2, 2);
  tf.tidy(() => {
    const x = tf.tensor2d([[0.3, 0.4]]);
    density.score(x, 0.5);
    density.posteriorMean(x, 5);
    density.logDensity(x, [2]);
  });
  density.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('wrong use is refused with what was expected and found', () => {
  const density = empiricalDensity(Float32Array.of(0, 1, 2, 3), 2, 2);
  const x = tf.tensor2d([[0, 0]]);
  expect(() => empiricalDensity(Float32Array.of(0, 1, 2), 2, 2)).toThrow(
    /Expected 2 points of 2 numbers, found 3 numbers/,
  );
  expect(() => empiricalDensity(Float32Array.of(0, NaN), 1, 2)).toThrow(/found point 0/);
  expect(() => density.score(tf.tensor2d([[1, 2, 3]]), 1)).toThrow(
    /Expected x of shape \[n, 2\] as the data, found \[1, 3\]/,
  );
  expect(() => density.score(x, 0)).toThrow(/Expected sigma > 0/);
  expect(() => density.score(x, [1, 2])).toThrow(/one per row of x, 1, found 2/);
  expect(() => density.score(tf.tensor2d([[NaN, 0]]), 1)).toThrow(/Check x for NaN/);
  density.dispose();
});

const mnist = process.env['MNIST_DIR'];
describe.runIf(mnist !== undefined && mnist !== '')('MNIST', () => {
  const { train, test: held, dimension } = loadDigits(process.env);
  const density = empiricalDensity(train.images, train.count, dimension);
  afterAll(() => density.dispose());

  test('training and held-out digits with noise, at sigma 0.1 to 5', () => {
    const sigmas = [0.1, 0.4, 0.8, 1.3, 5];
    for (const digits of [train, held]) {
      const noise = tf.tidy(() => tf.randomNormal([sigmas.length, dimension]).dataSync<'float32'>());
      const x = noise.map((e, k) => digits.images[k] + sigmas[Math.floor(k / dimension)] * e);
      const found = density.posterior(tf.tensor2d(x, [sigmas.length, dimension]), sigmas);
      expectWithinBounds(found, { dimension, images: train.images, x, sigmas });
      // Useful: the tolerance of the score is below 0.3 % of its norm, about √d/σ.
      sigmas.forEach((sigma, row) => {
        expect(found.errorBound.score[row]).toBeLessThan((0.003 * Math.sqrt(dimension)) / sigma);
      });
    }
  });
});
