import { claim } from '../verify/claim.js';
import { boxes } from '../verify/domains.js';
import { throughNoise } from '../verify/laws.js';
import { kernelLogGradientTerm, noiseTerm, perturbationTarget, scaledNoise } from '../verify/noising.js';
import { stack, times } from '../verify/term.js';
import { latex } from './latex.js';

interface Setting {
  readonly sigma: number;
  /** About which x₀ is drawn: its length is d. */
  readonly center: readonly number[];
}

/** ∇ₓ log N(x; x₀, σ²I) at x = x₀ + σε, by differentiation. */
const differentiated = ({ sigma, center }: Setting) => throughNoise(kernelLogGradientTerm(sigma, center.length), sigma);

/** −(x − x₀)/σ² at x = x₀ + σε. */
const target = ({ sigma, center }: Setting) => perturbationTarget(sigma, center.length);

/** ∇ₓ log N(x; x₀, σ²I) = −(x − x₀)/σ² = −ε/σ. */
export const dsmTarget = claim<Setting, 'noise'>({
  id: 'dsm-target',
  title: 'The target of denoising score matching',
  source: 'vincent2011, equation 10',
  kind: 'pointwise',
  given: latex`Let $x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$.`,
  statement: latex`\nabla_x \log \mathcal N(x; x_0, \sigma^2 I) = -\frac{x - x_0}{\sigma^2} = -\frac{\varepsilon}{\sigma}, \qquad x = x_0 + \sigma \varepsilon`,
  assumptions: {
    noise: latex`$\sigma > 0$; the gradient is taken in $x$ with $x_0$ held fixed; $\varepsilon$ has unit variance, so that $x - x_0 = \sigma \varepsilon$.`,
  },
  domain: ({ center }) => boxes({ x0: { center, spread: 2 }, noise: { center: center.map(() => 0), spread: 3 } }),
  sides: (setting) => ({
    lhs: stack(differentiated(setting), differentiated(setting)),
    rhs: stack(target(setting), scaledNoise(-1 / setting.sigma, setting.center.length)),
  }),
  settings: {
    'sigma = 0.6 in 1-D': { sigma: 0.6, center: [1.2] },
    'sigma = 0.35 in 3-D': { sigma: 0.35, center: [0.7, -1.3, 0.4] },
    'sigma = 2.3 in 5-D': { sigma: 2.3, center: [-0.8, 1.9, 0.3, -2.2, 1.1] },
  },
  discrepancy: 1e-3,
  falseVariants: {
    sign: {
      mistake: 'The target has the wrong sign: it points from x0 to x, away from the clean data.',
      statement: latex`\nabla_x \log \mathcal N(x; x_0, \sigma^2 I) = \frac{x - x_0}{\sigma^2}`,
      sides: (setting) => ({ lhs: differentiated(setting), rhs: times(-1, target(setting)) }),
    },
    'sigma-not-squared': {
      mistake: 'The distance is divided by sigma where the variance sigma squared belongs.',
      statement: latex`\nabla_x \log \mathcal N(x; x_0, \sigma^2 I) = -\frac{x - x_0}{\sigma}`,
      sides: (setting) => ({ lhs: differentiated(setting), rhs: times(setting.sigma, target(setting)) }),
    },
    'sigma-to-the-fourth': {
      mistake: 'The distance is divided by sigma to the fourth power in place of sigma squared.',
      statement: latex`\nabla_x \log \mathcal N(x; x_0, \sigma^2 I) = -\frac{x - x_0}{\sigma^4}`,
      sides: (setting) => ({ lhs: differentiated(setting), rhs: times(setting.sigma ** -2, target(setting)) }),
    },
    'noise-over-variance': {
      mistake: 'Noise of unit variance is divided by sigma squared, as if it were x − x0.',
      statement: latex`\nabla_x \log \mathcal N(x; x_0, \sigma^2 I) = -\frac{\varepsilon}{\sigma^2}`,
      sides: (setting) => ({
        lhs: differentiated(setting),
        rhs: scaledNoise(-(setting.sigma ** -2), setting.center.length),
      }),
    },
    'noise-itself': {
      mistake: 'The target is taken for the noise itself, without the division by sigma.',
      statement: latex`\nabla_x \log \mathcal N(x; x_0, \sigma^2 I) = -\varepsilon`,
      sides: (setting) => ({ lhs: differentiated(setting), rhs: times(-1, noiseTerm(setting.center.length)) }),
    },
    'noise-sign': {
      mistake: 'The target has the sign of the noise: it would add noise in place of removing it.',
      statement: latex`\nabla_x \log \mathcal N(x; x_0, \sigma^2 I) = \frac{\varepsilon}{\sigma}`,
      sides: (setting) => ({
        lhs: differentiated(setting),
        rhs: scaledNoise(1 / setting.sigma, setting.center.length),
      }),
    },
  },
});
