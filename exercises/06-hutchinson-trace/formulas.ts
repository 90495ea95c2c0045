import { type Parts } from '../../src/grade/arbitraries.js';
import { lifted, mean } from '../../src/grade/batch.js';
import type { Field, OracleField } from '../../src/grade/fields.js';
import type { Formula } from '../../src/grade/formula.js';
import { grid, type Grid } from '../../src/grade/grid.js';
import { type RandomInput } from '../../src/grade/inputs.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';

/** What hutchinsonTrace is asked: a matrix by its products, probes [m, d]. */
export interface Trace extends Record<string, Grid | Field> {
  readonly matvec: Field;
  readonly probes: Grid;
}

/** What hutchinsonDivergence is asked: probes [m, n, d]. */
export interface Divergence extends Record<string, Grid | Field> {
  readonly score: Field;
  readonly x: Grid;
  /** [m, n, d]. */
  readonly probes: Grid;
}

/** What drawProbes is asked. */
export interface Drawn extends Record<string, readonly number[] | RandomInput> {
  readonly shape: readonly number[];
  readonly random: RandomInput;
}

/** vᵀ A w. */
export function bilinear<T>(a: Arithmetic<T>, v: readonly T[], matrix: readonly (readonly T[])[], w: readonly T[]): T {
  return a.sum(v.map((vi, i) => a.mul(vi, a.sum(w.map((wj, j) => a.mul(matrix[i][j], wj))))));
}

/** The vector of ones, as long as the given one. */
export const ones = <T>(a: Arithmetic<T>, { length }: readonly T[]): T[] => Array.from({ length }, () => a.c(1));

/** The matrix of a linear field, whatever the point. */
export const matrixOf = <T>(a: Arithmetic<T>, field: OracleField<T>, d: number): T[][] =>
  field.jacobian(Array.from({ length: d }, () => a.c(0)));

/** What becomes of the products Σⱼ vⱼᵀAvⱼ. */
export const trace =
  (
    each: <T>(a: Arithmetic<T>, v: readonly T[], matrix: readonly (readonly T[])[]) => T,
    reduce: <T>(a: Arithmetic<T>, terms: readonly T[], c: Trace) => T = mean,
  ): Formula<Trace> =>
  (a, c, on) => {
    const matrix = matrixOf(a, on.field(c.matvec), c.probes.shape[1]);
    return [
      reduce(
        a,
        lifted(a, c.probes).map((v) => each(a, v, matrix)),
        c,
      ),
    ];
  };

/** vᵀ A v. */
export const quadratic = <T>(a: Arithmetic<T>, v: readonly T[], matrix: readonly (readonly T[])[]): T =>
  bilinear(a, v, matrix, v);

/** The probes of example i, m of them. */
const probesOf = <T>(a: Arithmetic<T>, { probes }: Divergence, i: number): T[][] => {
  const [m, n, d] = probes.shape;
  return Array.from({ length: m }, (_, j) =>
    probes.data.slice((j * n + i) * d, (j * n + i + 1) * d).map((value) => a.c(value)),
  );
};

/** The mean over the m probes of a product with the Jacobian, example by example. */
export const divergence =
  (
    each: <T>(a: Arithmetic<T>, v: readonly T[], jacobian: readonly (readonly T[])[], score: () => readonly T[]) => T,
    reduce: <T>(a: Arithmetic<T>, terms: readonly T[], c: Divergence) => T = mean,
  ): Formula<Divergence> =>
  (a, c, on) => {
    const field = on.field(c.score);
    return lifted(a, c.x).map((x, i) => {
      const jacobian = field.jacobian(x);
      return reduce(
        a,
        probesOf(a, c, i).map((v) => each(a, v, jacobian, () => field.at(x))),
        c,
      );
    });
  };

/** A matrix with a few probes. */
export const traceCase = ({ d, tensor, linear, pick }: Parts): Trace => ({
  matvec: linear(),
  probes: tensor(pick([2, 3, 1, 5]), d),
});

/** A score with a few probes per example. */
export const divergenceCase =
  (counts: readonly number[]) =>
  (parts: Parts): Divergence => {
    const { n, d, tensor, pick } = parts;
    const m = pick(counts);
    return { x: tensor(n, d), probes: tensor(m, n, d), score: pick([parts.network, parts.affine])() };
  };

/** A case in so many dimensions that d vector-Jacobian products, or a Jacobian, are out of the question. */
export const longCase = ({ tensor, mixing, pick }: Parts): Divergence => {
  const d = pick([20_000, 15_000]);
  const score = mixing([d]);
  const signs = tensor(64).data.map((value) => (value < 0 ? -1 : 1));
  return {
    score,
    x: grid(
      [1, d],
      Array.from({ length: d }, (_, i) => signs[i % 61] / 10),
    ),
    probes: grid(
      [2, 1, d],
      Array.from({ length: 2 * d }, (_, i) => signs[i % 64]),
    ),
  };
};
