import { ssmLosses, ssmLossesVarianceReduced } from '../../reference/objectives/sliced.js';
import { hutchinsonDivergence, hutchinsonTraces } from '../../reference/scores/hutchinson.js';
import { jacobian as jacobianOnTensors } from '../../reference/scores/jacobian.js';
import type { Rows } from '../numerics/linear-algebra.js';
import { addVectors, applyMatrix, dot, squaredNorm, type Arithmetic } from '../oracle/arithmetic.js';
import { derivativeAlong, dual, jacobian, valueAndDerivativeAlong } from '../oracle/dual.js';
import { tf, type Tensor2D, type Tensor3D } from '../tensorflow/tensorflow.js';
import type { ScoreField } from './fields.js';
import type { Term } from './term.js';

// Terms of a probe vector v, and of x where a field is probed.

/** One probe per example, as the reference takes probes: [1, n, d]. */
const single = (v: Tensor2D): Tensor3D => v.expandDims(0);

/** vᵀAv. Reads v. */
export const quadraticForm = (matrix: Rows): Term => ({
  size: 1,
  formula: (a, { v }) => [dot(a, v, applyMatrix(a, matrix, v))],
  tensor: ({ v }) => hutchinsonTraces((u) => tf.matMul(u, rowsOf(matrix), false, true), v).expandDims(1),
});

/** 1ᵀAv: the product summed, not multiplied by v. Reads v. */
export const sumOfProduct = (matrix: Rows): Term => ({
  size: 1,
  formula: (a, { v }) => [a.sum(applyMatrix(a, matrix, v))],
  tensor: ({ v }) => tf.matMul(v, rowsOf(matrix), false, true).sum(1, true),
});

/** tr(vvᵀA), the outer product written out. Reads v. */
export const outerProductTrace = (matrix: Rows): Term => ({
  size: 1,
  formula: (a, { v }) => [a.sum(v.map((vi, i) => a.sum(v.map((vj, j) => a.mul(a.mul(vi, vj), a.c(matrix[j][i]))))))],
  tensor: ({ v }) => {
    const matrices = rowsOf(matrix).expandDims<Tensor3D>(0);
    return diagonalSum(tf.matMul<Tensor3D>(outer(v, v), matrices.tile([v.shape[0], 1, 1])));
  },
});

/** vᵀ∇(vᵀS), the slope of vᵀS along v: along a direction in the oracle, by one vector-Jacobian product on TensorFlow.js. Reads x and v. */
export const probedSlope = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x, v }) => [dot(a, v, derivativeAlong(s.formula)(a, x, v))],
  tensor: ({ x, v }) => hutchinsonDivergence(s.tensor, x, single(v)).expandDims(1),
});

/** vᵀ(∇S)v with the whole Jacobian formed, d vector-Jacobian products. Reads x and v. */
export const probedJacobian = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x, v }) => [dot(a, v, matrixTimes(a, jacobian(s.formula)(a, x), v))],
  tensor: ({ x, v }) => {
    const [n, d] = x.shape;
    const rows = jacobianOnTensors(s.tensor, x).reshape<Tensor3D>([n, d, d]);
    return rows.mul<Tensor3D>(v.expandDims(1)).sum<Tensor2D>(2).mul<Tensor2D>(v).sum<Tensor2D>(1, true);
  },
});

/** vᵀS. Reads x and v. */
export const projection = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x, v }) => [dot(a, v, s.formula(a, x))],
  tensor: ({ x, v }) => s.tensor(x).mul<Tensor2D>(v).sum<Tensor2D>(1, true),
});

/** vᵀ(SSᵀ)v with the outer product formed. Reads x and v. */
export const probedOuterProduct = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x, v }) => {
    const field = s.formula(a, x);
    return [a.sum(v.map((vi, i) => a.sum(v.map((vj, j) => a.mul(a.mul(vi, a.mul(field[i], field[j])), vj)))))];
  },
  tensor: ({ x, v }) => {
    const field = s.tensor(x);
    return outer(field, field).mul<Tensor3D>(outer(v, v)).sum<Tensor2D>([1, 2]).expandDims(1);
  },
});

