import { claim } from '../verify/claim.js';
import { exponential, laplace, type Density } from '../verify/densities.js';
import { affine, scoreOf, type ScoreField } from '../verify/fields.js';
import { lawOf } from '../verify/laws.js';
import { expectation } from '../verify/statement.js';
import { minus, plus, times } from '../verify/term.js';
import {
  divergenceTerm,
  esmLosses,
  fieldEnergy,
  fieldTerm,
  innerProduct,
  ismLosses,
  scoreEnergy,
  scoreTerm,
} from '../verify/terms.js';
import { latex } from './latex.js';
import { affine2d, gaussian2d, mixture1d, mixture2d, mixture3d, network1d, network2d, network3d } from './settings.js';

interface Setting {
  readonly p: Density;
  readonly s: ScoreField;
}

/** ESM(S) = ISM(S) + E‖s‖². */
export const esmEqualsIsm = claim<Setting, 'smooth' | 'integrable' | 'vanishing'>({
  id: 'esm-equals-ism',
  title: 'Explicit and implicit score matching differ by a constant',
  source: 'hyvarinen2005, Theorem 1',
  kind: 'identity',
  statement: latex`\mathbb E_p \lVert S(x) - \nabla \log p(x) \rVert^2
    = \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + 2 \nabla \cdot S(x) \bigr] + \mathbb E_p \lVert \nabla \log p(x) \rVert^2`,
  assumptions: {
    smooth: latex`$p$ and $S$ are differentiable; kinks do no harm, jumps do.`,
    integrable: latex`$\mathbb E_p \lVert S \rVert^2$, $\mathbb E_p \lVert \nabla \log p \rVert^2$ and $\mathbb E_p \lvert \nabla \cdot S \rvert$ are finite.`,
    vanishing: latex`The flux of $p S$ through the boundary of the support is zero (automatic on $\mathbb R^d$).`,
  },
  sides: ({ p, s }) => {
    const law = lawOf(p);
    return { lhs: expectation(law, esmLosses(s, p)), rhs: expectation(law, plus(ismLosses(s), scoreEnergy(p))) };
  },
  settings: {
    'an affine field on a correlated Gaussian': { p: gaussian2d, s: affine2d },
    'a nonlinear field on a mixture in 1-D': { p: mixture1d, s: network1d },
    'a nonlinear field on a mixture in 2-D': { p: mixture2d, s: network2d },
    'a nonlinear field on a mixture in 3-D': { p: mixture3d, s: network3d },
  },
  discrepancy: 0.02,
  falseVariants: {
    'ism-on-both-sides': {
      mistake: 'The left side names the implicit loss in place of the explicit one.',
      statement: latex`\mathbb E_p \bigl[ \lVert S \rVert^2 + 2 \nabla \cdot S \bigr] = \mathbb E_p \bigl[ \lVert S \rVert^2 + 2 \nabla \cdot S \bigr] + \mathbb E_p \lVert \nabla \log p \rVert^2`,
      sides: ({ p, s }) => {
        const law = lawOf(p);
        return { lhs: expectation(law, ismLosses(s)), rhs: expectation(law, plus(ismLosses(s), scoreEnergy(p))) };
      },
    },
    'ism-expanded-as-esm': {
      mistake: 'The implicit loss is expanded as the explicit one, so that the constant is counted twice.',
      statement: latex`\mathbb E_p \lVert S - \nabla \log p \rVert^2 = \mathbb E_p \bigl[ \lVert S \rVert^2 - 2 S \cdot \nabla \log p + \lVert \nabla \log p \rVert^2 \bigr] + \mathbb E_p \lVert \nabla \log p \rVert^2`,
      sides: ({ p, s }) => {
        const law = lawOf(p);
        const expanded = plus(
          minus(fieldEnergy(s), times(2, innerProduct(fieldTerm(s), scoreTerm(p)))),
          scoreEnergy(p),
        );
        return { lhs: expectation(law, esmLosses(s, p)), rhs: expectation(law, plus(expanded, scoreEnergy(p))) };
      },
    },
    'divergence-without-two': {
      mistake: 'The divergence lacks its factor 2.',
      statement: latex`\mathbb E_p \lVert S - \nabla \log p \rVert^2 = \mathbb E_p \bigl[ \lVert S \rVert^2 + \nabla \cdot S \bigr] + \mathbb E_p \lVert \nabla \log p \rVert^2`,
      sides: ({ p, s }) => withDivergenceFactor(p, s, 1),
    },
    'divergence-sign': {
      mistake: 'The divergence enters with a minus sign.',
      statement: latex`\mathbb E_p \lVert S - \nabla \log p \rVert^2 = \mathbb E_p \bigl[ \lVert S \rVert^2 - 2 \nabla \cdot S \bigr] + \mathbb E_p \lVert \nabla \log p \rVert^2`,
      sides: ({ p, s }) => withDivergenceFactor(p, s, -2),
    },
    'constant-subtracted': {
      mistake: 'The constant is subtracted.',
      statement: latex`\mathbb E_p \lVert S - \nabla \log p \rVert^2 = \mathbb E_p \bigl[ \lVert S \rVert^2 + 2 \nabla \cdot S \bigr] - \mathbb E_p \lVert \nabla \log p \rVert^2`,
      sides: ({ p, s }) => {
        const law = lawOf(p);
        return { lhs: expectation(law, esmLosses(s, p)), rhs: expectation(law, minus(ismLosses(s), scoreEnergy(p))) };
      },
    },
  },
  withoutAssumption: {
    // On Exp(1): lhs − rhs = 2 p(0) S(0) = 2 for S(x) = 1 − x: integration by parts leaves the boundary term.
    vanishing: { name: 'S(x) = 1 − x on Exp(1)', setting: { p: exponential(), s: affine([[-1]], [1]) }, residual: 2 },
    // s = −sign(x − m)/b and S = −sign(x − m)/c: ESM = (1/c − 1/b)², ISM = 1/c² since ∇·S = 0 off the jump, E‖s‖² = 1/b²; lhs − rhs = −2/(bc).
    smooth: {
      name: 'S(x) = −sign(x − 0.4)/0.9 on Laplace(0.4, 0.7)',
      setting: { p: laplace(0.4, 0.7), s: scoreOf(laplace(0.4, 0.9)) },
      residual: -2 / (0.7 * 0.9),
    },
  },
});

function withDivergenceFactor(p: Density, s: ScoreField, factor: number) {
  const law = lawOf(p);
  const loss = plus(fieldEnergy(s), times(factor, divergenceTerm(s)));
  return { lhs: expectation(law, esmLosses(s, p)), rhs: expectation(law, plus(loss, scoreEnergy(p))) };
}
