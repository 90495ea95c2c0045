import { claim, type Resources } from '../verify/claim.js';
import { lossOrder } from '../verify/evidence/training.js';
import type { ImageDenoiser, ImageLaw } from '../verify/image-denoisers.js';
import { latex } from './latex.js';
import {
  drawsForAll,
  exactPosteriorMean,
  heldOutLaw,
  isotropicOfTraining,
  trainedDenoiser,
  trainingLaw,
  wienerOfHeldOut,
  wienerOfTraining,
} from './on-digits/image-denoisers.js';

interface Setting {
  readonly resources: Resources;
  readonly sigma: number;
  /** The denoiser that the bound is tried on. */
  readonly denoiser: ImageDenoiser;
  /** Whether it is affine: then the Wiener denoiser bounds it, else the exact posterior mean. */
  readonly affine: boolean;
}

/** bound ≤ denoiser, on images of one law. */
interface Bound {
  readonly bound: ImageDenoiser;
  readonly denoiser: ImageDenoiser;
  readonly on: ImageLaw;
}

/** What no denoiser can do better on the images that it was made of; and on those alone. */
export const mnistLinearBound = claim<Setting, 'same-images' | 'noise', Bound>({
  id: 'mnist-linear-bound',
  title: 'On the training images no denoiser beats their exact posterior mean, and no affine one the Wiener denoiser',
  source: 'wiener1949, chapter III',
  kind: 'ordering',
  given: latex`Let $x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$ and $x_0$ one of the different training images $x_1, \dots, x_N$, each with the same probability, and let $\mu$ and $\Sigma$ be the mean and the covariance of $x_0$, which is no multiple of $I$.`,
  statement: latex`\mathbb E \Bigl\lVert \tfrac{\sum_i x_i \mathcal N(x; x_i, \sigma^2 I)}{\sum_i \mathcal N(x; x_i, \sigma^2 I)} - x_0 \Bigr\rVert^2 \le \mathbb E \lVert h(x) - x_0 \rVert^2 \text{ for every } h, \qquad \sigma^2 \operatorname{tr} \bigl( \Sigma (\Sigma + \sigma^2 I)^{-1} \bigr) \le \mathbb E \lVert h(x) - x_0 \rVert^2 \text{ for every affine } h`,
  assumptions: {
    'same-images': latex`$x_0$ is drawn from the training images $x_1, \dots, x_N$ themselves, whose mean and covariance are $\mu$ and $\Sigma$.`,
    noise: latex`$x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$ independent of $x_0$.`,
  },
  sides: ({ resources, denoiser, affine }) => ({
    bound: affine ? wienerOfTraining(resources) : exactPosteriorMean(resources),
    denoiser,
    on: trainingLaw(resources),
  }),
  measurements: ({ bound, denoiser, on }, { resources, sigma, affine }) => [
    lossOrder({
      lower: { denoiser: bound, on },
      higher: { denoiser, on },
      sigma,
      maxDraws: affine ? AFFINE_DRAWS : drawsForAll(resources),
    }),
  ],
  settings: {},
  imageSettings: {
    'the Wiener denoiser against the exact posterior mean, sigma = 0.3': (resources) => ({
      resources,
      sigma: 0.3,
      denoiser: wienerOfTraining(resources),
      affine: false,
    }),
    'an isotropic denoiser against the Wiener denoiser, sigma = 0.25': (resources) => ({
      resources,
      sigma: 0.25,
      denoiser: isotropicOfTraining(resources),
      affine: true,
    }),
    'the Wiener denoiser of another noise scale, sigma = 0.6': (resources) => ({
      resources,
      sigma: 0.6,
      denoiser: wienerOfTraining(resources, 1.4),
      affine: true,
    }),
  },
  networkSettings: Object.fromEntries(
    [0.1, 0.25, 0.5, 1].map((sigma) => [
      `the trained network against the exact posterior mean, sigma = ${sigma}`,
      (resources, network) => ({ resources, sigma, denoiser: trainedDenoiser(network), affine: false }),
    ]),
  ),
  discrepancy: 0.05,
  falseVariants: {
    'bound-on-held-out-images': {
      mistake: 'The bound is claimed for new images: there it is no bound.',
      given: latex`Let $x = x_0 + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$; the training images $x_1, \dots, x_N$ and the held-out images are different digits of MNIST.`,
      statement: latex`\mathbb E_{x_0 \in \text{held-out}} \Bigl\lVert \tfrac{\sum_i x_i \mathcal N(x; x_i, \sigma^2 I)}{\sum_i \mathcal N(x; x_i, \sigma^2 I)} - x_0 \Bigr\rVert^2 \le \mathbb E_{x_0 \in \text{held-out}} \lVert h(x) - x_0 \rVert^2 \text{ for every } h`,
      // Where the bound is the Wiener denoiser of the training images, that of the held-out images is an affine denoiser that does better.
      sides: ({ resources, affine, denoiser }) => ({
        denoiser: affine ? wienerOfHeldOut(resources) : denoiser,
        on: heldOutLaw(resources),
      }),
    },
    'wiener-bounds-all': {
      mistake: 'The Wiener bound is claimed for every denoiser: it holds for affine ones only.',
      statement: latex`\sigma^2 \operatorname{tr} \bigl( \Sigma (\Sigma + \sigma^2 I)^{-1} \bigr) \le \mathbb E \lVert h(x) - x_0 \rVert^2 \text{ for every } h`,
      sides: ({ resources }) => ({ bound: wienerOfTraining(resources), denoiser: exactPosteriorMean(resources) }),
    },
    'isotropic-is-best': {
      mistake:
        'One gain for all directions is taken for the best affine denoiser: the best has a gain for each principal direction.',
      statement: latex`\mathbb E \lVert \mu + \tfrac{\operatorname{tr} \Sigma}{\operatorname{tr} \Sigma + d \sigma^2} (x - \mu) - x_0 \rVert^2 \le \mathbb E \lVert h(x) - x_0 \rVert^2 \text{ for every affine } h`,
      sides: ({ resources }) => ({ bound: isotropicOfTraining(resources), denoiser: wienerOfTraining(resources) }),
    },
  },
});

/** Affine denoisers cost one product: the differences between good ones are small. */
const AFFINE_DRAWS = 2 ** 14;
