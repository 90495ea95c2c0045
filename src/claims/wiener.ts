import { claim } from '../verify/claim.js';
import { denoiserOf, wienerDenoiser, wienerErrorTerm, type Denoiser } from '../verify/denoisers.js';
import { gaussian, smoothed, type Density, type GaussianMixture } from '../verify/densities.js';
import { affine, constantField, scaledField, scoreOf, shifted, squaredOffset } from '../verify/fields.js';
import { cleanAndNoise, throughNoise } from '../verify/laws.js';
import type { Law } from '../verify/law.js';
import { cleanTerm } from '../verify/noising.js';
import { expectation } from '../verify/statement.js';
import { constant, plus, times, type Term } from '../verify/term.js';
import { denoisingLoss, fieldTerm, squaredDistance } from '../verify/terms.js';
import { latex } from './latex.js';
import { wienerOnDigits } from './on-digits/wiener.js';
import { gaussian1d, gaussian2d, gaussian3d, mixture1d, network1d, network2d, network3d } from './settings.js';

interface Setting {
  /** The law of the clean data. */
  readonly p0: Density;
  /** N(μ, Σ) with the mean and covariance of p0: p0 itself where the data are Gaussian. */
  readonly moments: GaussianMixture;
  readonly sigma: number;
  readonly h: Denoiser;
}

const gaussianData = (p0: GaussianMixture, sigma: number, h: Denoiser): Setting => ({ p0, moments: p0, sigma, h });

/** The Gaussian with the mean and variance of mixture1d. */
const mixture1dMoments = gaussian({ mean: [0.47], covariance: [[2.6931]] });

