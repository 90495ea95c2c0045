import {
  annealedLangevinSample,
  geometricSigmas,
  type AnnealingPlan,
} from '../../reference/samplers/annealed-langevin.js';
import { langevinStep } from '../../reference/samplers/langevin.js';
import { once } from '../numerics/once.js';
import { lawAfter, type ChainLaw } from '../oracle/chain-law.js';
import { noisedLine, type LineMixture } from '../oracle/line-mixture.js';
import { tf, type Tensor2D } from '../tensorflow/tensorflow.js';
import { scoreAtNoise, type AxisTarget } from '../verify/axis-targets.js';
import { claim } from '../verify/claim.js';
import { annealedLaw } from '../verify/evidence/annealed.js';
import { langevinTransitions, replayedSteps, type Level } from '../verify/evidence/langevin.js';
import { endDistribution, endFunctionals, inRange, type EndClaim } from '../verify/evidence/sampler.js';
import { latex } from './latex.js';
import { farModes1d, farModes2d } from './sampler-settings.js';

interface Setting {
  readonly target: AxisTarget;
  readonly plan: AnnealingPlan;
}

interface Sides {
  /** Noise scale and step size of each level, in the order in which they are run. */
  readonly levels: (plan: AnnealingPlan) => readonly Level[];
}

const lastOf = ({ sigmas }: AnnealingPlan): number => sigmas[sigmas.length - 1];

/** Levels with a step size of one's own. */
const withSteps =
  (stepSize: (sigma: number, plan: AnnealingPlan) => number): Sides['levels'] =>
  (plan) =>
    plan.sigmas.map((sigma) => ({ sigma, stepSize: stepSize(sigma, plan) }));

/** γ_l = γ σ_l²/σ_L². */
const annealed = withSteps((sigma, plan) => plan.stepSize * (sigma / lastOf(plan)) ** 2);

/** The law from which the chains start: as wide as the largest noise, whatever the data. */
const startOf = ({ sigmas }: AnnealingPlan): LineMixture => ({ weights: [1], means: [0], variances: [sigmas[0] ** 2] });

/** The target smoothed by the last noise scale: what a run draws from. */
function smoothedTarget({ target, plan }: Setting): AxisTarget {
  const axes = target.axes.map((axis) => ({ ...axis, law: noisedLine(axis.law, 1, lastOf(plan) ** 2) }));
  return { ...target, axes };
}

const laws = new WeakMap<Setting, () => readonly ChainLaw[]>();

/**
 * The exact law of the scheme along each axis, by its own recursion in float64. What it misses of the target is what finitely many steps leave: at the
 * levels in between the modes part before their weights have settled.
 */
function schemeLaws(setting: Setting): () => readonly ChainLaw[] {
  const { target, plan } = setting;
  const known =
    laws.get(setting) ??
    once(() =>
      target.axes.map(({ law }) =>
        inRange(lawAfter(startOf(plan), langevinTransitions(law, annealed(plan), plan.stepsPerLevel))),
      ),
    );
  laws.set(setting, known);
  return known;
}

/** The end of a run of the reference, by draws. */
const run = (setting: Setting): EndClaim => {
  const { target, plan } = setting;
  return {
    name: 'end of a run',
    target: smoothedTarget(setting),
    accepted: () => [schemeLaws(setting)()],
    ends: (count, normal) => {
      const start = tf.tidy(() => normal([count, target.dimension]).mul<Tensor2D>(plan.sigmas[0]));
      const end = annealedLangevinSample(scoreAtNoise(target), start, plan, normal);
      const values = end.dataSync();
      tf.dispose([start, end]);
      return values;
    },
  };
};

/** Eight levels from beyond the distance of the modes to below their width; a quarter of the variance of the noise at each step. */
const plan: AnnealingPlan = { sigmas: geometricSigmas(8, 0.4, 8), stepsPerLevel: 16, stepSize: 0.25 * 0.4 ** 2 };

