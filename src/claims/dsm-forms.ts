import { claim } from '../verify/claim.js';
import { boxes } from '../verify/domains.js';
import type { ScoreField } from '../verify/fields.js';
import { throughNoise } from '../verify/laws.js';
import { displacementTerm, noiseTerm, perturbationTarget } from '../verify/noising.js';
import { minus, plus, stack, times } from '../verify/term.js';
import { energyOf, fieldTerm, squaredDistance } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine2d, network1d, network3d } from './settings.js';

interface Setting {
  readonly s: ScoreField;
  readonly sigma: number;
}

/** S at x = x₀ + σε. */
const noisyField = ({ s, sigma }: Setting) => throughNoise(fieldTerm(s), sigma);

const targetOf = ({ s, sigma }: Setting) => perturbationTarget(sigma, s.dimension);

/** ‖S + (x − x₀)/σ²‖². */
const targetForm = (setting: Setting) => squaredDistance(noisyField(setting), targetOf(setting));

/** ‖σ²S + x − x₀‖², without the factor in front. */
const residualEnergy = (setting: Setting) => {
  const { s, sigma } = setting;
  const displacement = throughNoise(displacementTerm(s.dimension), sigma);
  return energyOf(plus(times(sigma ** 2, noisyField(setting)), displacement));
};

/** ‖σS + ε‖², without the factor in front. */
const noiseEnergy = (setting: Setting) =>
  energyOf(plus(times(setting.sigma, noisyField(setting)), noiseTerm(setting.s.dimension)));

/** Three ways to write the denoising loss of one example. */
export const dsmForms = claim<Setting, 'noise'>({
  id: 'dsm-forms',
  title: 'Three forms of the denoising score matching loss',
  source: 'song2019, equation 5',
  kind: 'pointwise',
  statement: latex`\Bigl\lVert S(x) + \frac{x - x_0}{\sigma^2} \Bigr\rVert^2
    = \frac{1}{\sigma^4} \lVert \sigma^2 S(x) + x - x_0 \rVert^2
    = \frac{1}{\sigma^2} \lVert \sigma S(x) + \varepsilon \rVert^2, \qquad x = x_0 + \sigma \varepsilon`,
  assumptions: {
    noise: latex`$\sigma > 0$ and $x = x_0 + \sigma \varepsilon$. The three losses are equal for every pair $(x_0, \varepsilon)$, so also in expectation.`,
  },
  domain: ({ s }) => {
    const center = Array.from({ length: s.dimension }, () => 0.4);
    return boxes({ x0: { center, spread: 2 }, noise: { center: center.map(() => 0), spread: 3 } });
  },
  sides: (setting) => ({
    lhs: stack(targetForm(setting), targetForm(setting)),
    rhs: stack(times(setting.sigma ** -4, residualEnergy(setting)), times(setting.sigma ** -2, noiseEnergy(setting))),
  }),
  settings: {
    'a nonlinear field in 1-D, sigma = 2.3': { s: network1d, sigma: 2.3 },
    'an affine field in 2-D, sigma = 0.7': { s: affine2d, sigma: 0.7 },
    'a nonlinear field in 3-D, sigma = 0.4': { s: network3d, sigma: 0.4 },
  },
  discrepancy: 1e-3,
  falseVariants: {
    'weight-not-squared': {
      mistake: 'Taking sigma squared out of the norm gives 1/sigma to the fourth power in front, not 1/sigma squared.',
      statement: latex`\Bigl\lVert S(x) + \frac{x - x_0}{\sigma^2} \Bigr\rVert^2 = \frac{1}{\sigma^2} \lVert \sigma^2 S(x) + x - x_0 \rVert^2`,
      sides: (setting) => ({
        lhs: targetForm(setting),
        rhs: times(setting.sigma ** -2, residualEnergy(setting)),
      }),
    },
    'half-for-weight': {
      mistake: 'One half stands where 1/sigma squared belongs: that is true only when sigma is the square root of 2.',
      statement: latex`\Bigl\lVert S(x) + \frac{x - x_0}{\sigma^2} \Bigr\rVert^2 = \frac{1}{2} \lVert \sigma S(x) + \varepsilon \rVert^2`,
      sides: (setting) => ({ lhs: targetForm(setting), rhs: times(0.5, noiseEnergy(setting)) }),
    },
    'weight-dropped': {
      mistake: 'The weight 1/sigma squared is dropped: this loss weighs every noise level by sigma squared.',
      statement: latex`\Bigl\lVert S(x) + \frac{x - x_0}{\sigma^2} \Bigr\rVert^2 = \lVert \sigma S(x) + \varepsilon \rVert^2`,
      sides: (setting) => ({ lhs: targetForm(setting), rhs: noiseEnergy(setting) }),
    },
    'noise-subtracted': {
      mistake: 'The noise is subtracted: the target is −ε/sigma, so S minus the target has a plus.',
      statement: latex`\Bigl\lVert S(x) + \frac{x - x_0}{\sigma^2} \Bigr\rVert^2 = \frac{1}{\sigma^2} \lVert \sigma S(x) - \varepsilon \rVert^2`,
      sides: (setting) => ({
        lhs: targetForm(setting),
        rhs: times(
          setting.sigma ** -2,
          energyOf(minus(times(setting.sigma, noisyField(setting)), noiseTerm(setting.s.dimension))),
        ),
      }),
    },
    'field-not-scaled': {
      mistake: 'The field inside the norm is not multiplied by sigma.',
      statement: latex`\Bigl\lVert S(x) + \frac{x - x_0}{\sigma^2} \Bigr\rVert^2 = \frac{1}{\sigma^2} \lVert S(x) + \varepsilon \rVert^2`,
      sides: (setting) => ({
        lhs: targetForm(setting),
        rhs: times(setting.sigma ** -2, energyOf(plus(noisyField(setting), noiseTerm(setting.s.dimension)))),
      }),
    },
  },
});
