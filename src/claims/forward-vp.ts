import { variancePreserving } from '../verify/diffusions.js';
import { claim } from '../verify/claim.js';
import {
  forwardMeasurements,
  sidesOf,
  type ForwardSetting,
  type ForwardSides,
  type Limit,
} from './forward-marginals.js';
import { latex } from './latex.js';
import { preserving, twoModes1d, twoModes2d } from './sampler-settings.js';

/** x_T comes to N(0, I) as ∫β grows; the distance falls like exp(−½∫β), faster than any power of it. */
const limit: Limit = {
  grows: 'the integral of beta',
  sizes: [5, 10, 20],
  // β from 0.3 to 2·size − 0.3: its integral over [0, 1] is the size.
  diffusion: (size) => variancePreserving(0.3, 2 * size - 0.3),
  sd: () => 1,
  order: 2,
};

/** Mean α_t x_0 and variance 1 − α_t² with α_t = exp(−½∫β). */
export const forwardVp = claim<ForwardSetting, 'schedule' | 'scaled', ForwardSides>({
  id: 'forward-vp',
  title: 'The variance-preserving process shrinks the data and fills up with noise',
  source: 'song2021, equations 11 and 29',
  kind: 'law',
  given: latex`Let $W$ be a Wiener process and $\beta(t) > 0$ grow with $t$.`,
  statement: latex`dx = -\tfrac12 \beta(t)\, x\, dt + \sqrt{\beta(t)}\, dW \quad \Longrightarrow \quad x_t \mid x_0 \sim \mathcal N\bigl( \alpha_t x_0, (1 - \alpha_t^2) I \bigr), \quad \alpha_t = e^{-\frac12 \int_0^t \beta(s)\, ds}, \qquad x_T \to \mathcal N(0, I) \text{ as } \int_0^T \beta(s)\, ds \to \infty`,
  assumptions: {
    schedule: latex`$\beta(t) \ge 0$, here linear in $t$; $x_T \to \mathcal N(0, I)$ in law as $\int_0^T \beta \to \infty$.`,
    scaled: latex`The variance is preserved only where the data have variance 1: $\operatorname{Var} x_t = 1 + \alpha_t^2 (\operatorname{Var} x_0 - 1)$ on each coordinate.`,
  },
  sides: ({ diffusion }) => sidesOf(diffusion, limit),
  measurements: forwardMeasurements,
  settings: {
    'two modes in 1-D, beta from 0.3 to 12': { target: twoModes1d, diffusion: preserving },
    'two modes in 2-D, beta from 0.5 to 4': { target: twoModes2d, diffusion: variancePreserving(0.5, 4) },
  },
  discrepancy: 0.06,
  falseVariants: {
    'alpha-squared': {
      mistake: 'The mean is multiplied by alpha squared in place of alpha.',
      statement: latex`dx = -\tfrac12 \beta(t)\, x\, dt + \sqrt{\beta(t)}\, dW \quad \Longrightarrow \quad x_t \mid x_0 \sim \mathcal N\bigl( \alpha_t^2 x_0, (1 - \alpha_t^2) I \bigr), \quad \alpha_t = e^{-\frac12 \int_0^t \beta(s)\, ds}`,
      sides: ({ diffusion }) =>
        sidesOf(
          {
            ...diffusion,
            meanCoefficient: (a, t) => a.mul(diffusion.meanCoefficient(a, t), diffusion.meanCoefficient(a, t)),
          },
          limit,
        ),
    },
    'integral-without-half': {
      mistake: 'The factor one half is missing in the exponent of alpha.',
      statement: latex`dx = -\tfrac12 \beta(t)\, x\, dt + \sqrt{\beta(t)}\, dW \quad \Longrightarrow \quad x_t \mid x_0 \sim \mathcal N\bigl( \alpha_t x_0, (1 - \alpha_t^2) I \bigr), \quad \alpha_t = e^{-\int_0^t \beta(s)\, ds}`,
      sides: ({ diffusion }) => {
        const { meanCoefficient } = diffusion;
        return sidesOf(
          {
            meanCoefficient: (a, t) => a.mul(meanCoefficient(a, t), meanCoefficient(a, t)),
            variance: (a, t) => {
              const squared = a.mul(meanCoefficient(a, t), meanCoefficient(a, t));
              return a.sub(a.c(1), a.mul(squared, squared));
            },
          },
          limit,
        );
      },
    },
    'variance-one-minus-alpha': {
      mistake: 'The variance of the noise is one minus alpha in place of one minus alpha squared.',
      statement: latex`dx = -\tfrac12 \beta(t)\, x\, dt + \sqrt{\beta(t)}\, dW \quad \Longrightarrow \quad x_t \mid x_0 \sim \mathcal N\bigl( \alpha_t x_0, (1 - \alpha_t) I \bigr), \quad \alpha_t = e^{-\frac12 \int_0^t \beta(s)\, ds}`,
      sides: ({ diffusion }) =>
        sidesOf({ ...diffusion, variance: (a, t) => a.sub(a.c(1), diffusion.meanCoefficient(a, t)) }, limit),
    },
    'beta-not-integrated': {
      mistake: 'Beta at time t is multiplied by t and not integrated up to t.',
      statement: latex`dx = -\tfrac12 \beta(t)\, x\, dt + \sqrt{\beta(t)}\, dW \quad \Longrightarrow \quad x_t \mid x_0 \sim \mathcal N\bigl( \alpha_t x_0, (1 - \alpha_t^2) I \bigr), \quad \alpha_t = e^{-\frac12 t\, \beta(t)}`,
      sides: ({ diffusion }) => {
        const exponent: typeof diffusion.variance = (a, t) => a.mul(t, diffusion.driftCoefficient(a, t));
        return sidesOf(
          {
            meanCoefficient: (a, t) => a.exp(exponent(a, t)),
            variance: (a, t) => a.sub(a.c(1), a.exp(a.mul(a.c(2), exponent(a, t)))),
          },
          limit,
        );
      },
    },
    'noise-only-added': {
      mistake: 'The noise is added to the data without shrinking them.',
      statement: latex`dx = -\tfrac12 \beta(t)\, x\, dt + \sqrt{\beta(t)}\, dW \quad \Longrightarrow \quad x_t \mid x_0 \sim \mathcal N\bigl( x_0, (1 - \alpha_t^2) I \bigr), \quad \alpha_t = e^{-\frac12 \int_0^t \beta(s)\, ds}`,
      sides: ({ diffusion }) => sidesOf({ ...diffusion, meanCoefficient: (a) => a.c(1) }, limit),
    },
    'ends-in-another-law': {
      mistake: 'The process is said to end in N(0, 2I): the variance comes to 1 whatever beta is.',
      statement: latex`dx = -\tfrac12 \beta(t)\, x\, dt + \sqrt{\beta(t)}\, dW \quad \Longrightarrow \quad x_T \to \mathcal N(0, 2 I) \text{ as } \int_0^T \beta(s)\, ds \to \infty`,
      sides: () => ({ limit: { ...limit, sd: () => Math.SQRT2 } }),
    },
  },
});
