import { cases, type Parts } from '../../src/grade/arbitraries.js';
import { lifted, mean, negated, sumOfSquares } from '../../src/grade/batch.js';
import { type Observed } from '../../src/grade/exercise.js';
import type { Field, OracleField } from '../../src/grade/fields.js';
import type { Formula } from '../../src/grade/formula.js';
import type { Grid } from '../../src/grade/grid.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';

/** A score and the points where it is taken. */
export interface Scored extends Record<string, Grid | Field> {
  readonly score: Field;
  readonly x: Grid;
}

/** A network, whose divergence differs from point to point, or an affine score. */
export const scored = (parts: Parts): Scored => {
  const { n, d, tensor, pick } = parts;
  return { x: tensor(n, d), score: pick([parts.network, parts.affine])() };
};

type Jacobian<T> = readonly (readonly T[])[];

/** What is made of the Jacobian ∂Sᵢ/∂xⱼ of one point. */
type OfJacobian = <T>(a: Arithmetic<T>, jacobian: Jacobian<T>) => T;

/** ∂Sᵢ/∂xᵢ, one number for each dimension. */
export const diagonal = <T>(jacobian: Jacobian<T>): T[] => jacobian.map((row, i) => row[i]);

/** Σᵢ ∂Sᵢ/∂xᵢ. */
export const trace: OfJacobian = (a, jacobian) => a.sum(diagonal(jacobian));

/** −Σᵢ ∂Sᵢ/∂xᵢ. */
export const minusTrace: OfJacobian = (a, jacobian) => negated(a, trace(a, jacobian));

/** Σᵢ ∂Sᵢ/∂xᵢ over d. */
export const meanOfDiagonal: OfJacobian = (a, jacobian) => mean(a, diagonal(jacobian));

/** ∂S₁/∂x₁. */
export const firstEntry: OfJacobian = (_, jacobian) => jacobian[0][0];

/** Σᵢⱼ ∂Sᵢ/∂xⱼ. */
export const allEntries: OfJacobian = (a, jacobian) => a.sum(jacobian.flat());

/** The sum from the upper right to the lower left. */
export const otherDiagonal: OfJacobian = (a, jacobian) => a.sum(jacobian.map((row, i) => row[row.length - 1 - i]));

/** A step that students take; the error of the difference quotient is about as large. */
export const STEP = 0.1;

/** Σ (Sᵢ(x + h eᵢ) − Sᵢ(x))/h. */
export function oneSided<T>(a: Arithmetic<T>, field: OracleField<T>, x: readonly T[]): T {
  const here = field.at(x);
  const quotients = x.map((_, i) => {
    const moved = field.at(x.map((xj, j) => (j === i ? a.add(xj, a.c(STEP)) : xj)));
    return a.div(a.sub(moved[i], here[i]), a.c(STEP));
  });
  return a.sum(quotients);
}

/** A number made of the Jacobian, point by point. */
export const divergence =
  (each: OfJacobian): Formula<Scored> =>
  (a, c, on) =>
    lifted(a, c.x).map((x) => each(a, on.field(c.score).jacobian(x)));

/** ‖S‖² and a number made of the Jacobian, point by point. */
export function terms<T>(
  a: Arithmetic<T>,
  c: Scored,
  score: OracleField<T>,
  each: OfJacobian = trace,
): { readonly square: T; readonly slope: T }[] {
  return lifted(a, c.x).map((x) => ({ square: sumOfSquares(a, score.at(x)), slope: each(a, score.jacobian(x)) }));
}

/** mean of square ‖S‖² + slope · (a number made of the Jacobian). */
export const loss =
  ({
    square = 1,
    slope = 2,
    each = trace,
  }: { square?: number; slope?: number; each?: OfJacobian } = {}): Formula<Scored> =>
  (a, c, on) => {
    const rows = terms(a, c, on.field(c.score), each);
    return [
      mean(
        a,
        rows.map((row) => a.add(a.mul(a.c(square), row.square), a.mul(a.c(slope), row.slope))),
      ),
    ];
  };

/** The same with a mean for each of the two terms. */
export const twoMeans: Formula<Scored> = (a, c, on) => {
  const rows = terms(a, c, on.field(c.score));
  const [squares, slopes] = [rows.map(({ square }) => square), rows.map(({ slope }) => slope)];
  return [a.add(mean(a, squares), a.mul(a.c(2), mean(a, slopes)))];
};

/** mean ‖S‖² + 2 ∇·S: the implicit loss. */
export const ism = loss();

/** A network alone: of an affine score a difference quotient would be right. */
export const differentiated = (points: number): Observed<Scored> => ({
  points,
  count: 1,
  cases: cases({ n: [2, 3], d: [2, 3] }, ({ n, d, tensor, network }): Scored => ({
    x: tensor(n, d),
    score: network(),
  })),
  id: 'not-differentiated',
  problem: ({ programs }) =>
    programs[0].products > 0
      ? undefined
      : {
          en: 'The score was called, but never differentiated: a difference quotient is not exact.',
          'zh-TW': '有呼叫分數，但從未對它微分：差商不是精確的。',
        },
  reason: {
    en: 'The divergence has to be exact: differentiate the score automatically (tf.grad; in Python score.vjp or torch.autograd).',
    'zh-TW': '散度必須精確：請用自動微分對分數微分（tf.grad；Python 用 score.vjp 或 torch.autograd）。',
  },
});

/** For those who take other entries than the diagonal. */
export const diagonalHint = {
  en: 'Which entries of the Jacobian make up the trace?',
  'zh-TW': '跡是由雅可比的哪些元素組成的？',
};
