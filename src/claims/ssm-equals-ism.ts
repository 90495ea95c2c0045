import { claim } from '../verify/claim.js';
import type { Density } from '../verify/densities.js';
import { affine, type ScoreField } from '../verify/fields.js';
import { probedSlope, reducedSlicedLoss } from '../verify/probe-terms.js';
import { gaussian, narrowUniform, rademacher, sphere, unitSphere, type ProbeLaw } from '../verify/probes.js';
import { probedAt } from '../verify/probing.js';
import { expectation } from '../verify/statement.js';
import { plus, times, type Term } from '../verify/term.js';
import { fieldEnergy, ismLosses } from '../verify/terms.js';
import { latex } from './latex.js';
import {
  gaussian1d,
  gaussian2d,
  affine2d,
  mixture1d,
  mixture2d,
  mixture3d,
  network1d,
  network2d,
  network3d,
} from './settings.js';

interface Setting {
  readonly p: Density;
  readonly s: ScoreField;
  readonly probes: ProbeLaw;
}

/** A sliced loss on the left, the implicit one on the right, with the same draws of x. */
const againstImplicit =
  (loss: (s: ScoreField) => Term, law?: ProbeLaw) =>
  ({ p, s, probes }: Setting) => {
    const pair = probedAt(p, law ?? probes);
    return {
      lhs: expectation(pair.law, pair.see(loss(s))),
      rhs: expectation(pair.law, pair.see(ismLosses(s))),
    };
  };

/** ‖S‖² + k·vᵀ∇(vᵀS). */
const withSlopeFactor =
  (k: number) =>
  (s: ScoreField): Term =>
    plus(fieldEnergy(s), times(k, probedSlope(s)));

/** E_x‖S‖² + E_x E_v[2vᵀ∇(vᵀS)] = ISM. */
export const ssmEqualsIsm = claim<Setting, 'isotropic'>({
  id: 'ssm-equals-ism',
  title: 'Sliced score matching is implicit score matching with an estimated divergence',
  source: 'song2020sliced, section 3',
  kind: 'identity',
  statement: latex`\mathbb E_x \lVert S(x) \rVert^2 + \mathbb E_x \mathbb E_v \bigl[ 2\, v^{\mathsf T} \nabla_x \bigl( v^{\mathsf T} S(x) \bigr) \bigr]
    = \mathbb E_x \bigl[ \lVert S(x) \rVert^2 + 2 \nabla \cdot S(x) \bigr]`,
  assumptions: {
    isotropic: latex`$\mathbb E[v v^{\mathsf T}] = I$, $v$ independent of $x$, and $\mathbb E_x \lvert \nabla \cdot S \rvert$ finite. Which of the laws $v$ has changes the variance, not the mean.`,
  },
  sides: againstImplicit(reducedSlicedLoss),
  settings: {
    'Gaussian probes, a nonlinear field on a mixture in 1-D': { p: mixture1d, s: network1d, probes: gaussian },
    'Gaussian probes, an affine field on a correlated Gaussian': { p: gaussian2d, s: affine2d, probes: gaussian },
    'Rademacher probes, a nonlinear field on a mixture in 2-D': { p: mixture2d, s: network2d, probes: rademacher },
    'probes on the sphere of radius √3, a nonlinear field on a mixture in 3-D': {
      p: mixture3d,
      s: network3d,
      probes: sphere,
    },
  },
  discrepancy: 0.05,
  falseVariants: {
    'slope-without-two': {
      mistake: 'The second term lacks its factor 2.',
      statement: latex`\mathbb E_x \lVert S \rVert^2 + \mathbb E_x \mathbb E_v \bigl[ v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] = \mathbb E_x \bigl[ \lVert S \rVert^2 + 2 \nabla \cdot S \bigr]`,
      sides: againstImplicit(withSlopeFactor(1)),
    },
    'slope-sign': {
      mistake: 'The second term enters with a minus sign.',
      statement: latex`\mathbb E_x \lVert S \rVert^2 - \mathbb E_x \mathbb E_v \bigl[ 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] = \mathbb E_x \bigl[ \lVert S \rVert^2 + 2 \nabla \cdot S \bigr]`,
      sides: againstImplicit(withSlopeFactor(-2)),
    },
    'unit-sphere-probes': {
      mistake: 'The probes have length 1: the second term is the divergence divided by d.',
      statement: latex`\mathbb E_x \lVert S \rVert^2 + \mathbb E_x \mathbb E_v \bigl[ 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] = \mathbb E_x \bigl[ \lVert S \rVert^2 + 2 \nabla \cdot S \bigr], \qquad v \sim U(\mathbb S^{d-1})`,
      sides: againstImplicit(reducedSlicedLoss, unitSphere),
      silentIn: { 'Gaussian probes, a nonlinear field on a mixture in 1-D': 'In 1-D both radii are 1.' },
    },
    'uniform-probes': {
      mistake: 'The probes are uniform on (−1, 1): the second term is a third of the divergence.',
      statement: latex`\mathbb E_x \lVert S \rVert^2 + \mathbb E_x \mathbb E_v \bigl[ 2\, v^{\mathsf T} \nabla_x (v^{\mathsf T} S) \bigr] = \mathbb E_x \bigl[ \lVert S \rVert^2 + 2 \nabla \cdot S \bigr], \qquad v_i \sim U(-1, 1)`,
      sides: againstImplicit(reducedSlicedLoss, narrowUniform),
    },
  },
  withoutAssumption: {
    // S′ = −0.7 and E v² = 1/3: the sides differ by 2 · (1/3 − 1) · (−0.7).
    isotropic: {
      name: 'S(x) = 0.4 − 0.7x in 1-D, v uniform on (−1, 1)',
      setting: { p: gaussian1d, s: affine([[-0.7]], [0.4]), probes: narrowUniform },
      residual: 2 * (-2 / 3) * -0.7,
    },
  },
});