/** E‖h(x) − x₀‖² = σ² tr(Σ(Σ + σ²I)⁻¹) + E‖h(x) − h*(x)‖² with h* the Wiener denoiser: so h* is the best, and the first term its loss. */
export const wiener = claim<Setting, 'gaussian' | 'noise'>({
  id: 'wiener',
  title: 'For Gaussian data the best denoiser is affine: the Wiener filter',
  source: 'wiener1949, chapter III',
  kind: 'identity',
  given: latex`Let $x_0 \sim \mathcal N(\mu, \Sigma)$ and $x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$.`,
  statement: latex`\mathbb E \lVert h(x) - x_0 \rVert^2 = \sigma^2 \operatorname{tr} \bigl( \Sigma (\Sigma + \sigma^2 I)^{-1} \bigr) + \mathbb E \lVert h(x) - h^*(x) \rVert^2, \qquad h^*(x) = \mu + \Sigma (\Sigma + \sigma^2 I)^{-1} (x - \mu)`,
  assumptions: {
    gaussian: latex`$x_0 \sim \mathcal N(\mu, \Sigma)$. (For other laws with this mean and covariance the equation holds for affine $h$ only.)`,
    noise: latex`$x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$; $h$ is any function of $x$ with $\mathbb E \lVert h(x) \rVert^2$ finite.`,
  },
  sides: (setting) => {
    const law = cleanAndNoise(setting.p0);
    return { lhs: loss(setting, law), rhs: bestAndExcess(setting, law) };
  },
  settings: {
    'a nonlinear denoiser on a Gaussian in 1-D, sigma = 0.6': gaussianData(gaussian1d, 0.6, denoiserOf(network1d, 0.6)),
    'an affine denoiser on a Gaussian in 2-D, sigma = 0.5': gaussianData(
      gaussian2d,
      0.5,
      affine(
        [
          [0.96, 0.12],
          [-0.07, 0.91],
        ],
        [0.1, -0.2],
      ),
    ),
    'a nonlinear denoiser on a Gaussian in 2-D, sigma = 0.45': gaussianData(
      gaussian2d,
      0.45,
      denoiserOf(network2d, 0.45),
    ),
    'a nonlinear denoiser on a Gaussian in 3-D, sigma = 0.5': gaussianData(gaussian3d, 0.5, denoiserOf(network3d, 0.5)),
  },
  onDigits: wienerOnDigits,
  discrepancy: 0.02,
  falseVariants: {
    'gain-with-sigma': {
      mistake: 'The gain holds sigma in place of sigma squared.',
      statement: latex`\mathbb E[x_0 \mid x] = \mu + \Sigma (\Sigma + \sigma I)^{-1} (x - \mu)`,
      sides: (setting) => {
        const law = cleanAndNoise(setting.p0);
        const h = wienerDenoiser(setting.moments, Math.sqrt(setting.sigma));
        return { lhs: loss(setting, law), rhs: bestAndExcess(setting, law, { h }) };
      },
    },
    'not-centred': {
      mistake: 'The mean is forgotten: the gain acts on x in place of its distance from the mean.',
      statement: latex`\mathbb E[x_0 \mid x] = \Sigma (\Sigma + \sigma^2 I)^{-1} x`,
      sides: (setting) => {
        const law = cleanAndNoise(setting.p0);
        const { moments, sigma } = setting;
        const { parameters } = moments;
        const centred = gaussian({ mean: parameters.means[0].map(() => 0), covariance: parameters.covariances[0] });
        return { lhs: loss(setting, law), rhs: bestAndExcess(setting, law, { h: wienerDenoiser(centred, sigma) }) };
      },
    },
    'gain-of-the-noise': {
      mistake: 'The gain is that of the noise: it keeps the noise and removes the signal.',
      statement: latex`\mathbb E[x_0 \mid x] = \mu + \sigma^2 (\Sigma + \sigma^2 I)^{-1} (x - \mu)`,
      sides: (setting) => {
        const law = cleanAndNoise(setting.p0);
        // σ²(Σ + σ²I)⁻¹(x − μ) = −σ² ∇log p_σ(x).
        const { moments, sigma } = setting;
        const noise = scaledField(-sigma * sigma, scoreOf(smoothed(moments, sigma)));
        const h = shifted(constantField(moments.parameters.means[0]), noise, 1);
        return { lhs: loss(setting, law), rhs: bestAndExcess(setting, law, { h }) };
      },
    },
    'loss-is-trace': {
      mistake: 'The smallest loss is taken for the trace of the covariance: that is the loss of answering the mean.',
      statement: latex`\mathbb E \lVert h^*(x) - x_0 \rVert^2 = \operatorname{tr} \Sigma, \qquad h^*(x) = \mathbb E[x_0 \mid x]`,
      sides: (setting) => {
        const law = cleanAndNoise(setting.p0);
        const trace = setting.moments.parameters.covariances[0].reduce((sum, row, i) => sum + row[i], 0);
        return { lhs: loss(setting, law), rhs: bestAndExcess(setting, law, { error: constant(trace) }) };
      },
    },
    'loss-without-sigma': {
      mistake: 'The smallest loss lacks its factor sigma squared.',
      statement: latex`\mathbb E \lVert h^*(x) - x_0 \rVert^2 = \operatorname{tr} \bigl( \Sigma (\Sigma + \sigma^2 I)^{-1} \bigr), \qquad h^*(x) = \mathbb E[x_0 \mid x]`,
      sides: (setting) => {
        const law = cleanAndNoise(setting.p0);
        const error = times(setting.sigma ** -2, wienerErrorTerm(setting.moments, setting.sigma));
        return { lhs: loss(setting, law), rhs: bestAndExcess(setting, law, { error }) };
      },
    },
    'loss-is-noise': {
      mistake: 'The smallest loss is taken for the energy of the noise: that is the loss of changing nothing.',
      statement: latex`\mathbb E \lVert h^*(x) - x_0 \rVert^2 = d \sigma^2, \qquad h^*(x) = \mathbb E[x_0 \mid x]`,
      sides: (setting) => {
        const law = cleanAndNoise(setting.p0);
        const error = constant(setting.p0.dimension * setting.sigma ** 2);
        return { lhs: loss(setting, law), rhs: bestAndExcess(setting, law, { error }) };
      },
    },
  },
  // The sides differ by 2 E[(h − h*)·(h* − x₀)]. With y = x₀ − μ, gain g = v/(v + σ²) and h(x) = h*(x) + (x − μ)², this is
  // 2 E[(y + σε)² (g(y + σε) − y)] = 2(g − 1) κ = −2σ²κ/(v + σ²), κ = E[y³]. The mixture has weights .3, .7, means −1.7, 1.4 and variances .36, .81:
  // μ = .47, deviations a = −2.17, b = .93, v = .3(a² + .36) + .7(b² + .81) = 2.6931,
  // κ = .3(a³ + 3·.36a) + .7(b³ + 3·.81b) = −1.623594.
  withoutAssumption: {
    gaussian: {
      name: 'a quadratic denoiser on a mixture in 1-D',
      setting: {
        p0: mixture1d,
        moments: mixture1dMoments,
        sigma: 0.6,
        h: shifted(wienerDenoiser(mixture1dMoments, 0.6), squaredOffset([0.47]), 1),
      },
      residual: (-2 * 0.36 * -1.623594) / (2.6931 + 0.36),
    },
  },
});

/** ‖h(x) − x₀‖². */
const loss = ({ p0, sigma, h }: Setting, law: Law) =>
  expectation(law, denoisingLoss(throughNoise(fieldTerm(h), sigma), cleanTerm(p0.dimension)));

/** The smallest loss and the excess of h over the best denoiser; a variant replaces one of them. */
function bestAndExcess(setting: Setting, law: Law, replaced: { readonly h?: Denoiser; readonly error?: Term } = {}) {
  const { moments, sigma, h } = setting;
  const best = replaced.h ?? wienerDenoiser(moments, sigma);
  const error = replaced.error ?? wienerErrorTerm(moments, sigma);
  const excess = squaredDistance(throughNoise(fieldTerm(h), sigma), throughNoise(fieldTerm(best), sigma));
  return expectation(law, plus(error, excess));
}
