import type { Arithmetic } from '../oracle/arithmetic.js';
import { rowsOf, type Grid } from './grid.js';

/** The examples of a tensor [n, ...] in an arithmetic: n lists of numbers. */
export function lifted<T>(a: Arithmetic<T>, batch: Grid): T[][] {
  return rowsOf(batch).map((row) => row.map((value) => a.c(value)));
}

/** The arithmetic mean of numbers. */
export function mean<T>(a: Arithmetic<T>, terms: readonly T[]): T {
  return a.div(a.sum(terms), a.c(terms.length));
}

/** Σ xᵢ². */
export const sumOfSquares = <T>(a: Arithmetic<T>, x: readonly T[]): T => a.sum(x.map((xi) => a.mul(xi, xi)));

/** x + k y, entry by entry. */
export const addScaled = <T>(a: Arithmetic<T>, x: readonly T[], k: T, y: readonly T[]): T[] =>
  x.map((xi, i) => a.add(xi, a.mul(k, y[i])));

/** −x. */
export const negated = <T>(a: Arithmetic<T>, x: T): T => a.sub(a.c(0), x);

/** xᵏ for a whole k ≥ 1, by multiplication. */
export const power = <T>(a: Arithmetic<T>, x: T, k: number): T =>
  Array.from({ length: k - 1 }).reduce<T>((product) => a.mul(product, x), x);

/** min(max(x, low), high), as `clipByValue` does. */
export function clamp<T>(a: Arithmetic<T>, x: T, low: number, high: number): T {
  return negated(a, a.max(negated(a, a.max(x, a.c(low))), a.c(-high)));
}
