import type { Rows } from '../numerics/linear-algebra.js';
import { gaussianQuadraticForm, squaredFrobenius, trace } from '../oracle/probe-moments.js';
import { claim } from '../verify/claim.js';
import {
  integratedMean,
  squaredDeviation,
  unbiased,
  varianceOfDraws,
  zeroVarianceDesigns,
} from '../verify/evidence/estimator.js';
import { independent } from '../verify/laws.js';
import { quadraticForm } from '../verify/probe-terms.js';
import { gaussian, ownDraws, rademacher, sphere, type MeasuredProbeLaw, type ProbeLaw } from '../verify/probes.js';
import { minus, renamed } from '../verify/term.js';
import { latex } from './latex.js';
import { counting, identity, matrix2, matrix3, matrix4, matrix5, skewOf } from './matrices.js';

interface Setting {
  readonly matrix: Rows;
  readonly probes: MeasuredProbeLaw;
}

interface Sides {
  /** Var vᵀAv under the setting's law. */
  readonly variance: (matrix: Rows) => number;
  /** By how much it is smaller than under Gaussian probes. */
  readonly belowGaussian: (matrix: Rows) => number;
}

/** The formula of a law. */
const formula =
  (law: MeasuredProbeLaw): Sides['variance'] =>
  (matrix) =>
    law.quadraticForm(matrix).variance;

const gaussianSetting = 'Gaussian probes, a full matrix of 2 rows';
const rademacherSetting = 'Rademacher probes, a full matrix of 5 rows';

