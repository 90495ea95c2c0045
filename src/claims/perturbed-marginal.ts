import { claim } from '../verify/claim.js';
import { gaussian, smoothed, type GaussianMixture } from '../verify/densities.js';
import { where } from '../verify/gradients.js';
import { certain, lawOf } from '../verify/laws.js';
import { kernelLogDensityTerm } from '../verify/noising.js';
import { expectation } from '../verify/statement.js';
import { stack, type Term } from '../verify/term.js';
import { densityTerm, expOf, logDensityTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { perturbedMarginalOnDigits } from './on-digits/perturbed-marginal.js';
import { gaussian2d, mixture1d, mixture2d } from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  readonly sigma: number;
  /** The density of x = x₀ + σε in closed form. */
  readonly noisy: GaussianMixture;
  /** The fixed points x at which the two sides are compared. */
  readonly at: readonly (readonly number[])[];
}

/** A clean density under independent noise. */
const perturbed = (p0: GaussianMixture, sigma: number, at: readonly (readonly number[])[]): Setting => ({
  p0,
  sigma,
  noisy: smoothed(p0, sigma),
  at,
});

/** p_σ(x) = E_{x₀}[p(x | x₀)]. */
export const perturbedMarginal = claim<Setting, 'gaussian' | 'independent'>({
  id: 'perturbed-marginal',
  title: 'The density of the noisy data is the kernel averaged over the clean data',
  source: 'vincent2011, section 4.2',
  kind: 'identity',
  statement: latex`p_\sigma(x) = \int p(x \mid x_0)\, p_0(x_0)\, dx_0 = \mathbb E_{x_0 \sim p_0} \bigl[ p(x \mid x_0) \bigr]`,
  assumptions: {
    gaussian: latex`$p(x \mid x_0) = \mathcal N(x; x_0, \sigma^2 I)$ with $\sigma > 0$; $p_\sigma$ is the density of $x = x_0 + \sigma \varepsilon$.`,
    independent: latex`The noise $\varepsilon$ is independent of $x_0$.`,
  },
  sides: (setting) => ({
    lhs: expectation(certain, atThePoints(setting, densityTerm(setting.noisy))),
    rhs: averaged(setting),
  }),
  settings: {
    'a mixture in 1-D, sigma = 0.6': perturbed(mixture1d, 0.6, [[-1.9], [-0.4], [1.1], [2.3]]),
    'a correlated Gaussian in 2-D, sigma = 0.8': perturbed(gaussian2d, 0.8, [
      [1.3, -1.2],
      [-0.2, -2.4],
      [2.6, -1.9],
    ]),
    'a mixture in 2-D, sigma = 0.7': perturbed(mixture2d, 0.7, [
      [-0.9, 0.3],
      [0.8, 0.9],
      [0.1, -1.4],
    ]),
  },
  onDigits: perturbedMarginalOnDigits,
  discrepancy: 0.03,
  falseVariants: {
    'wrong-outer-measure': {
      mistake: 'The average runs over the noisy density p_sigma in place of the clean density p0.',
      statement: latex`p_\sigma(x) = \mathbb E_{x_0 \sim p_\sigma} \bigl[ p(x \mid x_0) \bigr]`,
      sides: (setting) => ({ rhs: averaged(setting, setting.sigma, setting.noisy) }),
    },
    'variance-is-sigma': {
      mistake: 'The kernel is given the variance sigma: sigma is the standard deviation.',
      statement: latex`p_\sigma(x) = \mathbb E_{x_0 \sim p_0} \bigl[ \mathcal N(x; x_0, \sigma I) \bigr]`,
      sides: (setting) => ({ rhs: averaged(setting, Math.sqrt(setting.sigma)) }),
    },
    'clean-density': {
      mistake: 'The noisy density is taken for the clean one, as if noise moved points but not the density.',
      statement: latex`p_0(x) = \mathbb E_{x_0 \sim p_0} \bigl[ p(x \mid x_0) \bigr]`,
      sides: (setting) => ({ lhs: expectation(certain, atThePoints(setting, densityTerm(setting.p0))) }),
    },
    'logarithm-inside': {
      mistake:
        'The logarithm is moved inside the average: the mean of log p(x | x0) lies below log p_sigma(x) (Jensen).',
      statement: latex`\log p_\sigma(x) = \mathbb E_{x_0 \sim p_0} \bigl[ \log p(x \mid x_0) \bigr]`,
      sides: (setting) => ({
        lhs: expectation(certain, atThePoints(setting, logDensityTerm(setting.noisy))),
        rhs: expectation(lawOf(setting.p0, 'x0'), atThePoints(setting, kernelLogDensityTerm(setting.sigma))),
      }),
    },
    'integrated-over-x': {
      mistake: 'The integral runs over the noisy point x: the result is a function of x0, not of x.',
      statement: latex`p_\sigma(x) = \int p(x \mid x_0)\, p_0(x_0)\, dx`,
      kind: 'ill-formed',
      reason: 'x is free on the left and bound on the right; x0 is free on the right and stands nowhere on the left.',
    },
    'not-integrated': {
      mistake: 'Nothing is averaged: the product is the joint density of x and x0.',
      statement: latex`p_\sigma(x) = p(x \mid x_0)\, p_0(x_0)`,
      kind: 'ill-formed',
      reason: 'x0 is free on the right and stands nowhere on the left.',
    },
  },
  // x₀ ~ N(1.4, 0.81) and noise with correlation ρ = 0.5 to it, σ = 0.6: x has variance 0.81 + 0.36 + 2·0.5·0.6·0.9 = 1.71, while the average of the
  // kernel is N(x; 1.4, 1.17). At x = 1.4 the two differ by (1.71^(−1/2) − 1.17^(−1/2))/√(2π).
  withoutAssumption: {
    independent: {
      name: 'noise correlated with x₀, on a Gaussian in 1-D',
      setting: {
        p0: gaussian({ mean: [1.4], covariance: [[0.81]] }),
        sigma: 0.6,
        noisy: gaussian({ mean: [1.4], covariance: [[1.71]] }),
        at: [[1.4]],
      },
      residual: (1 / Math.sqrt(1.71) - 1 / Math.sqrt(1.17)) / Math.sqrt(2 * Math.PI),
    },
  },
});

/** The term at each of the fixed points x, below one another. */
const atThePoints = ({ at }: Setting, term: Term): Term => stack(...at.map((x) => where(term, { x })));

/** E[N(x; x₀, width²I)] over x₀ ~ clean, at the fixed points. */
const averaged = (setting: Setting, width = setting.sigma, clean = setting.p0) =>
  expectation(lawOf(clean, 'x0'), atThePoints(setting, expOf(kernelLogDensityTerm(width))));
