import { claim } from '../verify/claim.js';
import {
  laplace,
  logistic,
  productMixture,
  uniform,
  uniformlySmoothedLogistic,
  type Density,
} from '../verify/densities.js';
import { affine, scoreOf, type ScoreField } from '../verify/fields.js';
import type { Law } from '../verify/law.js';
import { independent, independentCoordinates, lawOf, pointMasses, throughNoise } from '../verify/laws.js';
import { kernelScoreTerm, laplaceKernelScoreTerm } from '../verify/noising.js';
import { constant, type Term } from '../verify/term.js';
import { fieldTerm, squaredDistance } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine1d, affine2d, network1d, network2d, points2d } from './settings.js';

interface Setting {
  /** x₀ and the noise in units of b: x = x₀ + b·noise. */
  readonly law: Law;
  readonly b: number;
  /** ∇ₓ log p(x | x₀). */
  readonly target: Term;
  /** The density of x. */
  readonly noisy: Density;
  readonly directions: readonly ScoreField[];
}

type Points = readonly (readonly number[])[];

/** Examples with the given weights under independent Laplace noise of scale b on each coordinate: x is a mixture of Laplace laws. */
function examplesUnderLaplaceNoise(
  points: Points,
  weights: readonly number[],
  b: number,
  directions: readonly ScoreField[],
): Setting {
  const d = points[0].length;
  // The score of the noisy density jumps at the examples: seen from another example, at their distance in units of b.
  const jumps = d === 1 ? points.flatMap(([from]) => points.map(([to]) => (to - from) / b)) : [];
  return {
    law: independent(pointMasses(points, weights), independentCoordinates(laplace(0, 1), d, 'noise', jumps)),
    b,
    target: laplaceKernelScoreTerm(b, d),
    noisy: productMixture(
      weights,
      points.map((point) => point.map((m) => laplace(m, b))),
    ),
    directions,
  };
}

const dsmLoss = (setting: Setting, target: Term) => (s: ScoreField) =>
  squaredDistance(throughNoise(fieldTerm(s), setting.b), throughNoise(target, setting.b));

/** Denoising score matching holds for Laplace noise, with the target −sign(x − x₀)/b. */
export const noiseLaplace = claim<Setting, 'smooth' | 'fullSupport'>({
  id: 'noise-laplace',
  title: 'Denoising score matching holds for Laplace noise, with the score of its own kernel as the target',
  source: 'vincent2011, section 4.2',
  kind: 'minimiser',
  given: latex`Let $x = x_0 + \xi$, where the entries of $\xi$ are independent with $\xi_j \sim \operatorname{Laplace}(0, b)$, and let $p_b$ be the density of $x$.`,
  statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \Bigl\lVert S(x) + \frac{\operatorname{sign}(x - x_0)}{b} \Bigr\rVert^2 = \nabla \log p_b(x), \qquad p_b(x) = \mathbb E_{x_0} \Bigl[ \prod_{j=1}^d \tfrac{1}{2b} e^{-\lvert x_j - x_{0,j} \rvert / b} \Bigr]`,
  assumptions: {
    smooth: latex`The noise density is continuous and differentiable almost everywhere, so that its jumps leave nothing behind.`,
    fullSupport: latex`The noise density is positive on all of $\mathbb R^d$: it has no edge at which it falls to zero.`,
  },
  sides: (setting) => ({
    law: setting.law,
    loss: dsmLoss(setting, setting.target),
    argmin: scoreOf(setting.noisy),
  }),
  directions: ({ directions }) => directions,
  settings: {
    'three examples in 1-D, b = 0.6': examplesUnderLaplaceNoise([[-1.4], [-0.1], [1.7]], [0.3, 0.2, 0.5], 0.6, [
      affine1d,
      network1d,
    ]),
    'four examples in 1-D, b = 1.4': examplesUnderLaplaceNoise(
      [[-4.5], [-1.2], [1.6], [5.3]],
      [0.2, 0.35, 0.3, 0.15],
      1.4,
      [affine1d, network1d],
    ),
    'four examples in 2-D, b = 0.6': examplesUnderLaplaceNoise(points2d.slice(2, 6), [0.4, 0.1, 0.3, 0.2], 0.6, [
      affine2d,
      network2d,
    ]),
  },
  discrepancy: 0.05,
  falseVariants: {
    'gaussian-target': {
      mistake: 'The target of Gaussian noise is used although the noise is Laplace.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \Bigl\lVert S(x) + \frac{x - x_0}{b^2} \Bigr\rVert^2 = \nabla \log p_b(x)`,
      sides: (setting) => ({ loss: dsmLoss(setting, kernelScoreTerm(setting.b, setting.noisy.dimension)) }),
    },
    'scale-squared': {
      mistake:
        'The target is divided by b squared, as for a Gaussian: the exponent of a Laplace density holds b itself.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \Bigl\lVert S(x) + \frac{\operatorname{sign}(x - x_0)}{b^2} \Bigr\rVert^2 = \nabla \log p_b(x)`,
      sides: (setting) => ({ loss: dsmLoss(setting, laplaceKernelScoreTerm(setting.b ** 2, setting.noisy.dimension)) }),
    },
    'target-sign': {
      mistake: 'The target points away from the clean point.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \Bigl\lVert S(x) - \frac{\operatorname{sign}(x - x_0)}{b} \Bigr\rVert^2 = \nabla \log p_b(x)`,
      sides: (setting) => ({ loss: dsmLoss(setting, laplaceKernelScoreTerm(-setting.b, setting.noisy.dimension)) }),
    },
  },
  // Uniform noise on [−a, a]: the target is 0 inside, so the derivative of the loss at s = ∇log p_a along φ is 2E[s φ] = −2E[φ′], by parts on the
  // line. For φ(x) = 0.4 − 0.7x that is 1.4, not 0.
  withoutAssumption: {
    fullSupport: {
      name: 'uniform noise on ±0.9, a logistic law in 1-D',
      setting: {
        law: independent(lawOf(logistic(0.4, 0.5), 'x0'), lawOf(uniform(-1, 1), 'noise')),
        b: 0.9,
        target: constant(0),
        noisy: uniformlySmoothedLogistic(0.4, 0.5, 0.9),
        directions: [affine([[-0.7]], [0.4])],
      },
      residual: 1.4,
    },
  },
});
