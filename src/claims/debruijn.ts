import { claim } from '../verify/claim.js';
import { gaussian, smoothed, type GaussianMixture } from '../verify/densities.js';
import { gradientIn, where } from '../verify/gradients.js';
import { smoothedLogTerm } from '../verify/heat-flow.js';
import { lawOf } from '../verify/laws.js';
import { expectation, type Mean } from '../verify/statement.js';
import { constant, minus, plus, times, type Term } from '../verify/term.js';
import { logDensityTerm, productTerm, scoreTerm, squaredDistance } from '../verify/terms.js';
import { latex } from './latex.js';
import { gaussian1d, gaussian2d, mixture1d, overlapping2d } from './settings.js';

interface Setting {
  readonly p: GaussianMixture;
  readonly q: GaussianMixture;
  readonly sigma: number;
  /** True where the noise is added to p alone: the assumption dropped. */
  readonly onlyP?: boolean;
}

const laterQ = ({ q, sigma, onlyP }: Setting): GaussianMixture => (onlyP ? q : smoothed(q, sigma));

/**
 * The integrand of d KL(p_τ‖q_τ)/dτ at fixed x, divided by p_τ(x): with L = log p_τ − log q_τ,
 * ∂_τ(p_τ L)/p_τ = (∂_τ log p_τ)(L + 1) − ∂_τ log q_τ, at τ = σ².
 */
function klSlope(setting: Setting): Term {
  const { p, q, sigma, onlyP } = setting;
  const slope = (density: GaussianMixture): Term =>
    where(gradientIn('tau', 1, smoothedLogTerm(density)), { tau: [sigma * sigma] });
  const logRatio = minus(logDensityTerm(smoothed(p, sigma)), logDensityTerm(laterQ(setting)));
  const growthOfQ = onlyP ? constant(0) : slope(q);
  return minus(productTerm(slope(p), plus(logRatio, constant(1))), growthOfQ);
}

/** ‖∇log p − ∇log q‖². */
const fisher = (p: GaussianMixture, q: GaussianMixture): Term => squaredDistance(scoreTerm(p), scoreTerm(q));

/** d KL/dσ² = factor · Fisher divergence of the noisy densities. */
function sides(setting: Setting, factor: number): { lhs: Mean; rhs: Mean } {
  const noisy = smoothed(setting.p, setting.sigma);
  const law = lawOf(noisy);
  return {
    lhs: expectation(law, klSlope(setting)),
    rhs: expectation(law, times(factor, fisher(noisy, laterQ(setting)))),
  };
}

/** d KL(p_σ‖q_σ)/dσ² = −½ E‖∇log p_σ − ∇log q_σ‖². */
export const debruijn = claim<Setting, 'sameNoise' | 'finite'>({
  id: 'debruijn',
  title: 'Noise removes Kullback-Leibler divergence at the rate of half the Fisher divergence',
  source: 'lyu2009, Theorem 1',
  kind: 'identity',
  statement: latex`\frac{d}{d(\sigma^2)} \int p_\sigma(x) \log \frac{p_\sigma(x)}{q_\sigma(x)}\, dx
    = -\tfrac12\, \mathbb E_{x \sim p_\sigma} \lVert \nabla \log p_\sigma(x) - \nabla \log q_\sigma(x) \rVert^2`,
  assumptions: {
    sameNoise: latex`$p_\sigma = p * \mathcal N(0, \sigma^2 I)$ and $q_\sigma = q * \mathcal N(0, \sigma^2 I)$: both densities get the same Gaussian noise.`,
    finite: latex`$\sigma > 0$, and both divergences are finite near $\sigma$.`,
  },
  sides: (setting) => sides(setting, -0.5),
  settings: {
    'a mixture against a Gaussian in 1-D, sigma = 0.6': { p: mixture1d, q: gaussian1d, sigma: 0.6 },
    'a Gaussian against a mixture in 1-D, sigma = 0.8': { p: gaussian1d, q: mixture1d, sigma: 0.8 },
    'a mixture against a Gaussian in 2-D, sigma = 1.2': { p: overlapping2d, q: gaussian2d, sigma: 1.2 },
  },
  discrepancy: 0.05,
  falseVariants: {
    sign: {
      mistake: 'The divergence is said to grow: noise makes densities more alike.',
      statement: latex`\frac{d}{d(\sigma^2)} \operatorname{KL}(p_\sigma \Vert q_\sigma) = +\tfrac12\, \mathbb E_{p_\sigma} \lVert \nabla \log p_\sigma - \nabla \log q_\sigma \rVert^2`,
      sides: (setting) => sides(setting, 0.5),
    },
    'without-half': {
      mistake: 'The factor one half is missing.',
      statement: latex`\frac{d}{d(\sigma^2)} \operatorname{KL}(p_\sigma \Vert q_\sigma) = -\mathbb E_{p_\sigma} \lVert \nabla \log p_\sigma - \nabla \log q_\sigma \rVert^2`,
      sides: (setting) => sides(setting, -1),
    },
    // d/dσ = 2σ d/d(σ²), and no setting has σ = ½.
    'derivative-in-sigma': {
      mistake: 'The derivative is taken in the standard deviation in place of the variance.',
      statement: latex`\frac{d}{d\sigma} \operatorname{KL}(p_\sigma \Vert q_\sigma) = -\tfrac12\, \mathbb E_{p_\sigma} \lVert \nabla \log p_\sigma - \nabla \log q_\sigma \rVert^2`,
      sides: (setting) => {
        const [{ law, term }] = sides(setting, -0.5).lhs;
        return {
          lhs: expectation(law, times(2 * setting.sigma, term)),
          rhs: expectation(law, times(-0.5, fisher(smoothed(setting.p, setting.sigma), laterQ(setting)))),
        };
      },
    },
    'clean-densities': {
      mistake: 'The Fisher divergence is that of the clean densities.',
      statement: latex`\frac{d}{d(\sigma^2)} \operatorname{KL}(p_\sigma \Vert q_\sigma) = -\tfrac12\, \mathbb E_{p} \lVert \nabla \log p - \nabla \log q \rVert^2`,
      sides: ({ p, q }) => ({ rhs: expectation(lawOf(p), times(-0.5, fisher(p, q))) }),
    },
    'mean-under-q': {
      mistake: 'The mean is taken under q in place of p.',
      statement: latex`\frac{d}{d(\sigma^2)} \operatorname{KL}(p_\sigma \Vert q_\sigma) = -\tfrac12\, \mathbb E_{q_\sigma} \lVert \nabla \log p_\sigma - \nabla \log q_\sigma \rVert^2`,
      sides: (setting) => {
        const q = laterQ(setting);
        return { rhs: expectation(lawOf(q), times(-0.5, fisher(smoothed(setting.p, setting.sigma), q))) };
      },
    },
  },
  // p = N(0.6, 0.71), q = N(0, 0.8), noise of variance 0.49 on p only, P = 0.71 + 0.49 = 1.2, v = 0.8, δ = 0.6:
  // d KL/dσ² = ½(1/v − 1/P), Fisher divergence = P(1/v − 1/P)² + δ²/v², so lhs − rhs = ½((P + δ²)/v² − 1/v) = 0.59375.
  withoutAssumption: {
    sameNoise: {
      name: 'two Gaussians, noise on p alone',
      setting: {
        p: gaussian({ mean: [0.6], covariance: [[0.71]] }),
        q: gaussian({ mean: [0], covariance: [[0.8]] }),
        sigma: 0.7,
        onlyP: true,
      },
      residual: 0.59375,
    },
  },
});
