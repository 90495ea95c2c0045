import { inverse } from '../numerics/linear-algebra.js';
import { claim } from '../verify/claim.js';
import { gaussian, type Density } from '../verify/densities.js';
import { sameDraws } from '../verify/evidence/estimator.js';
import { atLeast, meansAgree } from '../verify/evidence/means.js';
import { affine, type ScoreField } from '../verify/fields.js';
import {
  meanOverSigns,
  mixedProducts,
  probedSlope,
  projection,
  reducedSlicedLoss,
  slicedLoss,
  withSquares,
} from '../verify/probe-terms.js';
import { gaussian as gaussianProbes, ownDraws, rademacher, unitSphere, type ProbeLaw } from '../verify/probes.js';
import { independent, lawOf } from '../verify/laws.js';
import { probedAt } from '../verify/probing.js';
import { expectation, type IdentityStatement } from '../verify/statement.js';
import { constant, plus, stack, times, type Term } from '../verify/term.js';
import { energyOf } from '../verify/terms.js';
import { latex } from './latex.js';
import { ssmTwoFormsOnDigits } from './on-digits/ssm-two-forms.js';
import { mixture1d, mixture3d, network1d, network3d } from './settings.js';

interface Setting {
  readonly p: Density;
  readonly s: ScoreField;
  readonly probes: ProbeLaw;
}

interface Sides {
  /** The loss with the projection. */
  readonly projected: (s: ScoreField) => Term;
  /** The loss with the norm. */
  readonly reduced: (s: ScoreField) => Term;
  readonly probes: ProbeLaw;
  /** Var(projected) − Var(reduced) for Rademacher probes, as the mean over x of a term. */
  readonly difference: (s: ScoreField) => Term;
  /** True where the second form is said to have the smaller variance, whatever S. */
  readonly reducedIsSmaller: boolean;
}

/**
 * S = s on N(0, [[1, ρ], [ρ, 1]], written as the affine field −C⁻¹x: correlation turns the order of the variances round, which differ by 3.96 at
 * ρ = 0.3 and by −8.64 at 0.8.
 */
const correlated = (rho: number): Setting => {
  const covariance = [
    [1, rho],
    [rho, 1],
  ];
  const slope = inverse(covariance).map((row) => row.map((v) => -v));
  return { p: gaussian({ mean: [0, 0], covariance }), s: affine(slope, [0, 0]), probes: rademacher };
};

const notRademacher = 'The variances are compared for Rademacher probes.';
const onLine = 'Gaussian probes, a nonlinear field on a mixture in 1-D';
const inSpace = 'Rademacher probes, a nonlinear field on a mixture in 3-D';
const weak = 'Rademacher probes, the score of a Gaussian with correlation 0.3';

/** x and v by draws alone. */
const drawn = (p: Density, probes: ProbeLaw) => ({
  law: independent(lawOf(p), ownDraws(probes, p.dimension)),
  see: (term: Term): Term => term,
});

/** (vᵀS)² + kvᵀ∇(vᵀS). */
const withSlopeFactor =
  (k: number) =>
  (s: ScoreField): Term =>
    plus(energyOf(projection(s)), times(k, probedSlope(s)));

