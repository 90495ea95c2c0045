import type { DigitSetting } from '../../verify/claim.js';
import { trainingImages } from '../../verify/digit-densities.js';
import { independent, standardNormal } from '../../verify/laws.js';
import { powerWeightedLoss } from '../../verify/multi-scale.js';
import { expectation, type IdentityStatement } from '../../verify/statement.js';
import { constant, stack } from '../../verify/term.js';

/** From much noise to little; none is 1. */
const SIGMAS = [5, 1.3, 0.4, 0.1];

/** The weighted loss of S = 0 on noisy training digits: 784 at every noise scale. */
export const multiScaleWeightOnDigits: DigitSetting = {
  name: `training digits, sigma = ${SIGMAS.join(', ')}`,
  silent: {},
  prepare: (resources) => {
    const { dimension: d } = resources.digits;
    const law = independent(trainingImages(resources), standardNormal(d));
    const weightedBy = (power: number): IdentityStatement => ({
      kind: 'identity',
      lhs: expectation(law, stack(...SIGMAS.map((sigma) => powerWeightedLoss(sigma, power, d)))),
      rhs: expectation(law, constant(...SIGMAS.map(() => d))),
    });
    return {
      statement: weightedBy(2),
      variants: {
        'weight-one': weightedBy(0),
        'weight-fourth-power': weightedBy(4),
        'weight-not-squared': weightedBy(1),
        'weight-inverted': weightedBy(-2),
      },
    };
  },
};
