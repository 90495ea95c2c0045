import type { DigitSetting } from '../../verify/claim.js';
import { digitDensity, noisyDigits } from '../../verify/digit-densities.js';
import { identityField } from '../../verify/fields.js';
import { plus, times, type Term } from '../../verify/term.js';
import { fieldTerm, scoreTerm } from '../../verify/terms.js';
import { SIGMA } from './fields.js';

/** Tweedie on the training digits: their exact posterior mean against the exact score of the smoothed set. */
export const tweedieOnDigits: DigitSetting = {
  name: `training digits, sigma = ${SIGMA}`,
  silent: {
    'score-of-clean-density':
      'The training set is a set of points: it has no density and no score before it is smoothed.',
  },
  prepare: (resources) => {
    const p = digitDensity(resources, SIGMA);
    const x = fieldTerm(identityField(p.dimension));
    const step = (k: number): Term => plus(x, times(k, scoreTerm(p)));
    const statement = (rhs: Term) => ({
      kind: 'pointwise' as const,
      relation: '=' as const,
      domain: noisyDigits(resources, SIGMA),
      lhs: fieldTerm(p.posteriorMean),
      rhs,
    });
    return {
      statement: statement(step(SIGMA ** 2)),
      variants: {
        'sigma-not-squared': statement(step(SIGMA)),
        'minus-the-score': statement(step(-(SIGMA ** 2))),
        'without-sigma': statement(step(1)),
        'half-the-step': statement(step(SIGMA ** 2 / 2)),
        'without-x': statement(times(SIGMA ** 2, scoreTerm(p))),
      },
    };
  },
};
