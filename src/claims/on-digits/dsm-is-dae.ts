import type { DigitSetting } from '../../verify/claim.js';
import { denoiserOf } from '../../verify/denoisers.js';
import { noisyDigits } from '../../verify/digit-densities.js';
import { scaledField } from '../../verify/fields.js';
import { cleanTerm, kernelScoreTerm } from '../../verify/noising.js';
import { times, type Term } from '../../verify/term.js';
import { denoisingLoss, fieldTerm, squaredDistance } from '../../verify/terms.js';
import { shrinkField, SIGMA } from './fields.js';

/** The two losses at pairs of a training digit and its noisy copy; S shrinks to the mean image. */
export const dsmIsDaeOnDigits: DigitSetting = {
  name: `training digits, sigma = ${SIGMA}`,
  silent: {},
  prepare: (resources) => {
    const s = shrinkField(resources, 0.35);
    const clean = cleanTerm(s.dimension);
    const loss = (k: number): Term => denoisingLoss(fieldTerm(denoiserOf(scaledField(k, s), SIGMA)), clean);
    const statement = (rhs: Term) => ({
      kind: 'pointwise' as const,
      relation: '=' as const,
      domain: noisyDigits(resources, SIGMA),
      lhs: squaredDistance(fieldTerm(s), kernelScoreTerm(SIGMA, s.dimension)),
      rhs,
    });
    return {
      statement: statement(times(SIGMA ** -4, loss(1))),
      variants: {
        'divided-by-sigma-squared': statement(times(SIGMA ** -2, loss(1))),
        'not-divided': statement(loss(1)),
        'denoiser-with-sigma': statement(times(SIGMA ** -4, loss(1 / SIGMA))),
        'denoiser-sign': statement(times(SIGMA ** -4, loss(-1))),
        'field-as-denoiser': statement(times(SIGMA ** -4, denoisingLoss(fieldTerm(s), clean))),
      },
    };
  },
};