/** E[(vᵀS)² + 2vᵀ∇(vᵀS)] = E‖S‖² + E[2vᵀ∇(vᵀS)], and the difference of the variances for Rademacher probes. */
export const ssmTwoForms = claim<Setting, 'isotropic', Sides>({
  id: 'ssm-two-forms',
  title: 'The two sliced losses have one mean, and neither has always the smaller variance',
  source: 'song2020sliced, section 3',
  kind: 'ordering',
  given: latex`Let the probe have signs as its entries, $v \sim U(\{-1, 1\}^d)$.`,
  statement: latex`\begin{aligned}
      \mathbb E_x \mathbb E_v \bigl[ (v^{\mathsf T} S)^2 + 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr]
      &= \mathbb E_x \lVert S \rVert^2 + \mathbb E_x \mathbb E_v \bigl[ 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr], \\
      \operatorname{Var}_{x, v} \bigl[ (v^{\mathsf T} S)^2 + 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] - \operatorname{Var}_{x, v} \bigl[ \lVert S \rVert^2 + 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] \\
      &= 2\, \mathbb E_x \Bigl[ \sum_{i \neq j} \bigl( S_i^2 S_j^2 + 2 (\partial_i S_j + \partial_j S_i) S_i S_j \bigr) \Bigr]
    \end{aligned}`,
  assumptions: {
    isotropic: latex`$\mathbb E[v v^{\mathsf T}] = I$ and $v$ is independent of $x$. $\operatorname{Var}_1$ and $\operatorname{Var}_2$ are the variances of one term of the left and of the right side, over $x$ and $v$.`,
  },
  sides: ({ probes }) => ({
    projected: slicedLoss,
    reduced: reducedSlicedLoss,
    probes,
    difference: mixedProducts(4),
    reducedIsSmaller: false,
  }),
  measurements: ({ projected, reduced, probes, difference, reducedIsSmaller }, { p, s, probes: claimed }) => {
    const [one, other] = [projected(s), reduced(s)];
    const overX = lawOf(p);
    const pair = claimed === rademacher ? drawn(p, probes) : probedAt(p, probes);
    const means: IdentityStatement = {
      kind: 'identity',
      lhs: expectation(pair.law, pair.see(one)),
      rhs: expectation(pair.law, pair.see(other)),
    };
    const noSmaller: IdentityStatement = {
      kind: 'identity',
      lhs: expectation(overX, difference(s)),
      rhs: expectation(overX, constant(0)),
    };
    return [
      ...(reducedIsSmaller ? [atLeast('order of the variances', noSmaller)] : []),
      // At each x the mean over signs is a sum; both losses have one mean, so the difference of the variances is that of the mean squares.
      ...(claimed === rademacher && probes === rademacher
        ? [
            sameDraws(
              'means and mean squares over all signs at each x',
              meanOverSigns(withSquares(one, other), s.dimension),
              stack(meanOverSigns(other, s.dimension), difference(s)),
              overX,
              { method: 'pointwise' },
            ),
          ]
        : []),
      ...meansAgree('means', means),
    ];
  },
  settings: {
    [weak]: correlated(0.3),
    'Rademacher probes, the score of a Gaussian with correlation 0.8': correlated(0.8),
    [inSpace]: { p: mixture3d, s: network3d, probes: rademacher },
    [onLine]: { p: mixture1d, s: network1d, probes: gaussianProbes },
  },
  onDigits: ssmTwoFormsOnDigits,
  discrepancy: 0.05,
  falseVariants: {
    'slope-without-two': {
      mistake: 'The second term of the first loss lacks its factor 2.',
      statement: latex`\mathbb E_x \mathbb E_v \bigl[ (v^{\mathsf T} S)^2 + v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] = \mathbb E_x \lVert S \rVert^2 + \mathbb E_x \mathbb E_v \bigl[ 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr]`,
      sides: () => ({ projected: withSlopeFactor(1) }),
    },
    'projection-not-squared': {
      mistake: 'The projection is not squared.',
      statement: latex`\mathbb E_x \mathbb E_v \bigl[ v^{\mathsf T} S + 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] = \mathbb E_x \lVert S \rVert^2 + \mathbb E_x \mathbb E_v \bigl[ 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr]`,
      sides: () => ({ projected: (s) => plus(projection(s), times(2, probedSlope(s))) }),
    },
    'unit-sphere-probes': {
      given: latex`Let the probe lie on the unit sphere, $v \sim U(\mathbb S^{d-1})$.`,
      mistake: 'The probes have length 1: the squared projection is then a d-th of the squared norm.',
      statement: latex`\mathbb E_x \mathbb E_v \bigl[ (v^{\mathsf T} S)^2 + 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] = \mathbb E_x \lVert S \rVert^2 + \mathbb E_x \mathbb E_v \bigl[ 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr]`,
      sides: () => ({ probes: unitSphere }),
      silentIn: { [onLine]: 'In 1-D both radii are 1.' },
    },
    'reduced-always-smaller': {
      mistake: 'The loss with the norm is said to have the smaller variance whatever S: it can have the larger one.',
      statement: latex`\operatorname{Var}_{x, v} \bigl[ \lVert S \rVert^2 + 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] \le \operatorname{Var}_{x, v} \bigl[ (v^{\mathsf T} S)^2 + 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] \quad \text{for every } S`,
      sides: () => ({ reducedIsSmaller: true }),
      silentIn: {
        [weak]: 'There it has.',
        [inSpace]: 'There it has.',
        [onLine]: notRademacher,
      },
    },
    'difference-without-slope': {
      mistake:
        'The variances are compared as if the projection and the slope, which share the probe, were uncorrelated.',
      statement: latex`\operatorname{Var}_{x, v} \bigl[ (v^{\mathsf T} S)^2 + 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] - \operatorname{Var}_{x, v} \bigl[ \lVert S \rVert^2 + 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] = 2\, \mathbb E_x \Bigl[ \sum_{i \neq j} S_i^2 S_j^2 \Bigr]`,
      sides: () => ({ difference: mixedProducts(0) }),
      silentIn: { [onLine]: notRademacher },
    },
  },
});
