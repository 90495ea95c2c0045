import type { DigitSetting } from '../../verify/claim.js';
import { digitDensity, noisyDigits } from '../../verify/digit-densities.js';
import { identityField } from '../../verify/fields.js';
import { minus, times, type Term } from '../../verify/term.js';
import { fieldTerm, scoreTerm } from '../../verify/terms.js';
import { shrinkField } from './fields.js';

/** Between the other settings: here a few training images share the weight. */
const SIGMA = 0.9;

/** The score of log p_σ against the posterior mean with its weights, at noisy digits. */
export const exactScoreFormula: DigitSetting = {
  name: `at noisy training digits, sigma = ${SIGMA}`,
  silent: {},
  prepare: (resources) => {
    const p = digitDensity(resources, SIGMA);
    const x = fieldTerm(identityField(p.dimension));
    const towardsMean = minus(fieldTerm(p.posteriorMean), x);
    const statement = (rhs: Term) => ({
      kind: 'pointwise' as const,
      relation: '=' as const,
      domain: noisyDigits(resources, SIGMA),
      lhs: scoreTerm(p),
      rhs,
    });
    return {
      statement: statement(times(SIGMA ** -2, towardsMean)),
      variants: {
        'sigma-not-squared': statement(times(1 / SIGMA, towardsMean)),
        'away-from-the-data': statement(times(-(SIGMA ** -2), towardsMean)),
        'weights-forgotten': statement(fieldTerm(shrinkField(resources, SIGMA ** -2))),
      },
    };
  },
};
