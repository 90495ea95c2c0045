import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import { gaussianConstant, type PosteriorRows } from './empirical-rows.js';
import { gamma, queryRows, read, type Block, type EmpiricalStore } from './empirical-store.js';

/** The most weight that the points left out may have together. */
export const neglected = 2 ** -30;

const float64Roundoff = 2 ** -53;

/**
 * How far below the largest float32 value of t = x·xᵢ − ‖xᵢ‖²/2 (σ² times the logit) a point may lie and still count, when `others` points compete.
 *
 * Let |t̃ᵢ − tᵢ| ≤ δ for all i, and t̃ₖ be the largest. If t̃ᵢ < t̃ₖ − T, then tᵢ < tₖ − T + 2δ, so that with T = 2δ + σ² ln(2M/ε) the weight
 * of i is below ε/(2M) times that of k, and M points left out together weigh less than ε/2. T also covers 2⁻¹²⁶ per product for
 * numbers that are flushed to 0.
 */
export function margin(store: EmpiricalStore, norm: number, sigma: number, others = store.count): number {
  const delta = store.alpha * (norm + store.radius / 2) + (store.dimension + 3) * 2 ** -126;
  return 2 * delta + sigma ** 2 * Math.log((2 * others) / neglected);
}

/**
 * Fills in rows of x at which few points count: float32 finds the near ones, float64 weighs them by direct differences.
 * Memory beside the store: one block of float32 values per row.
 */
export function nearRows(store: EmpiricalStore, into: PosteriorRows, rows: readonly number[]): void {
  const { dimension } = store;
  const near = nearPoints(store, into, rows);
  rows.forEach((row, k) => {
    const x = Float64Array.from(into.x.subarray(row * dimension, (row + 1) * dimension));
    weighNear(store, into, row, x, near[k]);
  });
}

/** Per row the indices of the points whose float32 value lies within {@link margin} of the largest. */
function nearPoints(store: EmpiricalStore, { x, norms, sigma }: PosteriorRows, rows: readonly number[]): number[][] {
  const margins = rows.map((row) => margin(store, norms[row], sigma[row]));
  const tops = rows.map(() => -Infinity);
  const found = rows.map((): { indices: number[]; values: number[] } => ({ indices: [], values: [] }));
  const query = queryRows(store, x, rows);
  for (const block of store.blocks) {
    const logits = tf.matMul(query, block.matrix, false, true);
    const groups = logits.reshape<Tensor2D>([-1, block.group]);
    const candidates = nearGroups(
      read(() => groups.max(1)),
      block,
      tops,
      margins,
    );
    const values =
      candidates.length === 0 ? new Float32Array() : read(() => tf.gather(groups, tf.tensor1d(candidates, 'int32')));
    tf.dispose([logits, groups]);
    const groupsPerRow = block.rows / block.group;
    candidates.forEach((group, c) => {
      const k = Math.floor(group / groupsPerRow);
      const first = block.first + (group % groupsPerRow) * block.group;
      for (let j = 0; j < block.group; j++) {
        const value = values[c * block.group + j];
        if (value < tops[k] - margins[k]) continue;
        found[k].indices.push(first + j);
        found[k].values.push(value);
      }
    });
  }
  query.dispose();
  return found.map(({ indices, values }, k) => {
    // Two siftings, of ε/2 each: against the largest value of all, which the first blocks had not seen, and with M the points that are left.
    const count = values.reduce((sum, value) => sum + (value >= tops[k] - margins[k] ? 1 : 0), 0);
    const least = tops[k] - margin(store, norms[rows[k]], sigma[rows[k]], count);
    return indices.filter((_, c) => values[c] >= least);
  });
}

/** Which groups of a block hold a value within the margin of the row's largest so far, after `tops` has seen the block. */
function nearGroups(largest: Float32Array, block: Block, tops: number[], margins: readonly number[]): number[] {
  const perRow = block.rows / block.group;
  const groups: number[] = [];
  for (let k = 0; k < tops.length; k++) {
    let top = tops[k];
    for (let g = k * perRow; g < (k + 1) * perRow; g++) {
      if (largest[g] > top) top = largest[g];
    }
    if (!Number.isFinite(top)) {
      throw new TypeError(
        `Expected x whose products with the data stay below 2^127, found a largest product of ${top}. Scale x and the data.`,
      );
    }
    tops[k] = top;
    const least = top - margins[k];
    for (let g = k * perRow; g < (k + 1) * perRow; g++) {
      if (largest[g] >= least) groups.push(g);
    }
  }
  return groups;
}

