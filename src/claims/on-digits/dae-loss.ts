import type { DigitSetting } from '../../verify/claim.js';
import { digitDensity, trainingImages } from '../../verify/digit-densities.js';
import { identityField, scoreOf, type ScoreField } from '../../verify/fields.js';
import { independent, standardNormal, throughNoise } from '../../verify/laws.js';
import { cleanTerm } from '../../verify/noising.js';
import { stationary } from '../../verify/stationary.js';
import type { Term } from '../../verify/term.js';
import { denoisingLoss, fieldTerm } from '../../verify/terms.js';
import { shrinkField, SIGMA, softplusDirection } from './fields.js';

/** At the exact posterior mean of the training digits the denoising error has no slope, along an affine and a curved direction. */
export const daeLossOnDigits: DigitSetting = {
  name: `training digits, sigma = ${SIGMA}`,
  silent: {
    'clean-input':
      'Given a clean training digit, the exact posterior mean gives that digit back: there it copies, and the loss of a copy has no slope.',
    'posterior-median':
      'Not tried: the median of each pixel over all training images, weighted anew for every noisy digit, is not built.',
  },
  prepare: (resources) => {
    const p = digitDensity(resources, SIGMA);
    const d = p.dimension;
    const pair = independent(trainingImages(resources), standardNormal(d));
    const directions = [shrinkField(resources, 0.35), softplusDirection(d)];
    const loss = (h: ScoreField): Term => denoisingLoss(throughNoise(fieldTerm(h), SIGMA), cleanTerm(d));
    const noisyTarget = (h: ScoreField): Term =>
      throughNoise(denoisingLoss(fieldTerm(h), fieldTerm(identityField(d))), SIGMA);
    return {
      statement: stationary(pair, loss, p.posteriorMean, directions),
      variants: {
        'noisy-target': stationary(pair, noisyTarget, p.posteriorMean, directions),
        'identity-is-best': stationary(pair, loss, identityField(d), directions),
        'score-is-best': stationary(pair, loss, scoreOf(p), directions),
      },
    };
  },
};
