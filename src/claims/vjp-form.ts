import { claim } from '../verify/claim.js';
import { boxes } from '../verify/domains.js';
import { scoreOf, type ScoreField } from '../verify/fields.js';
import {
  probedJacobian,
  probedSlope,
  projection,
  slopeWithFrozenProbe,
  slopeWithMovingProbe,
  summedSlope,
} from '../verify/probe-terms.js';
import { divergenceTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine2d, mixture2d, network3d } from './settings.js';

interface Setting {
  readonly s: ScoreField;
}

/** vᵀ(∇S)v = vᵀ∇(vᵀS). */
export const vjpForm = claim<Setting, 'constantProbe'>({
  id: 'vjp-form',
  title: 'A quadratic form in the Jacobian is one gradient: that of the projection',
  source: 'song2020sliced, section 3',
  kind: 'pointwise',
  statement: latex`v^{\mathsf T} \bigl( \nabla S(x) \bigr) v = v^{\mathsf T} \nabla_x \bigl( v^{\mathsf T} S(x) \bigr)`,
  assumptions: {
    constantProbe: latex`$v$ does not depend on $x$: the gradient treats it as a constant. Whether $\nabla S$ means the Jacobian or its transpose plays no part, since $v^{\mathsf T} J v = v^{\mathsf T} J^{\mathsf T} v$.`,
  },
  domain: ({ s }) => {
    const center = Array.from({ length: s.dimension }, (_, i) => 0.4 - 0.3 * i);
    return boxes({ x: { center, spread: 2 }, v: { center: center.map(() => 0), spread: 3 } });
  },
  sides: ({ s }) => ({ lhs: probedJacobian(s), rhs: probedSlope(s) }),
  settings: {
    'an affine field in 2-D, its matrix not symmetric': { s: affine2d },
    'a nonlinear field in 3-D': { s: network3d },
    'the score of a mixture in 2-D': { s: scoreOf(mixture2d) },
  },
  discrepancy: 1e-3,
  falseVariants: {
    'probe-depends-on-x': {
      mistake: 'The probe moves with x (here it is x + v) and is differentiated too: that adds the projection of S.',
      statement: latex`(x + v)^{\mathsf T} \bigl( \nabla S(x) \bigr) v = v^{\mathsf T} \nabla_x \bigl( (x + v)^{\mathsf T} S(x) \bigr)`,
      sides: ({ s }) => ({ lhs: slopeWithFrozenProbe(s), rhs: slopeWithMovingProbe(s) }),
    },
    'gradient-in-the-probe': {
      mistake: 'The gradient is taken in v instead of x: it is S itself.',
      statement: latex`v^{\mathsf T} \bigl( \nabla S(x) \bigr) v = v^{\mathsf T} \nabla_v \bigl( v^{\mathsf T} S(x) \bigr)`,
      sides: ({ s }) => ({ rhs: projection(s) }),
    },
    'summed-product': {
      mistake: 'The gradient of the projection is summed and not multiplied by v.',
      statement: latex`v^{\mathsf T} \bigl( \nabla S(x) \bigr) v = \mathbf 1^{\mathsf T} \nabla_x \bigl( v^{\mathsf T} S(x) \bigr)`,
      sides: ({ s }) => ({ rhs: summedSlope(s) }),
    },
    'divergence-for-one-probe': {
      mistake: 'One probe is taken for the mean over probes: the form equals the divergence only on average.',
      statement: latex`v^{\mathsf T} \bigl( \nabla S(x) \bigr) v = \nabla \cdot S(x)`,
      sides: ({ s }) => ({ rhs: divergenceTerm(s) }),
    },
  },
});
