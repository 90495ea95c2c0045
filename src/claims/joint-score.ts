import { claim } from '../verify/claim.js';
import { smoothed, type GaussianMixture } from '../verify/densities.js';
import { boxes } from '../verify/domains.js';
import { gradientIn } from '../verify/gradients.js';
import { kernelLogDensityTerm, kernelScoreTerm } from '../verify/noising.js';
import { minus, plus, type Term } from '../verify/term.js';
import { logDensityTerm, scoreTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { gaussian2d, mixture1d, mixture2d } from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  readonly sigma: number;
  readonly center: readonly number[];
}

/** log p(x, x₀) = log p(x | x₀) + log p0(x₀). */
const jointLog = ({ p0, sigma }: Setting): Term => plus(kernelLogDensityTerm(sigma), logDensityTerm(p0, 'x0'));

const gradientOfJoint = (variable: 'x' | 'x0', setting: Setting): Term =>
  gradientIn(variable, setting.p0.dimension, jointLog(setting));

/** ∇ₓ log p(x | x₀) = ∇ₓ log p(x, x₀). */
export const jointScore = claim<Setting, 'inX'>({
  id: 'joint-score',
  title: 'The score of the noise kernel is the score of the joint density in x',
  source: 'vincent2011, section 4.2',
  kind: 'pointwise',
  statement: latex`\nabla_x \log p(x \mid x_0) = \nabla_x \log p(x, x_0), \quad p(x, x_0) = p(x \mid x_0)\, p_0(x_0)`,
  assumptions: {
    inX: latex`Both gradients are taken in $x$: $p_0(x_0) > 0$ does not depend on it.`,
  },
  domain: ({ center }) => boxes({ x: { center, spread: 4 }, x0: { center, spread: 3 } }),
  sides: (setting) => ({
    lhs: kernelScoreTerm(setting.sigma, setting.p0.dimension),
    rhs: gradientOfJoint('x', setting),
  }),
  settings: {
    'a correlated Gaussian in 2-D, sigma = 0.7': { p0: gaussian2d, sigma: 0.7, center: [1.3, -2.1] },
    'a mixture in 1-D, sigma = 0.6': { p0: mixture1d, sigma: 0.6, center: [0.5] },
    'a mixture in 2-D, sigma = 1.3': { p0: mixture2d, sigma: 1.3, center: [0, 0] },
  },
  discrepancy: 1e-3,
  falseVariants: {
    'gradient-in-x0': {
      mistake: 'The gradient of the joint density is taken in the clean point.',
      statement: latex`\nabla_x \log p(x \mid x_0) = \nabla_{x_0} \log p(x, x_0)`,
      sides: (setting) => ({ rhs: gradientOfJoint('x0', setting) }),
    },
    marginal: {
      mistake: 'The joint density is replaced by the marginal of x.',
      statement: latex`\nabla_x \log p(x \mid x_0) = \nabla_x \log p_\sigma(x)`,
      sides: ({ p0, sigma }) => ({ rhs: scoreTerm(smoothed(p0, sigma)) }),
    },
    // ∇ₓ log p(x₀ | x) = ∇ₓ log p(x, x₀) − ∇ log p_σ(x).
    posterior: {
      mistake: 'The kernel is taken for the posterior of the clean point: the two differ by the score of the marginal.',
      statement: latex`\nabla_x \log p(x \mid x_0) = \nabla_x \log p(x_0 \mid x)`,
      sides: (setting) => ({
        rhs: minus(gradientOfJoint('x', setting), scoreTerm(smoothed(setting.p0, setting.sigma))),
      }),
    },
    'no-variable-named': {
      mistake: 'The gradient does not say in which variable it is taken.',
      statement: latex`\nabla \log p(x \mid x_0) = \nabla \log p(x, x_0)`,
      kind: 'ill-formed',
      reason: 'Two variables stand on both sides, and in the clean point the equation is false.',
    },
  },
});
