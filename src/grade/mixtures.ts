import type { Rows } from '../numerics/linear-algebra.js';
import type { Parts } from './arbitraries.js';
import type { Component, Gaussian } from './gaussians.js';
import { grid, rowsOf, type Grid } from './grid.js';
import type { InputRecord } from './inputs.js';

/** A mixture as the contract has it: weights [k], means [k, d], covariances [k, d, d]. */
export interface MixtureInput extends InputRecord {
  readonly weights: Grid;
  readonly means: Grid;
  readonly covariances: Grid;
}

/** Sixteenths: float32 numbers that sum to 1 exactly, and no two alike. The simplest count first. */
const weightsOfCounts: readonly (readonly number[])[] = [
  [0.25, 0.75],
  [0.625, 0.125, 0.25],
  [1],
  [0.0625, 0.5, 0.3125, 0.125],
];

/** Variances: none is 1, and no two components share one. */
const scales = [0.25, 2.5, 0.6, 1.7];

/** The smallest eigenvalue of a covariance is at least this times its scale. */
const LEAST = 0.5;

/**
 * s(D + vvᵀ) with D = diag(0.5, 0.7, 0.9, 0.5, …) and |vᵢ| ≤ 1, three decimals: full, and condition number at most 20, since the eigenvalues lie between
 * 0.5 s and (0.9 + d)s, and d ≤ 5.
 */
function covarianceOf(v: readonly number[], scale: number): Rows {
  return v.map((vi, i) =>
    v.map((vj, j) => {
      const value = vi * vj + (i === j ? LEAST + 0.2 * (i % 3) : 0);
      return Math.fround(Math.round(1000 * scale * value) / 1000);
    }),
  );
}

const flat = (covariances: readonly Rows[]): number[] => covariances.flat(2);

/** The numbers of a tensor, each divided by 3: within [−1, 1]. */
const directions = ({ data }: Grid): number[] => data.map((value) => value / 3);

/** A Gaussian with a full covariance. */
export function gaussianIn({ d, tensor, pick }: Parts): { readonly mean: Grid; readonly covariance: Grid } {
  const scale = pick(scales);
  const mean = tensor(d);
  return { mean, covariance: grid([d, d], flat([covarianceOf(directions(tensor(d)), scale)])) };
}

/** A mixture of one to four Gaussians with different weights and full, different covariances. */
export function mixtureIn({ d, tensor, pick }: Parts, counts?: readonly number[]): MixtureInput {
  const allowed = weightsOfCounts.filter(({ length }) => counts?.includes(length) ?? true);
  const weights = pick(allowed);
  const first = pick([0, 1, 2, 3]);
  const k = weights.length;
  const means = tensor(k, d);
  const covariances = weights.map((_, i) => covarianceOf(directions(tensor(d)), scales[(first + i) % scales.length]));
  return { weights: grid([k], weights), means, covariances: grid([k, d, d], flat(covariances)) };
}

// A case is put into many formulas: what is taken apart once keeps the inverses that were found for it.
const taken = new WeakMap<Grid, readonly Rows[]>();

/** The matrices of a tensor [d, d] or [k, d, d]. */
function matricesOf(covariances: Grid): readonly Rows[] {
  const before = taken.get(covariances);
  if (before !== undefined) return before;
  const { shape, data } = covariances;
  const d = shape[shape.length - 1];
  const rows = rowsOf(grid([data.length / d, d], data));
  const matrices = Array.from({ length: rows.length / d }, (_, k) => rows.slice(k * d, (k + 1) * d));
  taken.set(covariances, matrices);
  return matrices;
}

/** The Gaussian of a case. */
export const gaussianOf = ({ mean, covariance }: { readonly mean: Grid; readonly covariance: Grid }): Gaussian => ({
  mean: mean.data,
  covariance: matricesOf(covariance)[0],
});

/** The components of a mixture, one by one. */
export function componentsOf({ weights, means, covariances }: MixtureInput): Component[] {
  const matrices = matricesOf(covariances);
  const centres = rowsOf(means);
  return weights.data.map((weight, k) => ({ weight, mean: centres[k], covariance: matrices[k] }));
}

const twoDecimals = (value: number): number => Math.round(100 * value) / 100;

/** n points, each within about three standard deviations of one of the Gaussians: the density there is far above the smallest float32 number. */
export function near({ n, d, tensor }: Parts, gaussians: readonly Gaussian[]): Grid {
  const steps = rowsOf(tensor(n, d));
  const points = steps.map((step, i) => {
    const { mean, covariance } = gaussians[i % gaussians.length];
    // |step| standard deviations along the narrowest direction, fewer along the others.
    const sd = Math.sqrt((LEAST * covariance[0][0]) / (LEAST + 1));
    return step.map((value, j) => twoDecimals(mean[j] + sd * value));
  });
  return grid([n, d], points.flat());
}

/** n points that lie, in every coordinate, `reach` standard deviations or more from every mean. */
export function far({ n, d, tensor }: Parts, gaussians: readonly Gaussian[], reach: number): Grid {
  const widest = Math.max(...gaussians.map(({ covariance }) => covariance.reduce((sum, row, i) => sum + row[i], 0)));
  const outermost = Math.max(...gaussians.flatMap(({ mean }) => mean.map(Math.abs)));
  const points = tensor(n, d).data.map((value) => {
    const away = (1 + Math.abs(value) / 3) * reach * Math.sqrt(widest) + outermost;
    return twoDecimals(value < 0 ? -away : away);
  });
  return grid([n, d], points);
}

/** Every number moved by `shift`, in float32. */
export const shifted = ({ shape, data }: Grid, shift: number): Grid =>
  grid(
    shape,
    data.map((value) => value + shift),
  );
