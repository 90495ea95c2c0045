import type { Rows } from '../numerics/linear-algebra.js';
import type { Field } from './fields.js';

/** The law of a Gaussian chain: its mean and covariance. */
export interface ChainLaw {
  readonly mean: readonly number[];
  readonly covariance: Rows;
}

/** One step x ← x + f(x) dt-like: x + drift·(A x + b + level·c) + k·x + √variance z. */
export interface AffineStep {
  /** Multiplies the field. */
  readonly drift: number;
  readonly level: number;
  /** Multiplies x beside the field: 0 where there is no drift of its own. */
  readonly own: number;
  /** Of the noise added, in each coordinate. */
  readonly variance: number;
}

/** The law after steps with an affine field from one starting point: m ← M m + v, C ← M C Mᵀ + variance I, in float64. */
export function affineChain(field: Field, start: readonly number[], steps: readonly AffineStep[]): ChainLaw {
  const d = start.length;
  const [matrix, offset, slope] = field.parameters.map(({ data }) => data);
  let mean = [...start];
  let covariance: number[][] = start.map(() => start.map(() => 0));
  for (const { drift, level, own, variance } of steps) {
    const moves = start.map((_, i) => start.map((__, j) => drift * matrix[i * d + j] + (i === j ? 1 + own : 0)));
    const turned = moves.map((row) =>
      covariance[0].map((_, j) => row.reduce((sum, m, k) => sum + m * covariance[k][j], 0)),
    );
    mean = moves.map(
      (row, i) =>
        row.reduce((sum, m, k) => sum + m * mean[k], 0) +
        drift * (offset[i] + (slope === undefined ? 0 : slope[i] * level)),
    );
    covariance = turned.map((row, i) =>
      moves.map((other, j) => other.reduce((sum, m, k) => sum + row[k] * m, 0) + (i === j ? variance : 0)),
    );
  }
  // Rounding leaves the two triangles a little apart.
  return { mean, covariance: covariance.map((row, i) => row.map((c, j) => (c + covariance[j][i]) / 2)) };
}