/** tr(SSᵀ) with the outer product formed. Reads x. */
export const outerTrace = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x }) => {
    const field = s.formula(a, x);
    const products = field.map((left) => field.map((right) => a.mul(left, right)));
    return [a.sum(products.map((row, i) => row[i]))];
  },
  tensor: ({ x }) => {
    const field = s.tensor(x);
    return diagonalSum(outer(field, field));
  },
});

/** Σ vᵢ² Sᵢ²: the square taken in each coordinate. Reads x and v. */
export const squaredProducts = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x, v }) => [
    squaredNorm(
      a,
      s.formula(a, x).map((value, i) => a.mul(value, v[i])),
    ),
  ],
  tensor: ({ x, v }) => s.tensor(x).mul<Tensor2D>(v).square().sum(1, true),
});

/** Σ Sᵢ. Reads x. */
export const sumOfField = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x }) => [a.sum(s.formula(a, x))],
  tensor: ({ x }) => s.tensor(x).sum(1, true),
});

/** vᵀ∇((x + v)ᵀS): the probe x + v is differentiated along with S, which adds vᵀS. Reads x and v. */
export const slopeWithMovingProbe = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x, v }) => {
    const over = dual(a);
    const moving = x.map((value, i) => ({ v: value, d: v[i] }));
    const probe = moving.map((xi, i) => over.add(xi, { v: v[i], d: a.c(0) }));
    return [dot(over, probe, s.formula(over, moving)).d];
  },
  tensor: ({ x, v }) => {
    const product = tf.grad((y) =>
      s
        .tensor(y as Tensor2D)
        .mul(y.add(v))
        .sum(),
    )(x) as Tensor2D;
    return product.mul<Tensor2D>(v).sum(1, true);
  },
});

/** vᵀ(∇S)ᵀ(x + v): what {@link slopeWithMovingProbe} is where the probe is held fixed. Reads x and v. */
export const slopeWithFrozenProbe = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x, v }) => [dot(a, addVectors(a, x, v), derivativeAlong(s.formula)(a, x, v))],
  tensor: ({ x, v }) => {
    const probe = x.add<Tensor2D>(v);
    const product = tf.grad((y) =>
      s
        .tensor(y as Tensor2D)
        .mul(probe)
        .sum(),
    )(x) as Tensor2D;
    return product.mul<Tensor2D>(v).sum(1, true);
  },
});

/** 1ᵀ∇(vᵀS): the vector-Jacobian product summed, not multiplied by v. Reads x and v. */
export const summedSlope = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x, v }) => {
    const rows = jacobian(s.formula)(a, x);
    return [
      a.sum(
        x.map((_, j) =>
          dot(
            a,
            v,
            v.map((__, i) => rows[i * v.length + j]),
          ),
        ),
      ),
    ];
  },
  tensor: ({ x, v }) =>
    (
      tf.grad((y) =>
        s
          .tensor(y as Tensor2D)
          .mul(v)
          .sum(),
      )(x) as Tensor2D
    ).sum(1, true),
});

/** (vᵀS)² + 2 vᵀ∇(vᵀS). Reads x and v. */
export const slicedLoss = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x, v }) => {
    const { value, derivative } = valueAndDerivativeAlong(s.formula, a, x, v);
    const projected = dot(a, v, value);
    return [a.add(a.mul(projected, projected), a.mul(a.c(2), dot(a, v, derivative)))];
  },
  tensor: ({ x, v }) => ssmLosses(s.tensor, x, single(v)).expandDims(1),
});

/** ‖S‖² + 2 vᵀ∇(vᵀS). Reads x and v. */
export const reducedSlicedLoss = (s: ScoreField): Term => ({
  size: 1,
  formula: (a, { x, v }) => {
    const { value, derivative } = valueAndDerivativeAlong(s.formula, a, x, v);
    return [a.add(squaredNorm(a, value), a.mul(a.c(2), dot(a, v, derivative)))];
  },
  tensor: ({ x, v }) => ssmLossesVarianceReduced(s.tensor, x, single(v)).expandDims(1),
});

