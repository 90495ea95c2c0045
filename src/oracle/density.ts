import type { Random } from '../numerics/random.js';
import type { Formula, ScalarFormula } from './arithmetic.js';

/** One coordinate's range of integration. */
export interface Interval {
  readonly from: number;
  readonly to: number;
  /** Points inside the range where the density has a kink or a jump. */
  readonly breaks: readonly number[];
  /** True where the density is analytic on the range and negligible at both ends. */
  readonly smooth: boolean;
  /** Present where the law sits on these points alone: the integral is a sum over them. */
  readonly atoms?: readonly number[];
}

/** A density on R^d in float64: the independent side of every check. */
export interface OracleDensity {
  readonly dimension: number;
  /** log p: [d] -> number. Constants included. */
  readonly logDensity: ScalarFormula;
  /** ∇ log p in closed form: [d] -> [d]. */
  readonly score: Formula;
  /** n draws, row-major [n·d]. */
  readonly sample: (random: Random, n: number) => Float64Array;
  readonly axes: readonly Interval[];
  /** log p as an expression for computer algebra, coordinates named `symbol_1`, `symbol_2` ... Only where it has a closed form. */
  readonly symbolicLogDensity?: (symbol: string) => string;
}
