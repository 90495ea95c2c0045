import { claim } from '../verify/claim.js';
import { smoothed, type GaussianMixture } from '../verify/densities.js';
import type { ScoreField } from '../verify/fields.js';
import { cleanAndNoise, independent, lawOf, throughNoise } from '../verify/laws.js';
import { kernelScoreTerm, perturbationTarget } from '../verify/noising.js';
import { expectation, type Mean } from '../verify/statement.js';
import { times } from '../verify/term.js';
import { fieldTerm, innerProduct, scoreTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine2d, gaussian2d, mixture1d, mixture2d, network1d, network2d } from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  readonly sigma: number;
  readonly s: ScoreField;
}

/** E_p[S·∇ log p]. */
const crossTerm = (p: GaussianMixture, s: ScoreField): Mean =>
  expectation(lawOf(p), innerProduct(fieldTerm(s), scoreTerm(p)));

/** S(x)·∇ₓ log p(x | x₀) at x = x₀ + σε. */
const conditionalProduct = ({ p0, sigma, s }: Setting) =>
  innerProduct(throughNoise(fieldTerm(s), sigma), perturbationTarget(sigma, p0.dimension));

/** E_{p_σ}[S·∇ log p_σ] = E[S·∇ log p(x | x₀)]. */
export const dsmCrossTerm = claim<Setting, 'smoothing' | 'integrable'>({
  id: 'dsm-cross-term',
  title: 'Under the joint law of x0 and x the conditional score stands in for the marginal one',
  source: 'vincent2011, appendix',
  kind: 'identity',
  statement: latex`\mathbb E_{p_\sigma} \bigl[ S(x) \cdot \nabla \log p_\sigma(x) \bigr]
    = \mathbb E_{x_0} \mathbb E_{x \mid x_0} \bigl[ S(x) \cdot \nabla_x \log p(x \mid x_0) \bigr]`,
  assumptions: {
    smoothing: latex`$x = x_0 + \sigma \varepsilon$ with $\sigma > 0$ and $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$, so that $\nabla p_\sigma(x) = \mathbb E_{x_0} \nabla_x p(x \mid x_0)$.`,
    integrable: latex`$\mathbb E_{p_\sigma} \lVert S \rVert^2$ is finite. $S$ need not be differentiable.`,
  },
  sides: (setting) => ({
    lhs: crossTerm(smoothed(setting.p0, setting.sigma), setting.s),
    rhs: expectation(cleanAndNoise(setting.p0), conditionalProduct(setting)),
  }),
  settings: {
    'a nonlinear field on a mixture in 1-D, sigma = 0.6': { p0: mixture1d, sigma: 0.6, s: network1d },
    'an affine field on a correlated Gaussian, sigma = 0.7': { p0: gaussian2d, sigma: 0.7, s: affine2d },
    'a nonlinear field on a mixture in 2-D, sigma = 0.8': { p0: mixture2d, sigma: 0.8, s: network2d },
  },
  discrepancy: 0.04,
  falseVariants: {
    'product-of-marginals': {
      mistake:
        'x and x0 are drawn independently of each other: the mean runs over p(x) p(x0), where x knows nothing of x0.',
      statement: latex`\mathbb E_{p_\sigma} \bigl[ S(x) \cdot \nabla \log p_\sigma(x) \bigr] = \mathbb E_{x \sim p_\sigma} \mathbb E_{x_0 \sim p_0} \bigl[ S(x) \cdot \nabla_x \log p(x \mid x_0) \bigr]`,
      sides: ({ p0, sigma, s }) => ({
        rhs: expectation(
          independent(lawOf(smoothed(p0, sigma)), lawOf(p0, 'x0')),
          innerProduct(fieldTerm(s), kernelScoreTerm(sigma, p0.dimension)),
        ),
      }),
    },
    'field-at-clean-point': {
      mistake: 'S is evaluated at the clean point x0: then the noise averages out and the right side is 0.',
      statement: latex`\mathbb E_{p_\sigma} \bigl[ S(x) \cdot \nabla \log p_\sigma(x) \bigr] = \mathbb E_{x_0} \mathbb E_{x \mid x_0} \bigl[ S(x_0) \cdot \nabla_x \log p(x \mid x_0) \bigr]`,
      sides: ({ p0, sigma, s }) => ({
        rhs: expectation(cleanAndNoise(p0), innerProduct(fieldTerm(s, 'x0'), perturbationTarget(sigma, p0.dimension))),
      }),
    },
    'score-of-clean-density': {
      mistake: 'The score of the clean density p0 stands where that of the noisy density belongs.',
      statement: latex`\mathbb E_{p_\sigma} \bigl[ S(x) \cdot \nabla \log p_0(x) \bigr] = \mathbb E_{x_0} \mathbb E_{x \mid x_0} \bigl[ S(x) \cdot \nabla_x \log p(x \mid x_0) \bigr]`,
      sides: ({ p0, sigma, s }) => ({
        lhs: expectation(lawOf(smoothed(p0, sigma)), innerProduct(fieldTerm(s), scoreTerm(p0))),
      }),
    },
    sign: {
      mistake: 'The conditional score enters with the wrong sign.',
      statement: latex`\mathbb E_{p_\sigma} \bigl[ S(x) \cdot \nabla \log p_\sigma(x) \bigr] = \mathbb E_{x_0} \mathbb E_{x \mid x_0} \Bigl[ S(x) \cdot \frac{x - x_0}{\sigma^2} \Bigr]`,
      sides: (setting) => ({
        rhs: expectation(cleanAndNoise(setting.p0), times(-1, conditionalProduct(setting))),
      }),
    },
    'clean-point-unbound': {
      mistake: 'The right side is averaged over x only, and x0 is left free.',
      statement: latex`\mathbb E_{p_\sigma} \bigl[ S(x) \cdot \nabla \log p_\sigma(x) \bigr] = \mathbb E_{p_\sigma} \bigl[ S(x) \cdot \nabla_x \log p(x \mid x_0) \bigr]`,
      kind: 'ill-formed',
      reason:
        'The left side is a number; the right side still depends on x0, which nothing draws or fixes. Average over x0 as well.',
    },
  },
});
