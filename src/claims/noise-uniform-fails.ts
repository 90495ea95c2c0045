import { claim } from '../verify/claim.js';
import { logistic, productMixture, uniform, uniformlySmoothedLogistic, type Density } from '../verify/densities.js';
import { scoreOf, shifted, type ScoreField } from '../verify/fields.js';
import { independent, independentCoordinates, lawOf, throughNoise } from '../verify/laws.js';
import { kernelScoreTerm } from '../verify/noising.js';
import { expectation } from '../verify/statement.js';
import { constant, minus, times, type Term } from '../verify/term.js';
import { esmLosses, fieldEnergy, fieldTerm, scoreEnergy, squaredDistance } from '../verify/terms.js';
import { latex } from './latex.js';
import { affine1d, affine2d, network1d, network2d } from './settings.js';

interface Setting {
  readonly p0: Density;
  /** The density of x = x₀ + u, u uniform on [−a, a]^d. */
  readonly noisy: Density;
  readonly a: number;
  readonly s: ScoreField;
  /** A direction along which the loss is differentiated. */
  readonly direction: ScoreField;
}

/** A mixture of logistic laws under uniform noise: component k has the locations means[k] and the scales scales[k], coordinate by coordinate. */
function underUniformNoise(
  {
    weights,
    means,
    scales,
  }: {
    readonly weights: readonly number[];
    readonly means: readonly (readonly number[])[];
    readonly scales: readonly (readonly number[])[];
  },
  a: number,
  s: ScoreField,
  direction: ScoreField,
): Setting {
  const mixtureOf = (law: (location: number, scale: number) => Density): Density =>
    productMixture(
      weights,
      means.map((mean, k) => mean.map((location, j) => law(location, scales[k][j]))),
    );
  return {
    p0: mixtureOf(logistic),
    noisy: mixtureOf((location, scale) => uniformlySmoothedLogistic(location, scale, a)),
    a,
    s,
    direction,
  };
}

/** x₀ ~ p₀ and noise uniform on [−1, 1]^d: x = x₀ + a·noise. */
const cleanAndUniformNoise = ({ p0 }: Setting) =>
  independent(lawOf(p0, 'x0'), independentCoordinates(uniform(-1, 1), p0.dimension, 'noise'));

/** ∇ₓ log p(x | x₀) of uniform noise: 0 wherever the kernel is positive. */
const uniformTarget = (d: number): Term => constant(...Array.from({ length: d }, () => 0));

const dsmLoss = ({ a, p0 }: Setting, s: ScoreField, target = uniformTarget(p0.dimension)): Term =>
  squaredDistance(throughNoise(fieldTerm(s), a), throughNoise(target, a));

/** For uniform noise DSM(S) = E‖S‖²: the loss knows nothing of the data, its minimiser is 0. */
export const noiseUniformFails = claim<Setting, 'uniform'>({
  id: 'noise-uniform-fails',
  title: 'Under uniform noise denoising score matching learns nothing: its minimiser is zero',
  source: 'vincent2011, section 4.2',
  kind: 'identity',
  given: latex`Let $x = x_0 + \xi$ with $\xi \sim U([-a, a]^d)$ independent of $x_0$, and let $p_a$ be the density of $x$.`,
  statement: latex`\mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = \mathbb E_{p_a} \lVert S(x) \rVert^2, \qquad \operatorname*{arg\,min}_S = 0 \ne \nabla \log p_a`,
  assumptions: {
    uniform: latex`$x = x_0 + u$ with $u$ uniform on $[-a, a]^d$, independent of $x_0$; $p_a$ is the density of $x$. The gradient of $\log p(x \mid x_0)$ is taken inside the cube, where it exists.`,
  },
  sides: (setting) => ({
    lhs: expectation(cleanAndUniformNoise(setting), dsmLoss(setting, setting.s)),
    rhs: expectation(lawOf(setting.noisy), fieldEnergy(setting.s)),
  }),
  settings: {
    'a logistic mixture in 1-D, a = 1.2': underUniformNoise(
      { weights: [0.3, 0.7], means: [[-1.6], [1.1]], scales: [[0.7], [0.6]] },
      1.2,
      network1d,
      affine1d,
    ),
    'a logistic mixture in 2-D, a = 0.9': underUniformNoise(
      {
        weights: [0.5, 0.3, 0.2],
        means: [
          [-1.2, 0.4],
          [1.1, 1.3],
          [0.6, -1.5],
        ],
        scales: [
          [0.5, 0.3],
          [0.3, 0.6],
          [0.4, 0.4],
        ],
      },
      0.9,
      network2d,
      affine2d,
    ),
  },
  discrepancy: 0.03,
  falseVariants: {
    'argmin-is-score': {
      mistake:
        'The minimiser is taken for the score of the noisy density, as it is for Gaussian noise: uniform noise has edges, and what they hold is lost.',
      statement: latex`\operatorname*{arg\,min}_S \mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = \nabla \log p_a`,
      // The loss is quadratic in S: half its difference between s + φ and s − φ is its derivative at s along φ.
      sides: (setting) => {
        const at = (k: number) => dsmLoss(setting, shifted(scoreOf(setting.noisy), setting.direction, k));
        const law = cleanAndUniformNoise(setting);
        return { lhs: expectation(law, times(0.5, minus(at(1), at(-1)))), rhs: expectation(law, constant(0)) };
      },
    },
    'explicit-loss-up-to-a-constant': {
      mistake:
        'The identity of Gaussian noise is carried over: the loss is taken for the explicit one up to the usual constant.',
      statement: latex`\mathbb E_{x_0} \mathbb E_{x \mid x_0} \lVert S(x) - \nabla_x \log p(x \mid x_0) \rVert^2 = \mathbb E_{p_a} \lVert S(x) - \nabla \log p_a(x) \rVert^2 - \mathbb E_{p_a} \lVert \nabla \log p_a(x) \rVert^2`,
      sides: ({ s, noisy }) => ({
        rhs: expectation(lawOf(noisy), minus(esmLosses(s, noisy), scoreEnergy(noisy))),
      }),
    },
    'gaussian-target': {
      mistake: 'The target of Gaussian noise with the same variance is used although the noise is uniform.',
      statement: latex`\mathbb E_{x_0} \mathbb E_{x \mid x_0} \Bigl\lVert S(x) + \frac{x - x_0}{a^2 / 3} \Bigr\rVert^2 = \mathbb E_{p_a} \lVert S(x) \rVert^2`,
      sides: (setting) => ({
        lhs: expectation(
          cleanAndUniformNoise(setting),
          dsmLoss(setting, setting.s, kernelScoreTerm(setting.a / Math.sqrt(3), setting.p0.dimension)),
        ),
      }),
    },
  },
});
