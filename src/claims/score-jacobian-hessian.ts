import { claim } from '../verify/claim.js';
import type { GaussianMixture } from '../verify/densities.js';
import { boxes } from '../verify/domains.js';
import { scoreOf, type ScoreField } from '../verify/fields.js';
import {
  diagonalOnly,
  hessianTerm,
  jacobianTerm,
  outerProduct,
  transposed,
  twice,
  withTranspose,
} from '../verify/jacobian-terms.js';
import { plus, times } from '../verify/term.js';
import { scoreTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine2d, gaussian2d, mixture2d, mixture3d, network2d, network3d } from './settings.js';

interface Setting {
  readonly p: GaussianMixture;
  /** A field that is no gradient. */
  readonly s: ScoreField;
  readonly center: readonly number[];
}

const jacobianOfScore = (p: GaussianMixture) => jacobianTerm(scoreOf(p));

/** ∇s = ∇² log p = (∇s)ᵀ. */
export const scoreJacobianHessian = claim<Setting, 'gradient'>({
  id: 'score-jacobian-hessian',
  title: 'The Jacobian of the score is the Hessian of log p, and symmetric',
  source: 'hyvarinen2005, section 2',
  kind: 'pointwise',
  statement: latex`\nabla s(x) = \nabla^2 \log p(x) = \bigl( \nabla s(x) \bigr)^{\mathsf T}`,
  assumptions: {
    gradient: latex`$s = \nabla \log p$ with $\log p$ twice continuously differentiable. A field that is no gradient has a Jacobian that is not symmetric.`,
  },
  domain: ({ center }) => boxes({ x: { center, spread: 2.5 } }),
  sides: ({ p }) => ({
    lhs: withTranspose(p.dimension, jacobianOfScore(p)),
    rhs: twice(hessianTerm(p)),
  }),
  settings: {
    'a correlated Gaussian in 2-D': { p: gaussian2d, s: affine2d, center: [1.3, -2.1] },
    'a mixture in 2-D': { p: mixture2d, s: network2d, center: [0.2, 0.3] },
    'a mixture in 3-D': { p: mixture3d, s: network3d, center: [0.1, -0.2, 0.3] },
  },
  discrepancy: 1e-3,
  falseVariants: {
    'every-jacobian-symmetric': {
      mistake: 'The Jacobian of every field is taken for symmetric: that of a gradient is.',
      statement: latex`\nabla S(x) = \bigl( \nabla S(x) \bigr)^{\mathsf T} \text{ for every } S`,
      sides: ({ s }) => ({ lhs: jacobianTerm(s), rhs: transposed(s.dimension, jacobianTerm(s)) }),
    },
    'hessian-of-p': {
      mistake:
        'The Hessian of p is divided by p, as if the derivative of the quotient had one term: the outer product of the score is missing.',
      statement: latex`\nabla s(x) = \frac{\nabla^2 p(x)}{p(x)}`,
      // ∇²p/p = ∇² log p + s sᵀ.
      sides: ({ p }) => ({ lhs: jacobianOfScore(p), rhs: plus(hessianTerm(p), outerProduct(scoreTerm(p))) }),
    },
    'minus-the-hessian': {
      mistake: 'The sign is that of an energy: with E = −log p the Jacobian of the score is minus the Hessian of E.',
      statement: latex`\nabla s(x) = -\nabla^2 \log p(x)`,
      sides: ({ p }) => ({ lhs: jacobianOfScore(p), rhs: times(-1, hessianTerm(p)) }),
    },
    'diagonal-only': {
      mistake: 'Only the second derivatives along the axes are kept: the mixed ones are lost.',
      statement: latex`\nabla s(x) = \operatorname{diag} \Bigl( \frac{\partial^2 \log p}{\partial x_1^2}(x), \dots, \frac{\partial^2 \log p}{\partial x_d^2}(x) \Bigr)`,
      sides: ({ p }) => ({ lhs: jacobianOfScore(p), rhs: diagonalOnly(p.dimension, hessianTerm(p)) }),
    },
  },
});