/**
 * One row from its near points, in float64.
 *
 * Errors, with v = 2⁻⁵³, D² the largest squared distance and R = max ‖xᵢ‖. A squared distance has relative error γ_{d+2}(v), so the logits are off by
 * at most δ = γ_{d+5}(v) D²/(2σ²), each weight by a factor within e^{±2δ}, and
 * ‖Δmean‖ ≤ expm1(2δ) √V with V = Σ wᵢ‖xᵢ − mean‖² (Cauchy and Schwarz; the sum of wᵢ(xᵢ − mean) is 0), |ΔV| ≤ expm1(2δ) V since the mean
 * minimises V, |Δ log p| ≤ δ. The k terms of the sums add s = γ_{2k+6}(v) R, the points left out ε of 2R, of (2R)² and of 1.
 * V is taken as Σ wᵢ‖xᵢ − x‖² − ‖mean − x‖², whose cancellation costs 3γ_{d+k+5}(v) D² + 2sD.
 */
function weighNear(
  store: EmpiricalStore,
  into: PosteriorRows,
  row: number,
  x: Float64Array,
  near: readonly number[],
): void {
  const { images, dimension, count, radius } = store;
  const sigma = into.sigma[row];
  const squares = near.map((i) => squaredDistance(x, images, i * dimension));
  const nearest = squares.reduce((least, square) => Math.min(least, square));
  const farthest = squares.reduce((most, square) => Math.max(most, square));

  const mean = into.mean.subarray(row * dimension, (row + 1) * dimension);
  let total = 0;
  let spread = 0;
  near.forEach((i, c) => {
    const weight = Math.exp((nearest - squares[c]) / (2 * sigma * sigma));
    total += weight;
    spread += weight * squares[c];
    if (weight === 0) return;
    for (let j = 0, k = i * dimension; j < dimension; j++, k++) mean[j] += weight * images[k];
  });
  let shift = 0;
  for (let j = 0; j < dimension; j++) {
    mean[j] /= total;
    shift += (mean[j] - x[j]) ** 2;
  }

  const alone = near.length === 1;
  const delta = (gamma(dimension + 5, float64Roundoff) * farthest) / (2 * sigma * sigma);
  const factor = alone ? 0 : Math.expm1(2 * delta);
  const sums = gamma(2 * near.length + 6, float64Roundoff) * radius;
  const cancelled = alone
    ? 0
    : 3 * gamma(dimension + near.length + 5, float64Roundoff) * farthest + 2 * sums * Math.sqrt(farthest);
  const variance = alone ? 0 : Math.min(Math.max(spread / total - shift, 0), radius ** 2);
  into.variance[row] = variance;
  // Two distributions on points of the ball of radius R have means at most 2R and variances at most R² apart, whatever δ is.
  into.meanError[row] = Math.min(factor * Math.sqrt(variance + cancelled), 2 * radius) + sums + 2 * neglected * radius;
  into.varianceError[row] =
    Math.min(factor * (variance + cancelled) + cancelled, radius ** 2) + 4 * neglected * radius ** 2;
  const exponent = nearest / (2 * sigma * sigma);
  const constant = gaussianConstant(sigma, dimension);
  into.logDensity[row] = Math.log(total / count) - exponent + constant;
  into.logDensityError[row] =
    delta + neglected + 8 * float64Roundoff * (exponent + Math.abs(constant) + Math.log(count) + near.length);
}

/** ‖x − point‖² by four interleaved sums, so that an addition need not wait for the one before. */
function squaredDistance(x: Float64Array, images: Float32Array, offset: number): number {
  const d = x.length;
  const whole = d - (d % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let e = 0;
  for (let j = 0; j < whole; j += 4) {
    const p = x[j] - images[offset + j];
    const q = x[j + 1] - images[offset + j + 1];
    const r = x[j + 2] - images[offset + j + 2];
    const s = x[j + 3] - images[offset + j + 3];
    a += p * p;
    b += q * q;
    c += r * r;
    e += s * s;
  }
  for (let j = whole; j < d; j++) a += (x[j] - images[offset + j]) ** 2;
  return a + b + (c + e);
}
