import { heunSample } from '../../reference/samplers/heun.js';
import { probabilityFlow as flowOnTensors } from '../../reference/sdes/probability-flow.js';
import type { FieldInTime } from '../../reference/sdes/sde.js';
import type { LineMixture } from '../oracle/line-mixture.js';
import { marginalAt } from '../oracle/reverse-schemes.js';
import { scoreInTime } from '../verify/axis-targets.js';
import { claim } from '../verify/claim.js';
import { flowOrder } from '../verify/evidence/flow.js';
import { orderOf } from '../verify/evidence/order.js';
import type { SamplerSetting } from '../verify/reverse-samplers.js';
import { latex } from './latex.js';
import { exploding, preserving, subPreserving, twoModes1d, twoModes2d } from './sampler-settings.js';

interface Sides {
  readonly velocity: FieldInTime;
  /** The law of X_T along each axis. */
  readonly start: readonly LineMixture[];
}

/** f + weight(g) ∇log p_t. */
const withWeight =
  (weight: (g: number) => number) =>
  ({ target, diffusion }: SamplerSetting): FieldInTime =>
  (x, t) => {
    const g = diffusion.reference.diffusionCoefficient(t).dataSync()[0];
    return diffusion.reference.drift(x, t).add(scoreInTime(target, diffusion)(x, t).mul(weight(g)));
  };

/** Heun's scheme carries p_T to p_end at order 2. */
const carriesTo = (end: number, { velocity, start }: Sides, { target, diffusion, steps }: SamplerSetting) =>
  orderOf(
    flowOrder({
      name: `to t = ${end}`,
      of: `sup |F(flow of the quantile of u) − u| at t = ${end}, by Heun's scheme`,
      target,
      order: 2,
      steps: [steps / 2, steps, 2 * steps],
      flow: (x, count) => heunSample(velocity, x, { from: 1, to: end, steps: count }),
      start,
      end: target.axes.map(({ law }) => marginalAt(law, diffusion, end)),
    }),
  );

/** dX = [f − ½g²∇log p_t] dt has the marginals p_t; on the line it maps quantiles to quantiles. */
export const probabilityFlow = claim<SamplerSetting, 'start' | 'score', Sides>({
  id: 'probability-flow',
  title: 'The probability flow has the marginals of the SDE without any noise',
  source: 'song2021, equation 13',
  kind: 'law',
  given: latex`Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\, dt + g(t)\, dW$, and $F_t$ its distribution function.`,
  statement: latex`\frac{dX}{dt} = f(X, t) - \tfrac12\, g(t)^2\, \nabla \log p_t(X), \quad X_T \sim p_T \quad \Longrightarrow \quad X_t \sim p_t; \qquad d = 1: \; X_t = F_t^{-1}\bigl( F_T(X_T) \bigr)`,
  assumptions: {
    start: latex`$X_T \sim p_T$: nothing forgets the start, as noise would.`,
    score: latex`$\nabla \log p_t$ is the score of the marginals of $dx = f\, dt + g\, dW$; $F_t$ is the distribution function of $p_t$.`,
  },
  sides: ({ target, diffusion }) => ({
    velocity: flowOnTensors(diffusion.reference, scoreInTime(target, diffusion)),
    start: target.axes.map(({ law }) => marginalAt(law, diffusion, 1)),
  }),
  measurements: (sides, setting) => [carriesTo(0, sides, setting), carriesTo(0.4, sides, setting)],
  settings: {
    'two modes in 1-D, variance exploding': { target: twoModes1d, diffusion: exploding, steps: 16 },
    'two modes in 2-D, variance preserving': { target: twoModes2d, diffusion: preserving, steps: 16 },
    'two modes in 1-D, sub-variance preserving': { target: twoModes1d, diffusion: subPreserving, steps: 16 },
  },
  discrepancy: 0.05,
  falseVariants: {
    'without-half': {
      mistake: 'The factor one half is missing: without noise the full score contracts too much.',
      statement: latex`\frac{dX}{dt} = f(X, t) - g(t)^2\, \nabla \log p_t(X)`,
      sides: (setting) => ({ velocity: withWeight((g) => -g * g)(setting) }),
    },
    sign: {
      mistake: 'The score enters with a plus sign.',
      statement: latex`\frac{dX}{dt} = f(X, t) + \tfrac12\, g(t)^2\, \nabla \log p_t(X)`,
      sides: (setting) => ({ velocity: withWeight((g) => 0.5 * g * g)(setting) }),
    },
    'g-for-g-squared': {
      mistake: 'The score is multiplied by g in place of g squared.',
      statement: latex`\frac{dX}{dt} = f(X, t) - \tfrac12\, g(t)\, \nabla \log p_t(X)`,
      sides: (setting) => ({ velocity: withWeight((g) => -0.5 * g)(setting) }),
    },
    'any-start': {
      mistake:
        'The start is said not to matter, as it matters little for the reverse SDE: the flow keeps each quantile.',
      given: latex`Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\, dt + g(t)\, dW$, where $p_T$ is near $\mathcal N(0, \sigma_T^2 I)$.`,
      statement: latex`\frac{dX}{dt} = f(X, t) - \tfrac12\, g(t)^2\, \nabla \log p_t(X), \quad X_T \sim \mathcal N(0, \tfrac14 \sigma_T^2 I) \quad \Longrightarrow \quad X_t \sim p_t`,
      sides: ({ target, diffusion }) => ({
        start: target.axes.map(() => ({ weights: [1], means: [0], variances: [diffusion.priorSd ** 2 / 4] })),
      }),
    },
    'score-of-the-clean-data': {
      mistake: 'The score is that of the clean data at all times.',
      statement: latex`\frac{dX}{dt} = f(X, t) - \tfrac12\, g(t)^2\, \nabla \log p_0(X)`,
      sides: ({ target, diffusion }) => {
        const score = scoreInTime(target, diffusion);
        return { velocity: flowOnTensors(diffusion.reference, (x, t) => score(x, t.zerosLike())) };
      },
    },
  },
});
