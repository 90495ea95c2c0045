import { inverse } from '../numerics/linear-algebra.js';
import { claim } from '../verify/claim.js';
import { gaussian, type Density } from '../verify/densities.js';
import { atLeast, meansAgree } from '../verify/evidence/means.js';
import { affine, softplusNetwork, type ScoreField } from '../verify/fields.js';
import {
  mixedProducts,
  probedSlope,
  projection,
  reducedSlicedLoss,
  slicedLoss,
  withSquares,
} from '../verify/probe-terms.js';
import { gaussian as gaussianProbes, rademacher, unitSphere, type ProbeLaw } from '../verify/probes.js';
import { lawOf } from '../verify/laws.js';
import { probedAt } from '../verify/probing.js';
import { expectation, type IdentityStatement } from '../verify/statement.js';
import { constant, plus, stack, times, type Term } from '../verify/term.js';
import { energyOf } from '../verify/terms.js';
import { latex } from './latex.js';
import { ssmTwoFormsOnDigits } from './on-digits/ssm-two-forms.js';
import { gaussian2d, mixture1d, network1d } from './settings.js';

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

/** S = s on N(0, [[1, ρ], [ρ, 1]], written as the affine field −C⁻¹x: correlation turns the order of the variances round. */
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
const onPlane = 'Rademacher probes, a nonlinear field on a Gaussian in 2-D';
const weak = 'Rademacher probes, the score of a Gaussian with correlation 0.3';

/** A nonlinear field that pulls all coordinates one way at once, so that its components and their mixed slopes go together. */
const coupled2d = softplusNetwork(
  [
    [1.1, 0.9],
    [-0.7, -1.1],
  ],
  [0.3, -0.2],
  [
    [-0.4, 0.3],
    [-0.3, 0.45],
  ],
  [0.1, -0.05],
);

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
  statement: latex`\mathbb E_x \mathbb E_v \bigl[ (v^{\mathsf T} S)^2 + 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr]
    = \mathbb E_x \lVert S \rVert^2 + \mathbb E_x \mathbb E_v \bigl[ 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr], \qquad
    \operatorname{Var}_1 - \operatorname{Var}_2 = \mathbb E_x \Bigl[ 2 \sum_{i \neq j} \bigl( S_i^2 S_j^2 + 4 S_i S_j J^s_{ij} \bigr) \Bigr] \text{ for } v_i = \pm 1, \quad J^s = \tfrac12 (\nabla S + (\nabla S)^{\mathsf T})`,
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
    const pair = probedAt(p, probes);
    const mean = (term: Term) => expectation(pair.law, pair.see(term));
    const [one, other] = [projected(s), reduced(s)];
    // Both have one mean, so the difference of the variances is that of the mean squares.
    const together: IdentityStatement = {
      kind: 'identity',
      lhs: mean(withSquares(one, other)),
      rhs: mean(stack(other, difference(s))),
    };
    const meansAlone: IdentityStatement = { kind: 'identity', lhs: mean(one), rhs: mean(other) };
    // The mean of the difference over signs is known at each x: what is left to integrate is x.
    const overX = lawOf(p);
    const noSmaller: IdentityStatement = {
      kind: 'identity',
      lhs: expectation(overX, difference(s)),
      rhs: expectation(overX, constant(0)),
    };
    return [
      ...(reducedIsSmaller ? [atLeast('order of the variances', noSmaller)] : []),
      ...(claimed === rademacher ? meansAgree('means and variances', together) : meansAgree('means', meansAlone)),
    ];
  },
  settings: {
    [weak]: correlated(0.3),
    'Rademacher probes, the score of a Gaussian with correlation 0.8': correlated(0.8),
    [onPlane]: { p: gaussian2d, s: coupled2d, probes: rademacher },
    [onLine]: { p: mixture1d, s: network1d, probes: gaussianProbes },
  },
  onDigits: ssmTwoFormsOnDigits,
  discrepancy: 0.1,
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
      mistake: 'The probes have length 1: the squared projection is then a d-th of the squared norm.',
      statement: latex`\mathbb E_x \mathbb E_v \bigl[ (v^{\mathsf T} S)^2 + 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] = \mathbb E_x \lVert S \rVert^2 + \mathbb E_x \mathbb E_v \bigl[ 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr], \qquad \lVert v \rVert = 1`,
      sides: () => ({ probes: unitSphere }),
      silentIn: { [onLine]: 'In 1-D both radii are 1.' },
    },
    'reduced-always-smaller': {
      mistake: 'The loss with the norm is said to have the smaller variance whatever S: it can have the larger one.',
      statement: latex`\operatorname{Var}_2 \leq \operatorname{Var}_1 \text{ for every } S \text{ and } p`,
      sides: () => ({ reducedIsSmaller: true }),
      silentIn: {
        [weak]: 'There it has.',
        [onPlane]: 'There it has.',
        [onLine]: notRademacher,
      },
    },
    'difference-without-slope': {
      mistake:
        'The variances are compared as if the projection and the slope, which share the probe, were uncorrelated.',
      statement: latex`\operatorname{Var}_1 - \operatorname{Var}_2 = \mathbb E_x \Bigl[ 2 \sum_{i \neq j} S_i^2 S_j^2 \Bigr]`,
      sides: () => ({ difference: mixedProducts(0) }),
      silentIn: { [onLine]: notRademacher },
    },
  },
});
