import type { Rows } from '../numerics/linear-algebra.js';
import { trace } from '../oracle/probe-moments.js';
import { claim } from '../verify/claim.js';
import { freshDraws, integratedMean, sameDraws, unbiased, zeroVarianceDesigns } from '../verify/evidence/estimator.js';
import { quadraticForm, sumOfProduct } from '../verify/probe-terms.js';
import {
  bernoulli,
  fixed,
  gaussian,
  narrowUniform,
  ownDraws,
  rademacher,
  sphere,
  threeValued,
  unitSphere,
  wideUniform,
  type ProbeLaw,
} from '../verify/probes.js';
import { expectation } from '../verify/statement.js';
import { constant, times, type Term } from '../verify/term.js';
import { latex } from './latex.js';
import { matrix2, matrix3, matrix4, matrix5, skewOf } from './matrices.js';

interface Setting {
  readonly matrix: Rows;
  readonly probes: ProbeLaw;
}

interface Sides {
  /** One estimate of tr A per probe v, for a matrix A. */
  readonly estimate: (matrix: Rows) => Term;
  readonly probes: ProbeLaw;
}

/** tr A = E[vᵀAv] where E[vvᵀ] = I. */
export const hutchinson = claim<Setting, 'isotropic' | 'independent', Sides>({
  id: 'hutchinson',
  title: 'Hutchinson: the mean of a quadratic form in a random probe is the trace',
  source: 'hutchinson1990',
  kind: 'estimator',
  statement: latex`\operatorname{tr}(A) = \mathbb E_v \bigl[ v^{\mathsf T} A v \bigr] \quad \text{for every } v \text{ with } \mathbb E[v v^{\mathsf T}] = I`,
  assumptions: {
    isotropic: latex`$\mathbb E[v v^{\mathsf T}] = I$: $\mathcal N(0, I)$, independent signs (Rademacher), the sphere of radius $\sqrt d$ and many more. Uniform on $(-1, 1)$ gives $\operatorname{tr}(A)/3$, the unit sphere $\operatorname{tr}(A)/d$.`,
    independent: latex`$v$ is independent of $A$, and drawn anew for each estimate.`,
  },
  sides: ({ probes }) => ({ estimate: quadraticForm, probes }),
  measurements: ({ estimate, probes }, { matrix, probes: claimed }) => {
    const d = matrix.length;
    const value = estimate(matrix);
    const law = ownDraws(probes, d);
    const { mean, variance } = claimed.quadraticForm(matrix);
    const integral = probes.integral(d);
    const skew = skewOf(matrix);
    return [
      sameDraws('probes supplied', value, quadraticForm(matrix), claimed.law(d)),
      ...(integral === undefined
        ? []
        : [integratedMean('integral over the probes', integral.law, integral.see(value), mean)]),
      freshDraws(law),
      zeroVarianceDesigns(law, [{ name: 'a skew matrix', value: estimate(skew), mean: 0, variance: 0 }]),
      unbiased({ law, value, mean, variance }),
    ];
  },
  settings: {
    'Gaussian probes, a full matrix of 3 rows': { matrix: matrix3, probes: gaussian },
    'Rademacher probes, a full matrix of 5 rows': { matrix: matrix5, probes: rademacher },
    'probes on the sphere of radius √3, a full matrix of 3 rows': { matrix: matrix3, probes: sphere },
    'probes on the sphere of radius 2, a full matrix of 4 rows': { matrix: matrix4, probes: sphere },
    'probes uniform on ±√3, a full matrix of 2 rows': { matrix: matrix2, probes: wideUniform },
  },
  discrepancy: 0.02,
  falseVariants: {
    'uniform-probes': {
      mistake: 'The probes are uniform on (−1, 1): their variance is 1/3, so the mean is a third of the trace.',
      statement: latex`\operatorname{tr}(A) = \mathbb E_v \bigl[ v^{\mathsf T} A v \bigr], \qquad v_i \sim U(-1, 1)`,
      sides: () => ({ probes: narrowUniform }),
    },
    'unit-sphere-probes': {
      mistake: 'The probes are scaled to length 1 and not to the square root of d: the mean is the trace divided by d.',
      statement: latex`\operatorname{tr}(A) = \mathbb E_v \bigl[ v^{\mathsf T} A v \bigr], \qquad v \sim U(\mathbb S^{d-1})`,
      sides: () => ({ probes: unitSphere }),
    },
    'zero-one-probes': {
      mistake: 'The probes are 0 or 1 where signs −1 or 1 are meant: the entries off the diagonal enter.',
      statement: latex`\operatorname{tr}(A) = \mathbb E_v \bigl[ v^{\mathsf T} A v \bigr], \qquad v_i \sim U\{0, 1\}`,
      sides: () => ({ probes: bernoulli }),
    },
    'rounded-probes': {
      mistake: 'The probes are −1, 0 or 1, each as likely: their variance is 2/3.',
      statement: latex`\operatorname{tr}(A) = \mathbb E_v \bigl[ v^{\mathsf T} A v \bigr], \qquad v_i \sim U\{-1, 0, 1\}`,
      sides: () => ({ probes: threeValued }),
    },
    'fixed-probe': {
      mistake: 'One probe is drawn once and used for ever: there is no mean over v.',
      statement: latex`\operatorname{tr}(A) = v^{\mathsf T} A v \quad \text{for every } v`,
      sides: () => ({ probes: fixed }),
    },
    'without-left-probe': {
      mistake: 'The product A v is summed without multiplying by v once more: its mean is 0.',
      statement: latex`\operatorname{tr}(A) = \mathbb E_v \bigl[ \mathbf 1^{\mathsf T} A v \bigr]`,
      sides: () => ({ estimate: sumOfProduct }),
    },
    'mean-over-dimensions': {
      mistake: 'The products are averaged over the d coordinates instead of summed.',
      statement: latex`\operatorname{tr}(A) = \mathbb E_v \bigl[ \tfrac{1}{d} v^{\mathsf T} A v \bigr]`,
      sides: ({ matrix: { length: d } }) => ({ estimate: (matrix) => times(1 / d, quadraticForm(matrix)) }),
    },
  },
  withoutAssumption: {
    // E[vvᵀ] = I/3 for v uniform on (−1, 1)ᵈ, so E[vᵀAv] − tr A = −⅔ tr A.
    isotropic: {
      name: 'v uniform on (−1, 1)³, a full matrix of 3 rows',
      setting: { matrix: matrix3, probes: narrowUniform },
      residual: (-2 / 3) * trace(matrix3),
      sides: ({ matrix, probes }) => {
        const law = probes.law(matrix.length);
        return { lhs: expectation(law, quadraticForm(matrix)), rhs: expectation(law, constant(trace(matrix))) };
      },
    },
  },
});
