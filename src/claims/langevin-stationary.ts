import { langevinSample, langevinStep } from '../../reference/samplers/langevin.js';
import { once } from '../numerics/once.js';
import { lawAfter } from '../oracle/chain-law.js';
import { tf, type Tensor2D } from '../tensorflow/tensorflow.js';
import { scoreAtNoise, type AxisTarget } from '../verify/axis-targets.js';
import { claim } from '../verify/claim.js';
import {
  gaussianVariance,
  langevinTransitions,
  replayedSteps,
  stationaryExactly,
  stationaryOrder,
  type StepOfSize,
} from '../verify/evidence/langevin.js';
import { endDistribution, endFunctionals, inRange, type EndClaim } from '../verify/evidence/sampler.js';
import { latex } from './latex.js';
import { gaussianAcross, twoModes1d, twoModes2d } from './sampler-settings.js';

interface Setting {
  readonly target: AxisTarget;
}

interface Sides {
  readonly step: StepOfSize;
  /** Variance that the chain keeps on a Gaussian of variance v. */
  readonly variance: (v: number, stepSize: number) => number;
  /** True where the law is said to be p at each step size, not in the limit. */
  readonly exact: boolean;
}

/** x + k γ s + noise(γ) z. */
const withWeights =
  ({ target }: Setting, drift: number, noise: (stepSize: number) => number): StepOfSize =>
  (stepSize) =>
  (x, z) =>
    x.add(scoreOf(target)(x).mul(drift * stepSize)).add(z.mul(noise(stepSize)));

/** The score of the data themselves. */
const scoreOf = (target: AxisTarget) => {
  const score = scoreAtNoise(target);
  return (x: Tensor2D) => score(x, tf.zeros([x.shape[0]]));
};

/** Inverse step sizes; the largest step is well below twice the smallest variance. */
const INVERSE_SIZES = [10, 20, 40];
/** A run by draws: from a start that is wide and off centre. */
const RUN = { stepSize: 0.15, steps: 48, startSd: 2 };

/** The end of a run by draws, against p with the bias of the chain's own exact law. */
const run = ({ target }: Setting): EndClaim => ({
  name: 'end of a run',
  target,
  accepted: once(() => [
    target.axes.map(({ law }) =>
      inRange(
        lawAfter(
          { weights: [1], means: [0], variances: [RUN.startSd ** 2] },
          langevinTransitions(law, [{ sigma: 0, stepSize: RUN.stepSize }], RUN.steps),
        ),
      ),
    ),
  ]),
  ends: (count, normal) => {
    const start = tf.tidy(() => normal([count, target.dimension]).mul<Tensor2D>(RUN.startSd));
    const end = langevinSample(scoreOf(target), start, RUN.stepSize, RUN.steps, normal);
    const values = end.dataSync();
    tf.dispose([start, end]);
    return values;
  },
});

