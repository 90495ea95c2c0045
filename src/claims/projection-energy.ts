import { claim } from '../verify/claim.js';
import type { Density } from '../verify/densities.js';
import { constantField, type ScoreField } from '../verify/fields.js';
import { projection } from '../verify/probe-terms.js';
import { gaussian, narrowUniform, rademacher, sphere, unitSphere, type ProbeLaw } from '../verify/probes.js';
import { probedAt } from '../verify/probing.js';
import { expectation } from '../verify/statement.js';
import { times } from '../verify/term.js';
import { energyOf, fieldEnergy } from '../verify/terms.js';
import { latex } from './latex.js';
import { gaussian1d, mixture1d, mixture2d, mixture3d, network1d, network2d, network3d } from './settings.js';

interface Setting {
  readonly p: Density;
  readonly s: ScoreField;
  readonly probes: ProbeLaw;
}

/** E[(vᵀS)²] on the left for probes of a law, k‖S‖² on the right, with the same draws of x. */
const energies =
  (k: (d: number) => number, law?: ProbeLaw) =>
  ({ p, s, probes }: Setting) => {
    const pair = probedAt(p, law ?? probes);
    return {
      lhs: expectation(pair.law, pair.see(energyOf(projection(s)))),
      rhs: expectation(pair.law, pair.see(times(k(s.dimension), fieldEnergy(s)))),
    };
  };

/** E[(vᵀS)²] = ‖S‖². */
export const projectionEnergy = claim<Setting, 'isotropic'>({
  id: 'projection-energy',
  title: 'The mean square of a random projection is the squared norm',
  source: 'song2020sliced, section 3',
  kind: 'identity',
  statement: latex`\mathbb E_v \bigl[ (v^{\mathsf T} S(x))^2 \bigr] = \lVert S(x) \rVert^2`,
  assumptions: {
    isotropic: latex`$\mathbb E[v v^{\mathsf T}] = I$ and $v$ is independent of $x$. With probes uniform on $(-1, 1)$ the left side is a third.`,
  },
  sides: energies(() => 1),
  settings: {
    'Rademacher probes, a nonlinear field on a mixture in 2-D': { p: mixture2d, s: network2d, probes: rademacher },
    'Gaussian probes, a nonlinear field on a mixture in 1-D': { p: mixture1d, s: network1d, probes: gaussian },
    'Gaussian probes, a nonlinear field on a mixture in 2-D': { p: mixture2d, s: network2d, probes: gaussian },
    'probes on the sphere of radius √3, a nonlinear field on a mixture in 3-D': {
      p: mixture3d,
      s: network3d,
      probes: sphere,
    },
  },
  discrepancy: 0.05,
  falseVariants: {
    'divided-by-d': {
      mistake: 'The squared norm is divided by d, which belongs to probes of length 1.',
      statement: latex`\mathbb E_v \bigl[ (v^{\mathsf T} S(x))^2 \bigr] = \tfrac{1}{d} \lVert S(x) \rVert^2`,
      sides: energies((d) => 1 / d),
      silentIn: { 'Gaussian probes, a nonlinear field on a mixture in 1-D': 'There d = 1.' },
    },
    'unit-sphere-probes': {
      mistake:
        'The probes have length 1 and not the square root of d: a projection then has a d-th of the squared norm.',
      statement: latex`\mathbb E_v \bigl[ (v^{\mathsf T} S(x))^2 \bigr] = \lVert S(x) \rVert^2, \qquad v \sim U(\mathbb S^{d-1})`,
      sides: energies(() => 1, unitSphere),
      silentIn: { 'Gaussian probes, a nonlinear field on a mixture in 1-D': 'In 1-D both radii are 1.' },
    },
    'uniform-probes': {
      mistake: 'The probes are uniform on (−1, 1): their variance is 1/3.',
      statement: latex`\mathbb E_v \bigl[ (v^{\mathsf T} S(x))^2 \bigr] = \lVert S(x) \rVert^2, \qquad v_i \sim U(-1, 1)`,
      sides: energies(() => 1, narrowUniform),
    },
    halved: {
      mistake: 'A factor ½ of another convention is left on one side only.',
      statement: latex`\mathbb E_v \bigl[ (v^{\mathsf T} S(x))^2 \bigr] = \tfrac12 \lVert S(x) \rVert^2`,
      sides: energies(() => 0.5),
    },
  },
  withoutAssumption: {
    // E v² = 1/3 on (−1, 1), so the sides differ by (1/3 − 1) c² = −⅔ · 0.9².
    isotropic: {
      name: 'S(x) = 0.9 in 1-D, v uniform on (−1, 1)',
      setting: { p: gaussian1d, s: constantField([0.9]), probes: narrowUniform },
      residual: (-2 / 3) * 0.9 ** 2,
    },
  },
});
