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
