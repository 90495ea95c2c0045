import type { DigitSetting } from '../../verify/claim.js';
import { digitDensity, noisyDigits } from '../../verify/digit-densities.js';
import { constant, plus, type Term } from '../../verify/term.js';
import { logDensityTerm } from '../../verify/terms.js';
import { averagedKernelLog, meanImageLog } from './marginal.js';

const SIGMA = 0.7;

/** The mean of the kernels of all training digits is the mixture's density, in logarithms. */
export const empiricalMarginalOnDigits: DigitSetting = {
  name: `training digits, sigma = ${SIGMA}, logarithms`,
  silent: {},
  prepare: (resources) => {
    const p = digitDensity(resources, SIGMA);
    const count = Math.min(resources.trainingImages, resources.digits.train.count);
    const statement = (rhs: Term) => ({
      kind: 'pointwise' as const,
      relation: '=' as const,
      domain: noisyDigits(resources, SIGMA),
      lhs: averagedKernelLog(resources, p),
      rhs,
    });
    return {
      statement: statement(logDensityTerm(p)),
      variants: {
        'covariance-sigma': statement(logDensityTerm(digitDensity(resources, Math.sqrt(SIGMA)))),
        'not-divided-by-n': statement(plus(logDensityTerm(p), constant(Math.log(count)))),
        'average-of-points': statement(meanImageLog(resources, SIGMA)),
        'variance-divided-by-n': statement(logDensityTerm(digitDensity(resources, SIGMA / Math.sqrt(count)))),
      },
    };
  },
};
