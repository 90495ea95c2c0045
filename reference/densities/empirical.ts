import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import { denseIsExact, denseRows, denseShift } from './empirical-dense.js';
import { margin, nearRows } from './empirical-near.js';
import { emptyRows, rounded, scoreRows, type PosteriorRows } from './empirical-rows.js';
import { empiricalStore, queryRows, read, type EmpiricalStore } from './empirical-store.js';

/** Standard deviation of the smoothing: one number, or one per row of x. */
export type Sigma = number | ArrayLike<number>;

/** What is known of x0 given x = x0 + σε, row by row, and how exactly. */
export interface EmpiricalPosterior {
  /** E[x0 | x], [n, d]. */
  readonly mean: Tensor2D;
  /** E[‖x0 − E[x0 | x]‖² | x], the trace of the posterior covariance, [n]. */
  readonly variance: Tensor1D;
  /** ∇ log p_σ(x) = (E[x0 | x] − x)/σ², [n, d]. */
  readonly score: Tensor2D;
  /** log p_σ(x), natural logarithm, [n]. */
  readonly logDensity: Tensor1D;
  readonly errorBound: PosteriorErrorBound;
}

/**
 * Per row a bound on the error of each tensor, for the float32 data and x as given: of the Euclidean norm for a vector (so of each
 * coordinate too), of the absolute value for a number. It takes in the rounding of the tensor itself to float32.
 */
export interface PosteriorErrorBound {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly score: Float64Array;
  readonly logDensity: Float64Array;
}

/**
 * A data set smoothed by σ: p_σ(x) = (1/N) Σ N(x; xᵢ, σ²I). Holds tensors until `dispose`.
 * The functions take x of shape [n, d] and give new tensors without a gradient.
 * They throw a TypeError for x of another width, numbers that are not finite, and σ that is not positive.
 */
export interface EmpiricalDensity {
  readonly count: number;
  readonly dimension: number;
  /** All of the posterior with its error bound, from one pass over the data. */
  posterior(x: Tensor2D, sigma: Sigma): EmpiricalPosterior;
  /** E[x0 | x], [n, d]. */
  posteriorMean(x: Tensor2D, sigma: Sigma): Tensor2D;
  /** ∇ log p_σ(x), [n, d]. */
  score(x: Tensor2D, sigma: Sigma): Tensor2D;
  /** log p_σ(x), [n]. */
  logDensity(x: Tensor2D, sigma: Sigma): Tensor1D;
  dispose(): void;
}

/** Rows of x that are worked on together; more would not make the products faster. */
const chunkRows = 1_024;

/**
 * The exact density of `count` points of `dimension` numbers by rows ([N·d], kept by reference and not to be changed), smoothed by σ.
 *
 * The weights wᵢ ∝ exp(−‖x − xᵢ‖²/(2σ²)) come from a float32 product with the whole data set. Its logits carry an error of about ‖x‖‖xᵢ‖/σ² roundings,
 * far too much for small σ, so the points within a proven margin of the largest logit are weighed again in float64 (`empirical-near`).
 * Where σ is so large that too many points count, the logits are small and float32 is exact enough (`empirical-dense`).
 * Source: Vincent 2011, A connection between score matching and denoising autoencoders, section 4.
 */
export function empiricalDensity(images: Float32Array, count: number, dimension: number): EmpiricalDensity {
  if (!(count >= 1 && dimension >= 1) || images.length !== count * dimension) {
    throw new TypeError(
      `Expected ${count} points of ${dimension} numbers, found ${images.length} numbers. Give count · dimension numbers by rows.`,
    );
  }
  const store = empiricalStore(images, count, dimension);
  const rowsAt = (x: Tensor2D, sigma: Sigma): PosteriorRows => posteriorRows(store, x, sigma);
  const vectors = (values: Float64Array | Float32Array): Tensor2D =>
    tf.tensor2d(values instanceof Float32Array ? values : new Float32Array(values), [
      values.length / dimension,
      dimension,
    ]);
  const numbers = (values: Float64Array): Tensor1D => tf.tensor1d(new Float32Array(values));

  return {
    count,
    dimension,
    posterior: (x, sigma) => {
      const rows = rowsAt(x, sigma);
      const { score, error } = scoreRows(rows, dimension);
      return {
        mean: vectors(rows.mean),
        variance: numbers(rows.variance),
        score: vectors(score),
        logDensity: numbers(rows.logDensity),
        errorBound: {
          // ‖mean‖ is at most the largest norm in the data.
          mean: rows.meanError.map((bound) => bound + rounded(store.radius, dimension)),
          variance: rows.varianceError.map((bound, row) => bound + rounded(rows.variance[row])),
          score: error,
          logDensity: rows.logDensityError.map((bound, row) => bound + rounded(Math.abs(rows.logDensity[row]))),
        },
      };
    },
    posteriorMean: (x, sigma) => vectors(rowsAt(x, sigma).mean),
    score: (x, sigma) => vectors(scoreRows(rowsAt(x, sigma), dimension).score),
    logDensity: (x, sigma) => numbers(rowsAt(x, sigma).logDensity),
    dispose: () => tf.dispose([store.sample, ...store.blocks.map((block) => block.matrix)]),
  };
}

