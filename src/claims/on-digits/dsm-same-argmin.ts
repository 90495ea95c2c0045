import type { DigitSetting } from '../../verify/claim.js';
import { digitDensity, trainingImages } from '../../verify/digit-densities.js';
import { scaledField, scoreOf, type ScoreField } from '../../verify/fields.js';
import { independent, standardNormal, throughNoise } from '../../verify/laws.js';
import { perturbationTarget } from '../../verify/noising.js';
import { stationary } from '../../verify/stationary.js';
import { plus, times, type Term } from '../../verify/term.js';
import { energyOf, fieldTerm, squaredDistance } from '../../verify/terms.js';
import { shrinkField, SIGMA, softplusDirection } from './fields.js';

/** At the exact score of the smoothed training digits the denoising loss has no slope, along an affine and a curved direction. */
export const dsmSameArgminOnDigits: DigitSetting = {
  name: `training digits, sigma = ${SIGMA}`,
  silent: {
    'score-of-clean-density':
      'The training set is a set of points: it has no density and no score before it is smoothed.',
    'field-at-clean-point':
      'At a training image the exact score is small beside that at a noisy image, and 0 is the minimiser of this loss.',
  },
  prepare: (resources) => {
    const p = digitDensity(resources, SIGMA);
    const d = p.dimension;
    const pair = independent(trainingImages(resources), standardNormal(d));
    const target = perturbationTarget(SIGMA, d);
    const loss = (s: ScoreField): Term => squaredDistance(throughNoise(fieldTerm(s), SIGMA), target);
    const wrongSign = (s: ScoreField): Term => energyOf(plus(throughNoise(fieldTerm(s), SIGMA), target));
    const sigmaNotSquared = (s: ScoreField): Term =>
      squaredDistance(throughNoise(fieldTerm(s), SIGMA), times(SIGMA, target));
    const directions = [shrinkField(resources, 0.35), softplusDirection(d)];
    return {
      statement: stationary(pair, loss, scoreOf(p), directions),
      variants: {
        'target-sign': stationary(pair, wrongSign, scoreOf(p), directions),
        'minus-the-score': stationary(pair, loss, scaledField(-1, scoreOf(p)), directions),
        'target-sigma-not-squared': stationary(pair, sigmaNotSquared, scoreOf(p), directions),
      },
    };
  },
};
