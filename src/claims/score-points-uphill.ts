import { claim } from '../verify/claim.js';
import type { Density } from '../verify/densities.js';
import { boxes } from '../verify/domains.js';
import { gradientIn } from '../verify/gradients.js';
import { constant, times, type Term } from '../verify/term.js';
import { densityTerm, energyOf, innerProduct, scoreTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { gaussian2d, mixture1d, mixture2d } from './settings.js';

interface Setting {
  readonly p: Density;
  readonly center: readonly number[];
}

/** s·∇p, the slope of p along s. */
const slope = (p: Density): Term => innerProduct(scoreTerm(p), gradientIn('x', p.dimension, densityTerm(p)));

/** s·∇p = p‖s‖² ≥ 0. */
export const scorePointsUphill = claim<Setting, 'positive'>({
  id: 'score-points-uphill',
  title: 'Along the score the density grows',
  source: 'hyvarinen2005, section 2',
  kind: 'pointwise',
  relation: '>=',
  statement: latex`\nabla \log p(x) \cdot \nabla p(x) \ge 0`,
  assumptions: { positive: latex`$p(x) > 0$, and $p$ is differentiable at $x$.` },
  domain: ({ center }) => boxes({ x: { center, spread: 4 } }),
  sides: ({ p }) => ({ lhs: slope(p), rhs: constant(0) }),
  settings: {
    'a correlated Gaussian in 2-D': { p: gaussian2d, center: [1.3, -2.1] },
    'a mixture in 1-D': { p: mixture1d, center: [0.5] },
    'a mixture in 2-D': { p: mixture2d, center: [0, 0] },
  },
  discrepancy: 1e-3,
  falseVariants: {
    downhill: {
      mistake: 'The score is taken to point to where the density falls.',
      statement: latex`-\nabla \log p(x) \cdot \nabla p(x) \ge 0`,
      sides: ({ p }) => ({ lhs: times(-1, slope(p)) }),
    },
    // p < 1 everywhere in these settings.
    'slope-of-the-logarithm': {
      mistake: 'The slope of log p along the score is taken for the slope of p.',
      statement: latex`\nabla \log p(x) \cdot \nabla p(x) \ge \lVert \nabla \log p(x) \rVert^2`,
      sides: ({ p }) => ({ rhs: energyOf(scoreTerm(p)) }),
    },
    'a-number': {
      mistake: 'The score itself is compared with a number.',
      statement: latex`\nabla \log p(x) \ge 0`,
      kind: 'ill-formed',
      reason: 'The score is a vector: only its product with a direction can be positive or negative.',
    },
  },
});
