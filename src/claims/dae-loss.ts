import { claim } from '../verify/claim.js';
import { posteriorMean, posteriorMedian, type Denoiser } from '../verify/denoisers.js';
import { constantField, identityField, scoreOf } from '../verify/fields.js';
import { smoothed, type GaussianMixture } from '../verify/densities.js';
import { cleanAndNoise, throughNoise } from '../verify/laws.js';
import { cleanTerm } from '../verify/noising.js';
import { renamed } from '../verify/term.js';
import { denoisingLoss, fieldTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { daeLossOnDigits } from './on-digits/dae-loss.js';
import { affine1d, affine2d, gaussian2d, mixture1d, network1d, network2d, skewedMixture2d } from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  readonly sigma: number;
  readonly directions: readonly Denoiser[];
}

const autoencoderLoss = (p0: GaussianMixture, sigma: number) => (h: Denoiser) =>
  denoisingLoss(throughNoise(fieldTerm(h), sigma), cleanTerm(p0.dimension));

const gaussianSilence = 'given x, the clean point of a Gaussian is Gaussian: its median is its mean';

/** argmin E‖h(x) − x₀‖² = E[x₀ | x]. */
export const daeLoss = claim<Setting, 'noise' | 'square'>({
  id: 'dae-loss',
  title: 'The best denoiser is the posterior mean',
  source: 'alain2014, Theorem 1',
  kind: 'minimiser',
  statement: latex`\operatorname*{arg\,min}_h \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert h(x) - x_0 \rVert^2 = \mathbb E[x_0 \mid x]`,
  assumptions: {
    noise: latex`$h$ sees the noisy $x = x_0 + \sigma \varepsilon$ only, $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$.`,
    square: latex`$\mathbb E \lVert x_0 \rVert^2$ is finite, and the minimum is over all functions $h$ with $\mathbb E \lVert h(x) \rVert^2$ finite.`,
  },
  sides: ({ p0, sigma }) => ({
    law: cleanAndNoise(p0),
    loss: autoencoderLoss(p0, sigma),
    argmin: posteriorMean(p0, sigma),
  }),
  directions: ({ directions }) => directions,
  settings: {
    'a mixture in 1-D, sigma = 1.3': { p0: mixture1d, sigma: 1.3, directions: [affine1d, network1d] },
    'a correlated Gaussian in 2-D, sigma = 0.7': { p0: gaussian2d, sigma: 0.7, directions: [affine2d, network2d] },
    'a skewed mixture in 2-D, sigma = 1.6': {
      p0: skewedMixture2d,
      sigma: 1.6,
      directions: [network2d, constantField([1.1, -0.9])],
    },
  },
  onDigits: daeLossOnDigits,
  discrepancy: 0.04,
  falseVariants: {
    'clean-input': {
      mistake: 'The denoiser is given the clean point x0, which it has only to copy.',
      statement: latex`\operatorname*{arg\,min}_h \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert h(x_0) - x_0 \rVert^2 = \mathbb E[x_0 \mid x]`,
      sides: ({ p0 }) => ({
        loss: (h) => denoisingLoss(renamed(fieldTerm(h), { x: 'x0' }), cleanTerm(p0.dimension)),
      }),
    },
    'posterior-median': {
      given: latex`Let $x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$.`,
      mistake:
        'The minimiser is taken for the median of x0 given x: the median minimises the absolute error, the mean the squared one.',
      statement: latex`\operatorname*{arg\,min}_h \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert h(x) - x_0 \rVert^2 = \operatorname{median}[x_0 \mid x]`,
      sides: ({ p0, sigma }) => ({ argmin: posteriorMedian(p0, sigma) }),
      silentIn: { 'a correlated Gaussian in 2-D, sigma = 0.7': gaussianSilence },
    },
    'noisy-target': {
      mistake: 'The loss asks for the noisy point in place of the clean one.',
      statement: latex`\operatorname*{arg\,min}_h \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert h(x) - x \rVert^2 = \mathbb E[x_0 \mid x]`,
      sides: ({ p0, sigma }) => ({
        loss: (h) =>
          denoisingLoss(throughNoise(fieldTerm(h), sigma), throughNoise(fieldTerm(identityField(p0.dimension)), sigma)),
      }),
    },
    'identity-is-best': {
      mistake: 'The noisy point itself is taken for the best estimate, because the noise has mean zero.',
      statement: latex`\operatorname*{arg\,min}_h \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert h(x) - x_0 \rVert^2 = x`,
      sides: ({ p0 }) => ({ argmin: identityField(p0.dimension) }),
    },
    'score-is-best': {
      mistake: 'The minimiser is taken for the score: that is the minimiser of the denoising score matching loss.',
      statement: latex`\operatorname*{arg\,min}_h \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert h(x) - x_0 \rVert^2 = \nabla \log p_\sigma(x)`,
      sides: ({ p0, sigma }) => ({ argmin: scoreOf(smoothed(p0, sigma)) }),
    },
  },
});
