import { claim } from '../verify/claim.js';
import type { Density } from '../verify/densities.js';
import type { ScoreField } from '../verify/fields.js';
import { lawOf } from '../verify/laws.js';
import { expectation } from '../verify/statement.js';
import { minus, plus, times, type Term } from '../verify/term.js';
import { esmLosses, fieldEnergy, fieldTerm, innerProduct, scoreEnergy, scoreTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine2d, gaussian2d, mixture1d, mixture2d, network1d, network2d } from './settings.js';

interface Setting {
  readonly p: Density;
  readonly s: ScoreField;
}

/** ESM(S) on the left, E_p of a term on the right, with the same draws. */
const against = (right: (setting: Setting) => Term) => (setting: Setting) => {
  const { p, s } = setting;
  const law = lawOf(p);
  return { lhs: expectation(law, esmLosses(s, p)), rhs: expectation(law, right(setting)) };
};

/** ‖S‖² + k S·s + ‖s‖². */
const expanded =
  (k: number) =>
  ({ p, s }: Setting): Term =>
    plus(plus(fieldEnergy(s), times(k, crossTerm({ p, s }))), scoreEnergy(p));

const crossTerm = ({ p, s }: Setting): Term => innerProduct(fieldTerm(s), scoreTerm(p));

/** ESM(S) = E[‖S‖² − 2 S·s + ‖s‖²]. */
export const esmExpansion = claim<Setting, 'integrable'>({
  id: 'esm-expansion',
  title: 'The explicit loss, expanded',
  source: 'hyvarinen2005, Appendix A',
  kind: 'identity',
  statement: latex`\mathbb E_p \lVert S(x) - \nabla \log p(x) \rVert^2
    = \mathbb E_p \bigl[ \lVert S(x) \rVert^2 - 2\, S(x) \cdot \nabla \log p(x) + \lVert \nabla \log p(x) \rVert^2 \bigr]`,
  assumptions: {
    integrable: latex`$\mathbb E_p \lVert S \rVert^2$ and $\mathbb E_p \lVert \nabla \log p \rVert^2$ are finite. Where they are not, the equation still holds for each $x$.`,
  },
  sides: against(expanded(-2)),
  settings: {
    'an affine field on a correlated Gaussian': { p: gaussian2d, s: affine2d },
    'a nonlinear field on a mixture in 1-D': { p: mixture1d, s: network1d },
    'a nonlinear field on a mixture in 2-D': { p: mixture2d, s: network2d },
  },
  discrepancy: 0.02,
  falseVariants: {
    'cross-term-sign': {
      mistake: 'The cross term of the square of a difference has a minus sign.',
      statement: latex`\mathbb E_p \lVert S(x) - \nabla \log p(x) \rVert^2 = \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + 2\, S(x) \cdot \nabla \log p(x) + \lVert \nabla \log p(x) \rVert^2 \bigr]`,
      sides: against(expanded(2)),
    },
    'cross-term-without-two': {
      mistake: 'The cross term lacks its factor 2.',
      statement: latex`\mathbb E_p \lVert S(x) - \nabla \log p(x) \rVert^2 = \mathbb E_p \bigl[ \lVert S(x) \rVert^2 - S(x) \cdot \nabla \log p(x) + \lVert \nabla \log p(x) \rVert^2 \bigr]`,
      sides: against(expanded(-1)),
    },
    'cross-term-dropped': {
      mistake: 'The cross term is dropped, as if S and the score were orthogonal.',
      statement: latex`\mathbb E_p \lVert S(x) - \nabla \log p(x) \rVert^2 = \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + \lVert \nabla \log p(x) \rVert^2 \bigr]`,
      sides: against(expanded(0)),
    },
    'constant-dropped': {
      mistake: 'The last square does not depend on S, but it is part of the value: only the minimiser may forget it.',
      statement: latex`\mathbb E_p \lVert S(x) - \nabla \log p(x) \rVert^2 = \mathbb E_p \bigl[ \lVert S(x) \rVert^2 - 2\, S(x) \cdot \nabla \log p(x) \bigr]`,
      sides: against((setting) => minus(fieldEnergy(setting.s), times(2, crossTerm(setting)))),
    },
    'difference-of-squares': {
      mistake: 'The square of a difference is taken for the difference of the squares.',
      statement: latex`\mathbb E_p \lVert S(x) - \nabla \log p(x) \rVert^2 = \mathbb E_p \bigl[ \lVert S(x) \rVert^2 - \lVert \nabla \log p(x) \rVert^2 \bigr]`,
      sides: against(({ p, s }) => minus(fieldEnergy(s), scoreEnergy(p))),
    },
  },
});
