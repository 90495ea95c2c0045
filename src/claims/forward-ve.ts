import { varianceExploding } from '../verify/diffusions.js';
import { claim } from '../verify/claim.js';
import {
  forwardMeasurements,
  sidesOf,
  type ForwardSetting,
  type ForwardSides,
  type Limit,
} from './forward-marginals.js';
import { latex } from './latex.js';
import { exploding, twoModes1d, twoModes2d } from './sampler-settings.js';

/** x_T comes to N(0, σ_T²I) relative to its width: the offset of the data is a share 1/σ_T of it. */
const limit: Limit = {
  grows: 'sigma_T',
  sizes: [20, 40, 80],
  diffusion: (size) => varianceExploding(0.1, size),
  sd: (size) => size,
  order: 1,
};

/** dx = g dW: x_t | x_0 ~ N(x_0, (σ_t² − σ_0²)I). */
export const forwardVe = claim<ForwardSetting, 'schedule' | 'large', ForwardSides>({
  id: 'forward-ve',
  title: 'The variance-exploding process adds noise and keeps the mean',
  source: 'song2021, equations 9 and 30',
  kind: 'law',
  given: latex`Let $W$ be a Wiener process, $\sigma_t > 0$ grow with $t$, and $x_0 \sim p_0$ with any density $p_0$.`,
  statement: latex`dx = \sqrt{\frac{d \sigma_t^2}{dt}}\, dW \quad \Longrightarrow \quad x_t \mid x_0 \sim \mathcal N\bigl( x_0, (\sigma_t^2 - \sigma_0^2) I \bigr), \qquad x_T \sim p_0 * \mathcal N\bigl( 0, (\sigma_T^2 - \sigma_0^2) I \bigr)`,
  assumptions: {
    schedule: latex`$\sigma_t$ grows with $t$, here $\sigma_t = \sigma_0 (\sigma_T / \sigma_0)^t$ with $T = 1$.`,
    large: latex`$\mathcal N(0, \sigma_T^2 I)$ stands in for the law of $x_T$ only where $\sigma_T$ is large against the data.`,
  },
  sides: ({ diffusion }) => sidesOf(diffusion, limit),
  measurements: forwardMeasurements,
  settings: {
    'two modes in 1-D, sigma from 0.1 to 9': { target: twoModes1d, diffusion: exploding },
    'two modes in 2-D, sigma from 0.2 to 6': { target: twoModes2d, diffusion: varianceExploding(0.2, 6) },
  },
  discrepancy: 0.06,
  falseVariants: {
    'standard-normal-at-the-end': {
      mistake:
        'The process is said to end in N(0, I): that is the variance-preserving one. Here the variance grows to that of sigma_T.',
      statement: latex`dx = \sqrt{\frac{d \sigma_t^2}{dt}}\, dW \quad \Longrightarrow \quad x_T \sim \mathcal N(0, I)`,
      sides: () => ({
        last: () => ({ weights: [1], means: [0], variances: [1] }),
        limit: { ...limit, sd: () => 1 },
      }),
    },
    'standard-deviation-for-variance': {
      mistake: 'The variance of the noise is said to be a standard deviation: its square is missing.',
      statement: latex`dx = \sqrt{\frac{d \sigma_t^2}{dt}}\, dW \quad \Longrightarrow \quad x_t \mid x_0 \sim \mathcal N\bigl( x_0, \sqrt{\sigma_t^2 - \sigma_0^2}\, I \bigr)`,
      sides: ({ diffusion }) => sidesOf({ ...diffusion, variance: (a, t) => a.sqrt(diffusion.variance(a, t)) }, limit),
    },
    'without-the-first-level': {
      mistake: 'The variance at the start is not taken off: no noise has been added at t = 0.',
      statement: latex`dx = \sqrt{\frac{d \sigma_t^2}{dt}}\, dW \quad \Longrightarrow \quad x_t \mid x_0 \sim \mathcal N\bigl( x_0, \sigma_t^2 I \bigr)`,
      sides: ({ diffusion }) => {
        // σ_0² is what is missing at t = 0 to the variance σ_t²: g²(0) = 2 log(σ_T/σ_0) σ_0².
        const { squaredDiffusion, variance } = diffusion;
        return sidesOf(
          {
            ...diffusion,
            variance: (a, t) => {
              const growth = a.div(a.sub(squaredDiffusion(a, t), squaredDiffusion(a, a.c(0))), variance(a, t));
              return a.div(squaredDiffusion(a, t), growth);
            },
          },
          limit,
        );
      },
    },
    'mean-shrinks': {
      mistake: 'The mean is said to shrink, as it does for the variance-preserving process.',
      statement: latex`dx = \sqrt{\frac{d \sigma_t^2}{dt}}\, dW \quad \Longrightarrow \quad x_t \mid x_0 \sim \mathcal N\bigl( e^{-t} x_0, (\sigma_t^2 - \sigma_0^2) I \bigr)`,
      sides: ({ diffusion }) => sidesOf({ ...diffusion, meanCoefficient: (a, t) => a.exp(a.mul(a.c(-1), t)) }, limit),
    },
    'rate-not-integrated': {
      mistake: 'The rate of the variance at time t is multiplied by t and not integrated up to t.',
      given: latex`Let $W$ be a Wiener process and $g(t) > 0$ grow with $t$.`,
      statement: latex`dx = g(t)\, dW \quad \Longrightarrow \quad x_t \mid x_0 \sim \mathcal N\bigl( x_0, t\, g(t)^2 I \bigr)`,
      sides: ({ diffusion }) =>
        sidesOf({ ...diffusion, variance: (a, t) => a.mul(t, diffusion.squaredDiffusion(a, t)) }, limit),
    },
  },
});
