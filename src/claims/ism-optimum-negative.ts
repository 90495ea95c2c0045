import { claim } from '../verify/claim.js';
import { exponential, laplace, type Density } from '../verify/densities.js';
import { scoreOf } from '../verify/fields.js';
import { lawOf } from '../verify/laws.js';
import { expectation } from '../verify/statement.js';
import { constant, times, type Term } from '../verify/term.js';
import { ismLosses, scoreEnergy } from '../verify/terms.js';
import { latex } from './latex.js';
import { gaussian2d, mixture1d, mixture2d } from './settings.js';

interface Setting {
  readonly p: Density;
}

/** ISM at the score on the left, E_p of a term on the right, with the same draws. */
const against =
  (right: (p: Density) => Term) =>
  ({ p }: Setting) => {
    const law = lawOf(p);
    return { lhs: expectation(law, ismLosses(scoreOf(p))), rhs: expectation(law, right(p)) };
  };

/** min ISM = ISM(s) = −E‖s‖². */
export const ismOptimumNegative = claim<Setting, 'smooth' | 'integrable' | 'vanishing' | 'notConstant'>({
  id: 'ism-optimum-negative',
  title: 'The smallest value of the implicit loss is negative',
  source: 'hyvarinen2005, Theorem 1',
  kind: 'identity',
  statement: latex`\min_S \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + 2 \nabla \cdot S(x) \bigr]
    = \mathbb E_p \bigl[ \lVert \nabla \log p(x) \rVert^2 + 2 \nabla \cdot \nabla \log p(x) \bigr] = -\mathbb E_p \lVert \nabla \log p(x) \rVert^2 < 0`,
  assumptions: {
    smooth: latex`$\log p$ is twice differentiable; the $S$ compared are differentiable. The score attains the minimum because $\mathbb E_p \lVert S - \nabla \log p \rVert^2 \ge 0$ is the loss plus $\mathbb E_p \lVert \nabla \log p \rVert^2$.`,
    integrable: latex`$\mathbb E_p \lVert S \rVert^2$, $\mathbb E_p \lVert \nabla \log p \rVert^2$ and $\mathbb E_p \lvert \nabla \cdot S \rvert$ are finite.`,
    vanishing: latex`The flux of $p S$ through the boundary of the support is zero (automatic on $\mathbb R^d$).`,
    notConstant: latex`$p$ is not constant on its support: else the score is $0$, and so is the minimum.`,
  },
  sides: against((p) => times(-1, scoreEnergy(p))),
  settings: {
    'a correlated Gaussian in 2-D': { p: gaussian2d },
    'a mixture in 1-D': { p: mixture1d },
    'a mixture in 2-D': { p: mixture2d },
  },
  discrepancy: 0.04,
  falseVariants: {
    'minimum-zero': {
      mistake: 'The smallest value is taken for 0, as for the explicit loss: the two differ by a constant.',
      statement: latex`\min_S \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + 2 \nabla \cdot S(x) \bigr] = 0`,
      sides: against(() => constant(0)),
    },
    'minimum-positive': {
      mistake: 'The smallest value is given the wrong sign.',
      statement: latex`\min_S \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + 2 \nabla \cdot S(x) \bigr] = \mathbb E_p \lVert \nabla \log p(x) \rVert^2`,
      sides: against(scoreEnergy),
    },
    'half-of-it': {
      mistake: 'This is the smallest value of the loss with a factor 1/2 in front; the loss here has none.',
      statement: latex`\min_S \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + 2 \nabla \cdot S(x) \bigr] = -\tfrac12 \mathbb E_p \lVert \nabla \log p(x) \rVert^2`,
      sides: against((p) => times(-0.5, scoreEnergy(p))),
    },
    'minus-the-dimension': {
      mistake: 'The smallest value is −d for the standard Gaussian only.',
      statement: latex`\min_S \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + 2 \nabla \cdot S(x) \bigr] = -d`,
      sides: against((p) => constant(-p.dimension)),
    },
  },
  withoutAssumption: {
    // On Exp(r) the score is −r: ISM(s) = r² and −E‖s‖² = −r². Integration by parts leaves 2 p(0) s(0) = −2r².
    vanishing: { name: 'Exp(1.6)', setting: { p: exponential(1.6) }, residual: 2 * 1.6 ** 2 },
    // The score −sign(x − m)/b of a Laplace density jumps at m: ISM(s) = 1/b², since ∇·s = 0 elsewhere, and −E‖s‖² = −1/b².
    smooth: { name: 'Laplace(0.4, 0.7)', setting: { p: laplace(0.4, 0.7) }, residual: 2 / 0.7 ** 2 },
  },
});
