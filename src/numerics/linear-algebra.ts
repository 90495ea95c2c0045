import { CholeskyDecomposition, EigenvalueDecomposition, inverse as invert, Matrix } from 'ml-matrix';

/** A matrix by rows. */
export type Rows = readonly (readonly number[])[];

/** The lower Cholesky factor L of a symmetric positive definite A: A = L Lᵀ. Throws a TypeError where A is not positive definite. */
export function choleskyFactor(a: Rows): number[][] {
  const decomposition = new CholeskyDecomposition(toMatrix(a));
  if (!decomposition.isPositiveDefinite()) {
    throw new TypeError(
      `Expected a positive definite covariance, found ${JSON.stringify(a)}. Give a symmetric matrix with positive eigenvalues.`,
    );
  }
  return decomposition.lowerTriangularMatrix.to2DArray();
}

/** A⁻¹. Throws where A is singular. */
export function inverse(a: Rows): number[][] {
  return invert(toMatrix(a)).to2DArray();
}

/** The solution X of A X = B for symmetric positive definite A. */
export function solvePositiveDefinite(a: Rows, b: Rows): number[][] {
  return new CholeskyDecomposition(toMatrix(a)).solve(toMatrix(b)).to2DArray();
}

/**
 * A⁻¹ for symmetric positive definite A, as MᵀM with M = L⁻¹ and A = L Lᵀ, on typed arrays: 784 × 784 takes a quarter of a second, where the
 * library, which reads each entry through a method, takes four. Throws a TypeError where A is not positive definite.
 */
export function inversePositiveDefinite(a: readonly ArrayLike<number>[]): Float64Array[] {
  // A coordinate without off-diagonal entries, such as a pixel that is always 0, is inverted alone: the work goes like the cube of the others' number.
  const coupled = a.map((_, i) => i).filter((i) => some(a[i], (v, j) => v !== 0 && j !== i));
  if (coupled.length === a.length) return inverseOfCoupled(a);
  const result = a.map((row, i) => {
    const inverted = new Float64Array(a.length);
    inverted[i] = 1 / positivePivot(row[i], i, a.length);
    return inverted;
  });
  const inner = inverseOfCoupled(coupled.map((i) => Float64Array.from(coupled, (j) => a[i][j])));
  coupled.forEach((i, p) => {
    coupled.forEach((j, q) => (result[i][j] = inner[p][q]));
  });
  return result;
}

function some(row: ArrayLike<number>, holds: (value: number, index: number) => boolean): boolean {
  for (let j = 0; j < row.length; j++) if (holds(row[j], j)) return true;
  return false;
}

function positivePivot(pivot: number, row: number, rows: number): number {
  if (pivot > 0) return pivot;
  throw new TypeError(
    `Expected a positive definite matrix, found the pivot ${pivot} in row ${row + 1} of ${rows}. Give a symmetric matrix with positive eigenvalues.`,
  );
}

function inverseOfCoupled(a: readonly ArrayLike<number>[]): Float64Array[] {
  const factor = a.map((row, i) => Float64Array.from({ length: i + 1 }, (_, j) => row[j]));
  const inverted: Float64Array[] = [];
  factor.forEach((row, i) => {
    factorRow(factor, i, a.length);
    // L M = I by rows: M[i] = (eᵢ − Σ_{k<i} L[i][k] M[k]) / L[i][i].
    const next = new Float64Array(a.length);
    addMultiples(next, row, inverted, 0, i, a.length);
    for (let j = 0; j < i; j++) next[j] /= -row[i];
    next[i] = 1 / row[i];
    inverted.push(next);
  });
  // (MᵀM)[i] = Σ_{k≥i} M[k][i] M[k], up to the diagonal.
  const column = new Float64Array(a.length);
  const result = factor.map((_, i) => {
    for (let k = i; k < a.length; k++) column[k] = inverted[k][i];
    const row = new Float64Array(a.length);
    addMultiples(row, column, inverted, i, a.length, i + 1);
    return row;
  });
  result.forEach((row, i) => {
    for (let j = 0; j < i; j++) result[j][i] = row[j];
  });
  return result;
}

/** Row i of the Cholesky factor in place of that of A, from the rows above it: L[i][j] = (A[i][j] − Σ_{k<j} L[i][k] L[j][k]) / L[j][j]. */
function factorRow(factor: readonly Float64Array[], i: number, rows: number): void {
  const row = factor[i];
  // Four j at a time share the reading of L[i][k].
  for (let j = 0; j < i; j += 4) {
    const [p, q, r, s] = [0, 1, 2, 3].map((m) => factor[Math.min(j + m, i)]);
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let k = 0; k < j; k++) {
      const x = row[k];
      a += x * p[k];
      b += x * q[k];
      c += x * r[k];
      d += x * s[k];
    }
    const sums = [a, b, c, d];
    for (let m = j; m < Math.min(j + 4, i); m++) {
      let sum = sums[m - j];
      for (let k = j; k < m; k++) sum += row[k] * factor[m][k];
      row[m] = (row[m] - sum) / factor[m][m];
    }
  }
  let square = 0;
  for (let k = 0; k < i; k++) square += row[k] * row[k];
  row[i] = Math.sqrt(positivePivot(row[i] - square, i, rows));
}

/** to += Σ_{first ≤ k < end} by[k] · from[k] over the first `length` numbers, four rows at a time. */
function addMultiples(
  to: Float64Array,
  by: Float64Array,
  from: readonly Float64Array[],
  first: number,
  end: number,
  length: number,
): void {
  let k = first;
  for (; k + 3 < end; k += 4) {
    const [p, q, r, s] = [from[k], from[k + 1], from[k + 2], from[k + 3]];
    const [a, b, c, d] = [by[k], by[k + 1], by[k + 2], by[k + 3]];
    // Rows of a lower triangle are 0 beyond their diagonal.
    const filled = Math.min(length, k + 4);
    for (let j = 0; j < filled; j++) to[j] += a * p[j] + b * q[j] + (c * r[j] + d * s[j]);
  }
  for (; k < end; k++) {
    const [row, factor] = [from[k], by[k]];
    const filled = Math.min(length, k + 1);
    for (let j = 0; j < filled; j++) to[j] += factor * row[j];
  }
}

/** A = V diag(λ) Vᵀ for symmetric A: eigenvalues in ascending order, eigenvectors as the columns of V. */
export function symmetricEigen(a: Rows): { values: number[]; vectors: number[][] } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(toMatrix(a), { assumeSymmetric: true });
  return { values: realEigenvalues, vectors: eigenvectorMatrix.to2DArray() };
}

/** log det A from the Cholesky factor of A. */
export function logDeterminantOfFactor(factor: Rows): number {
  return factor.reduce((total, row, i) => total + 2 * Math.log(row[i]), 0);
}

/** A B. */
export function multiply(a: Rows, b: Rows): number[][] {
  return toMatrix(a).mmul(toMatrix(b)).to2DArray();
}

const toMatrix = (rows: Rows): Matrix => new Matrix(rows.map((row) => [...row]));