/** Step sizes ∝ σ_l² bring the chain to p_{σ_L} with the right weights of its modes; one level does not. */
export const annealedLangevin = claim<Setting, 'levels' | 'steps' | 'score', Sides>({
  id: 'annealed-langevin',
  title: 'Noise that shrinks level by level carries a Langevin chain to far modes in the right proportion',
  source: 'song2019, algorithm 1',
  kind: 'law',
  given: latex`Let $F$ be the distribution function of $x$ at the end, $F_\sigma$ that of the density $p_\sigma$ of $x_0 + \sigma z$, and $\delta$ what as many steps of each level leave by the rule of Song and Ermon for $\gamma_l$.`,
  statement: latex`x \leftarrow x + \gamma_l \nabla \log p_{\sigma_l}(x) + \sqrt{2 \gamma_l}\, z, \quad \gamma_l = \gamma\, \frac{\sigma_l^2}{\sigma_L^2}, \quad l = 1, \dots, L, \quad \sigma_1 > \dots > \sigma_L \quad \Longrightarrow \quad x \sim p_{\sigma_L} \text{ up to } \sup_x \lvert F(x) - F_{\sigma_L}(x) \rvert = \delta`,
  assumptions: {
    levels: latex`$\sigma_1$ is at least as large as the distance of the modes, and neighbouring levels overlap.`,
    steps: latex`Each level has enough steps to mix: their number times $\gamma_l$ is some times $\sigma_l^2$. What finitely many steps leave, $\delta$, is computed: it is the distance of the exact law of this recursion.`,
    score: latex`The score is that of $p_{\sigma_l}$ at each level.`,
  },
  sides: () => ({ levels: annealed }),
  measurements: ({ levels }, setting) => {
    const { target, plan } = setting;
    const score = scoreAtNoise(target);
    const end = run(setting);
    return [
      annealedLaw(
        smoothedTarget(setting),
        startOf(plan),
        levels(plan).map(({ sigma, stepSize }) => ({
          steps: plan.stepsPerLevel,
          step: (x, noise) => langevinStep((y) => score(y, tf.fill([y.shape[0]], sigma)), x, stepSize, noise),
        })),
        schemeLaws(setting),
      ),
      replayedSteps(target, annealed(plan), plan.stepsPerLevel, (at, start, normal) =>
        annealedLangevinSample(at, start, plan, normal),
      ),
      endFunctionals(end),
      endDistribution(end),
    ];
  },
  settings: {
    'two far modes in 1-D': { target: farModes1d, plan },
    'two far modes in 2-D': { target: farModes2d, plan },
  },
  discrepancy: 0.06,
  maxDraws: 2 ** 16,
  falseVariants: {
    'constant-small-step': {
      mistake: 'The step size is that of the last level throughout: at the first levels the chain hardly moves.',
      statement: latex`x \leftarrow x + \gamma_l \nabla \log p_{\sigma_l}(x) + \sqrt{2 \gamma_l}\, z, \quad \gamma_l = \gamma, \quad l = 1, \dots, L, \quad \sigma_1 > \dots > \sigma_L \quad \Longrightarrow \quad \sup_x \lvert F(x) - F_{\sigma_L}(x) \rvert = \delta`,
      sides: () => ({ levels: withSteps((_, { stepSize }) => stepSize) }),
    },
    'constant-large-step': {
      mistake: 'The step size is that of the first level throughout: at the last levels the chain is unstable.',
      statement: latex`x \leftarrow x + \gamma_l \nabla \log p_{\sigma_l}(x) + \sqrt{2 \gamma_l}\, z, \quad \gamma_l = \gamma\, \frac{\sigma_1^2}{\sigma_L^2}, \quad l = 1, \dots, L, \quad \sigma_1 > \dots > \sigma_L \quad \Longrightarrow \quad \sup_x \lvert F(x) - F_{\sigma_L}(x) \rvert = \delta`,
      sides: () => ({
        levels: withSteps((_, plan) => plan.stepSize * (plan.sigmas[0] / lastOf(plan)) ** 2),
      }),
    },
    'sigma-not-squared': {
      mistake: 'The step sizes go like sigma in place of sigma squared.',
      statement: latex`x \leftarrow x + \gamma_l \nabla \log p_{\sigma_l}(x) + \sqrt{2 \gamma_l}\, z, \quad \gamma_l = \gamma\, \frac{\sigma_l}{\sigma_L}, \quad l = 1, \dots, L, \quad \sigma_1 > \dots > \sigma_L \quad \Longrightarrow \quad \sup_x \lvert F(x) - F_{\sigma_L}(x) \rvert = \delta`,
      sides: () => ({ levels: withSteps((sigma, plan) => (plan.stepSize * sigma) / lastOf(plan)) }),
    },
    'inverse-ratio': {
      mistake: 'The ratio of the noise scales is upside down.',
      statement: latex`x \leftarrow x + \gamma_l \nabla \log p_{\sigma_l}(x) + \sqrt{2 \gamma_l}\, z, \quad \gamma_l = \gamma\, \frac{\sigma_L^2}{\sigma_l^2}, \quad l = 1, \dots, L, \quad \sigma_1 > \dots > \sigma_L \quad \Longrightarrow \quad \sup_x \lvert F(x) - F_{\sigma_L}(x) \rvert = \delta`,
      sides: () => ({ levels: withSteps((sigma, plan) => plan.stepSize * (lastOf(plan) / sigma) ** 2) }),
    },
    'one-level': {
      mistake: 'The last level alone is said to do with as many steps: its chain does not cross between the modes.',
      statement: latex`x \leftarrow x + \gamma_l \nabla \log p_{\sigma_l}(x) + \sqrt{2 \gamma_l}\, z, \quad \gamma_l = \gamma\, \frac{\sigma_l^2}{\sigma_L^2}, \quad l = 1, \dots, L, \quad \sigma_1 = \dots = \sigma_L \quad \Longrightarrow \quad \sup_x \lvert F(x) - F_{\sigma_L}(x) \rvert = \delta`,
      sides: () => ({ levels: (plan) => plan.sigmas.map(() => ({ sigma: lastOf(plan), stepSize: plan.stepSize })) }),
    },
    'noise-grows': {
      mistake: 'The levels are run from the smallest noise to the largest.',
      statement: latex`x \leftarrow x + \gamma_l \nabla \log p_{\sigma_l}(x) + \sqrt{2 \gamma_l}\, z, \quad \gamma_l = \gamma\, \frac{\sigma_l^2}{\sigma_L^2}, \quad l = L, \dots, 1, \quad \sigma_1 > \dots > \sigma_L \quad \Longrightarrow \quad \sup_x \lvert F(x) - F_{\sigma_L}(x) \rvert = \delta`,
      sides: () => ({ levels: (plan) => [...annealed(plan)].reverse() }),
    },
    'last-level-left-out': {
      mistake: 'The last levels are left out: the chain stays at a larger noise.',
      statement: latex`x \leftarrow x + \gamma_l \nabla \log p_{\sigma_l}(x) + \sqrt{2 \gamma_l}\, z, \quad \gamma_l = \gamma\, \frac{\sigma_l^2}{\sigma_L^2}, \quad l = 1, \dots, L - 2, \quad \sigma_1 > \dots > \sigma_L \quad \Longrightarrow \quad \sup_x \lvert F(x) - F_{\sigma_L}(x) \rvert = \delta`,
      sides: () => ({ levels: (plan) => annealed(plan).slice(0, -2) }),
    },
  },
});
