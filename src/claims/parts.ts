import { claim } from '../verify/claim.js';
import { exponential, laplace, type Density } from '../verify/densities.js';
import { affine, scoreOf, type ScoreField } from '../verify/fields.js';
import { lawOf } from '../verify/laws.js';
import { expectation } from '../verify/statement.js';
import { constant, times, type Term } from '../verify/term.js';
import { divergenceTerm, fieldTerm, innerProduct, scoreTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine2d, gaussian2d, mixture1d, mixture2d, network1d, network2d } from './settings.js';

interface Setting {
  readonly p: Density;
  readonly s: ScoreField;
}

/** E_p[S·∇ log p] on the left, E_p of a term on the right, with the same draws. */
const against = (right: (setting: Setting) => Term) => (setting: Setting) => {
  const { p, s } = setting;
  const law = lawOf(p);
  return { lhs: expectation(law, innerProduct(fieldTerm(s), scoreTerm(p))), rhs: expectation(law, right(setting)) };
};

/** E[S·s] = −E[∇·S]. */
export const parts = claim<Setting, 'smooth' | 'integrable' | 'vanishing'>({
  id: 'parts',
  title: 'Integration by parts trades the score for a divergence',
  source: 'hyvarinen2005, Appendix A',
  kind: 'identity',
  statement: latex`\mathbb E_p \bigl[ S(x) \cdot \nabla \log p(x) \bigr] = -\mathbb E_p \bigl[ \nabla \cdot S(x) \bigr]`,
  assumptions: {
    smooth: latex`$p$ and $S$ are differentiable; kinks do no harm, jumps do.`,
    integrable: latex`$\mathbb E_p \lvert S \cdot \nabla \log p \rvert$ and $\mathbb E_p \lvert \nabla \cdot S \rvert$ are finite.`,
    vanishing: latex`The flux of $p S$ through the boundary of the support is zero (on $\mathbb R^d$ it is enough that $\mathbb E_p \lVert S \rVert$ is finite too).`,
  },
  sides: against(({ s }) => times(-1, divergenceTerm(s))),
  settings: {
    'an affine field on a correlated Gaussian': { p: gaussian2d, s: affine2d },
    'a nonlinear field on a mixture in 1-D': { p: mixture1d, s: network1d },
    'a nonlinear field on a mixture in 2-D': { p: mixture2d, s: network2d },
  },
  discrepancy: 0.02,
  falseVariants: {
    'no-minus': {
      mistake: 'Integration by parts changes the sign; here the minus is lost.',
      statement: latex`\mathbb E_p \bigl[ S(x) \cdot \nabla \log p(x) \bigr] = \mathbb E_p \bigl[ \nabla \cdot S(x) \bigr]`,
      sides: against(({ s }) => divergenceTerm(s)),
    },
    'two-kept': {
      mistake: 'The factor 2 of the cross term stays on one side only.',
      statement: latex`\mathbb E_p \bigl[ S(x) \cdot \nabla \log p(x) \bigr] = -2\, \mathbb E_p \bigl[ \nabla \cdot S(x) \bigr]`,
      sides: against(({ s }) => times(-2, divergenceTerm(s))),
    },
    'score-averaged-first': {
      mistake: 'The mean of the product is taken for the product of the means, and the score has mean zero.',
      statement: latex`\mathbb E_p \bigl[ S(x) \cdot \nabla \log p(x) \bigr] = \mathbb E_p \bigl[ S(x) \bigr] \cdot \mathbb E_p \bigl[ \nabla \log p(x) \bigr] = 0`,
      sides: against(() => constant(0)),
    },
    'divergence-of-score': {
      mistake: 'The derivative lands on the score in place of S.',
      statement: latex`\mathbb E_p \bigl[ S(x) \cdot \nabla \log p(x) \bigr] = -\mathbb E_p \bigl[ \nabla \cdot \nabla \log p(x) \bigr]`,
      sides: against(({ p }) => times(-1, divergenceTerm(scoreOf(p)))),
    },
  },
  withoutAssumption: {
    // On Exp(r) with S(x) = a x + b: E[S·s] = −r (a/r + b) and −E[∇·S] = −a, so lhs − rhs = −r b = −p(0) S(0), the boundary term.
    vanishing: {
      name: 'S(x) = 0.7 − 0.9 x on Exp(1.6)',
      setting: { p: exponential(1.6), s: affine([[-0.9]], [0.7]) },
      residual: -1.6 * 0.7,
    },
    // S(x) = −sign(x − m)/c jumps by −2/c at m. Its derivative is 0 elsewhere, so rhs = 0; s = −sign(x − m)/b gives E[S·s] = 1/(b c).
    smooth: {
      name: 'S(x) = −sign(x − 0.4)/0.9 on Laplace(0.4, 0.7)',
      setting: { p: laplace(0.4, 0.7), s: scoreOf(laplace(0.4, 0.9)) },
      residual: 1 / (0.7 * 0.9),
    },
  },
});
