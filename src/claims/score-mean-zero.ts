import { claim } from '../verify/claim.js';
import { exponential, smoothed, type Density, type GaussianMixture } from '../verify/densities.js';
import { lawOf } from '../verify/laws.js';
import { expectation } from '../verify/statement.js';
import { constant, type Term } from '../verify/term.js';
import { logGradientTerm, scoreEnergy, scoreTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { gaussian2d, mixture1d, overlapping2d } from './settings.js';

interface Setting {
  readonly p: Density;
  /** p smoothed by noise: the law that is mistaken for p. */
  readonly noisy: Density;
}

const zero = (p: Density): Term => constant(...Array.from({ length: p.dimension }, () => 0));

const withNoise = (p: GaussianMixture, sigma: number): Setting => ({ p, noisy: smoothed(p, sigma) });

/** E_p[s] = ∫ ∇p = 0. */
export const scoreMeanZero = claim<Setting, 'differentiable' | 'noFlux'>({
  id: 'score-mean-zero',
  title: 'The score has mean zero',
  source: 'hyvarinen2005, Theorem 1 for a constant field',
  kind: 'identity',
  statement: latex`\mathbb E_{x \sim p} \bigl[ \nabla \log p(x) \bigr] = \int \nabla p(x)\, dx = 0`,
  assumptions: {
    differentiable: latex`$p$ is differentiable inside its support and $\mathbb E_p \lVert \nabla \log p \rVert$ is finite.`,
    noFlux: latex`No flux through the boundary: $p = 0$ on the boundary of its support (automatic on $\mathbb R^d$).`,
  },
  sides: ({ p }) => {
    const law = lawOf(p);
    return { lhs: expectation(law, logGradientTerm(p)), rhs: expectation(law, zero(p)) };
  },
  settings: {
    'a correlated Gaussian in 2-D, sigma = 0.7': withNoise(gaussian2d, 0.7),
    'a mixture in 1-D, sigma = 0.9': withNoise(mixture1d, 0.9),
    'a mixture in 2-D, sigma = 1.2': withNoise(overlapping2d, 1.2),
  },
  discrepancy: 0.03,
  falseVariants: {
    'under-the-noisy-law': {
      mistake: 'The mean of the clean score is taken under the noisy law.',
      statement: latex`\mathbb E_{x \sim p_\sigma} \bigl[ \nabla \log p(x) \bigr] = 0`,
      silentIn: {
        'a correlated Gaussian in 2-D, sigma = 0.7':
          'The score of a Gaussian is affine and the noise does not move the mean, so that the wrong mean is 0 too.',
      },
      sides: ({ p, noisy }) => {
        const law = lawOf(noisy);
        return { lhs: expectation(law, scoreTerm(p)), rhs: expectation(law, zero(p)) };
      },
    },
    'square-too': {
      mistake: 'The mean of the squared norm is taken to be zero as well: it is the Fisher information.',
      statement: latex`\mathbb E_{x \sim p} \lVert \nabla \log p(x) \rVert^2 = 0`,
      sides: ({ p }) => {
        const law = lawOf(p);
        return { lhs: expectation(law, scoreEnergy(p)), rhs: expectation(law, constant(0)) };
      },
    },
  },
  // On Exp(1): s = −1, so E[s] = −1 = −p(0), the flux through the boundary at 0.
  withoutAssumption: {
    noFlux: {
      name: 'Exp(1), whose density jumps at 0',
      setting: { p: exponential(), noisy: exponential() },
      residual: -1,
    },
  },
});
