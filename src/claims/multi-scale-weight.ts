import { claim } from '../verify/claim.js';
import type { Density } from '../verify/densities.js';
import { cleanAndNoise } from '../verify/laws.js';
import { powerWeightedLoss } from '../verify/multi-scale.js';
import { expectation } from '../verify/statement.js';
import { constant, stack } from '../verify/term.js';
import { latex } from './latex.js';
import { multiScaleWeightOnDigits } from './on-digits/multi-scale-weight.js';
import { gaussian3d, mixture1d, mixture2d } from './settings.js';

interface Setting {
  readonly p0: Density;
  readonly sigmas: readonly number[];
}

/** σᵏ E‖0 − ∇log p(x | x₀)‖² at each noise scale on the left, d on the right. */
const weightedBy =
  (power: number) =>
  ({ p0, sigmas }: Setting) => {
    const law = cleanAndNoise(p0);
    const d = p0.dimension;
    return {
      lhs: expectation(law, stack(...sigmas.map((sigma) => powerWeightedLoss(sigma, power, d)))),
      rhs: expectation(law, constant(...sigmas.map(() => d))),
    };
  };

/** With λ(σ) = σ² every noise scale weighs d at S = 0. */
export const multiScaleWeight = claim<Setting, 'noise'>({
  id: 'multi-scale-weight',
  title: 'With the weight σ² every noise scale counts alike',
  source: 'song2019, section 4.2',
  kind: 'identity',
  given: latex`Let $x = x_0 + \sigma_l \varepsilon$ in $\mathbb R^d$ with $\varepsilon \sim \mathcal N(0, I)$.`,
  statement: latex`\lambda(\sigma_l)\, \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert 0 - \nabla_x \log p_{\sigma_l}(x \mid x_0) \rVert^2 = d
    \quad \text{for every level } l, \qquad \lambda(\sigma) = \sigma^2`,
  assumptions: {
    noise: latex`$x = x_0 + \sigma_l \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$, whatever the law of $x_0$.`,
  },
  sides: weightedBy(2),
  settings: {
    'a mixture in 1-D, three levels': { p0: mixture1d, sigmas: [2.5, 0.7, 0.2] },
    'a mixture in 2-D, four levels': { p0: mixture2d, sigmas: [3.2, 1.3, 0.5, 0.2] },
    'a correlated Gaussian in 3-D, three levels': { p0: gaussian3d, sigmas: [1.7, 0.6, 0.3] },
  },
  onDigits: multiScaleWeightOnDigits,
  discrepancy: 0.05,
  falseVariants: {
    'weight-one': {
      mistake: 'No weight is used: a level then weighs d/sigma², and the smallest sigma is all that counts.',
      statement: latex`\mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert 0 - \nabla_x \log p_{\sigma_l}(x \mid x_0) \rVert^2 = d`,
      sides: weightedBy(0),
    },
    'weight-fourth-power': {
      mistake:
        'The weight is sigma to the fourth power: a level then weighs d sigma², and the largest sigma is all that counts.',
      statement: latex`\sigma_l^4\, \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert 0 - \nabla_x \log p_{\sigma_l}(x \mid x_0) \rVert^2 = d`,
      sides: weightedBy(4),
    },
    'weight-not-squared': {
      mistake: 'The weight is sigma, not its square.',
      statement: latex`\sigma_l\, \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert 0 - \nabla_x \log p_{\sigma_l}(x \mid x_0) \rVert^2 = d`,
      sides: weightedBy(1),
    },
    'weight-inverted': {
      mistake: 'The weight is one over sigma squared: the precision of the noise, where its variance belongs.',
      statement: latex`\frac{1}{\sigma_l^2}\, \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert 0 - \nabla_x \log p_{\sigma_l}(x \mid x_0) \rVert^2 = d`,
      sides: weightedBy(-2),
    },
  },
});