function posteriorRows(store: EmpiricalStore, x: Tensor2D, sigma: Sigma): PosteriorRows {
  const [n, d] = x.shape;
  if (d !== store.dimension) {
    throw new TypeError(`Expected x of shape [n, ${store.dimension}] as the data, found [${n}, ${d}].`);
  }
  const into = emptyRows(x.dataSync<'float32'>(), d, sigmas(sigma, n));
  for (let first = 0; first < n; first += chunkRows) {
    const rows = Array.from({ length: Math.min(chunkRows, n - first) }, (_, k) => first + k);
    const { near, dense, shifts } = route(store, into, rows);
    if (near.length > 0) nearRows(store, into, near);
    const overflowed = dense.length > 0 ? denseRows(store, into, dense, shifts) : [];
    if (overflowed.length > 0) nearRows(store, into, overflowed);
  }
  return into;
}

function sigmas(sigma: Sigma, n: number): Float64Array {
  const values = typeof sigma === 'number' ? new Float64Array(n).fill(sigma) : Float64Array.from(sigma);
  if (values.length !== n) {
    throw new TypeError(`Expected one sigma or one per row of x, ${n}, found ${values.length}.`);
  }
  const wrong = values.find(
    (value) => !(value > 0 && Number.isFinite(1 / value ** 2) && value ** 2 < Infinity && 1 / value ** 2 > 0),
  );
  if (wrong !== undefined)
    throw new TypeError(`Expected sigma > 0 with a finite square and inverse square, found ${wrong}.`);
  return values;
}

/**
 * Which rows are cheap by their near points and which are dense, from the logits of a sample of the data. A wrong guess costs time, not exactness:
 * a row goes to the dense product only where its error bound is small.
 */
function route(
  store: EmpiricalStore,
  { x, norms, sigma }: PosteriorRows,
  rows: readonly number[],
): { near: number[]; dense: number[]; shifts: Map<number, number> } {
  const sampled = store.sample.shape[0];
  const logits = read(() => tf.matMul(queryRows(store, x, rows), store.sample, false, true));
  const shifts = new Map<number, number>();
  const inexact: number[] = [];
  const few: number[] = [];
  const many: number[] = [];
  rows.forEach((row, k) => {
    let top = -Infinity;
    for (let i = k * sampled; i < (k + 1) * sampled; i++) if (logits[i] > top) top = logits[i];
    const least = top - margin(store, norms[row], sigma[row]);
    let counted = 0;
    for (let i = k * sampled; i < (k + 1) * sampled; i++) if (logits[i] >= least) counted++;
    const shift = denseShift(top / sigma[row] ** 2);
    shifts.set(row, shift);
    const list = !denseIsExact(store, norms[row], sigma[row], shift)
      ? inexact
      : counted > cheapInSample(store)
        ? many
        : few;
    list.push(row);
  });
  // Each way reads all of the data, which costs for a few rows as much as for an eighth of a batch: few of one kind join the others.
  if (few.length < rows.length / 8 && inexact.length === 0) many.push(...few.splice(0));
  if (many.length < rows.length / 8) few.push(...many.splice(0));
  return { near: [...inexact, ...few], dense: many, shifts };
}

/**
 * How many points of the sample may be near for a row to be cheap. A near point costs about as much in float64 as 256 points in the second product;
 * and the sample, whose largest value is smaller than that of all the data, lets about 8 times too many points in (seen on MNIST at sigma 0.4 to 0.8).
 */
function cheapInSample(store: EmpiricalStore): number {
  return (8 * Math.max(16, store.count / 256) * store.sample.shape[0]) / store.count;
}
