import { claim, type Resources } from '../verify/claim.js';
import { latex } from './latex.js';
import {
  allImages,
  blocksAreAlike,
  endsAtImages,
  indexIsUniform,
  labelFrequencies,
  labelsFollow,
  unequalImages,
  type Run,
  type SampledSetting,
} from './on-digits/sampled-digits.js';
import { imageSampler, type ImageSampler } from './on-digits/sampling.js';

interface Sides {
  readonly run: Run;
  /** The frequencies that the labels of the nearest training images are claimed to have. */
  readonly labels: readonly number[];
}

const ALL = 'all training images, reverse SDE';
/** A step there is a pass over all training images: two more runs would be most of the time of this claim. */
const NOT_TRIED =
  'Not tried there, since each run is a pass over all training images per step; the two smaller settings show it.';
const SDE = 'images with unequal labels, reverse SDE';
const FLOW = 'images with unequal labels, probability flow';

/** Few samples: a step is a pass over all training images, and what their number resolves is printed. */
const ofAll = (resources: Resources): SampledSetting => ({
  images: allImages(resources),
  sampler: imageSampler('reverse SDE', 28),
  count: 64,
  discrepancy: 0.45,
});
const ofUnequal =
  (scheme: ImageSampler['scheme'], steps: number) =>
  (resources: Resources): SampledSetting => ({
    images: unequalImages(resources),
    sampler: imageSampler(scheme, steps),
    count: 480,
    discrepancy: 0.18,
  });

/** With the exact score of a training set the reverse process is an expensive way to draw one of its images at random. */
export const mnistSampler = claim<SampledSetting, 'start' | 'steps', Sides>({
  id: 'mnist-sampler',
  title: 'The reverse SDE with the exact score ends at training digits, each with the same probability',
  source: 'song2021, section 4',
  kind: 'law',
  given: latex`Let $p_{\sigma(t)}$ be the density of $x$ at the time $t$ with $\mathrm dx = g \, \mathrm dW$ from one of the training images $x_1, \dots, x_N$ of MNIST, and $\sigma_{\min} = \sigma(0)$; $\sigma_{\max} = \sigma(T)$ is far above their size.`,
  statement: latex`x_T \sim \mathcal N(0, \sigma_{\max}^2 I), \quad \mathrm dx = -g^2 \nabla \log p_{\sigma(t)}(x) \, \mathrm dt + g \, \mathrm d\bar W \text{ from } T \text{ to } 0 \;\Rightarrow\; x_0 \approx x_I + \sigma_{\min} \varepsilon, \quad \mathbb P(I = i) = \tfrac 1 N`,
  assumptions: {
    start: latex`$\sigma_{\max}$ is far above the size of the images, so that $\mathcal N(0, \sigma_{\max}^2 I)$ is near the law of $x_T$: $\lVert \mu \rVert^2 / \sigma_{\max}^2$ is 1.4 % at 50.`,
    steps: latex`The steps are small enough, and go down to $\sigma_{\min}$.`,
  },
  sides: ({ images, sampler }) => ({ run: { sampler, complete: true }, labels: labelFrequencies(images) }),
  measurements: ({ run, labels }, setting) => [
    endsAtImages(setting, run),
    indexIsUniform(setting, run),
    labelsFollow(setting, run, labels),
    ...(setting.count < 480 ? [] : [blocksAreAlike(setting, run)]),
  ],
  settings: {},
  imageSettings: { [ALL]: ofAll, [SDE]: ofUnequal('reverse SDE', 28), [FLOW]: ofUnequal('probability flow', 20) },
  discrepancy: 0.12,
  falseVariants: {
    'labels-uniform': {
      mistake: 'All ten digits are expected equally often: they come as often as in the training set.',
      given: latex`Let $p_{\sigma(t)}$ be the density of $x$ at the time $t$ with $\mathrm dx = g \, \mathrm dW$ from one of the training images $x_1, \dots, x_N$ of MNIST, whose labels come unequally often, and $\sigma_{\min} = \sigma(0)$; $\sigma_{\max} = \sigma(T)$ is far above their size.`,
      statement: latex`x_T \sim \mathcal N(0, \sigma_{\max}^2 I), \quad \mathrm dx = -g^2 \nabla \log p_{\sigma(t)}(x) \, \mathrm dt + g \, \mathrm d\bar W \text{ from } T \text{ to } 0 \;\Rightarrow\; \mathbb P(\text{label of } x_0 = k) = \tfrac 1 {10}, \quad k = 0, \dots, 9`,
      sides: () => ({ labels: new Array<number>(10).fill(0.1) }),
      silentIn: {
        [ALL]: 'The digits of the whole training set are uniform up to a sixth: some 30,000 samples would tell.',
      },
    },
    'last-level-skipped': {
      mistake: 'The run ends one noise level early: the noise of that level stays on the images.',
      statement: latex`x_T \sim \mathcal N(0, \sigma_{\max}^2 I), \quad \mathrm dx = -g^2 \nabla \log p_{\sigma(t)}(x) \, \mathrm dt + g \, \mathrm d\bar W \text{ from } T \text{ to } t_1 > 0 \;\Rightarrow\; x_{t_1} \approx x_I + \sigma_{\min} \varepsilon`,
      sides: ({ sampler }) => ({ run: { sampler, complete: false } }),
    },
    'no-noise': {
      mistake:
        'The noise of the reverse SDE is left out but its whole drift is kept: without noise the drift has to be halved.',
      statement: latex`x_T \sim \mathcal N(0, \sigma_{\max}^2 I), \quad \mathrm dx = -g^2 \nabla \log p_{\sigma(t)}(x) \, \mathrm dt \text{ from } T \text{ to } 0 \;\Rightarrow\; x_0 \approx x_I + \sigma_{\min} \varepsilon, \quad \mathbb P(I = i) = \tfrac 1 N`,
      sides: ({ sampler }) => ({
        run: { sampler: { ...sampler, scheme: 'reverse SDE without noise' }, complete: true },
      }),
      silentIn: { [ALL]: NOT_TRIED },
    },
    'start-too-narrow': {
      mistake:
        'The largest noise scale is of the size of the images: the start is then far from the law of the noisy images, and dark digits come too seldom.',
      given: latex`Let $p_{\sigma(t)}$ be the density of $x$ at the time $t$ with $\mathrm dx = g \, \mathrm dW$ from one of the training images $x_1, \dots, x_N$ of MNIST, whose size is far above 1, and $\sigma_{\min} = \sigma(0)$, $\sigma_{\max} = \sigma(T)$.`,
      statement: latex`x_T \sim \mathcal N(0, \sigma_{\max}^2 I), \quad \mathrm dx = -g^2 \nabla \log p_{\sigma(t)}(x) \, \mathrm dt + g \, \mathrm d\bar W \text{ from } T \text{ to } 0, \quad \sigma_{\max} = 1 \;\Rightarrow\; x_0 \approx x_I + \sigma_{\min} \varepsilon, \quad \mathbb P(I = i) = \tfrac 1 N`,
      sides: ({ sampler }) => ({ run: { sampler: { ...sampler, sigmaMax: 1 }, complete: true } }),
      silentIn: { [ALL]: NOT_TRIED },
    },
  },
});
