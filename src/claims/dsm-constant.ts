import { claim } from '../verify/claim.js';
import { smoothed, type GaussianMixture } from '../verify/densities.js';
import { cleanAndNoise, lawOf } from '../verify/laws.js';
import { perturbationTarget } from '../verify/noising.js';
import { expectation } from '../verify/statement.js';
import { constant } from '../verify/term.js';
import { energyOf, scoreEnergy } from '../verify/terms.js';
import { latex } from './latex.js';
import { mixture1d, mixture2d, mixture3d } from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  readonly sigma: number;
}

/** The right side k, under the law of the left. */
const equals = (value: (d: number, sigma: number) => number) => (setting: Setting) => {
  const { p0, sigma } = setting;
  const law = cleanAndNoise(p0);
  return {
    lhs: expectation(law, energyOf(perturbationTarget(sigma, p0.dimension))),
    rhs: expectation(law, constant(value(p0.dimension, sigma))),
  };
};

/** E‖∇ log p(x | x₀)‖² = d/σ². */
export const dsmConstant = claim<Setting, 'smoothing'>({
  id: 'dsm-constant',
  title: 'The target of denoising score matching has mean square d / sigma squared',
  source: 'vincent2011, equation 10',
  kind: 'identity',
  statement: latex`\mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert \nabla_x \log p(x \mid x_0) \rVert^2 = \frac{d}{\sigma^2}`,
  assumptions: {
    smoothing: latex`$x = x_0 + \sigma \varepsilon$ with $\sigma > 0$ and $\varepsilon \sim \mathcal N(0, I)$ in $d$ dimensions, independent of $x_0$. The law of $x_0$ plays no part.`,
  },
  sides: equals((d, sigma) => d / sigma ** 2),
  settings: {
    'a mixture in 1-D, sigma = 0.6': { p0: mixture1d, sigma: 0.6 },
    'a mixture in 2-D, sigma = 0.4': { p0: mixture2d, sigma: 0.4 },
    'a mixture in 3-D, sigma = 1.9': { p0: mixture3d, sigma: 1.9 },
  },
  discrepancy: 0.03,
  falseVariants: {
    'dimension-forgotten': {
      mistake: 'The number of dimensions is forgotten: each coordinate contributes 1/sigma squared.',
      statement: latex`\mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert \nabla_x \log p(x \mid x_0) \rVert^2 = \frac{1}{\sigma^2}`,
      sides: equals((_, sigma) => sigma ** -2),
      silentIn: { 'a mixture in 1-D, sigma = 0.6': 'In one dimension d = 1.' },
    },
    'sigma-to-the-fourth': {
      mistake: 'The square of x − x0 is not averaged: it brings sigma squared into the numerator.',
      statement: latex`\mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert \nabla_x \log p(x \mid x_0) \rVert^2 = \frac{d}{\sigma^4}`,
      sides: equals((d, sigma) => d / sigma ** 4),
    },
    'sigma-not-squared': {
      mistake: 'The target −ε/sigma is not squared: its mean square has sigma squared below.',
      statement: latex`\mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert \nabla_x \log p(x \mid x_0) \rVert^2 = \frac{d}{\sigma}`,
      sides: equals((d, sigma) => d / sigma),
    },
    'score-of-the-marginal': {
      mistake: 'The target is taken for the score of the noisy density, whose mean square is smaller.',
      statement: latex`\mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert \nabla_x \log p(x \mid x_0) \rVert^2 = \mathbb E_{p_\sigma} \lVert \nabla \log p_\sigma(x) \rVert^2`,
      sides: ({ p0, sigma }) => {
        const noisy = smoothed(p0, sigma);
        return { rhs: expectation(lawOf(noisy), scoreEnergy(noisy)) };
      },
    },
  },
});
