import type { Rows } from '../numerics/linear-algebra.js';

// Full matrices, not symmetric, no two entries equal: a symmetric one hides A for A_s, a diagonal one hides the law of the probes.

/** d = 2. */
export const matrix2: Rows = [
  [1.3, -0.4],
  [1.5, -0.6],
];

/** d = 3. */
export const matrix3: Rows = [
  [1.4, -0.7, 0.9],
  [0.3, -0.8, 1.1],
  [-1.2, 0.5, 2.1],
];

/** d = 4. */
export const matrix4: Rows = [
  [0.9, 0.6, -0.4, 1.3],
  [-0.2, 1.7, 0.8, -0.5],
  [1.1, 0.2, -0.6, 0.7],
  [-0.9, 0.4, 1.6, 2.3],
];

/** d = 5. */
export const matrix5: Rows = [
  [1.2, -0.3, 0.8, 0.5, -1.1],
  [0.7, 2.4, -0.6, 1.5, 0.2],
  [-0.9, 0.1, -0.7, 0.4, 1.3],
  [1.6, -0.8, 0.6, 1.9, -0.4],
  [0.3, 1.4, -1.2, 0.9, 0.8],
];

/** A − Aᵀ: vᵀ(A − Aᵀ)v = 0 for every v. */
export const skewOf = (a: Rows): number[][] => a.map((row, i) => row.map((v, j) => v - a[j][i]));

/** diag(1, …, d). */
export const counting = (d: number): number[][] =>
  Array.from({ length: d }, (_, i) => Array.from({ length: d }, (__, j) => (i === j ? i + 1 : 0)));

/** I. */
export const identity = (d: number): number[][] =>
  Array.from({ length: d }, (_, i) => Array.from({ length: d }, (__, j) => (i === j ? 1 : 0)));
