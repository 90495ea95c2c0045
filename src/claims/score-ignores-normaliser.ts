import { claim } from '../verify/claim.js';
import type { Density } from '../verify/densities.js';
import { boxes } from '../verify/domains.js';
import { gradientIn } from '../verify/gradients.js';
import { constant, minus, plus, times, type Term } from '../verify/term.js';
import { densityTerm, logDensityTerm, scoreTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { scoreIgnoresNormaliserOnDigits } from './on-digits/score-ignores-normaliser.js';
import { gaussian2d, mixture1d, mixture2d } from './settings.js';

interface Setting {
  /** p = q/Z: what is known is q = Z·p. */
  readonly p: Density;
  readonly z: number;
  readonly center: readonly number[];
}

/** ∇ log q(x) of q = Z·p, by differentiation. */
const unnormalisedScore = ({ p, z }: Setting): Term =>
  gradientIn('x', p.dimension, plus(logDensityTerm(p), constant(Math.log(z))));

/** ∇ log(q/Z) = ∇ log q. */
export const scoreIgnoresNormaliser = claim<Setting, 'constant'>({
  id: 'score-ignores-normaliser',
  title: 'The score does not need the normalising constant',
  source: 'hyvarinen2005, section 2',
  kind: 'pointwise',
  given: latex`Let $p(x) = \frac{q(x)}{Z}$.`,
  statement: latex`p(x) = \frac{q(x)}{Z} \quad \Rightarrow \quad \nabla \log p(x) = \nabla \log q(x)`,
  assumptions: {
    constant: latex`$q(x) > 0$, and $Z = \int q(x)\, dx$ is finite: a number that does not depend on $x$.`,
  },
  domain: ({ center }) => boxes({ x: { center, spread: 4 } }),
  sides: (setting) => ({ lhs: scoreTerm(setting.p), rhs: unnormalisedScore(setting) }),
  settings: {
    'a correlated Gaussian in 2-D, Z = 3.7': { p: gaussian2d, z: 3.7, center: [1.3, -2.1] },
    'a mixture in 1-D, Z = 0.2': { p: mixture1d, z: 0.2, center: [0.5] },
    'a mixture in 2-D, Z = 58': { p: mixture2d, z: 58, center: [0, 0] },
  },
  onDigits: scoreIgnoresNormaliserOnDigits,
  discrepancy: 1e-3,
  falseVariants: {
    'gradient-of-density': {
      mistake: 'The logarithm is left out: the gradient of the density itself does depend on Z.',
      statement: latex`\nabla p(x) = \nabla q(x)`,
      sides: ({ p, z }) => ({
        lhs: gradientIn('x', p.dimension, densityTerm(p)),
        rhs: gradientIn('x', p.dimension, times(z, densityTerm(p))),
      }),
    },
    'divided-by-z': {
      mistake: 'The score is divided by Z, as the density is.',
      statement: latex`\nabla \log p(x) = \frac{1}{Z} \nabla \log q(x)`,
      sides: (setting) => ({ rhs: times(1 / setting.z, unnormalisedScore(setting)) }),
    },
    'log-z-kept': {
      mistake: 'The constant log Z is subtracted after the gradient was taken.',
      statement: latex`\nabla \log p(x) = \nabla \log q(x) - (\log Z) \mathbf 1`,
      sides: (setting) => ({
        rhs: minus(unnormalisedScore(setting), constant(...setting.center.map(() => Math.log(setting.z)))),
      }),
    },
  },
});
