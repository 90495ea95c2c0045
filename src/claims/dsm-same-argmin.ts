import { claim } from '../verify/claim.js';
import { smoothed, type GaussianMixture } from '../verify/densities.js';
import { allFields, sumsOf, type Family } from '../verify/families.js';
import { scaledField, type ScoreField } from '../verify/fields.js';
import { cleanAndNoise, throughNoise } from '../verify/laws.js';
import { perturbationTarget } from '../verify/noising.js';
import { plus, times } from '../verify/term.js';
import { energyOf, fieldTerm, squaredDistance } from '../verify/terms.js';
import { latex } from './latex.js';
import { dsmSameArgminOnDigits } from './on-digits/dsm-same-argmin.js';
import {
  affine1d,
  affine2d,
  affineFamily1d,
  gaussian2d,
  mixture1d,
  mixture2d,
  network1d,
  network2d,
} from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  readonly sigma: number;
  readonly family: Family;
}

const dsmLoss = (p0: GaussianMixture, sigma: number) => (s: ScoreField) =>
  squaredDistance(throughNoise(fieldTerm(s), sigma), perturbationTarget(sigma, p0.dimension));

/** argmin DSM = ∇ log p_σ. */
export const dsmSameArgmin = claim<Setting, 'family' | 'smoothing'>({
  id: 'dsm-same-argmin',
  title: 'Denoising score matching is minimised by the score of the noisy density',
  source: 'vincent2011, section 4.2',
  kind: 'minimiser',
  statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2
    = \operatorname*{arg\,min}_S \mathbb E_{p_\sigma} \lVert S(x) - \nabla \log p_\sigma(x) \rVert^2 = \nabla \log p_\sigma`,
  assumptions: {
    family: latex`The two minima are taken over the same set of fields; the last equality needs $\nabla \log p_\sigma$ in it.`,
    smoothing: latex`$x = x_0 + \sigma \varepsilon$ with $\sigma > 0$ and $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$.`,
  },
  sides: ({ p0, sigma, family }) => ({
    law: cleanAndNoise(p0),
    loss: dsmLoss(p0, sigma),
    argmin: family.explicitMinimiser(smoothed(p0, sigma)),
  }),
  directions: ({ family }) => family.directions,
  settings: {
    'a mixture in 1-D, sigma = 0.6': { p0: mixture1d, sigma: 0.6, family: allFields(affine1d, network1d) },
    'affine fields on a mixture in 1-D, sigma = 0.6': { p0: mixture1d, sigma: 0.6, family: sumsOf(...affineFamily1d) },
    'a correlated Gaussian in 2-D, sigma = 0.7': { p0: gaussian2d, sigma: 0.7, family: allFields(affine2d) },
    'a mixture in 2-D, sigma = 0.4': { p0: mixture2d, sigma: 0.4, family: allFields(network2d) },
  },
  onDigits: dsmSameArgminOnDigits,
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
      sides: ({ p0, sigma, family }) => ({
        argmin: scaledField(-1, family.explicitMinimiser(smoothed(p0, sigma))),
      }),
    },
    'score-of-clean-density': {
      mistake: 'The minimiser is taken for the score of the clean density p0.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = \nabla \log p_0`,
      sides: ({ p0, family }) => ({ argmin: family.explicitMinimiser(p0) }),
    },
    'field-at-clean-point': {
      mistake: 'S is evaluated at the clean point x0: the noise averages out, and the minimiser of this loss is 0.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x_0) - \nabla_x \log p(x \mid x_0) \rVert^2 = \nabla \log p_\sigma`,
      sides: ({ p0, sigma }) => ({
        loss: (s) => squaredDistance(fieldTerm(s, 'x0'), perturbationTarget(sigma, p0.dimension)),
      }),
    },
    'target-sigma-not-squared': {
      mistake:
        'The target is divided by sigma in place of sigma squared: the minimiser of this loss is sigma times the score.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \Bigl\lVert S(x) + \frac{x - x_0}{\sigma} \Bigr\rVert^2 = \nabla \log p_\sigma`,
      sides: ({ p0, sigma }) => ({
        loss: (s) =>
          squaredDistance(throughNoise(fieldTerm(s), sigma), times(sigma, perturbationTarget(sigma, p0.dimension))),
      }),
    },
  },
});
