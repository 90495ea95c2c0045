import type { DigitSetting } from '../../verify/claim.js';
import { denoiserOf } from '../../verify/denoisers.js';
import { trainingImages } from '../../verify/digit-densities.js';
import { independent, standardNormal, throughNoise } from '../../verify/laws.js';
import { cleanTerm } from '../../verify/noising.js';
import { expectation, type IdentityStatement } from '../../verify/statement.js';
import { constant, plus, type Term } from '../../verify/term.js';
import { denoisingLoss, fieldTerm, squaredDistance } from '../../verify/terms.js';
import { shrinkField } from './fields.js';
import { digitMoments, digitWiener, linearField } from './moments.js';

const SIGMA = 0.6;

/** The training digits are not Gaussian, but h is affine: then only their mean and covariance count. */
export const wienerOnDigits: DigitSetting = {
  name: `an affine denoiser on training digits, sigma = ${SIGMA}`,
  silent: {
    'not-centred':
      'The mean image lies almost wholly in the directions of large variance, where the gain is near 1: what is lost by not centring is below the discrepancy.',
  },
  prepare: (resources) => {
    const best = digitWiener(resources, SIGMA);
    const { mean, gain } = best;
    const d = mean.length;
    const pair = independent(trainingImages(resources), standardNormal(d));
    const h = fieldTerm(denoiserOf(shrinkField(resources, 0.8), SIGMA));
    const loss = throughNoise(denoisingLoss(h, cleanTerm(d)), SIGMA);
    const excess = (other: Term): Term => throughNoise(squaredDistance(h, other), SIGMA);
    const optimum = fieldTerm(linearField('the Wiener denoiser', best));
    const wrongGain = fieldTerm(
      linearField('the Wiener denoiser with σ for σ²', digitWiener(resources, Math.sqrt(SIGMA))),
    );
    const noiseGain = gain.map((row, i) => Float64Array.from(row, (g, j) => (i === j ? 1 - g : -g)));
    const trace = digitMoments(resources).covariance.reduce((sum, row, i) => sum + row[i], 0);
    const statement = (error: number, other: Term): IdentityStatement => ({
      kind: 'identity',
      lhs: expectation(pair, loss),
      rhs: expectation(pair, plus(constant(error), excess(other))),
    });
    return {
      statement: statement(best.loss, optimum),
      variants: {
        'gain-with-sigma': statement(best.loss, wrongGain),
        'gain-of-the-noise': statement(
          best.loss,
          fieldTerm(
            linearField('μ + (I − G)(x − μ)', {
              gain: noiseGain,
              mean,
              apply: (x) => x.add([mean]).sub(best.apply(x)),
            }),
          ),
        ),
        'loss-is-trace': statement(trace, optimum),
        'loss-without-sigma': statement(best.loss / SIGMA ** 2, optimum),
        'loss-is-noise': statement(d * SIGMA ** 2, optimum),
      },
    };
  },
};
