import { addVectors, applyMatrix, dot, subtract, type Formula, type ScalarFormula } from './arithmetic.js';
import type { Rows } from '../numerics/linear-algebra.js';

/** E(x) = Σ hᵢ(xᵢ² − wᵢ)² + ½ xᵀKx − fᵀx: double wells of height hᵢwᵢ² at xᵢ = ±√wᵢ, springs K (symmetric) and a constant pull f. */
export interface Wells {
  readonly heights: readonly number[];
  readonly wells: readonly number[];
  readonly springs: Rows;
  readonly pull: readonly number[];
}

/** E(x): [d] -> number. */
export const wellsEnergy =
  ({ heights, wells, springs, pull }: Wells): ScalarFormula =>
  (a, x) => {
    const barriers = x.map((xi, i) => {
      const gap = a.sub(a.mul(xi, xi), a.c(wells[i]));
      return a.mul(a.c(heights[i]), a.mul(gap, gap));
    });
    const elastic = a.mul(a.c(0.5), dot(a, x, applyMatrix(a, springs, x)));
    return a.sub(
      a.add(a.sum(barriers), elastic),
      dot(
        a,
        pull.map((f) => a.c(f)),
        x,
      ),
    );
  };

/** The force F = −∇E = f − Kx − 4hᵢxᵢ(xᵢ² − wᵢ), by hand: [d] -> [d]. */
export const wellsForce =
  ({ heights, wells, springs, pull }: Wells): Formula =>
  (a, x) => {
    const elastic = subtract(
      a,
      pull.map((f) => a.c(f)),
      applyMatrix(a, springs, x),
    );
    const barriers = x.map((xi, i) => a.mul(a.c(-4 * heights[i]), a.mul(xi, a.sub(a.mul(xi, xi), a.c(wells[i])))));
    return addVectors(a, elastic, barriers);
  };
