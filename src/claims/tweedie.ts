import { claim } from '../verify/claim.js';
import { posteriorMean, tweedieTerm } from '../verify/denoisers.js';
import { smoothed, type GaussianMixture } from '../verify/densities.js';
import { boxes } from '../verify/domains.js';
import { plus, times } from '../verify/term.js';
import { fieldTerm, scoreTerm } from '../verify/terms.js';
import { identityField } from '../verify/fields.js';
import { latex } from './latex.js';
import { tweedieOnDigits } from './on-digits/tweedie.js';
import { gaussian2d, mixture1d, mixture2d, mixture3d } from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  readonly sigma: number;
  readonly center: readonly number[];
}

/** E[x₀ | x] = x + σ² ∇ log p_σ(x). */
export const tweedie = claim<Setting, 'noise'>({
  id: 'tweedie',
  title: 'Tweedie: the best denoiser is a step along the score',
  source: 'efron2011, equation 1.4',
  kind: 'pointwise',
  statement: latex`\mathbb E[x_0 \mid x] = x + \sigma^2 \nabla \log p_\sigma(x)`,
  assumptions: {
    noise: latex`$x = x_0 + \sigma \varepsilon$ with $\sigma > 0$ and $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$; nothing is asked of $p_0$.`,
  },
  domain: ({ center }) => boxes({ x: { center, spread: 4 } }),
  // The left side comes from the joint law of x₀ and x, component by component; the right side from the density of x alone.
  sides: ({ p0, sigma }) => ({
    lhs: fieldTerm(posteriorMean(p0, sigma)),
    rhs: tweedieTerm(smoothed(p0, sigma), sigma),
  }),
  settings: {
    'a correlated Gaussian in 2-D, sigma = 0.7': { p0: gaussian2d, sigma: 0.7, center: [1.3, -2.1] },
    'a mixture in 1-D, sigma = 0.6': { p0: mixture1d, sigma: 0.6, center: [0.5] },
    'a mixture in 2-D, sigma = 0.45': { p0: mixture2d, sigma: 0.45, center: [0.2, 0.3] },
    'a mixture in 3-D, sigma = 1.3': { p0: mixture3d, sigma: 1.3, center: [0.1, -0.2, 0.3] },
  },
  onDigits: tweedieOnDigits,
  discrepancy: 1e-3,
  falseVariants: {
    'sigma-not-squared': {
      mistake: 'The score is multiplied by sigma in place of sigma squared.',
      statement: latex`\mathbb E[x_0 \mid x] = x + \sigma \nabla \log p_\sigma(x)`,
      sides: ({ p0, sigma }) => ({ rhs: stepAlong(p0, sigma, sigma) }),
    },
    'minus-the-score': {
      mistake: 'The step goes against the score, away from the data.',
      statement: latex`\mathbb E[x_0 \mid x] = x - \sigma^2 \nabla \log p_\sigma(x)`,
      sides: ({ p0, sigma }) => ({ rhs: stepAlong(p0, sigma, -sigma * sigma) }),
    },
    'without-sigma': {
      mistake: 'The score is added without its factor sigma squared.',
      statement: latex`\mathbb E[x_0 \mid x] = x + \nabla \log p_\sigma(x)`,
      sides: ({ p0, sigma }) => ({ rhs: stepAlong(p0, sigma, 1) }),
    },
    'half-the-step': {
      mistake: 'The step is half as long as it should be.',
      statement: latex`\mathbb E[x_0 \mid x] = x + \tfrac12 \sigma^2 \nabla \log p_\sigma(x)`,
      sides: ({ p0, sigma }) => ({ rhs: stepAlong(p0, sigma, 0.5 * sigma * sigma) }),
    },
    'score-of-clean-density': {
      mistake: 'The score of the clean density p0 stands where that of the noisy density belongs.',
      statement: latex`\mathbb E[x_0 \mid x] = x + \sigma^2 \nabla \log p_0(x)`,
      sides: ({ p0, sigma }) => ({ rhs: tweedieTerm(p0, sigma) }),
    },
    'without-x': {
      mistake: 'The noisy point x itself is missing: only the step is left.',
      statement: latex`\mathbb E[x_0 \mid x] = \sigma^2 \nabla \log p_\sigma(x)`,
      sides: ({ p0, sigma }) => ({ rhs: times(sigma * sigma, scoreTerm(smoothed(p0, sigma))) }),
    },
  },
});

/** x + k ∇ log p_σ(x). */
const stepAlong = (p0: GaussianMixture, sigma: number, k: number) =>
  plus(fieldTerm(identityField(p0.dimension)), times(k, scoreTerm(smoothed(p0, sigma))));
