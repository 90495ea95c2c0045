import { claim } from '../verify/claim.js';
import { boxes } from '../verify/domains.js';
import type { ScoreField } from '../verify/fields.js';
import { outerTrace, probedOuterProduct, projection, squaredProducts, sumOfField } from '../verify/probe-terms.js';
import { stack } from '../verify/term.js';
import { energyOf, fieldEnergy, productTerm, variableTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine2d, network2d, network3d } from './settings.js';

interface Setting {
  readonly s: ScoreField;
}

/** vᵀ(SSᵀ)v = (vᵀS)², tr(SSᵀ) = ‖S‖². */
export const sstTrace = claim<Setting, 'column'>({
  id: 'sst-trace',
  title: 'A squared projection is a quadratic form in the outer product of S',
  source: 'song2020sliced, section 3',
  kind: 'pointwise',
  statement: latex`v^{\mathsf T} \bigl( S(x) S(x)^{\mathsf T} \bigr) v = \bigl( v^{\mathsf T} S(x) \bigr)^2, \qquad
    \operatorname{tr} \bigl( S(x) S(x)^{\mathsf T} \bigr) = \lVert S(x) \rVert^2`,
  assumptions: {
    column: latex`$S(x)$ and $v$ are columns of $d$ numbers, so $S S^{\mathsf T}$ is a $d \times d$ matrix and $S^{\mathsf T} S$ a number.`,
  },
  domain: ({ s }) => {
    const center = Array.from({ length: s.dimension }, (_, i) => 0.4 - 0.3 * i);
    return boxes({ x: { center, spread: 2 }, v: { center: center.map(() => 0), spread: 3 } });
  },
  sides: ({ s }) => ({
    lhs: stack(probedOuterProduct(s), outerTrace(s)),
    rhs: stack(energyOf(projection(s)), fieldEnergy(s)),
  }),
  settings: {
    'an affine field in 2-D': { s: affine2d },
    'a nonlinear field in 2-D': { s: network2d },
    'a nonlinear field in 3-D': { s: network3d },
  },
  discrepancy: 1e-3,
  falseVariants: {
    'inner-product-inside': {
      mistake: 'The inner product S transposed times S, a number, stands where the outer product belongs.',
      statement: latex`v^{\mathsf T} \bigl( S(x)^{\mathsf T} S(x) \bigr) v = \bigl( v^{\mathsf T} S(x) \bigr)^2`,
      sides: ({ s }) => ({
        lhs: productTerm(fieldEnergy(s), energyOf(variableTerm('v', s.dimension))),
        rhs: energyOf(projection(s)),
      }),
    },
    'square-in-each-coordinate': {
      mistake: 'Each product is squared before the sum: the mixed terms are lost.',
      statement: latex`v^{\mathsf T} \bigl( S(x) S(x)^{\mathsf T} \bigr) v = \sum_{i=1}^d (v_i S_i(x))^2`,
      sides: ({ s }) => ({ lhs: probedOuterProduct(s), rhs: squaredProducts(s) }),
    },
    'square-not-taken': {
      mistake: 'The projection is not squared.',
      statement: latex`v^{\mathsf T} \bigl( S(x) S(x)^{\mathsf T} \bigr) v = v^{\mathsf T} S(x)`,
      sides: ({ s }) => ({ lhs: probedOuterProduct(s), rhs: projection(s) }),
    },
    'trace-as-square-of-the-sum': {
      mistake:
        'The trace of the outer product is taken for the square of the sum: that adds all entries, not the diagonal.',
      statement: latex`\operatorname{tr} \bigl( S(x) S(x)^{\mathsf T} \bigr) = \Bigl( \sum_{i=1}^d S_i(x) \Bigr)^2`,
      sides: ({ s }) => ({ lhs: outerTrace(s), rhs: energyOf(sumOfField(s)) }),
    },
  },
});
