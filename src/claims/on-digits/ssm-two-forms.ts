import { neighbourField } from '../../../reference/scores/neighbour-field.js';
import type { Tensor2D } from '../../tensorflow/tensorflow.js';
import type { DigitSetting, Resources } from '../../verify/claim.js';
import { trainingImages } from '../../verify/digit-densities.js';
import type { ScoreField } from '../../verify/fields.js';
import { independent, standardNormal, throughNoise } from '../../verify/laws.js';
import { probedSlope, projection, reducedSlicedLoss, slicedLoss } from '../../verify/probe-terms.js';
import { rademacher, unitSphere, type ProbeLaw } from '../../verify/probes.js';
import { expectation, type IdentityStatement } from '../../verify/statement.js';
import { plus, times, type Term } from '../../verify/term.js';
import { energyOf } from '../../verify/terms.js';
import { SIGMA } from './fields.js';

const coefficients = { own: 1.2, side: 0.3, gain: 0.2 };

/** S(x) = 0.2 softplus(1.2 x + 0.3 (sum of the four neighbours)) on images: its Jacobian is full along edges, and not diagonal. */
function neighboursOnImages(dimension: number): ScoreField {
  const { own, side, gain } = coefficients;
  const width = Math.sqrt(dimension);
  const onArrays = neighbourField(coefficients);
  return {
    name: 'a nonlinear field of neighbouring pixels',
    dimension,
    formula: (a, x) =>
      x.map((pixel, i) => {
        const column = i % width;
        const near = [
          ...(column > 0 ? [x[i - 1]] : []),
          ...(column < width - 1 ? [x[i + 1]] : []),
          ...(i >= width ? [x[i - width]] : []),
          ...(i < dimension - width ? [x[i + width]] : []),
        ];
        const weighted = a.add(a.mul(a.c(own), pixel), a.mul(a.c(side), a.sum(near)));
        return a.mul(a.c(gain), a.softplus(weighted));
      }),
    tensor: (x) => onArrays(x.reshape([-1, width, width, 1])).reshape<Tensor2D>([-1, dimension]),
  };
}

/** The two sliced losses at noisy training digits, with signs as probes in 784 dimensions: one mean. */
export const ssmTwoFormsOnDigits: DigitSetting = {
  name: `training digits, sigma = ${SIGMA}`,
  silent: {
    'reduced-always-smaller': 'On digits the means alone are compared.',
    'difference-without-slope': 'On digits the means alone are compared.',
  },
  prepare: (resources: Resources) => {
    const { dimension: d } = resources.digits;
    const s = neighboursOnImages(d);
    const statement = (projected: Term, probes: ProbeLaw = rademacher): IdentityStatement => {
      const law = independent(trainingImages(resources), standardNormal(d), probes.law(d));
      const seen = (term: Term) => expectation(law, throughNoise(term, SIGMA));
      return { kind: 'identity', lhs: seen(projected), rhs: seen(reducedSlicedLoss(s)) };
    };
    const slope = probedSlope(s);
    return {
      statement: statement(slicedLoss(s)),
      variants: {
        'slope-without-two': statement(plus(energyOf(projection(s)), slope)),
        'projection-not-squared': statement(plus(projection(s), times(2, slope))),
        'unit-sphere-probes': statement(slicedLoss(s), unitSphere),
      },
    };
  },
};