/** Var vᵀAv for Gaussian, Rademacher and sphere probes. */
export const hutchinsonVariance = claim<Setting, 'independent', Sides>({
  id: 'hutchinson-variance',
  title: 'The variance of one probe, for three laws: Rademacher has less than Gaussian',
  source: 'hutchinson1990',
  kind: 'estimator',
  given: latex`Let $A \in \mathbb R^{d \times d}$ be any matrix, and $A_s = \tfrac12 (A + A^{\mathsf T})$.`,
  statement: latex`\begin{aligned}
      \operatorname{Var}_{v \sim \mathcal N(0, I)} \bigl[ v^{\mathsf T} A v \bigr] &= 2 \lVert A_s \rVert_F^2, \\
      \operatorname{Var}_{v \sim U(\{-1, 1\}^d)} \bigl[ v^{\mathsf T} A v \bigr] &= 2 \bigl( \lVert A_s \rVert_F^2 - \textstyle\sum_i A_{ii}^2 \bigr), \\
      \operatorname{Var}_{v \sim U(\sqrt d\, \mathbb S^{d-1})} \bigl[ v^{\mathsf T} A v \bigr] &= \frac{2d}{d+2} \bigl( \lVert A_s \rVert_F^2 - \tfrac{1}{d} \operatorname{tr}(A)^2 \bigr)
    \end{aligned}`,
  assumptions: {
    independent: latex`$v$ is independent of $A$. The first line is the largest of the three: signs lose the part of the diagonal, a fixed length the part of the trace.`,
  },
  sides: ({ probes }) => ({
    variance: formula(probes),
    belowGaussian: (matrix) => gaussianQuadraticForm(matrix).variance - probes.quadraticForm(matrix).variance,
  }),
  measurements: ({ variance, belowGaussian }, { matrix, probes }) => {
    const d = matrix.length;
    const { mean, fourth } = probes.quadraticForm(matrix);
    const claimed = variance(matrix);
    const law = ownDraws(probes, d);
    const estimate = { law, value: quadraticForm(matrix), mean, variance: claimed };
    const integral = probes.integral(d);
    const designs: [string, Rows][] = [
      ['a skew matrix', skewOf(matrix)],
      ['the identity', identity(d)],
      [`diag(1, …, ${d})`, counting(d)],
    ];
    return [
      ...(integral === undefined
        ? []
        : [
            integratedMean(
              'integral over the probes',
              integral.law,
              integral.see(squaredDeviation(estimate.value, mean)),
              claimed,
            ),
          ]),
      zeroVarianceDesigns(
        law,
        designs.map(([name, design]) => ({
          name,
          value: quadraticForm(design),
          mean: trace(design),
          variance: variance(design),
        })),
      ),
      varianceOfDraws(estimate, fourth),
      ...(probes === gaussian ? [] : [againstGaussian(matrix, probes, belowGaussian(matrix))]),
    ];
  },
  settings: {
    [gaussianSetting]: { matrix: matrix2, probes: gaussian },
    [rademacherSetting]: { matrix: matrix5, probes: rademacher },
    'probes on the sphere of radius √3, a full matrix of 3 rows': { matrix: matrix3, probes: sphere },
    'probes on the sphere of radius 2, a full matrix of 4 rows': { matrix: matrix4, probes: sphere },
  },
  discrepancy: 0.05,
  falseVariants: {
    'not-symmetrised': {
      mistake: 'The norm is that of A itself: only the symmetric part of A enters a quadratic form.',
      statement: latex`\operatorname{Var}_{v \sim \mathcal N(0, I)} \bigl[ v^{\mathsf T} A v \bigr] = 2 \lVert A \rVert_F^2`,
      sides: ({ probes }) => ({ variance: (matrix) => formula(probes)(matrix) + normOfSkewPart(matrix, probes) }),
    },
    'without-two': {
      mistake: 'The factor 2 is missing: the fourth moment of a Gaussian is 3, which leaves 3 − 1 = 2.',
      statement: latex`\operatorname{Var}_{v \sim \mathcal N(0, I)} \bigl[ v^{\mathsf T} A v \bigr] = \lVert A_s \rVert_F^2`,
      sides: ({ probes }) => ({ variance: (matrix) => formula(probes)(matrix) / 2 }),
    },
    'gaussian-for-every-law': {
      mistake: 'The formula of Gaussian probes is used for every law: signs and a fixed length have less variance.',
      statement: latex`\operatorname{Var}_{v \sim U(\{-1, 1\}^d)} \bigl[ v^{\mathsf T} A v \bigr] = 2 \lVert A_s \rVert_F^2`,
      sides: () => ({ variance: formula(gaussian) }),
      silentIn: { [gaussianSetting]: 'There the probes are Gaussian.' },
    },
    'rademacher-for-every-law': {
      mistake:
        'The formula of Rademacher probes is used for every law: only signs give the trace of a diagonal matrix exactly.',
      statement: latex`\operatorname{Var}_{v \sim \mathcal N(0, I)} \bigl[ v^{\mathsf T} A v \bigr] = 2 \bigl( \lVert A_s \rVert_F^2 - \textstyle\sum_i A_{ii}^2 \bigr)`,
      sides: () => ({ variance: formula(rademacher) }),
      silentIn: { [rademacherSetting]: 'There the probes are signs.' },
    },
    'gaussian-has-less': {
      mistake: 'The order is turned round: it is Gaussian probes that have the larger variance.',
      statement: latex`\operatorname{Var}_{v \sim \mathcal N(0, I)} \bigl[ v^{\mathsf T} A v \bigr] \le \operatorname{Var}_{v \sim U(\{-1, 1\}^d)} \bigl[ v^{\mathsf T} A v \bigr]`,
      sides: ({ probes }) => ({
        belowGaussian: (matrix) => probes.quadraticForm(matrix).variance - gaussianQuadraticForm(matrix).variance,
      }),
      silentIn: { [gaussianSetting]: 'There Gaussian probes would be compared with themselves.' },
    },
  },
});

/** What ‖A‖²_F has more than ‖A_s‖²_F, with the factor that it has in the formula of the law. */
function normOfSkewPart(matrix: Rows, probes: ProbeLaw): number {
  const d = matrix.length;
  const symmetric = gaussianQuadraticForm(matrix).variance / 2;
  return (probes === sphere ? (2 * d) / (d + 2) : 2) * (squaredFrobenius(matrix) - symmetric);
}

/** E[(vᵀAv − tr A)²] for Gaussian v minus the same for the setting's law, each with its own draws. */
function againstGaussian(matrix: Rows, probes: MeasuredProbeLaw, difference: number) {
  const d = matrix.length;
  const square = squaredDeviation(quadraticForm(matrix), trace(matrix));
  const spread = [gaussian, probes].reduce((sum, { quadraticForm: moments }) => {
    const { variance, fourth } = moments(matrix);
    return sum + fourth - variance ** 2;
  }, 0);
  return unbiased(
    {
      law: independent(ownDraws(gaussian, d), ownDraws(probes, d, 'w')),
      value: minus(square, renamed(square, { v: 'w' })),
      mean: difference,
      variance: spread,
    },
    'Gaussian against this law',
  );
}
