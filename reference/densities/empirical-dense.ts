import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import { gaussianConstant, type PosteriorRows } from './empirical-rows.js';
import { gamma, queryRows, u, type EmpiricalStore } from './empirical-store.js';

/** Relative error of float32 exp on the backends, 2 ulp. */
const expError = 4 * u;
/** The largest bound on the error of a logit with which float32 weights are used at all. */
const largestDelta = 1 / 16;
/** Logits up to this need no shift before exp: e^±40 leaves float32 room for 47 more. */
const unshifted = 40;

/** The shift of the logits of a row whose largest one is near `top`: a float32. */
export const denseShift = (top: number): number => (Math.abs(top) <= unshifted ? 0 : Math.fround(top));

/** Bound on the error of any logit of a row in the dense product, see `rowErrors`. */
export function denseDelta(store: EmpiricalStore, norm: number, sigma: number, shift: number): number {
  return (store.alpha * (norm + store.radius / 2)) / sigma ** 2 + store.gamma * Math.abs(shift) + expError;
}

/** Whether float32 is exact enough for the weights of a row. */
export const denseIsExact = (store: EmpiricalStore, norm: number, sigma: number, shift: number): boolean =>
  denseDelta(store, norm, sigma, shift) <= largestDelta;

/**
 * Fills in rows of x at which many points count: exp of all logits and a second product, in float32.
 * Returns the rows whose sums overflowed, since their largest logit is far above that of the sample: they are not filled in.
 * Memory beside the store: two blocks of float32 values per row.
 */
export function denseRows(
  store: EmpiricalStore,
  into: PosteriorRows,
  rows: readonly number[],
  shifts: ReadonlyMap<number, number>,
): number[] {
  const { width, blocks } = store;
  const shiftOf = (row: number): number => shifts.get(row) ?? 0;
  const query = queryRows(store, into.x, rows, (row) => 1 / into.sigma[row] ** 2, shiftOf);
  let sums = tf.zeros<Tensor2D['rankType']>([rows.length, width]);
  for (const { matrix } of blocks) {
    const before = sums;
    sums = tf.tidy(() => {
      const logits = tf.matMul(query, matrix, false, true);
      const weights = logits.exp();
      logits.dispose();
      return before.add<Tensor2D>(tf.matMul(weights, matrix));
    });
    before.dispose();
  }
  const values = sums.dataSync<'float32'>();
  tf.dispose([query, sums]);
  return rows.filter((row, k) => !divide(store, into, row, values.subarray(k * width, (k + 1) * width), shiftOf(row)));
}

/**
 * One row from its sums Σ eᵢ [xᵢ, −‖xᵢ‖²/2, 1, (αᵢ/α)²]; false where they are not finite.
 *
 * Errors. Let δᵢ bound the error of logit i (with that of exp), a = (‖x‖ + R/2)/σ², so that
 * δᵢ ≤ αᵢ a + γ|m| + 4u, and let E be the mean under the weights found. The true weights are proportional to those times qᵢ, |qᵢ − 1| ≤ expm1(δᵢ) ≤ c δᵢ, so
 * ‖Δmean‖ = ‖E[(q − 1)(xᵢ − mean)]‖ / E q ≤ c √(E δ²) √V / (1 − cδ), as E(xᵢ − mean) = 0, and √(E δ²) ≤ a √(E α²) + γ|m| + 4u (Minkowski).
 * Likewise |Δ log p| ≤ c √(E δ²)/(1 − cδ), and |ΔV| ≤ 2cδ/(1 − cδ) V with the largest δ, as the mean minimises V.
 * The second product adds γ_n with n = rows of a block + blocks, relative to Σ eᵢ|xᵢ|: at most 2γ_n √(E‖xᵢ‖²) to the mean,
 * 6γ_n E‖xᵢ‖² to V = E‖xᵢ‖² − ‖mean‖², γ_n to log p. Numbers below 2⁻¹²⁶ may be flushed to 0, in the data and in each of the N products.
 */
function divide(store: EmpiricalStore, into: PosteriorRows, row: number, sums: Float32Array, shift: number): boolean {
  const { dimension, count, columns } = store;
  const used = columns.length;
  const total = sums[used + 1];
  if (!(total > 0 && total < 2 ** 120)) return false;
  const sigma = into.sigma[row];
  const norm = into.norms[row];

  let meanSquare = 0;
  for (let c = 0; c < used; c++) {
    const mean = sums[c] / total;
    into.mean[row * dimension + columns[c]] = mean;
    meanSquare += mean * mean;
  }
  const square = (-2 * sums[used]) / total;
  const variance = Math.max(square - meanSquare, 0);

  const sumError = gamma(Math.max(...store.blocks.map((block) => block.rows)) + store.blocks.length + 4);
  const largest = denseDelta(store, norm, sigma, shift);
  const c = Math.expm1(largest) / largest;
  const typical =
    (store.alpha * Math.sqrt((sums[used + 2] / total) * (1 + 3 * sumError)) * (norm + store.radius / 2)) / sigma ** 2 +
    store.gamma * Math.abs(shift) +
    expError;
  const relative = (c * typical) / (1 - c * largest);
  const flushed = 2 ** -126 * (1 + count / total);
  const cancelled = 6.5 * sumError * square + 4 * flushed;
  into.variance[row] = variance;
  into.meanError[row] =
    relative * Math.sqrt(variance + cancelled) + 2.1 * sumError * Math.sqrt(square) + flushed * Math.sqrt(dimension);
  into.varianceError[row] = ((2 * c * largest) / (1 - c * largest)) * (variance + cancelled) + cancelled;
  const exponent = norm ** 2 / (2 * sigma ** 2);
  const constant = gaussianConstant(sigma, dimension);
  into.logDensity[row] = Math.log(total / count) + shift - exponent + constant;
  into.logDensityError[row] =
    relative +
    flushed +
    1.1 * sumError +
    (dimension + 16) * 2 ** -53 * (exponent + Math.abs(constant) + Math.abs(shift) + Math.log(count));
  return true;
}
