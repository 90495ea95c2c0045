import { eulerMaruyamaStep, eulerStep } from '../../reference/samplers/euler-maruyama.js';
import { heunStep } from '../../reference/samplers/heun.js';
import { alongGrid } from '../../reference/samplers/uniform-grid.js';
import { probabilityFlow } from '../../reference/sdes/probability-flow.js';
import { reverseTimeSde } from '../../reference/sdes/reverse-time.js';
import type { FieldInTime } from '../../reference/sdes/sde.js';
import { marginalAt } from '../oracle/reverse-schemes.js';
import { scoreInTime } from '../verify/axis-targets.js';
import { claim } from '../verify/claim.js';
import type { Diffusion } from '../verify/diffusions.js';
import { flowOrder } from '../verify/evidence/flow.js';
import { orderOf, type OrderOfGaps } from '../verify/evidence/order.js';
import { reverseLawOrder } from '../verify/evidence/reverse-law.js';
import { eulerMaruyamaSampler, type ReverseSampler, type SamplerSetting } from '../verify/reverse-samplers.js';
import type { Tensor1D, Tensor2D } from '../tensorflow/tensorflow.js';
import { latex } from './latex.js';
import { exploding, preserving, subPreserving, twoModes1d, twoModes2d } from './sampler-settings.js';

/** One step of a scheme along dx = v dt, of signed length h. */
export type FlowStep = (velocity: FieldInTime, x: Tensor2D, t: Tensor1D, h: number) => Tensor2D;

/** A step and the order that is claimed for it. */
export interface Scheme<Step> {
  readonly step: Step;
  readonly order: number;
}

interface Sides {
  readonly euler: Scheme<FlowStep>;
  readonly heun: Scheme<FlowStep>;
  readonly eulerMaruyama: Scheme<(diffusion: Diffusion) => ReverseSampler['step']>;
}

/** The schemes with their orders. */
export const schemes: Sides = {
  euler: { step: eulerStep, order: 1 },
  heun: { step: heunStep, order: 2 },
  eulerMaruyama: { step: (diffusion) => eulerMaruyamaSampler(diffusion).step, order: 1 },
};

/** A scheme on the probability flow against the exact map of quantiles. */
export function onTheFlow(
  name: string,
  { step, order }: Scheme<FlowStep>,
  { target, diffusion, steps }: SamplerSetting,
): OrderOfGaps {
  const flow = probabilityFlow(diffusion.reference, scoreInTime(target, diffusion));
  // A time that a scheme adds up in float32 may pass the end by a rounding.
  const velocity: FieldInTime = (x, t) => flow(x, t.clipByValue(0, 1) as Tensor1D);
  return flowOrder({
    name,
    of: `${name}: sup |F₀(flow of the quantile of u) − u|`,
    target,
    order,
    steps: [steps / 2, steps, 2 * steps],
    flow: (x, count) => alongGrid(x, { from: 1, to: 0, steps: count }, (y, t, h) => step(velocity, y, t, h)),
    start: target.axes.map(({ law }) => marginalAt(law, diffusion, 1)),
    end: target.axes.map(({ law }) => marginalAt(law, diffusion, 0)),
  });
}

/** Two modes on the line and in the plane, a diffusion of each kind. */
export const samplerSettings = {
  'two modes in 1-D, variance exploding': { target: twoModes1d, diffusion: exploding, steps: 16 },
  'two modes in 2-D, variance preserving': { target: twoModes2d, diffusion: preserving, steps: 16 },
  'two modes in 1-D, sub-variance preserving': { target: twoModes1d, diffusion: subPreserving, steps: 16 },
} satisfies Record<string, SamplerSetting>;