/** u and u² − w² of two numbers per example, each evaluated once: [2]. */
export const withSquares = (u: Term, w: Term): Term => ({
  size: 2,
  formula: (a, at) => {
    const [left] = u.formula(a, at);
    const [right] = w.formula(a, at);
    return [left, a.mul(a.add(left, right), a.sub(left, right))];
  },
  tensor: (at) => {
    const left = u.tensor(at);
    const right = w.tensor(at);
    return tf.concat([left, left.add<Tensor2D>(right).mul(left.sub(right))], 1);
  },
});

/** The mean of a term over all 2ᵈ sign vectors v: its mean over Rademacher probes, exactly. What else it reads stays. */
export function meanOverSigns(term: Term, d: number): Term {
  const signs = Array.from({ length: 2 ** d }, (_, bits) =>
    Array.from({ length: d }, (__, i) => ((bits >> i) & 1 ? 1 : -1)),
  );
  return {
    size: term.size,
    formula: (a, at) => {
      const values = signs.map((v) => term.formula(a, { ...at, v: v.map((sign) => a.c(sign)) }));
      const share = a.c(2 ** -d);
      return values[0].map((_, k) => a.mul(share, a.sum(values.map((value) => value[k]))));
    },
    tensor: (at) => {
      const [{ shape }] = Object.values(at);
      const rows = (v: readonly number[]): Tensor2D => tf.tile(tf.tensor2d([[...v]]), [shape[0], 1]);
      return tf.addN(signs.map((v) => term.tensor({ ...at, v: rows(v) }))).mul(2 ** -d);
    },
  };
}

/** 2 Σ_{i≠j} (Sᵢ²Sⱼ² + k SᵢSⱼJˢᵢⱼ) with Jˢ the symmetric part of ∇S. Reads x. */
export const mixedProducts =
  (k: number) =>
  (s: ScoreField): Term => ({
    size: 1,
    formula: (a, { x }) => {
      const field = s.formula(a, x);
      const slopes = jacobian(s.formula)(a, x);
      const d = x.length;
      const pairs = field.flatMap((si, i) =>
        field.flatMap((sj, j) => {
          if (i === j) return [];
          const product = a.mul(si, sj);
          // Σ over i ≠ j of SᵢSⱼJᵢⱼ is that with the symmetric part.
          return [a.mul(product, product), a.mul(a.c(k), a.mul(product, slopes[i * d + j]))];
        }),
      );
      return [a.mul(a.c(2), a.sum(pairs))];
    },
    tensor: ({ x }) => {
      const [n, d] = x.shape;
      const field = s.tensor(x);
      const products = outer(field, field);
      const slopes = jacobianOnTensors(s.tensor, x).reshape<Tensor3D>([n, d, d]);
      const entries = products.square().add(products.mul<Tensor3D>(slopes).mul(k));
      const mixed = tf.sub<Tensor3D>(1, tf.eye(d).expandDims(0));
      return entries.mul<Tensor3D>(mixed).sum<Tensor2D>([1, 2]).expandDims<Tensor2D>(1).mul(2);
    },
  });

/** M v for a matrix given entry by entry, row after row. */
const matrixTimes = <T>(a: Arithmetic<T>, entries: readonly T[], v: readonly T[]): T[] =>
  v.map((_, i) => dot(a, entries.slice(i * v.length, (i + 1) * v.length), v));

/** u wᵀ per row: two [n, d] -> [n, d, d]. */
const outer = (u: Tensor2D, w: Tensor2D): Tensor3D => u.expandDims<Tensor3D>(2).mul(w.expandDims(1));

/** The sum of the diagonal of each matrix: [n, d, d] -> [n, 1]. */
function diagonalSum(matrices: Tensor3D): Tensor2D {
  return matrices.mul<Tensor3D>(tf.eye(matrices.shape[1]).expandDims(0)).sum<Tensor2D>([1, 2]).expandDims(1);
}

const rowsOf = (rows: Rows): Tensor2D => tf.tensor2d(rows.map((row) => [...row]));
