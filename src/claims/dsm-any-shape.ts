import {
  arrayDsmLoss,
  arrayKernelGradient,
  entriesOf,
  neighbourArrayField,
  type ArrayField,
} from '../verify/arrays.js';
import { claim } from '../verify/claim.js';
import { boxes } from '../verify/domains.js';
import { throughNoise } from '../verify/laws.js';
import { kernelScoreTerm, noiseTerm } from '../verify/noising.js';
import { plus, stack, times } from '../verify/term.js';
import { energyOf, fieldTerm } from '../verify/terms.js';
import { latex } from './latex.js';

interface Setting {
  readonly s: ArrayField;
  readonly sigma: number;
}

const arrayGradient = ({ s, sigma }: Setting) => throughNoise(arrayKernelGradient(s.shape, sigma), sigma);

const arrayLoss = ({ s, sigma }: Setting) => throughNoise(arrayDsmLoss(s, sigma), sigma);

/** −(x − x₀)/τ² for vectors, at x = x₀ + σε. */
const vectorTarget = ({ s, sigma }: Setting, tau = sigma) =>
  throughNoise(kernelScoreTerm(tau, entriesOf(s.shape)), sigma);

/** (1/σ²) ‖σS + ε‖² for vectors. */
const vectorLoss = ({ s, sigma }: Setting) => {
  const scaledField = times(sigma, throughNoise(fieldTerm(s.onVectors), sigma));
  return times(sigma ** -2, energyOf(plus(scaledField, noiseTerm(entriesOf(s.shape)))));
};

const coefficients = { own: -0.8, side: 0.3, gain: -1.4 };

/** Target and loss of an array are those of its entries written as a vector. */
export const dsmAnyShape = claim<Setting, 'noise'>({
  id: 'dsm-any-shape',
  title: 'Denoising score matching has one formula for vectors, images and volumes',
  source: 'song2019, equation 5',
  kind: 'pointwise',
  given: latex`Let $X = X_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$, for arrays $X$ of $d$ entries.`,
  statement: latex`\operatorname{vec} \nabla_X \log \mathcal N(X; X_0, \sigma^2 I) = -\frac{\operatorname{vec} X - \operatorname{vec} X_0}{\sigma^2}, \qquad
    \lVert S(X) - \nabla_X \log \mathcal N(X; X_0, \sigma^2 I) \rVert^2 = \frac{1}{\sigma^2} \lVert \sigma \operatorname{vec} S(X) + \operatorname{vec} \varepsilon \rVert^2, \qquad X = X_0 + \sigma \varepsilon`,
  assumptions: {
    noise: latex`$\sigma > 0$; the entries of $\varepsilon$ are independent and have unit variance, whatever the shape of $X_0$; the norm runs over all entries of an array.`,
  },
  domain: ({ s }) => {
    const center = Array.from({ length: entriesOf(s.shape) }, () => 0.4);
    return boxes({ x0: { center, spread: 2 }, noise: { center: center.map(() => 0), spread: 3 } });
  },
  sides: (setting) => ({
    lhs: stack(arrayGradient(setting), arrayLoss(setting)),
    rhs: stack(vectorTarget(setting), vectorLoss(setting)),
  }),
  settings: {
    'images of 3 × 4 pixels and 2 channels, sigma = 0.6': {
      s: neighbourArrayField([3, 4, 2], coefficients),
      sigma: 0.6,
    },
    'volumes of 2 × 3 × 4 voxels, sigma = 1.7': { s: neighbourArrayField([2, 3, 4, 1], coefficients), sigma: 1.7 },
  },
  discrepancy: 1e-3,
  falseVariants: {
    'sigma-times-side': {
      given: latex`Let $X = X_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$, for arrays $X$ of side $k$.`,
      mistake: 'Sigma is scaled by the side length of the array: the noise of an entry knows nothing of the shape.',
      statement: latex`\operatorname{vec} \nabla_X \log \mathcal N(X; X_0, \sigma^2 I) = -\frac{\operatorname{vec} X - \operatorname{vec} X_0}{k^2 \sigma^2}`,
      sides: (setting) => ({
        lhs: arrayGradient(setting),
        rhs: vectorTarget(setting, setting.s.shape[0] * setting.sigma),
      }),
    },
    'one-target-per-axis': {
      mistake: 'The target is counted once per axis: a volume has three axes, but each entry carries one noise.',
      statement: latex`\operatorname{vec} \nabla_X \log \mathcal N(X; X_0, \sigma^2 I) = -3\, \frac{\operatorname{vec} X - \operatorname{vec} X_0}{\sigma^2}`,
      sides: (setting) => ({
        lhs: arrayGradient(setting),
        rhs: times(setting.s.shape.length - 1, vectorTarget(setting)),
      }),
    },
    'mean-over-entries': {
      mistake: 'The loss is the mean over the entries: the squared norm is their sum.',
      statement: latex`\lVert S(X) - \nabla_X \log \mathcal N(X; X_0, \sigma^2 I) \rVert^2 = \frac{1}{d \sigma^2} \lVert \sigma \operatorname{vec} S(X) + \operatorname{vec} \varepsilon \rVert^2`,
      sides: (setting) => ({
        lhs: arrayLoss(setting),
        rhs: times(1 / entriesOf(setting.s.shape), vectorLoss(setting)),
      }),
    },
    'norm-of-each-slice': {
      mistake: 'The norm runs over the last two axes only, so that an example has a list of losses.',
      statement: latex`\lVert \sigma S(X) + \varepsilon \rVert^2 = \bigl( (\sigma S_1(X) + \varepsilon_1)^2, \dots, (\sigma S_d(X) + \varepsilon_d)^2 \bigr)`,
      kind: 'ill-formed',
      reason: 'The left side is one number per example, the right side a list of numbers, one per slice: add them up.',
    },
  },
});
