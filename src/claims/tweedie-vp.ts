import { claim } from '../verify/claim.js';
import { posteriorMean, tweedieTerm } from '../verify/denoisers.js';
import { scaled, smoothed, type GaussianMixture } from '../verify/densities.js';
import { boxes } from '../verify/domains.js';
import { identityField } from '../verify/fields.js';
import { plus, times } from '../verify/term.js';
import { fieldTerm, scoreTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { gaussian2d, mixture1d, mixture2d } from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  /** ᾱ in (0, 1). */
  readonly alphaBar: number;
  readonly center: readonly number[];
}

/** The density of x = √ᾱ x₀ + √(1 − ᾱ) ε. */
const noisy = ({ p0, alphaBar }: Setting): GaussianMixture =>
  smoothed(scaled(p0, Math.sqrt(alphaBar)), Math.sqrt(1 - alphaBar));

/** E[x₀ | x] = (x + (1 − ᾱ) s(x))/√ᾱ. */
export const tweedieVp = claim<Setting, 'noise'>({
  id: 'tweedie-vp',
  title: 'Tweedie for the variance-preserving process',
  source: 'efron2011, equation 1.4',
  kind: 'pointwise',
  given: latex`Let $x = \sqrt{\bar\alpha}\, x_0 + \sqrt{1 - \bar\alpha}\, \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$.`,
  statement: latex`\mathbb E[x_0 \mid x] = \frac{x + (1 - \bar\alpha) \nabla \log p_{\bar\alpha}(x)}{\sqrt{\bar\alpha}}`,
  assumptions: {
    noise: latex`$x = \sqrt{\bar\alpha}\, x_0 + \sqrt{1 - \bar\alpha}\, \varepsilon$ with $0 < \bar\alpha < 1$ and $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$; $p_{\bar\alpha}$ is the density of $x$.`,
  },
  domain: ({ center }) => boxes({ x: { center, spread: 3 } }),
  sides: (setting) => ({ lhs: posteriorOfClean(setting), rhs: formulaWith(setting, 1 - setting.alphaBar) }),
  settings: {
    'a correlated Gaussian in 2-D, alpha-bar = 0.6': { p0: gaussian2d, alphaBar: 0.6, center: [1, -1.6] },
    'a mixture in 1-D, alpha-bar = 0.35': { p0: mixture1d, alphaBar: 0.35, center: [0.3] },
    'a mixture in 2-D, alpha-bar = 0.8': { p0: mixture2d, alphaBar: 0.8, center: [0.2, 0.3] },
  },
  discrepancy: 1e-3,
  falseVariants: {
    'not-rescaled': {
      mistake: 'The result is not divided by the square root of alpha-bar: it estimates the shrunken point.',
      statement: latex`\mathbb E[x_0 \mid x] = x + (1 - \bar\alpha) \nabla \log p_{\bar\alpha}(x)`,
      sides: (setting) => ({ rhs: times(Math.sqrt(setting.alphaBar), formulaWith(setting, 1 - setting.alphaBar)) }),
    },
    'divided-by-alpha-bar': {
      mistake: 'The result is divided by alpha-bar in place of its square root.',
      statement: latex`\mathbb E[x_0 \mid x] = \frac{x + (1 - \bar\alpha) \nabla \log p_{\bar\alpha}(x)}{\bar\alpha}`,
      sides: (setting) => ({
        rhs: times(1 / Math.sqrt(setting.alphaBar), formulaWith(setting, 1 - setting.alphaBar)),
      }),
    },
    'only-x-rescaled': {
      mistake: 'Only x is divided by the square root of alpha-bar, not the step along the score.',
      statement: latex`\mathbb E[x_0 \mid x] = \frac{x}{\sqrt{\bar\alpha}} + (1 - \bar\alpha) \nabla \log p_{\bar\alpha}(x)`,
      sides: (setting) => ({
        rhs: plus(
          times(1 / Math.sqrt(setting.alphaBar), fieldTerm(identityField(setting.p0.dimension))),
          times(1 - setting.alphaBar, scoreTerm(noisy(setting))),
        ),
      }),
    },
    'standard-deviation-for-variance': {
      mistake: 'The score is multiplied by the standard deviation of the noise in place of its variance.',
      statement: latex`\mathbb E[x_0 \mid x] = \frac{x + \sqrt{1 - \bar\alpha} \nabla \log p_{\bar\alpha}(x)}{\sqrt{\bar\alpha}}`,
      sides: (setting) => ({ rhs: formulaWith(setting, Math.sqrt(1 - setting.alphaBar)) }),
    },
    'minus-the-score': {
      mistake: 'The step goes against the score.',
      statement: latex`\mathbb E[x_0 \mid x] = \frac{x - (1 - \bar\alpha) \nabla \log p_{\bar\alpha}(x)}{\sqrt{\bar\alpha}}`,
      sides: (setting) => ({ rhs: formulaWith(setting, setting.alphaBar - 1) }),
    },
  },
});

/** E[x₀ | x] = E[√ᾱ x₀ | x]/√ᾱ, from the joint law of √ᾱ x₀ and x. */
const posteriorOfClean = ({ p0, alphaBar }: Setting) =>
  times(1 / Math.sqrt(alphaBar), fieldTerm(posteriorMean(scaled(p0, Math.sqrt(alphaBar)), Math.sqrt(1 - alphaBar))));

/** (x + k ∇ log p(x))/√ᾱ; for the true k = 1 − ᾱ also by computer algebra. */
const formulaWith = (setting: Setting, k: number) =>
  k === 1 - setting.alphaBar
    ? tweedieTerm(noisy(setting), Math.sqrt(k), Math.sqrt(setting.alphaBar))
    : times(
        1 / Math.sqrt(setting.alphaBar),
        plus(fieldTerm(identityField(setting.p0.dimension)), times(k, scoreTerm(noisy(setting)))),
      );
