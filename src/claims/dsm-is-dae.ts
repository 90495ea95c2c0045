import { claim } from '../verify/claim.js';
import { denoiserOf } from '../verify/denoisers.js';
import { boxes } from '../verify/domains.js';
import { scaledField, type ScoreField } from '../verify/fields.js';
import { cleanTerm, kernelScoreTerm } from '../verify/noising.js';
import { times } from '../verify/term.js';
import { denoisingLoss, fieldTerm, squaredDistance } from '../verify/terms.js';
import { latex } from './latex.js';
import { dsmIsDaeOnDigits } from './on-digits/dsm-is-dae.js';
import { affine2d, network1d, network2d, network3d } from './settings.js';

interface Setting {
  readonly s: ScoreField;
  readonly sigma: number;
}

/** ‖S(x) − ∇log p(x | x₀)‖² = ‖h(x) − x₀‖²/σ⁴ with h(x) = x + σ² S(x). */
export const dsmIsDae = claim<Setting, 'gaussian'>({
  id: 'dsm-is-dae',
  title: 'Denoising score matching is a denoising autoencoder, example by example',
  source: 'vincent2011, section 4.2',
  kind: 'pointwise',
  statement: latex`\lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = \frac{1}{\sigma^4} \lVert h(x) - x_0 \rVert^2, \qquad h(x) = x + \sigma^2 S(x)`,
  assumptions: { gaussian: latex`$p(x \mid x_0) = \mathcal N(x; x_0, \sigma^2 I)$ with $\sigma > 0$.` },
  domain: ({ s }) =>
    boxes({
      x: { center: Array.from({ length: s.dimension }, () => 0.4), spread: 3 },
      x0: { center: Array.from({ length: s.dimension }, () => -0.3), spread: 3 },
    }),
  sides: ({ s, sigma }) => ({
    lhs: squaredDistance(fieldTerm(s), kernelScoreTerm(sigma, s.dimension)),
    rhs: times(1 / sigma ** 4, autoencoderLoss(s, sigma)),
  }),
  settings: {
    'a nonlinear field in 1-D, sigma = 0.6': { s: network1d, sigma: 0.6 },
    'an affine field in 2-D, sigma = 0.7': { s: affine2d, sigma: 0.7 },
    'a nonlinear field in 2-D, sigma = 2.5': { s: network2d, sigma: 2.5 },
    'a nonlinear field in 3-D, sigma = 0.3': { s: network3d, sigma: 0.3 },
  },
  onDigits: dsmIsDaeOnDigits,
  discrepancy: 1e-3,
  falseVariants: {
    'divided-by-sigma-squared': {
      mistake: 'The autoencoder loss is divided by sigma squared in place of sigma to the fourth.',
      statement: latex`\lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = \frac{1}{\sigma^2} \lVert h(x) - x_0 \rVert^2, \qquad h(x) = x + \sigma^2 S(x)`,
      sides: ({ s, sigma }) => ({ rhs: times(1 / sigma ** 2, autoencoderLoss(s, sigma)) }),
    },
    'not-divided': {
      mistake: 'The two losses are set equal: the factor 1 over sigma to the fourth is missing.',
      statement: latex`\lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = \lVert h(x) - x_0 \rVert^2, \qquad h(x) = x + \sigma^2 S(x)`,
      sides: ({ s, sigma }) => ({ rhs: autoencoderLoss(s, sigma) }),
    },
    'denoiser-with-sigma': {
      mistake: 'The denoiser adds sigma times the field in place of sigma squared.',
      statement: latex`\lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = \frac{1}{\sigma^4} \lVert h(x) - x_0 \rVert^2, \qquad h(x) = x + \sigma S(x)`,
      sides: ({ s, sigma }) => ({
        rhs: times(1 / sigma ** 4, autoencoderLoss(scaledField(1 / sigma, s), sigma)),
      }),
    },
    'denoiser-sign': {
      mistake: 'The denoiser subtracts the field.',
      statement: latex`\lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = \frac{1}{\sigma^4} \lVert h(x) - x_0 \rVert^2, \qquad h(x) = x - \sigma^2 S(x)`,
      sides: ({ s, sigma }) => ({ rhs: times(1 / sigma ** 4, autoencoderLoss(scaledField(-1, s), sigma)) }),
    },
    'field-as-denoiser': {
      mistake: 'The field itself is used as the denoiser: a score points to the data, it is not a clean point.',
      statement: latex`\lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = \frac{1}{\sigma^4} \lVert S(x) - x_0 \rVert^2`,
      sides: ({ s, sigma }) => ({
        rhs: times(1 / sigma ** 4, denoisingLoss(fieldTerm(s), cleanTerm(s.dimension))),
      }),
    },
  },
});

/** ‖x + σ² S(x) − x₀‖². */
const autoencoderLoss = (s: ScoreField, sigma: number) =>
  denoisingLoss(fieldTerm(denoiserOf(s, sigma)), cleanTerm(s.dimension));
