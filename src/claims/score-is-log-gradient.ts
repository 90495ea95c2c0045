import { claim } from '../verify/claim.js';
import type { Density } from '../verify/densities.js';
import { boxes } from '../verify/domains.js';
import { densityTerm, logGradientTerm, productTerm, ratioTerm, scoreTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { gaussian2d, mixture1d, mixture2d } from './settings.js';

interface Setting {
  readonly p: Density;
  readonly center: readonly number[];
}

/** ∇log p by differentiation equals ∇p / p and the closed form of the score. */
export const scoreIsLogGradient = claim<Setting, 'positive'>({
  id: 'score-is-log-gradient',
  title: 'The score is the gradient of the log density',
  source: 'hyvarinen2005, section 2',
  kind: 'pointwise',
  statement: latex`s(x) = \nabla \log p(x) = \frac{\nabla p(x)}{p(x)}`,
  assumptions: { positive: latex`$p(x) > 0$ where the score is taken, and $p$ is differentiable there.` },
  domain: ({ center }) => boxes({ x: { center, spread: 4 } }),
  sides: ({ p }) => ({ lhs: logGradientTerm(p), rhs: scoreTerm(p) }),
  settings: {
    'a correlated Gaussian in 2-D': { p: gaussian2d, center: [1.3, -2.1] },
    'a mixture in 1-D': { p: mixture1d, center: [0.5] },
    'a mixture in 2-D': { p: mixture2d, center: [0, 0] },
  },
  discrepancy: 1e-3,
  falseVariants: {
    'gradient-of-density': {
      mistake: 'The gradient of p itself stands where the gradient of log p belongs.',
      statement: latex`\nabla \log p(x) = \nabla p(x)`,
      sides: ({ p }) => ({ lhs: productTerm(densityTerm(p), logGradientTerm(p)) }),
    },
    'divided-twice': {
      mistake: 'The gradient of p is divided by p squared.',
      statement: latex`\nabla \log p(x) = \frac{\nabla p(x)}{p(x)^2}`,
      sides: ({ p }) => ({ lhs: ratioTerm(logGradientTerm(p), densityTerm(p)) }),
    },
  },
});
