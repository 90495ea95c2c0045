import { claim } from '../verify/claim.js';
import { smoothed, type GaussianMixture } from '../verify/densities.js';
import { scaledField, scoreOf, type ScoreField } from '../verify/fields.js';
import { cleanAndNoise, throughNoise } from '../verify/laws.js';
import { perturbationTarget } from '../verify/noising.js';
import { plus } from '../verify/term.js';
import { energyOf, fieldTerm, squaredDistance } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine1d, affine2d, gaussian2d, mixture1d, mixture2d, network1d, network2d } from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  readonly sigma: number;
  readonly directions: readonly ScoreField[];
}

const dsmLoss = (p0: GaussianMixture, sigma: number) => (s: ScoreField) =>
  squaredDistance(throughNoise(fieldTerm(s), sigma), perturbationTarget(sigma, p0.dimension));

/** argmin DSM = ∇ log p_σ. */
export const dsmSameArgmin = claim<Setting, 'smoothing'>({
  id: 'dsm-same-argmin',
  title: 'Denoising score matching is minimised by the score of the noisy density',
  source: 'vincent2011, section 4.2',
  kind: 'minimiser',
  statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2
    = \operatorname*{arg\,min}_S \mathbb E_{p_\sigma} \lVert S(x) - \nabla \log p_\sigma(x) \rVert^2 = \nabla \log p_\sigma`,
  assumptions: {
    smoothing: latex`$x = x_0 + \sigma \varepsilon$ with $\sigma > 0$ and $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$.`,
  },
  sides: ({ p0, sigma }) => ({
    law: cleanAndNoise(p0),
    loss: dsmLoss(p0, sigma),
    argmin: scoreOf(smoothed(p0, sigma)),
  }),
  directions: ({ directions }) => directions,
  settings: {
    'a mixture in 1-D, sigma = 0.6': { p0: mixture1d, sigma: 0.6, directions: [affine1d, network1d] },
    'a correlated Gaussian in 2-D, sigma = 0.7': { p0: gaussian2d, sigma: 0.7, directions: [affine2d, network2d] },
    'a mixture in 2-D, sigma = 0.4': { p0: mixture2d, sigma: 0.4, directions: [affine2d, network2d] },
  },
  discrepancy: 0.05,
  falseVariants: {
    'target-sign': {
      mistake: 'The loss adds the target in place of subtracting it: its minimiser is the score with the wrong sign.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) + \nabla_x \log p(x \mid x_0) \rVert^2 = \nabla \log p_\sigma`,
      sides: ({ p0, sigma }) => ({
        loss: (s) => energyOf(plus(throughNoise(fieldTerm(s), sigma), perturbationTarget(sigma, p0.dimension))),
      }),
    },
    'minus-the-score': {
      mistake: 'The minimiser is given the wrong sign.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = -\nabla \log p_\sigma`,
      sides: ({ p0, sigma }) => ({ argmin: scaledField(-1, scoreOf(smoothed(p0, sigma))) }),
    },
    'score-of-clean-density': {
      mistake: 'The minimiser is taken for the score of the clean density p0.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = \nabla \log p_0`,
      sides: ({ p0 }) => ({ argmin: scoreOf(p0) }),
    },
  },
});
