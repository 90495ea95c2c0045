import type { NetworkData } from '../../reference/scores/score-network.js';
import { claim, type Resources } from '../verify/claim.js';
import { lossOrder } from '../verify/evidence/training.js';
import type { DenoisingError, ImageDenoiser } from '../verify/image-denoisers.js';
import { latex } from './latex.js';
import {
  drawsForAll,
  exactPosteriorMean,
  heldOutLaw,
  isotropicOfTraining,
  trainedDenoiser,
  trainingLaw,
  wienerOfTraining,
} from './on-digits/image-denoisers.js';

interface Setting {
  readonly resources: Resources;
  readonly sigma: number;
  /** What the claim says at this σ. */
  readonly orders: readonly Order[];
}

/** Which of two denoising errors is the smaller one. */
interface Order {
  readonly lower: DenoisingError;
  readonly higher: DenoisingError;
}

interface Sides {
  readonly orders: readonly Order[];
}

const small = (sigma: number) => (resources: Resources) => ({
  resources,
  sigma,
  orders: [wienerBelowPosterior(resources)],
});
const large = (sigma: number) => (resources: Resources) => ({
  resources,
  sigma,
  orders: [posteriorBelowWiener(resources)],
});
/** What a network that was trained on the same images, by the same loss, makes of new ones. */
const trained =
  (sigma: number, rivals: readonly ((resources: Resources) => ImageDenoiser)[]) =>
  (resources: Resources, network: NetworkData) => {
    const on = heldOutLaw(resources);
    const lower = { denoiser: trainedDenoiser(network), on };
    return { resources, sigma, orders: rivals.map((rival) => ({ lower, higher: { denoiser: rival(resources), on } })) };
  };

const SMALL_NOISE = 'held-out digits, sigma = 0.1';
const MODERATE_NOISE = 'held-out digits, sigma = 0.3';
const LARGE_NOISE = 'held-out digits, sigma = 2.5';
const ofNetwork = (sigma: number): string => `the trained network on held-out digits, sigma = ${sigma}`;
const NETWORK_AND_NOISE = [0.1, 0.25, 0.5, 1].map(ofNetwork);

/** The optimum of denoising score matching on a finite training set knows its images by heart, and nothing else. */
export const mnistMemorisation = claim<Setting, 'finite' | 'fresh', Sides>({
  id: 'mnist-memorisation',
  title:
    'The exact posterior mean of the training set memorises: on new images the Wiener denoiser beats it at small noise',
  source: 'vincent2011, section 4',
  kind: 'ordering',
  given: latex`Let $x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$ and $x_0$ a digit of MNIST, of which $x_1, \dots, x_N$ are the training images, and let $h^*_\sigma$ be the Wiener denoiser with the mean and the covariance of these.`,
  statement: latex`\mathbb E \lVert h^*_\sigma(x) - x_0 \rVert^2 < \mathbb E \Bigl\lVert \tfrac{\sum_i x_i \mathcal N(x; x_i, \sigma^2 I)}{\sum_i \mathcal N(x; x_i, \sigma^2 I)} - x_0 \Bigr\rVert^2 \text{ for small } \sigma, \qquad > \text{ for large } \sigma, \qquad x_0 \notin \{x_1, \dots, x_N\}`,
  assumptions: {
    finite: latex`The posterior mean is that of $N$ training images $x_i$, each with probability $1/N$; $h^*_\sigma$ is the Wiener denoiser with their mean and covariance.`,
    fresh: latex`$x = x_0 + \sigma \varepsilon$ with $x_0$ from images that are not in the training set and $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$.`,
  },
  sides: ({ orders }) => ({ orders }),
  measurements: ({ orders }, { resources, sigma }) =>
    orders.map((order) => lossOrder({ ...order, sigma, maxDraws: drawsForAll(resources) })),
  settings: {},
  imageSettings: {
    [SMALL_NOISE]: small(0.1),
    [MODERATE_NOISE]: small(0.3),
    [LARGE_NOISE]: large(2.5),
  },
  networkSettings: {
    [ofNetwork(0.1)]: trained(0.1, [exactPosteriorMean, isotropicOfTraining]),
    [ofNetwork(0.25)]: trained(0.25, [exactPosteriorMean, isotropicOfTraining]),
    [ofNetwork(0.5)]: trained(0.5, [exactPosteriorMean, isotropicOfTraining, wienerOfTraining]),
    [ofNetwork(1)]: trained(1, [isotropicOfTraining, wienerOfTraining]),
  },
  discrepancy: 0.05,
  falseVariants: {
    'best-on-every-image': {
      mistake:
        'The posterior mean of the training set is taken for the best denoiser of every image: it is that of training images only.',
      statement: latex`\mathbb E \Bigl\lVert \tfrac{\sum_i x_i \mathcal N(x; x_i, \sigma^2 I)}{\sum_i \mathcal N(x; x_i, \sigma^2 I)} - x_0 \Bigr\rVert^2 \le \mathbb E \lVert h(x) - x_0 \rVert^2 \text{ for every } h \text{ and every } x_0`,
      sides: ({ resources }) => ({ orders: [posteriorBelowWiener(resources)] }),
      silentIn: {
        [LARGE_NOISE]: 'With so much noise the posterior mean does beat the Wiener denoiser, on new images too.',
        [ofNetwork(1)]: 'Near this scale the two change places; where depends on the number of training images.',
      },
    },
    'worse-at-every-sigma': {
      mistake: 'What is seen at small noise is taken to hold at every noise scale.',
      statement: latex`\mathbb E \lVert h^*_\sigma(x) - x_0 \rVert^2 < \mathbb E \Bigl\lVert \tfrac{\sum_i x_i \mathcal N(x; x_i, \sigma^2 I)}{\sum_i \mathcal N(x; x_i, \sigma^2 I)} - x_0 \Bigr\rVert^2 \text{ for every } \sigma, \qquad x_0 \notin \{x_1, \dots, x_N\}`,
      sides: ({ resources }) => ({ orders: [wienerBelowPosterior(resources)] }),
      silentIn: Object.fromEntries(
        [SMALL_NOISE, MODERATE_NOISE, ...NETWORK_AND_NOISE].map((name) => [name, 'There it is true, or nearly so.']),
      ),
    },
    'training-loss-is-held-out-loss': {
      mistake: 'The loss on the training images is taken for the loss on new images.',
      given: latex`Let $x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$; the training images $x_1, \dots, x_N$ and the held-out images are different digits of MNIST.`,
      statement: latex`\mathbb E_{x_0 \in \text{held-out}} \lVert h(x) - x_0 \rVert^2 \le \mathbb E_{x_0 \in \text{training}} \lVert h(x) - x_0 \rVert^2, \quad h = \tfrac{\sum_i x_i \mathcal N(x; x_i, \sigma^2 I)}{\sum_i \mathcal N(x; x_i, \sigma^2 I)}`,
      sides: ({ resources }) => {
        const denoiser = exactPosteriorMean(resources);
        const [lower, higher] = [heldOutLaw(resources), trainingLaw(resources)].map((on) => ({ denoiser, on }));
        return { orders: [{ lower, higher }] };
      },
      silentIn: {
        [LARGE_NOISE]: 'With so much noise the weight lies on many images, and the two losses come near each other.',
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
