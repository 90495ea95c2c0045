import { solvePositiveDefinite } from '../numerics/linear-algebra.js';
import { dot } from '../oracle/arithmetic.js';
import { blockArithmetic, laneAt, type Lanes } from '../oracle/blocks.js';
import { integrate } from '../oracle/quadrature.js';
import type { Density } from './densities.js';
import { combination, scoreOf, type ScoreField } from './fields.js';

/** A set of fields in which a loss is minimised. */
export interface Family {
  /** Directions φ in which the family can be left or followed: at a minimiser the derivative along each is 0. */
  readonly directions: readonly ScoreField[];
  /** The minimiser of explicit score matching, E_p‖S − ∇log p‖², in the family. */
  readonly explicitMinimiser: (p: Density) => ScoreField;
}

/** All fields: the minimiser is the score. A few directions are tried. */
export const allFields = (...directions: readonly ScoreField[]): Family => ({
  directions,
  explicitMinimiser: scoreOf,
});

/** The fields Σ cⱼ φⱼ, which need not hold the score; the φⱼ must be linearly independent. */
export const sumsOf = (...directions: readonly ScoreField[]): Family => ({
  directions,
  explicitMinimiser: (p) => combination(projectionOfScore(p, directions), directions),
});

/** Nodes of the quadrature at most; in 2-D the rule reaches rounding with fewer than 10⁴. */
const MAX_NODES = 1.5e5;

/**
 * The coefficients of the projection of the score s on the span of the φⱼ in L²(p): the normal equations Σⱼ E[φᵢ·φⱼ] cⱼ = E[φᵢ·s],
 * integrated in float64 for d ≤ 3. Neither a divergence nor a noisy pair enters, so it is an independent side for the implicit and the
 * denoising loss.
 */
function projectionOfScore(p: Density, basis: readonly ScoreField[]): number[] {
  const m = basis.length;
  const k = m * (m + 1);
  const a = blockArithmetic();
  const at = (x: readonly Float64Array[], nodes: number, out: readonly Float64Array[]): void => {
    a.start(nodes);
    const density = a.exp(p.logDensity<Lanes>(a, x));
    const fields = basis.map((field) => field.formula<Lanes>(a, x));
    const columns = [...fields, p.score<Lanes>(a, x)];
    const products = fields.flatMap((row) => columns.map((column) => a.mul(density, dot(a, row, column))));
    products.forEach((product, j) => {
      for (let i = 0; i < nodes; i++) {
        out[j][i] = laneAt(product, i);
        out[k + j][i] = Math.abs(out[j][i]);
      }
    });
  };
  const { values } = integrate(p.axes, { k, extra: 0, at }, MAX_NODES);
  const rows = basis.map((_, i) => [...values.subarray(i * (m + 1), (i + 1) * (m + 1))]);
  const gram = rows.map((row) => row.slice(0, m));
  const withScore = rows.map((row) => row.slice(m));
  return solvePositiveDefinite(gram, withScore).flat();
}
