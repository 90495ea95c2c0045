import { eulerMaruyamaStep } from '../../reference/samplers/euler-maruyama.js';
import type { FieldInTime, Sde } from '../../reference/sdes/sde.js';
import { claim } from '../verify/claim.js';
import type { Diffusion } from '../verify/diffusions.js';
import { orderOf } from '../verify/evidence/order.js';
import { reverseLawOrder } from '../verify/evidence/reverse-law.js';
import { endDistribution, endFunctionals, reverseEnd } from '../verify/evidence/sampler.js';
import { ownNoise, priorLaw, timeGrid } from '../verify/evidence/sampler-run.js';
import { injectedStep } from '../verify/evidence/sampler-step.js';
import {
  eulerMaruyamaSampler,
  repeating,
  type ReverseSampler,
  type SamplerSetting,
} from '../verify/reverse-samplers.js';
import { tf, type Tensor1D } from '../tensorflow/tensorflow.js';
import { latex } from './latex.js';
import { exploding, preserving, subPreserving, twoModes1d, twoModes2d } from './sampler-settings.js';

interface Sides {
  readonly sampler: ReverseSampler;
}

/** A sampler by Euler and Maruyama on another reverse-time SDE, or with another start. */
function other(
  { diffusion }: SamplerSetting,
  change: { sde?: (diffusion: Diffusion, score: FieldInTime) => Sde; priorSd?: number },
): Sides {
  const right = eulerMaruyamaSampler(diffusion);
  const { sde, priorSd } = change;
  const prior: ReverseSampler['prior'] =
    priorSd === undefined ? right.prior : (shape, normal) => normal(shape).mul(priorSd);
  return {
    sampler:
      sde === undefined
        ? { ...right, prior }
        : repeating(prior, (score, x, t, h, noise) => eulerMaruyamaStep(sde(diffusion, score), x, t, -h, noise)),
  };
}

/** A function of each of n numbers: [n] -> [n]. */
const each = (numbers: Tensor1D, of: (number: number) => number): Tensor1D =>
  tf.tensor1d(Float32Array.from(numbers.dataSync(), of));

/** dX = [f + weight(g) s] dt + noise(g) dW̄ with a weight of the score and a noise of one's own. */
const withWeights =
  (weight: (g: number) => number, noise: (g: number) => number = (g) => g) =>
  ({ reference }: Diffusion, score: FieldInTime): Sde => ({
    drift: (x, t) =>
      reference.drift(x, t).add(score(x, t).mul(each(reference.diffusionCoefficient(t), weight).expandDims(1))),
    diffusionCoefficient: (t) => each(reference.diffusionCoefficient(t), noise),
  });

/** The right SDE with the score asked at another time. */
const withScoreAt =
  (when: (t: number) => number) =>
  (diffusion: Diffusion, score: FieldInTime): Sde =>
    withWeights((g) => -g * g)(diffusion, (x, t) => score(x, each(t, when)));

