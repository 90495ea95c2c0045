import { claim, type Resources } from '../verify/claim.js';
import { lossOrder } from '../verify/evidence/training.js';
import type { DenoisingError } from '../verify/image-denoisers.js';
import { latex } from './latex.js';
import {
  drawsForAll,
  exactPosteriorMean,
  heldOutLaw,
  trainingLaw,
  wienerOfTraining,
} from './on-digits/image-denoisers.js';

interface Setting {
  readonly resources: Resources;
  readonly sigma: number;
  /** Whether σ is so large that the posterior has the weight on many training images. */
  readonly large: boolean;
}

/** Which of two denoising errors is the smaller one. */
interface Order {
  readonly lower: DenoisingError;
  readonly higher: DenoisingError;
}

const small = (sigma: number) => (resources: Resources) => ({ resources, sigma, large: false });
const large = (sigma: number) => (resources: Resources) => ({ resources, sigma, large: true });

const SMALL_NOISE = 'held-out digits, sigma = 0.1';
const MODERATE_NOISE = 'held-out digits, sigma = 0.3';
const LARGE_NOISE = 'held-out digits, sigma = 2.5';

/** The optimum of denoising score matching on a finite training set knows its images by heart, and nothing else. */
export const mnistMemorisation = claim<Setting, 'finite' | 'fresh', Order>({
  id: 'mnist-memorisation',
  title:
    'The exact posterior mean of the training set memorises: on new images the Wiener denoiser beats it at small noise',
  source: 'vincent2011, section 4',
  kind: 'ordering',
  statement: latex`\mathbb E \lVert h^*_\sigma(x) - x_0 \rVert^2 < \mathbb E \Bigl\lVert \tfrac{\sum_i x_i \mathcal N(x; x_i, \sigma^2 I)}{\sum_i \mathcal N(x; x_i, \sigma^2 I)} - x_0 \Bigr\rVert^2 \text{ for small } \sigma, \qquad > \text{ for large } \sigma, \qquad x_0 \notin \{x_1, \dots, x_N\}`,
  assumptions: {
    finite: latex`The posterior mean is that of $N$ training images $x_i$, each with probability $1/N$; $h^*_\sigma$ is the Wiener denoiser with their mean and covariance.`,
    fresh: latex`$x = x_0 + \sigma \varepsilon$ with $x_0$ from images that are not in the training set and $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$.`,
  },
  sides: ({ resources, large }) => (large ? posteriorBelowWiener(resources) : wienerBelowPosterior(resources)),
  measurements: (order, { resources, sigma }) => [lossOrder({ ...order, sigma, maxDraws: drawsForAll(resources) })],
  settings: {},
  imageSettings: {
    [SMALL_NOISE]: small(0.1),
    [MODERATE_NOISE]: small(0.3),
    [LARGE_NOISE]: large(2.5),
  },
  discrepancy: 0.05,
  falseVariants: {
    'best-on-every-image': {
      mistake:
        'The posterior mean of the training set is taken for the best denoiser of every image: it is that of training images only.',
      statement: latex`\mathbb E \Bigl\lVert \tfrac{\sum_i x_i \mathcal N(x; x_i, \sigma^2 I)}{\sum_i \mathcal N(x; x_i, \sigma^2 I)} - x_0 \Bigr\rVert^2 \le \mathbb E \lVert h(x) - x_0 \rVert^2 \text{ for every } h \text{ and every } x_0`,
      sides: ({ resources }) => posteriorBelowWiener(resources),
      silentIn: {
        [LARGE_NOISE]: 'With so much noise the posterior mean does beat the Wiener denoiser, on new images too.',
      },
    },
    'worse-at-every-sigma': {
      mistake: 'What is seen at small noise is taken to hold at every noise scale.',
      statement: latex`\mathbb E \lVert h^*_\sigma(x) - x_0 \rVert^2 < \mathbb E \Bigl\lVert \tfrac{\sum_i x_i \mathcal N(x; x_i, \sigma^2 I)}{\sum_i \mathcal N(x; x_i, \sigma^2 I)} - x_0 \Bigr\rVert^2 \text{ for every } \sigma`,
      sides: ({ resources }) => wienerBelowPosterior(resources),
      silentIn: { [SMALL_NOISE]: 'There it is true.', [MODERATE_NOISE]: 'There it is true.' },
    },
    'training-loss-is-held-out-loss': {
      mistake: 'The loss on the training images is taken for the loss on new images.',
      statement: latex`\mathbb E_{x_0 \in \text{held-out}} \lVert h(x) - x_0 \rVert^2 \le \mathbb E_{x_0 \in \text{training}} \lVert h(x) - x_0 \rVert^2, \quad h = \tfrac{\sum_i x_i \mathcal N(x; x_i, \sigma^2 I)}{\sum_i \mathcal N(x; x_i, \sigma^2 I)}`,
      sides: ({ resources }) => {
        const denoiser = exactPosteriorMean(resources);
        return {
          lower: { denoiser, on: heldOutLaw(resources) },
          higher: { denoiser, on: trainingLaw(resources) },
        };
      },
    },
  },
});

const wienerBelowPosterior = (resources: Resources): Order => {
  const on = heldOutLaw(resources);
  return {
    lower: { denoiser: wienerOfTraining(resources), on },
    higher: { denoiser: exactPosteriorMean(resources), on },
  };
};

const posteriorBelowWiener = (resources: Resources): Order => {
  const { lower, higher } = wienerBelowPosterior(resources);
  return { lower: higher, higher: lower };
};
