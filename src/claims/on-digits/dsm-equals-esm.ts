import type { DigitSetting } from '../../verify/claim.js';
import { digitDensity, trainingImages } from '../../verify/digit-densities.js';
import { independent, standardNormal, throughNoise } from '../../verify/laws.js';
import { perturbationTarget } from '../../verify/noising.js';
import { expectation, type IdentityStatement } from '../../verify/statement.js';
import { minus, plus, times, type Term } from '../../verify/term.js';
import { energyOf, fieldTerm, scoreTerm, squaredDistance } from '../../verify/terms.js';
import { shrinkField, SIGMA } from './fields.js';

/** ESM at the exact score of the smoothed training digits, DSM at the same noisy digits; S shrinks to the mean image. */
export const dsmEqualsEsmOnDigits: DigitSetting = {
  name: `training digits, sigma = ${SIGMA}`,
  silent: {
    'clean-density': 'The training set is a set of points: it has no density and no score before it is smoothed.',
    'equal-losses':
      'In 784 dimensions the two constants nearly cancel: d/σ² = 464 and E‖∇log p_σ‖² is about 2 less, below the discrepancy looked for.',
  },
  prepare: (resources) => {
    const p = digitDensity(resources, SIGMA);
    const d = p.dimension;
    const pair = independent(trainingImages(resources), standardNormal(d));
    const s = fieldTerm(shrinkField(resources, 0.35));
    const target = perturbationTarget(SIGMA, d);
    const dsm = squaredDistance(throughNoise(s, SIGMA), target);
    const esm = throughNoise(squaredDistance(s, scoreTerm(p)), SIGMA);
    const scoreEnergy = throughNoise(energyOf(scoreTerm(p)), SIGMA);
    const statement = (rhs: Term): IdentityStatement => ({
      kind: 'identity',
      lhs: expectation(pair, esm),
      rhs: expectation(pair, rhs),
    });
    return {
      statement: statement(plus(minus(dsm, energyOf(target)), scoreEnergy)),
      variants: {
        'constants-in-place-of-the-loss': statement(plus(energyOf(target), scoreEnergy)),
        'no-minus': statement(plus(plus(dsm, energyOf(target)), scoreEnergy)),
        'score-energy-subtracted': statement(plus(minus(dsm, energyOf(target)), times(-1, scoreEnergy))),
      },
    };
  },
};
