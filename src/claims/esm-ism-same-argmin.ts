import { claim } from '../verify/claim.js';
import { smoothed, type GaussianMixture } from '../verify/densities.js';
import { allFields, sumsOf, type Family } from '../verify/families.js';
import { lawOf } from '../verify/laws.js';
import { minus, plus, times } from '../verify/term.js';
import { divergenceTerm, fieldEnergy, ismLosses } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine1d, affine2d, gaussian2d, mixture1d, mixture2d, network1d, network2d, shear2d } from './settings.js';

interface Setting {
  readonly p: GaussianMixture;
  readonly family: Family;
}

/** argmin ESM = argmin ISM. */
export const esmIsmSameArgmin = claim<Setting, 'smooth' | 'integrable' | 'vanishing'>({
  id: 'esm-ism-same-argmin',
  title: 'Explicit and implicit score matching have the same minimiser',
  source: 'hyvarinen2005, Theorem 1',
  kind: 'minimiser',
  statement: latex`\operatorname*{arg\,min}_{S \in \mathcal F} \mathbb E_p \lVert S(x) - \nabla \log p(x) \rVert^2
    = \operatorname*{arg\,min}_{S \in \mathcal F} \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + 2 \nabla \cdot S(x) \bigr]`,
  assumptions: {
    smooth: latex`$p$ and every $S \in \mathcal F$ are differentiable. $\mathcal F$ may be any set of fields, with or without the score in it.`,
    integrable: latex`$\mathbb E_p \lVert S \rVert^2$, $\mathbb E_p \lVert \nabla \log p \rVert^2$ and $\mathbb E_p \lvert \nabla \cdot S \rvert$ are finite.`,
    vanishing: latex`The flux of $p S$ through the boundary of the support is zero (automatic on $\mathbb R^d$).`,
  },
  sides: ({ p, family }) => ({ law: lawOf(p), loss: (s) => ismLosses(s), argmin: family.explicitMinimiser(p) }),
  directions: ({ family }) => family.directions,
  settings: {
    'all fields, a mixture in 1-D': { p: mixture1d, family: allFields(affine1d, network1d) },
    'all fields, a correlated Gaussian': { p: gaussian2d, family: allFields(network2d) },
    'sums of an affine field and a network, a mixture in 1-D': { p: mixture1d, family: sumsOf(affine1d, network1d) },
    'sums of two affine fields, a mixture in 2-D': { p: mixture2d, family: sumsOf(affine2d, shear2d) },
  },
  discrepancy: 0.04,
  falseVariants: {
    'divergence-without-two': {
      mistake: 'The divergence lacks its factor 2: the minimiser of this loss is half the score.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_p \lVert S(x) - \nabla \log p(x) \rVert^2 = \operatorname*{arg\,min}_S \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + \nabla \cdot S(x) \bigr]`,
      sides: () => ({ loss: (s) => plus(fieldEnergy(s), divergenceTerm(s)) }),
    },
    'divergence-sign': {
      mistake: 'The divergence enters with a minus sign: the minimiser of this loss is the score with the wrong sign.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_p \lVert S(x) - \nabla \log p(x) \rVert^2 = \operatorname*{arg\,min}_S \mathbb E_p \bigl[ \lVert S(x) \rVert^2 - 2 \nabla \cdot S(x) \bigr]`,
      sides: () => ({ loss: (s) => minus(fieldEnergy(s), times(2, divergenceTerm(s))) }),
    },
    'divergence-dropped': {
      mistake: 'Without the divergence the loss does not see p, and its minimiser is 0.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_p \lVert S(x) - \nabla \log p(x) \rVert^2 = \operatorname*{arg\,min}_S \mathbb E_p \lVert S(x) \rVert^2`,
      sides: () => ({ loss: (s) => fieldEnergy(s) }),
    },
    'score-of-noisy-density': {
      mistake: 'The implicit loss is averaged over clean data, so its minimiser is the score of the clean density.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_{p_\sigma} \lVert S(x) - \nabla \log p_\sigma(x) \rVert^2 = \operatorname*{arg\,min}_S \mathbb E_{p_0} \bigl[ \lVert S(x) \rVert^2 + 2 \nabla \cdot S(x) \bigr]`,
      sides: ({ p, family }) => ({ argmin: family.explicitMinimiser(smoothed(p, 0.8)) }),
    },
    'ism-on-both-sides': {
      mistake: 'Both sides are the implicit loss: the explicit one is not mentioned.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + 2 \nabla \cdot S(x) \bigr] = \operatorname*{arg\,min}_S \mathbb E_p \bigl[ \lVert S(x) \rVert^2 + 2 \nabla \cdot S(x) \bigr]`,
      kind: 'vacuous',
      reason:
        'The two sides are the same expression, so the equation is true of any loss and says nothing about the explicit one.',
    },
  },
});