/** Global errors with N steps: Euler 1/N, Heun 1/N² on the flow; Euler and Maruyama 1/N in law on the SDE. */
export const reverseSamplerOrder = claim<SamplerSetting, 'exact' | 'smooth', Sides>({
  id: 'reverse-sampler-order',
  title: 'How fast a sampler comes to the data with more steps',
  source: 'kloeden1992, section 14.1; karras2022, section 3',
  kind: 'order',
  given: latex`Let $p_t$ be the density of $x$ at the time $t$ with $dx = f(x, t)\, dt + g(t)\, dW$; a sampler takes $N$ equal steps from $T$ to $0$, and its error is that of the end, for any smooth coefficients.`,
  statement: latex`\text{Euler: } O(1/N), \quad \text{Heun: } O(1/N^2) \text{ on } \frac{dX}{dt} = f - \tfrac12 g^2 \nabla \log p_t; \qquad \text{Euler-Maruyama: } O(1/N) \text{ in law on } dX = [f - g^2 \nabla \log p_t]\, dt + g\, d\bar W`,
  assumptions: {
    exact: latex`The score is exact and $X_T \sim p_T$, so that the steps are the only error.`,
    smooth: latex`$f$, $g$ and the score are smooth on $[0, T]$.`,
  },
  sides: () => schemes,
  measurements: ({ euler, heun, eulerMaruyama }, setting) => {
    const all = [
      { changed: euler !== schemes.euler, by: orderOf(onTheFlow('Euler', euler, setting)) },
      { changed: heun !== schemes.heun, by: orderOf(onTheFlow('Heun', heun, setting)) },
      {
        changed: eulerMaruyama !== schemes.eulerMaruyama,
        by: orderOf(reverseLawOrder(eulerMaruyama.step(setting.diffusion), setting, eulerMaruyama.order)),
      },
    ];
    // A false variant is judged by the scheme that it changes.
    const changed = all.filter((one) => one.changed);
    return (changed.length > 0 ? changed : all).map(({ by }) => by);
  },
  settings: samplerSettings,
  discrepancy: 0.05,
  falseVariants: {
    'euler-order-two': {
      mistake: 'Twice the steps are said to quarter the error of Euler: they halve it.',
      statement: latex`\text{Euler: } O(1/N^2) \text{ on } \frac{dX}{dt} = f - \tfrac12 g^2 \nabla \log p_t`,
      sides: () => ({ euler: { ...schemes.euler, order: 2 } }),
    },
    'heun-order-three': {
      mistake: 'Heun is said to have order three: it has two.',
      statement: latex`\text{Heun: } O(1/N^3) \text{ on } \frac{dX}{dt} = f - \tfrac12 g^2 \nabla \log p_t`,
      sides: () => ({ heun: { ...schemes.heun, order: 3 } }),
    },
    'euler-maruyama-order-two': {
      mistake: 'Euler and Maruyama is said to have order two in law: it has one.',
      statement: latex`\text{Euler-Maruyama: } O(1/N^2) \text{ in law on } dX = [f - g^2 \nabla \log p_t]\, dt + g\, d\bar W`,
      sides: () => ({ eulerMaruyama: { ...schemes.eulerMaruyama, order: 2 } }),
    },
    'heun-at-the-old-time': {
      mistake: 'The second slope of Heun is taken at the old time: the scheme falls back to order one.',
      statement: latex`\frac{dX}{dt} = v(X, t): \qquad X_{t+h} = X_t + \tfrac{h}{2} \bigl[ v(X_t, t) + v(X_t + h\, v(X_t, t), t) \bigr] \quad \Longrightarrow \quad \text{error } O(h^2)`,
      sides: () => ({ heun: { step: (v, x, t, h) => heunStep((y) => v(y, t), x, t, h), order: 2 } }),
    },
    'heun-sum': {
      mistake: 'The two slopes of Heun are added and not averaged.',
      statement: latex`\frac{dX}{dt} = v(X, t): \qquad X_{t+h} = X_t + h \bigl[ v(X_t, t) + v(X_t + h\, v(X_t, t), t + h) \bigr] \quad \Longrightarrow \quad \text{error } O(h^2)`,
      sides: () => ({
        heun: { step: (v, x, t, h) => x.add(heunStep(v, x, t, h).sub(x).mul(2)), order: 2 },
      }),
    },
    'one-percent-too-fast': {
      mistake: 'The velocity is one per cent too large: more steps do not help, the error stays.',
      statement: latex`\frac{dX}{dt} = v(X, t): \qquad X_{t+h} = X_t + 1.01\, h\, v(X_t, t) \quad \Longrightarrow \quad \text{error } O(h)`,
      sides: () => ({
        heun: { step: (v, x, t, h) => heunStep((y, s) => v(y, s).mul(1.01), x, t, h), order: 2 },
      }),
    },
    // The variance that N steps add up to is g²/N in place of g².
    'noise-times-h': {
      mistake: 'The noise of a step is multiplied by its length in place of the root of its length.',
      statement: latex`X_{t-h} = X_t - h [f - g^2 \nabla \log p_t] + h\, g\, z, \quad z \sim \mathcal N(0, I), \quad X_T \sim p_T \quad \Longrightarrow \quad X_0 \to p_0 \text{ in law as } h \to 0`,
      sides: () => ({
        eulerMaruyama: {
          step:
            ({ reference }) =>
            (score, x, t, h, noise) =>
              eulerMaruyamaStep(reverseTimeSde(reference, score), x, t, -h, noise.mul(Math.sqrt(h))),
          order: 1,
        },
      }),
    },
  },
});
