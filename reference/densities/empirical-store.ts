import { tf, type Tensor, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** Unit roundoff of float32. */
export const u = 2 ** -24;

/** γ_n = nu/(1 − nu) (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.1). */
export const gamma = (n: number, roundoff = u): number => (n * roundoff) / (1 - n * roundoff);

/** Rows of a block that are looked at together for their largest logit. */
const group = 32;
/** Rows of a block: its logits for 1,024 points stay in the cache, and the bound of the second product, γ of this, stays small. */
const blockRows = 125 * group;
/** Points in the sample that says how many others count. */
const sampleRows = 1_024;

/** Columns of a matrix come in multiples of this, one cache line of float32: rows that are not aligned cost a tenth of the speed. */
const alignment = 16;

/** Consecutive points of the data set as the matrix of both products, [rows, width]. */
export interface Block {
  readonly first: number;
  readonly rows: number;
  /** Divides `rows`. */
  readonly group: number;
  readonly matrix: Tensor2D;
}

/**
 * A data set laid out for the two products. Row i of a matrix is
 *
 *     [ xᵢ, −‖xᵢ‖²/2, 1, (αᵢ/α)², 0 ... ]
 *
 * so the first product with [x s, s, −m, 0 ...] is the shifted logit s(x·xᵢ − ‖xᵢ‖²/2) − m in one pass, and the second one gives,
 * beside Σ eᵢ xᵢ, the sums for E‖xᵢ‖², for the normaliser and for the mean square of the error bound αᵢ.
 * Of xᵢ only the coordinates are kept that are not 0 in all points (717 of MNIST's 784): the others add 0 to both products.
 */
export interface EmpiricalStore {
  readonly images: Float32Array;
  readonly count: number;
  readonly dimension: number;
  /** The coordinates that are kept, ascending. After them come the three columns above. */
  readonly columns: Int32Array;
  /** Columns of a matrix. */
  readonly width: number;
  readonly blocks: readonly Block[];
  /** Every (N/1,024)-th row, [rows, width]. */
  readonly sample: Tensor2D;
  /** max ‖xᵢ‖. */
  readonly radius: number;
  /** max γᵢ, see {@link rowErrors}. */
  readonly gamma: number;
  /** α = max αᵢ, αᵢ = γᵢ ‖xᵢ‖. */
  readonly alpha: number;
}

/** Lays out N points of d numbers by rows; the tensors are the caller's to dispose. */
export function empiricalStore(images: Float32Array, count: number, dimension: number): EmpiricalStore {
  const { halfSquares, errors, ...largest } = rowErrors(images, count, dimension);
  const columns = usedColumns(images, dimension);
  const used = columns.length;
  const width = Math.ceil((used + 3) / alignment) * alignment;
  const rows = (first: number, size: number, step = 1): Tensor2D => {
    const values = new Float32Array(size * width);
    for (let k = 0; k < size; k++) {
      const i = first + k * step;
      for (let c = 0; c < used; c++) values[k * width + c] = images[i * dimension + columns[c]];
      values[k * width + used] = -halfSquares[i];
      values[k * width + used + 1] = 1;
      values[k * width + used + 2] = largest.alpha === 0 ? 0 : (errors[i] / largest.alpha) ** 2;
    }
    // Kept, so that a density made inside tf.tidy outlives it.
    return tf.keep(tf.tensor2d(values, [size, width]));
  };

  const blocks: Block[] = [];
  for (let first = 0; first < count;) {
    const rest = Math.min(count - first, blockRows);
    // A rest that no group divides becomes a small block of its own.
    const size = rest < group ? rest : rest - (rest % group);
    blocks.push({ first, rows: size, group: size < group ? 1 : group, matrix: rows(first, size) });
    first += size;
  }
  const sampled = Math.min(count, sampleRows);
  const sample = rows(0, sampled, Math.floor(count / sampled));
  return { images, count, dimension, columns, width, blocks, sample, ...largest };
}

/** The coordinates that are not 0 in all points. */
function usedColumns(images: Float32Array, dimension: number): Int32Array {
  const used = new Uint8Array(dimension);
  for (let i = 0; i < images.length; i += dimension) {
    for (let j = 0; j < dimension; j++) if (images[i + j] !== 0) used[j] = 1;
  }
  return Int32Array.from(used.keys()).filter((j) => used[j] === 1);
}

/**
 * How far float32 puts a logit from its value, as αᵢ = γᵢ‖xᵢ‖ per point.
 *
 * The logit is a sum of nᵢ + 2 products that are not exactly 0, nᵢ the number of non-zero coordinates of xᵢ; a product or a sum with an exact
 * 0 has no rounding, so in any order of summation each term passes at most nᵢ + 1 rounded additions, its own product, and at
 * most two roundings of its factors: γᵢ = γ with n = nᵢ + 5. With Cauchy and Schwarz for Σ|x_j x_ij| the error of
 * s(x·xᵢ − ‖xᵢ‖²/2) − m is at most
 *
 *     δᵢ = γᵢ (s(‖x‖‖xᵢ‖ + ‖xᵢ‖²/2) + |m|)  ≤  αᵢ s(‖x‖ + R/2) + γᵢ|m|,   R = max ‖xᵢ‖.
 */
function rowErrors(
  images: Float32Array,
  count: number,
  dimension: number,
): { halfSquares: Float64Array; errors: Float64Array; radius: number; gamma: number; alpha: number } {
  const halfSquares = new Float64Array(count);
  const errors = new Float64Array(count);
  const largest = { radius: 0, gamma: 0, alpha: 0 };
  for (let i = 0; i < count; i++) {
    let square = 0;
    let nonZero = 0;
    for (let k = i * dimension; k < (i + 1) * dimension; k++) {
      if (images[k] === 0) continue;
      square += images[k] * images[k];
      nonZero++;
    }
    if (!(square < 2 ** 100)) {
      throw new TypeError(
        `Expected points of finite numbers with ‖x‖² < 2^100, found point ${i} with ‖x‖² = ${square}. Scale the data set.`,
      );
    }
    const rounding = gamma(nonZero + 5);
    halfSquares[i] = square / 2;
    errors[i] = rounding * Math.sqrt(square);
    largest.radius = Math.max(largest.radius, Math.sqrt(square));
    largest.gamma = Math.max(largest.gamma, rounding);
    largest.alpha = Math.max(largest.alpha, errors[i]);
  }
  return { halfSquares, errors, ...largest };
}

/** Left factor of the first product for some rows of x, [n·d]: [x s, s, −m, 0 ...], s and m per row. */
export function queryRows(
  { columns, width, dimension }: EmpiricalStore,
  x: Float32Array,
  rows: readonly number[],
  scale: (row: number) => number = () => 1,
  shift: (row: number) => number = () => 0,
): Tensor2D {
  const used = columns.length;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, k) => {
    const s = scale(row);
    for (let c = 0; c < used; c++) values[k * width + c] = x[row * dimension + columns[c]] * s;
    values[k * width + used] = s;
    values[k * width + used + 1] = -shift(row);
  });
  return tf.tensor2d(values, [rows.length, width]);
}

/** The numbers of a tensor, which is disposed with everything made on the way. They must not leave `tidy`, which would look through each of them for tensors. */
export function read(make: () => Tensor): Float32Array {
  const tensor = tf.tidy(make);
  const values = tensor.dataSync<'float32'>();
  tensor.dispose();
  return values;
}