/** dX = [f − g²∇log p_t] dt + g dW̄ from T to 0 has the marginals p_t. */
export const reverseSde = claim<SamplerSetting, 'start' | 'score' | 'regular', Sides>({
  id: 'reverse-sde',
  title: 'The reverse-time SDE turns noise into data',
  source: 'anderson1982, equation 5.13; song2021, equation 6',
  kind: 'law',
  given: latex`Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\, dt + g(t)\, dW$.`,
  statement: latex`dX = \bigl[ f(X, t) - g(t)^2 \nabla \log p_t(X) \bigr] dt + g(t)\, d\bar W, \quad t \text{ from } T \text{ to } 0, \quad X_T \sim p_T \quad \Longrightarrow \quad X_t \sim p_t`,
  assumptions: {
    start: latex`$X_T \sim p_T$; the prior is close to it: $\mathcal N(0, \sigma_{\max}^2 I)$ (variance exploding) or $\mathcal N(0, I)$ (variance preserving).`,
    score: latex`$\nabla \log p_t$ is the score of the marginals of $dx = f\, dt + g\, dW$ with $x_0 \sim p_0$.`,
    regular: latex`$f$ and $g$ are smooth and $p_t > 0$; steps of Euler and Maruyama tend to the SDE as their length tends to 0.`,
  },
  sides: ({ diffusion }) => ({ sampler: eulerMaruyamaSampler(diffusion) }),
  measurements: ({ sampler }, setting) => {
    const end = reverseEnd(sampler, setting);
    return [
      injectedStep(sampler, setting),
      timeGrid(sampler, setting),
      orderOf(reverseLawOrder(sampler.step, setting, 1)),
      priorLaw(sampler.prior, setting.target.dimension, setting.diffusion.priorSd),
      ownNoise(sampler, setting),
      endFunctionals(end),
      endDistribution(end),
    ];
  },
  settings: {
    'two modes in 1-D, variance exploding': { target: twoModes1d, diffusion: exploding, steps: 24 },
    'two modes in 2-D, variance preserving': { target: twoModes2d, diffusion: preserving, steps: 24 },
    'two modes in 1-D, sub-variance preserving': { target: twoModes1d, diffusion: subPreserving, steps: 24 },
  },
  discrepancy: 0.06,
  maxDraws: 2 ** 16,
  falseVariants: {
    'score-sign': {
      mistake: 'The score enters with a plus sign: the chain is driven away from the data.',
      statement: latex`dX = \bigl[ f(X, t) + g(t)^2 \nabla \log p_t(X) \bigr] dt + g(t)\, d\bar W`,
      sides: (setting) => other(setting, { sde: withWeights((g) => g * g) }),
    },
    'g-for-g-squared': {
      mistake: 'The score is multiplied by g in place of g squared.',
      statement: latex`dX = \bigl[ f(X, t) - g(t) \nabla \log p_t(X) \bigr] dt + g(t)\, d\bar W`,
      sides: (setting) => other(setting, { sde: withWeights((g) => -g) }),
    },
    'half-the-score-with-noise': {
      mistake: 'The score has the factor one half of the probability flow, but the noise is kept.',
      statement: latex`dX = \bigl[ f(X, t) - \tfrac12 g(t)^2 \nabla \log p_t(X) \bigr] dt + g(t)\, d\bar W`,
      sides: (setting) => other(setting, { sde: withWeights((g) => -0.5 * g * g) }),
    },
    'no-noise': {
      mistake: 'The noise is left out while the score keeps its full factor.',
      statement: latex`dX = \bigl[ f(X, t) - g(t)^2 \nabla \log p_t(X) \bigr] dt`,
      sides: (setting) =>
        other(setting, {
          sde: withWeights(
            (g) => -g * g,
            () => 0,
          ),
        }),
    },
    'noise-g-squared': {
      mistake: 'The noise is multiplied by g squared in place of g.',
      statement: latex`dX = \bigl[ f(X, t) - g(t)^2 \nabla \log p_t(X) \bigr] dt + g(t)^2\, d\bar W`,
      sides: (setting) =>
        other(setting, {
          sde: withWeights(
            (g) => -g * g,
            (g) => g * g,
          ),
        }),
    },
    'forward-drift-kept': {
      mistake: 'The sign of f is turned as if time had been reversed twice.',
      statement: latex`dX = \bigl[ -f(X, t) - g(t)^2 \nabla \log p_t(X) \bigr] dt + g(t)\, d\bar W`,
      sides: (setting) =>
        other(setting, {
          sde: (diffusion, score) => ({
            ...withWeights((g) => -g * g)(diffusion, score),
            drift: (x, t) =>
              withWeights((g) => -g * g)(diffusion, score)
                .drift(x, t)
                .sub(diffusion.reference.drift(x, t).mul(2)),
          }),
        }),
      silentIn: { 'two modes in 1-D, variance exploding': 'f = 0 there.' },
    },
    'time-not-reversed': {
      mistake: 'The score is asked at times that run upwards, from 0 to T, while the chain runs from T to 0.',
      statement: latex`dX = \bigl[ f(X, t) - g(t)^2 \nabla \log p_{T - t}(X) \bigr] dt + g(t)\, d\bar W, \quad t \text{ from } T \text{ to } 0, \quad X_T \sim p_T \quad \Longrightarrow \quad X_t \sim p_t`,
      sides: (setting) => other(setting, { sde: withScoreAt((t) => 1 - t) }),
    },
    'score-of-the-clean-data': {
      mistake: 'The score is that of the clean data at all times.',
      statement: latex`dX = \bigl[ f(X, t) - g(t)^2 \nabla \log p_0(X) \bigr] dt + g(t)\, d\bar W`,
      sides: (setting) => other(setting, { sde: withScoreAt(() => 0) }),
    },
    'start-too-narrow': {
      mistake: 'The chain starts from a law of another width than that of the noised data.',
      given: latex`Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\, dt + g(t)\, dW$, where $p_T$ is near $\mathcal N(0, \sigma_T^2 I)$.`,
      statement: latex`X_T \sim \mathcal N(0, \tfrac14 \sigma_T^2 I), \quad dX = \bigl[ f - g^2 \nabla \log p_t \bigr] dt + g\, d\bar W \quad \Longrightarrow \quad X_t \sim p_t`,
      sides: (setting) => other(setting, { priorSd: setting.diffusion.priorSd / 2 }),
    },
    'start-standard-normal': {
      mistake: 'The chain of a variance-exploding SDE starts from N(0, I).',
      given: latex`Let $p_t$ be the density of $x$ at the time $t$ with $dx = g(t)\, dW$, where $p_T$ is near $\mathcal N(0, \sigma_T^2 I)$ with a large $\sigma_T$.`,
      statement: latex`X_T \sim \mathcal N(0, I), \quad dX = -g^2 \nabla \log p_t\, dt + g\, d\bar W \quad \Longrightarrow \quad X_t \sim p_t`,
      sides: (setting) => other(setting, { priorSd: 1 }),
      silentIn: {
        'two modes in 2-D, variance preserving': 'There N(0, I) is the prior.',
        'two modes in 1-D, sub-variance preserving': 'There N(0, I) is the prior.',
      },
    },
  },
});
