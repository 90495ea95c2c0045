import type { DigitSetting } from '../../verify/claim.js';
import { digitDensity, noisyDigits } from '../../verify/digit-densities.js';
import type { Term } from '../../verify/term.js';
import { logDensityTerm } from '../../verify/terms.js';
import { SIGMA } from './fields.js';
import { averagedKernelLog, averagedLogKernel } from './marginal.js';

/** log p_σ(x) = log E_{x₀}[p(x | x₀)] over the training digits, at noisy digits. */
export const perturbedMarginalOnDigits: DigitSetting = {
  name: `training digits, sigma = ${SIGMA}, logarithms`,
  silent: { 'clean-density': 'The training set is a set of points: it has no density before it is smoothed.' },
  prepare: (resources) => {
    const p = digitDensity(resources, SIGMA);
    const statement = (rhs: Term) => ({
      kind: 'pointwise' as const,
      relation: '=' as const,
      domain: noisyDigits(resources, SIGMA),
      lhs: logDensityTerm(p),
      rhs,
    });
    return {
      statement: statement(averagedKernelLog(resources, p)),
      variants: {
        // Averaging the kernel over p_σ smooths twice: the result is the density at σ√2.
        'wrong-outer-measure': statement(logDensityTerm(digitDensity(resources, SIGMA * Math.SQRT2))),
        'variance-is-sigma': statement(averagedKernelLog(resources, digitDensity(resources, Math.sqrt(SIGMA)))),
        'logarithm-inside': statement(averagedLogKernel(resources, SIGMA)),
      },
    };
  },
};
