import { claim } from '../verify/claim.js';
import { boxes } from '../verify/domains.js';
import { scoreOf, type ScoreField } from '../verify/fields.js';
import {
  allEntriesOfJacobian,
  antidiagonalOfJacobian,
  sumOfPartials,
  traceOfJacobian,
  twice,
} from '../verify/jacobian-terms.js';
import { stack, times } from '../verify/term.js';
import { divergenceTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine2d, mixture2d, network3d } from './settings.js';

interface Setting {
  readonly s: ScoreField;
  readonly center: readonly number[];
}

/** ∇·S = tr(∇S) = Σ ∂Sᵢ/∂xᵢ. */
export const divergenceIsTrace = claim<Setting, 'smooth'>({
  id: 'divergence-is-trace',
  title: 'The divergence is the trace of the Jacobian',
  source: 'hyvarinen2005, section 2',
  kind: 'pointwise',
  statement: latex`\nabla \cdot S(x) = \operatorname{tr}(\nabla S(x)) = \sum_{i=1}^d \frac{\partial S_i}{\partial x_i}(x)`,
  assumptions: { smooth: latex`$S : \mathbb R^d \to \mathbb R^d$ is differentiable at $x$.` },
  domain: ({ center }) => boxes({ x: { center, spread: 3 } }),
  sides: ({ s }) => ({ lhs: twice(divergenceTerm(s)), rhs: stack(traceOfJacobian(s), sumOfPartials(s)) }),
  settings: {
    'an affine field in 2-D, its matrix not symmetric': { s: affine2d, center: [0.4, -0.3] },
    'a nonlinear field in 3-D': { s: network3d, center: [0.2, 0.5, -0.4] },
    'the score of a mixture in 2-D': { s: scoreOf(mixture2d), center: [0, 0] },
  },
  discrepancy: 1e-3,
  falseVariants: {
    'divergence-is-the-jacobian': {
      mistake: 'The divergence, a number, is put equal to the Jacobian, a matrix.',
      statement: latex`\nabla \cdot S(x) = \nabla S(x)`,
      kind: 'ill-formed',
      reason: 'A number is put equal to a d × d matrix. What equals the divergence is the trace of that matrix.',
    },
    'sum-of-all-entries': {
      mistake:
        'All entries of the Jacobian are added, as one backward pass of the summed components does, not the diagonal alone.',
      statement: latex`\nabla \cdot S(x) = \sum_{i=1}^d \sum_{j=1}^d \frac{\partial S_i}{\partial x_j}(x)`,
      sides: ({ s }) => ({ lhs: divergenceTerm(s), rhs: allEntriesOfJacobian(s) }),
    },
    'mean-of-the-diagonal': {
      mistake: 'The diagonal is averaged over the dimensions instead of summed.',
      statement: latex`\nabla \cdot S(x) = \frac{1}{d} \sum_{i=1}^d \frac{\partial S_i}{\partial x_i}(x)`,
      sides: ({ s }) => ({ lhs: divergenceTerm(s), rhs: times(1 / s.dimension, traceOfJacobian(s)) }),
    },
    'other-diagonal': {
      mistake:
        'The partial derivatives are paired wrongly: each component is differentiated in the coordinate at the other end.',
      statement: latex`\nabla \cdot S(x) = \sum_{i=1}^d \frac{\partial S_i}{\partial x_{d+1-i}}(x)`,
      sides: ({ s }) => ({ lhs: divergenceTerm(s), rhs: antidiagonalOfJacobian(s) }),
    },
    'minus-the-trace': {
      mistake: 'The sign is wrong: integration by parts brings a minus, the definition of the divergence has none.',
      statement: latex`\nabla \cdot S(x) = -\operatorname{tr}(\nabla S(x))`,
      sides: ({ s }) => ({ lhs: divergenceTerm(s), rhs: times(-1, traceOfJacobian(s)) }),
    },
  },
});
