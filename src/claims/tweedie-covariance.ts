import { claim } from '../verify/claim.js';
import { curvatureTerm, posteriorCovarianceTerm } from '../verify/denoisers.js';
import { smoothed, type GaussianMixture } from '../verify/densities.js';
import { boxes } from '../verify/domains.js';
import { constant } from '../verify/term.js';
import { latex } from './latex.js';
import { gaussian2d, mixture1d, mixture2d, mixture3d } from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  readonly sigma: number;
  readonly center: readonly number[];
}

/** Cov[x₀ | x] = σ²(I + σ² ∇² log p_σ(x)). */
export const tweedieCovariance = claim<Setting, 'noise'>({
  id: 'tweedie-covariance',
  title: 'The second order of Tweedie: the posterior covariance is the curvature of log p',
  source: 'efron2011, section 2',
  kind: 'pointwise',
  statement: latex`\operatorname{Cov}[x_0 \mid x] = \sigma^2 \bigl( I + \sigma^2 \nabla^2 \log p_\sigma(x) \bigr)`,
  assumptions: {
    noise: latex`$x = x_0 + \sigma \varepsilon$ with $\sigma > 0$ and $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$.`,
  },
  domain: ({ center }) => boxes({ x: { center, spread: 2.5 } }),
  sides: ({ p0, sigma }) => ({
    lhs: posteriorCovarianceTerm(p0, sigma),
    rhs: curvatureTerm(smoothed(p0, sigma), sigma ** 2, sigma ** 4),
  }),
  settings: {
    'a correlated Gaussian in 2-D, sigma = 0.7': { p0: gaussian2d, sigma: 0.7, center: [1.3, -2.1] },
    'a mixture in 1-D, sigma = 0.6': { p0: mixture1d, sigma: 0.6, center: [0.5] },
    'a mixture in 2-D, sigma = 0.8': { p0: mixture2d, sigma: 0.8, center: [0.2, 0.3] },
    'a mixture in 3-D, sigma = 1.3': { p0: mixture3d, sigma: 1.3, center: [0.1, -0.2, 0.3] },
  },
  discrepancy: 1e-3,
  falseVariants: {
    'minus-the-curvature': {
      mistake: 'The curvature of log p is subtracted.',
      statement: latex`\operatorname{Cov}[x_0 \mid x] = \sigma^2 \bigl( I - \sigma^2 \nabla^2 \log p_\sigma(x) \bigr)`,
      sides: ({ p0, sigma }) => ({ rhs: curvatureTerm(smoothed(p0, sigma), sigma ** 2, -(sigma ** 4)) }),
    },
    'curvature-without-sigma': {
      mistake: 'The curvature inside the bracket lacks its factor sigma squared.',
      statement: latex`\operatorname{Cov}[x_0 \mid x] = \sigma^2 \bigl( I + \nabla^2 \log p_\sigma(x) \bigr)`,
      sides: ({ p0, sigma }) => ({ rhs: curvatureTerm(smoothed(p0, sigma), sigma ** 2, sigma ** 2) }),
    },
    'jacobian-of-the-denoiser': {
      mistake:
        'The Jacobian of the denoiser is taken for the covariance: the factor sigma squared in front is missing.',
      statement: latex`\operatorname{Cov}[x_0 \mid x] = I + \sigma^2 \nabla^2 \log p_\sigma(x)`,
      sides: ({ p0, sigma }) => ({ rhs: curvatureTerm(smoothed(p0, sigma), 1, sigma ** 2) }),
    },
    'noise-covariance': {
      mistake: 'The covariance of the noise is taken for that of the clean point.',
      statement: latex`\operatorname{Cov}[x_0 \mid x] = \sigma^2 I`,
      sides: ({ p0, sigma }) => ({ rhs: scaledIdentity(p0.dimension, sigma ** 2) }),
    },
  },
});

/** k I, row by row. */
const scaledIdentity = (d: number, k: number) =>
  constant(...Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? k : 0)));
