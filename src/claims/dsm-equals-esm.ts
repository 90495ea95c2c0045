import { claim } from '../verify/claim.js';
import { smoothed, type GaussianMixture } from '../verify/densities.js';
import type { ScoreField } from '../verify/fields.js';
import { cleanAndNoise, lawOf, throughNoise } from '../verify/laws.js';
import { perturbationTarget } from '../verify/noising.js';
import { expectation, sumOf, type Mean } from '../verify/statement.js';
import { minus, plus, times, type Term } from '../verify/term.js';
import { energyOf, esmLosses, fieldTerm, scoreEnergy, squaredDistance } from '../verify/terms.js';
import { latex } from './latex.js';
import { dsmEqualsEsmOnDigits } from './on-digits/dsm-equals-esm.js';
import { affine2d, gaussian2d, mixture1d, mixture2d, network1d, network2d } from './settings.js';

interface Setting {
  readonly p0: GaussianMixture;
  readonly sigma: number;
  readonly s: ScoreField;
}

/** ESM(S; p_σ) on the left; on the right a term of the pair (x₀, ε) and one of x ~ p_σ. */
const noisyEsmEquals =
  (pairTerm: ((setting: Setting) => Term) | undefined, noisyTerm: ((p: GaussianMixture) => Term) | undefined) =>
  (setting: Setting): { lhs: Mean; rhs: Mean } => {
    const noisy = smoothed(setting.p0, setting.sigma);
    const law = lawOf(noisy);
    return {
      lhs: expectation(law, esmLosses(setting.s, noisy)),
      rhs: sumOf(
        pairTerm ? expectation(cleanAndNoise(setting.p0), pairTerm(setting)) : [],
        noisyTerm ? expectation(law, noisyTerm(noisy)) : [],
      ),
    };
  };

/** ‖S(x) − ∇ₓ log p(x | x₀)‖². */
const dsm = ({ p0, sigma, s }: Setting): Term =>
  squaredDistance(throughNoise(fieldTerm(s), sigma), perturbationTarget(sigma, p0.dimension));

/** ‖∇ₓ log p(x | x₀)‖². */
const targetEnergy = ({ p0, sigma }: Setting): Term => energyOf(perturbationTarget(sigma, p0.dimension));

/** ESM(S; p_σ) = DSM(S) − E‖∇ log p(x | x₀)‖² + E‖∇ log p_σ‖². */
export const dsmEqualsEsm = claim<Setting, 'smoothing' | 'integrable'>({
  id: 'dsm-equals-esm',
  title: 'Denoising and explicit score matching of the noisy density differ by a constant',
  source: 'vincent2011, equation 11 and appendix',
  kind: 'identity',
  statement: latex`\mathbb E_{p_\sigma} \lVert S(x) - \nabla \log p_\sigma(x) \rVert^2
    = \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2
    - \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert \nabla_x \log p(x \mid x_0) \rVert^2 + \mathbb E_{p_\sigma} \lVert \nabla \log p_\sigma(x) \rVert^2`,
  assumptions: {
    smoothing: latex`$x = x_0 + \sigma \varepsilon$ with $\sigma > 0$ and $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$; the density of $x$ is $p_\sigma$, not $p_0$.`,
    integrable: latex`$\mathbb E_{p_\sigma} \lVert S \rVert^2$ is finite. The other terms are: $\mathbb E_{p_\sigma} \lVert \nabla \log p_\sigma \rVert^2 \le d / \sigma^2$.`,
  },
  sides: noisyEsmEquals((setting) => minus(dsm(setting), targetEnergy(setting)), scoreEnergy),
  settings: {
    'a nonlinear field on a mixture in 1-D, sigma = 0.6': { p0: mixture1d, sigma: 0.6, s: network1d },
    'an affine field on a correlated Gaussian, sigma = 0.7': { p0: gaussian2d, sigma: 0.7, s: affine2d },
    'a nonlinear field on a mixture in 2-D, sigma = 0.8': { p0: mixture2d, sigma: 0.8, s: network2d },
  },
  onDigits: dsmEqualsEsmOnDigits,
  discrepancy: 0.04,
  falseVariants: {
    'constants-in-place-of-the-loss': {
      mistake:
        'The last line keeps the two constants with a plus, and loses the denoising loss: the minus in front of the first belongs to it.',
      statement: latex`\mathbb E_{p_\sigma} \lVert S(x) - \nabla \log p_\sigma(x) \rVert^2 = \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert \nabla_x \log p(x \mid x_0) \rVert^2 + \mathbb E_{p_\sigma} \lVert \nabla \log p_\sigma(x) \rVert^2`,
      sides: noisyEsmEquals(targetEnergy, scoreEnergy),
    },
    'no-minus': {
      mistake: 'The mean square of the target is added; it is subtracted.',
      statement: latex`\mathbb E_{p_\sigma} \lVert S(x) - \nabla \log p_\sigma(x) \rVert^2 = \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 + \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert \nabla_x \log p(x \mid x_0) \rVert^2 + \mathbb E_{p_\sigma} \lVert \nabla \log p_\sigma(x) \rVert^2`,
      sides: noisyEsmEquals((setting) => plus(dsm(setting), targetEnergy(setting)), scoreEnergy),
    },
    'equal-losses': {
      mistake: 'The two losses have the same minimiser, but not the same value: they differ by a constant.',
      statement: latex`\mathbb E_{p_\sigma} \lVert S(x) - \nabla \log p_\sigma(x) \rVert^2 = \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2`,
      sides: noisyEsmEquals(dsm, undefined),
    },
    'score-energy-subtracted': {
      mistake: 'The mean square of the noisy score is subtracted; it is added.',
      statement: latex`\mathbb E_{p_\sigma} \lVert S(x) - \nabla \log p_\sigma(x) \rVert^2 = \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 - \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert \nabla_x \log p(x \mid x_0) \rVert^2 - \mathbb E_{p_\sigma} \lVert \nabla \log p_\sigma(x) \rVert^2`,
      sides: noisyEsmEquals(
        (setting) => minus(dsm(setting), targetEnergy(setting)),
        (p) => times(-1, scoreEnergy(p)),
      ),
    },
    'clean-density': {
      mistake: 'The clean density p0 stands where the noisy density belongs: denoising never sees the score of p0.',
      statement: latex`\mathbb E_{x \sim p_0} \lVert S(x) - \nabla \log p_0(x) \rVert^2 = \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 - \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert \nabla_x \log p(x \mid x_0) \rVert^2 + \mathbb E_{x \sim p_0} \lVert \nabla \log p_0(x) \rVert^2`,
      sides: (setting) => {
        const law = lawOf(setting.p0);
        const pair = cleanAndNoise(setting.p0);
        return {
          lhs: expectation(law, esmLosses(setting.s, setting.p0)),
          rhs: sumOf(
            expectation(pair, minus(dsm(setting), targetEnergy(setting))),
            expectation(law, scoreEnergy(setting.p0)),
          ),
        };
      },
    },
  },
});
