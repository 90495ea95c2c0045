import { inverse, symmetricEigen, type Rows } from '../numerics/linear-algebra.js';
import type { Arithmetic } from '../oracle/arithmetic.js';

/** N(mean, covariance); the covariance is symmetric and positive definite. */
export interface Gaussian {
  readonly mean: readonly number[];
  readonly covariance: Rows;
}

/** One component of a mixture. */
export interface Component extends Gaussian {
  readonly weight: number;
}

/**
 * TensorFlow.js has no inverse and no Cholesky factor, and students write their own: no formulation is listed, and every solution of Σz = δ may be wrong
 * by SOLVE d³ κ(Σ) u ‖z‖ (docs/decisions/0004; doubled there). For d ≥ 2 twice this covers the Cholesky bound 4d(3d + 1) κ u of Higham (2002), Theorem 10.4.
 */
const SOLVE = 4;

/** What is found about a covariance once, for all points and components that use it. */
interface Solved {
  readonly inverse: Rows;
  readonly logDeterminant: number;
  /** Bound of Σ |log pᵢ| of the pivots p of a factorisation. */
  readonly logs: number;
  readonly error: number;
}
const solvedBefore = new WeakMap<Rows, Solved>();

function solvedOf(covariance: Rows): Solved {
  const before = solvedBefore.get(covariance);
  if (before !== undefined) return before;
  const { values } = symmetricEigen(covariance);
  const logs = values.map(Math.log);
  const solved = {
    inverse: inverse(covariance),
    logDeterminant: logs.reduce((sum, log) => sum + log, 0),
    // The pivots of any factor lie between the smallest and the largest eigenvalue.
    logs: values.length * Math.max(...logs.map(Math.abs)),
    error: SOLVE * covariance.length ** 3 * (values[values.length - 1] / values[0]),
  };
  solvedBefore.set(covariance, solved);
  return solved;
}

/** Relative error of a solution of Σz = δ for a symmetric positive definite Σ, in units of u. */
export const solveError = (covariance: Rows): number => solvedOf(covariance).error;

const norm = (x: readonly number[]): number => Math.hypot(...x);

const times = (matrix: Rows, x: readonly number[]): number[] =>
  matrix.map((row) => row.reduce((sum, value, j) => sum + value * x[j], 0));

const towards = ({ mean }: Gaussian, x: readonly number[]): number[] => mean.map((m, i) => m - x[i]);

/** A number found outside the arithmetic; `error` in units of u. */
const known = <T>(a: Arithmetic<T>, value: readonly number[], error: readonly number[]): T[] =>
  a.opaque([], { value, error, lipschitz: 0 });

/** Σ⁻¹(mean − x), the score of the Gaussian: [d] -> [d]. */
export function pull<T>(a: Arithmetic<T>, gaussian: Gaussian, x: readonly number[]): T[] {
  const solved = times(solvedOf(gaussian.covariance).inverse, towards(gaussian, x));
  const error = solveError(gaussian.covariance) * norm(solved);
  return known(
    a,
    solved,
    solved.map(() => error),
  );
}

/** (x − mean)ᵀ Σ⁻¹ (x − mean). */
export function squaredDistance<T>(a: Arithmetic<T>, gaussian: Gaussian, x: readonly number[]): T {
  const difference = towards(gaussian, x);
  const solved = times(solvedOf(gaussian.covariance).inverse, difference);
  const value = solved.reduce((sum, z, i) => sum + z * difference[i], 0);
  // The solution's error, and the d products and d − 1 sums.
  const error = (solveError(gaussian.covariance) + 2 * difference.length) * norm(difference) * norm(solved);
  return known(a, [value], [error])[0];
}

/** log det Σ; a backward error ΔΣ of the factor moves it by tr(Σ⁻¹ΔΣ). */
export function logDeterminant<T>(a: Arithmetic<T>, { covariance }: Gaussian): T {
  const { logDeterminant: value, logs, error } = solvedOf(covariance);
  // The logarithms themselves: 2 ulp each, and their sum.
  return known(a, [value], [error + (4 + covariance.length) * logs])[0];
}

/** The place of the largest number. */
const largest = <T>(a: Arithmetic<T>, logits: readonly T[]): number =>
  logits.reduce((best, logit, k) => (a.value(logit) > a.value(logits[best]) ? k : best), 0);

/** exp(lᵢ − l_top), where the largest is 1 without any error: however it was computed, it is subtracted from itself. */
function scaledWeights<T>(a: Arithmetic<T>, logits: readonly T[], top: number): T[] {
  return logits.map((logit, k) => (k === top ? a.c(1) : a.exp(a.sub(logit, logits[top]))));
}

/** exp lᵢ / Σ exp lⱼ, with an error that vanishes where one component has all the weight, however inexact the logits. */
export function responsibilities<T>(a: Arithmetic<T>, logits: readonly T[]): T[] {
  const weights = scaledWeights(a, logits, largest(a, logits));
  const total = a.sum(weights);
  return weights.map((weight) => a.div(weight, total));
}

/**
 * exp(lᵢ − log Σ exp lⱼ): as right, and less exact. The logarithm is as large as the largest logit and is rounded once for each term that is added to it, and whatever it is off by
 * is a common factor of all weights, so that they do not add up to 1.
 */
export function responsibilitiesByLog<T>(a: Arithmetic<T>, logits: readonly T[]): T[] {
  const error = logits.length * Math.abs(a.value(logSumOfExp(a, logits)));
  const factor = a.exp(known(a, [0], [error])[0]);
  return responsibilities(a, logits).map((weight) => a.mul(weight, factor));
}

/** log Σ exp lᵢ, with the error of the largest of them. */
export function logSumOfExp<T>(a: Arithmetic<T>, logits: readonly T[]): T {
  const top = largest(a, logits);
  return a.add(logits[top], a.log(a.sum(scaledWeights(a, logits, top))));
}

/** Σ wₖ vₖ: [k], [k, d] -> [d]. */
export function weightedSum<T>(a: Arithmetic<T>, weights: readonly T[], vectors: readonly (readonly T[])[]): T[] {
  return vectors[0].map((_, i) => a.sum(weights.map((weight, k) => a.mul(weight, vectors[k][i]))));
}
