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
    // L[i][j] = (A[i][j] − Σ_{k<j} L[i][k] L[j][k]) / L[j][j].
    for (let j = 0; j < i; j++) row[j] = (row[j] - dotOf(row, factor[j], j)) / factor[j][j];
    row[i] = Math.sqrt(positivePivot(row[i] - dotOf(row, row, i), i, a.length));
    // L M = I by rows: M[i] = (eᵢ − Σ_{k<i} L[i][k] M[k]) / L[i][i].
    const next = new Float64Array(a.length);
    for (let k = 0; k < i; k++) addMultiple(next, -row[k], inverted[k], k + 1);
    next[i] = 1;
    for (let j = 0; j <= i; j++) next[j] /= row[i];
    inverted.push(next);
  });
  const result = factor.map(() => new Float64Array(a.length));
  inverted.forEach((row, k) => {
    for (let i = 0; i <= k; i++) addMultiple(result[i], row[i], row, i + 1);
  });
  result.forEach((row, i) => {
    for (let j = 0; j < i; j++) result[j][i] = row[j];
  });
  return result;
}

/** Σ xⱼyⱼ over the first `length` numbers, in four sums that the processor adds side by side. */
function dotOf(x: Float64Array, y: Float64Array, length: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let j = 0;
  for (; j + 3 < length; j += 4) {
    a += x[j] * y[j];
    b += x[j + 1] * y[j + 1];
    c += x[j + 2] * y[j + 2];
    d += x[j + 3] * y[j + 3];
  }
  for (; j < length; j++) a += x[j] * y[j];
  return a + b + (c + d);
}

/** to += k · from over the first `length` numbers. */
function addMultiple(to: Float64Array, k: number, from: Float64Array, length: number): void {
  if (k === 0) return;
  for (let j = 0; j < length; j++) to[j] += k * from[j];
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
