import { multiply, type Rows } from '../numerics/linear-algebra.js';
import { trace } from '../oracle/probe-moments.js';
import { claim } from '../verify/claim.js';
import type { GaussianMixture } from '../verify/densities.js';
import type { Law } from '../verify/law.js';
import { certain, lawOf } from '../verify/laws.js';
import { outerProductTrace, quadraticForm } from '../verify/probe-terms.js';
import { rademacher } from '../verify/probes.js';
import { expectation, sumOf } from '../verify/statement.js';
import { constant, stack, type Term } from '../verify/term.js';
import { latex } from './latex.js';
import { identity, matrix2, matrix5 } from './matrices.js';
import { gaussian2d, mixture2d } from './settings.js';

interface Setting {
  readonly law: Law;
  /** E[v] and E[vvᵀ]. */
  readonly mean: readonly number[];
  readonly secondMoment: Rows;
  readonly matrix: Rows;
}

/** Mean and second moment of a mixture: the steps of the proof do not need E[vvᵀ] = I. */
function ofMixture(p: GaussianMixture, matrix: Rows): Setting {
  const { weights, means, covariances } = p.parameters;
  const average = (value: (k: number) => number): number => weights.reduce((sum, w, k) => sum + w * value(k), 0);
  const mean = means[0].map((_, i) => average((k) => means[k][i]));
  const secondMoment = mean.map((_, i) =>
    mean.map((__, j) => average((k) => covariances[k][i][j] + means[k][i] * means[k][j])),
  );
  return { law: lawOf(p, 'v'), mean, secondMoment, matrix };
}

/** Both forms inside the expectation on the left; what stands on the right is one number. */
const against = (right: (setting: Setting) => number) => (setting: Setting) => {
  const { law, matrix } = setting;
  return {
    lhs: expectation(law, stack(quadraticForm(matrix), outerProductTrace(matrix))),
    rhs: sumOf(expectation(law, stack(outerProductTrace(matrix), constant(0))), onlySecond(right(setting))),
  };
};

const onlySecond = (value: number) => expectation(certain, constant(0, value));

const first = (left: Term, value: number, law: Law) => ({
  lhs: expectation(law, left),
  rhs: expectation(law, constant(value)),
});

/** zᵀAz = tr(zzᵀA), and E tr(zzᵀA) = tr(E[zzᵀ]A). */
export const hutchinsonProof = claim<Setting, 'secondMoment'>({
  id: 'hutchinson-proof',
  title: "The steps of Hutchinson's proof: a number is its own trace, the trace is cyclic, and linear",
  source: 'hutchinson1990',
  kind: 'identity',
  statement: latex`v^{\mathsf T} A v = \operatorname{tr}(v^{\mathsf T} A v) = \operatorname{tr}(v v^{\mathsf T} A), \qquad
    \mathbb E \operatorname{tr}(v v^{\mathsf T} A) = \operatorname{tr} \bigl( \mathbb E[v v^{\mathsf T}] A \bigr)`,
  assumptions: {
    secondMoment: latex`$\mathbb E \lVert v \rVert^2$ is finite. The steps hold for every such $v$; only the last line, $\operatorname{tr}(I A) = \operatorname{tr} A$, needs $\mathbb E[v v^{\mathsf T}] = I$.`,
  },
  sides: against(({ secondMoment, matrix }) => trace(multiply(secondMoment, matrix))),
  settings: {
    'Rademacher probes, a full matrix of 5 rows': {
      law: rademacher.law(5),
      mean: [0, 0, 0, 0, 0],
      secondMoment: identity(5),
      matrix: matrix5,
    },
    'v from a correlated Gaussian off the origin': ofMixture(gaussian2d, matrix2),
    'v from a mixture in 2-D': ofMixture(mixture2d, matrix2),
  },
  discrepancy: 0.02,
  falseVariants: {
    'trace-of-a-product': {
      mistake: 'The trace of a product is taken for the product of the traces.',
      statement: latex`\operatorname{tr}(v v^{\mathsf T} A) = \operatorname{tr}(v v^{\mathsf T}) \operatorname{tr}(A)`,
      sides: ({ law, secondMoment, matrix }) =>
        first(outerProductTrace(matrix), trace(secondMoment) * trace(matrix), law),
    },
    'mean-of-the-probe-inside': {
      mistake: 'The expectation is moved onto each v by itself: the mean of a product is not the product of the means.',
      statement: latex`\mathbb E[v^{\mathsf T} A v] = \mathbb E[v]^{\mathsf T} A\, \mathbb E[v]`,
      sides: ({ law, mean, matrix }) => first(quadraticForm(matrix), bilinear(mean, matrix), law),
    },
    'outer-product-averaged-to-identity': {
      mistake:
        'The second moment is taken for the identity although the mean or the covariance of v is not that of a probe.',
      statement: latex`\mathbb E \operatorname{tr}(v v^{\mathsf T} A) = \operatorname{tr}(A), \qquad v_i \sim U(-1, 1)`,
      sides: ({ law, matrix }) => first(outerProductTrace(matrix), trace(matrix), law),
      silentIn: { 'Rademacher probes, a full matrix of 5 rows': 'There the second moment is the identity.' },
    },
    'order-changed-inside': {
      mistake: 'The factors are swapped instead of moved round: v A vᵀ is no product of matrices.',
      statement: latex`\operatorname{tr}(v^{\mathsf T} A v) = \operatorname{tr}(v A v^{\mathsf T})`,
      kind: 'ill-formed',
      reason:
        'v is d × 1 and A is d × d: v A has no shape for d > 1. Moving the last factor to the front keeps the shapes, swapping does not.',
    },
  },
});

const bilinear = (m: readonly number[], a: Rows): number =>
  a.reduce((sum, row, i) => sum + m[i] * row.reduce((t, value, j) => t + value * m[j], 0), 0);