/** x + γ s + √(2γ) z keeps p as γ → 0; on N(0, s²) its variance is s²/(1 − γ/(2s²)). */
export const langevinStationary = claim<Setting, 'score' | 'small' | 'long', Sides>({
  id: 'langevin-stationary',
  title: 'Langevin dynamics draws from p with nothing but its score',
  source: 'roberts1996, section 1.4; song2019, equation 4',
  kind: 'law',
  given: latex`Let $x_\infty$ have the stationary law of the chain; its noise is fresh at each step.`,
  statement: latex`x_{k+1} = x_k + \gamma\, \nabla \log p(x_k) + \sqrt{2 \gamma}\, z_k, \quad z_k \sim \mathcal N(0, I) \quad \Longrightarrow \quad x_k \to p \text{ in law as } \gamma \to 0,\ k \gamma \to \infty; \qquad p = \mathcal N(\mu, s^2): \; \operatorname{Var} x_\infty = \frac{s^2}{1 - \gamma / (2 s^2)}`,
  assumptions: {
    score: latex`The score is that of $p$, and the noise is fresh at each step.`,
    small: latex`$\gamma \to 0$; on $\mathcal N(\mu, s^2)$ the chain has a stationary law for $\gamma < 2 s^2$ only.`,
    long: latex`$k \gamma \to \infty$: far modes exchange mass slowly.`,
  },
  sides: ({ target }) => ({
    step: (stepSize) => (x, noise) => langevinStep(scoreOf(target), x, stepSize, noise),
    variance: (v, stepSize) => v / (1 - stepSize / (2 * v)),
    exact: false,
  }),
  measurements: ({ step, variance, exact }, setting) => {
    const { target } = setting;
    const end = run(setting);
    return [
      ...(exact ? [stationaryExactly(target, step, 1 / INVERSE_SIZES[0])] : []),
      stationaryOrder(target, step, INVERSE_SIZES),
      ...gaussianVariance(
        target,
        step,
        variance,
        INVERSE_SIZES.map((inverse) => 1 / inverse),
      ),
      replayedSteps(target, [{ sigma: 0, stepSize: RUN.stepSize }], 24, (score, start, normal) =>
        langevinSample((x) => score(x, 0), start, RUN.stepSize, 24, normal),
      ),
      endFunctionals(end),
      endDistribution(end),
    ];
  },
  settings: {
    'two modes in 1-D': { target: twoModes1d },
    'two modes in 2-D': { target: twoModes2d },
    'a correlated Gaussian in 2-D': { target: gaussianAcross },
  },
  discrepancy: 0.06,
  maxDraws: 2 ** 16,
  falseVariants: {
    'noise-of-any-variance': {
      mistake:
        'The variance of the noise is free, here 0.16: it must be 2 gamma, or the noise does not balance the drift.',
      statement: latex`x_{k+1} = x_k + \gamma\, \nabla \log p(x_k) + \sigma z_k, \quad \sigma \text{ free}`,
      sides: (setting) => ({ step: withWeights(setting, 1, () => 0.4) }),
    },
    'noise-without-two': {
      mistake: 'The noise is multiplied by the root of gamma in place of the root of 2 gamma.',
      statement: latex`x_{k+1} = x_k + \gamma\, \nabla \log p(x_k) + \sqrt{\gamma}\, z_k`,
      sides: (setting) => ({ step: withWeights(setting, 1, Math.sqrt) }),
    },
    'no-noise': {
      mistake: 'There is no noise: the chain climbs to the modes and stays there.',
      statement: latex`x_{k+1} = x_k + \gamma\, \nabla \log p(x_k) \quad \Longrightarrow \quad x_k \to p \text{ in law as } \gamma \to 0,\ k \gamma \to \infty`,
      sides: (setting) => ({ step: withWeights(setting, 1, () => 0) }),
    },
    'noise-without-root': {
      mistake: 'The noise is multiplied by 2 gamma in place of its root.',
      statement: latex`x_{k+1} = x_k + \gamma\, \nabla \log p(x_k) + 2 \gamma\, z_k`,
      sides: (setting) => ({ step: withWeights(setting, 1, (stepSize) => 2 * stepSize) }),
    },
    'half-the-drift': {
      mistake: 'The drift has the factor one half of one convention and the noise the root of 2 gamma of the other.',
      statement: latex`x_{k+1} = x_k + \tfrac{\gamma}{2}\, \nabla \log p(x_k) + \sqrt{2 \gamma}\, z_k`,
      sides: (setting) => ({ step: withWeights(setting, 0.5, (stepSize) => Math.sqrt(2 * stepSize)) }),
    },
    'against-the-score': {
      mistake: 'The step goes against the score, away from the data.',
      statement: latex`x_{k+1} = x_k - \gamma\, \nabla \log p(x_k) + \sqrt{2 \gamma}\, z_k`,
      sides: (setting) => ({ step: withWeights(setting, -1, (stepSize) => Math.sqrt(2 * stepSize)) }),
    },
    'exact-for-each-step-size': {
      mistake:
        'The law is said to be p at each step size: steps of positive length leave an error of the order of gamma.',
      statement: latex`x_{k+1} = x_k + \gamma\, \nabla \log p(x_k) + \sqrt{2 \gamma}\, z_k, \quad z_k \sim \mathcal N(0, I) \quad \Longrightarrow \quad p = \mathcal N(\mu, s^2): \; \operatorname{Var} x_\infty = s^2 \text{ for each } \gamma > 0`,
      sides: () => ({ exact: true, variance: (v) => v }),
    },
  },
});
