import { u } from './empirical-store.js';

/** The posterior per row in float64, with bounds that do not yet count the last rounding to float32. */
export interface PosteriorRows {
  /** The points, [n·d]. */
  readonly x: Float32Array;
  /** ‖x‖ per row. */
  readonly norms: Float64Array;
  readonly sigma: Float64Array;
  /** E[x0 | x], [n·d], and a bound on the Euclidean norm of its error. */
  readonly mean: Float64Array;
  readonly meanError: Float64Array;
  /** Trace of the posterior covariance. */
  readonly variance: Float64Array;
  readonly varianceError: Float64Array;
  /** log p_σ(x). */
  readonly logDensity: Float64Array;
  readonly logDensityError: Float64Array;
}

/** Rows to be filled in, for n points x of dimension d and their standard deviations. Throws a TypeError where x is not finite. */
export function emptyRows(x: Float32Array, dimension: number, sigma: Float64Array): PosteriorRows {
  const n = sigma.length;
  const norms = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let square = 0;
    for (let k = row * dimension; k < (row + 1) * dimension; k++) square += x[k] * x[k];
    if (!Number.isFinite(square)) {
      throw new TypeError(
        `Expected x of finite numbers, found ‖x‖² = ${square} in row ${row}. Check x for NaN or scale it.`,
      );
    }
    norms[row] = Math.sqrt(square);
  }
  const numbers = (): Float64Array => new Float64Array(n);
  return {
    x,
    norms,
    sigma,
    mean: new Float64Array(n * dimension),
    meanError: numbers(),
    variance: numbers(),
    varianceError: numbers(),
    logDensity: numbers(),
    logDensityError: numbers(),
  };
}

/** log of the constant of N(·; 0, σ²I) in d dimensions. */
export const gaussianConstant = (sigma: number, dimension: number): number =>
  -dimension * (Math.log(sigma) + Math.log(2 * Math.PI) / 2);

/** (E[x0 | x] − x)/σ² per row, [n·d], and a bound on the norm of its error in float32. */
export function scoreRows(rows: PosteriorRows, dimension: number): { score: Float32Array; error: Float64Array } {
  const score = new Float32Array(rows.mean.length);
  const error = rows.meanError.map((bound, row) => {
    const variance = rows.sigma[row] ** 2;
    let square = 0;
    for (let k = row * dimension; k < (row + 1) * dimension; k++) {
      const value = (rows.mean[k] - rows.x[k]) / variance;
      score[k] = value;
      square += value * value;
    }
    return bound / variance + rounded(Math.sqrt(square), dimension);
  });
  return { score, error };
}

/**
 * The error of rounding a vector of this norm and dimension to float32: u/(1 + u) of each coordinate, or half the smallest subnormal number.
 * What is left of u covers the few float64 roundings that made the vector.
 */
export const rounded = (norm: number, dimension = 1): number => u * norm + Math.sqrt(dimension) * 2 ** -150;
