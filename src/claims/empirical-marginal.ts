import { claim } from '../verify/claim.js';
import { mixture } from '../verify/densities.js';
import { boxes } from '../verify/domains.js';
import { where } from '../verify/gradients.js';
import { kernelLogDensityTerm } from '../verify/noising.js';
import { plus, times, type Term } from '../verify/term.js';
import { densityTerm, expOf } from '../verify/terms.js';
import { latex } from './latex.js';
import { empiricalMarginalOnDigits } from './on-digits/empirical-marginal.js';
import { points1d, points2d, points3d } from './settings.js';

interface Setting {
  /** The training examples x₁ … x_N. */
  readonly points: readonly (readonly number[])[];
  readonly sigma: number;
  readonly center: readonly number[];
}

/** p₀ empirical ⇒ p_σ = (1/N) Σ N(xᵢ, σ²I). */
export const empiricalMarginal = claim<Setting, 'empirical'>({
  id: 'empirical-marginal',
  title: 'A data set under noise is a mixture with one Gaussian per example',
  source: 'vincent2011, section 3',
  kind: 'pointwise',
  given: latex`Let $p_\sigma$ be the density of $x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$ and $x_0$ one of the examples $x_1, \dots, x_N$, all different, $N > 1$, each with the same probability.`,
  statement: latex`\sum_{i=1}^N \tfrac1N\, p(x \mid x_i) = p_\sigma(x), \qquad p_\sigma = \frac1N \sum_{i=1}^N \mathcal N(x_i, \sigma^2 I)`,
  assumptions: {
    empirical: latex`$p_0 = \frac1N \sum_{i=1}^N \delta_{x_i}$: a clean point is one of the $N$ examples, each with the same probability; $p(x \mid x_i) = \mathcal N(x; x_i, \sigma^2 I)$, $\sigma > 0$.`,
  },
  // The far points are ten times as far: p stays above the smallest float32 number.
  domain: ({ center }) => boxes({ x: { center, spread: 0.6 } }),
  sides: ({ points, sigma }) => ({
    lhs: times(1 / points.length, sumOfKernels(points, sigma)),
    rhs: densityTerm(exampleMixture(points, sigma ** 2)),
  }),
  settings: {
    'five examples in 1-D, sigma = 0.8': { points: points1d, sigma: 0.8, center: [0.3] },
    'seven examples in 2-D, sigma = 0.7': { points: points2d, sigma: 0.7, center: [0.2, -0.1] },
    'four examples in 3-D, sigma = 1.4': { points: points3d, sigma: 1.4, center: [0.1, 0.2, -0.3] },
  },
  onDigits: empiricalMarginalOnDigits,
  discrepancy: 1e-3,
  falseVariants: {
    'covariance-sigma': {
      mistake:
        'The covariance is sigma times the identity: sigma is the standard deviation, the covariance holds its square.',
      statement: latex`p_\sigma = \frac1N \sum_{i=1}^N \mathcal N(x_i, \sigma I)`,
      sides: ({ points, sigma }) => ({ rhs: densityTerm(exampleMixture(points, sigma)) }),
    },
    'not-divided-by-n': {
      mistake: 'The sum is not divided by the number of examples: it integrates to N, so it is no density.',
      statement: latex`p_\sigma = \sum_{i=1}^N \mathcal N(x_i, \sigma^2 I)`,
      sides: ({ points, sigma }) => ({ rhs: times(points.length, densityTerm(exampleMixture(points, sigma ** 2))) }),
    },
    'average-of-points': {
      mistake: 'The points are averaged in place of the densities: one Gaussian at the mean of the data.',
      statement: latex`p_\sigma = \mathcal N \Bigl( \frac1N \sum_{i=1}^N x_i, \sigma^2 I \Bigr)`,
      sides: ({ points, sigma }) => ({ rhs: densityTerm(exampleMixture([meanOf(points)], sigma ** 2)) }),
    },
    'variance-divided-by-n': {
      mistake: 'The variance is divided by the number of examples, as if the examples were averaged.',
      statement: latex`p_\sigma = \frac1N \sum_{i=1}^N \mathcal N \bigl( x_i, \tfrac{\sigma^2}{N} I \bigr)`,
      sides: ({ points, sigma }) => ({ rhs: densityTerm(exampleMixture(points, sigma ** 2 / points.length)) }),
    },
  },
});

/** Σ p(x | xᵢ). */
const sumOfKernels = (points: Setting['points'], sigma: number): Term =>
  points.map((x0) => where(expOf(kernelLogDensityTerm(sigma)), { x0 })).reduce(plus);

/** (1/N) Σ N(xᵢ, variance·I). */
const exampleMixture = (points: Setting['points'], variance: number) =>
  mixture({
    weights: points.map(() => 1 / points.length),
    means: points,
    covariances: points.map((point) => point.map((_, i) => point.map((__, j) => (i === j ? variance : 0)))),
  });

const meanOf = (points: Setting['points']): number[] =>
  points[0].map((_, j) => points.reduce((sum, point) => sum + point[j], 0) / points.length);
