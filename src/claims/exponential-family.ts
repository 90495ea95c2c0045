import { volumeOf, type BoundedBox } from '../oracle/exponential-family.js';
import { claim } from '../verify/claim.js';
import { exponentialOnBox, logPartitionTerm, uniformOnBox } from '../verify/exponential-family.js';
import { gradientIn, where } from '../verify/gradients.js';
import { lawOf } from '../verify/laws.js';
import { expectation, sumOf, type Mean } from '../verify/statement.js';
import { constant, minus, plus, stack, type Term } from '../verify/term.js';
import { expOf, innerProduct, logGradientTerm, productTerm, variableTerm } from '../verify/terms.js';
import { latex } from './latex.js';

interface Setting {
  readonly theta: readonly number[];
  readonly box: BoundedBox;
}

/** log Z(θ) and ∇_θ log Z(θ) at the setting's θ. */
const logPartition = ({ theta, box }: Setting): Term => where(logPartitionTerm(box), { theta });
const partitionGradient = ({ theta, box }: Setting): Term =>
  where(gradientIn('theta', theta.length, logPartitionTerm(box)), { theta });

/** e^{θᵀx} |B| / Z(θ): its mean under the uniform law on the box B is ∫_B e^{θᵀx} dx / Z(θ). */
const relativeMass = (setting: Setting, B: BoundedBox): Term => {
  const exponent = innerProduct(constant(...setting.theta), variableTerm('x', setting.theta.length));
  return expOf(plus(minus(exponent, logPartition(setting)), constant(Math.log(volumeOf(B)))));
};

/** The three parts below one another: ∫_B e^{θᵀx} dx / Z, E[∇ₓ log p], E[x]. */
function leftSides(setting: Setting, B = setting.box): Mean {
  const d = setting.theta.length;
  const p = exponentialOnBox(setting.theta, setting.box);
  const zeros = constant(...Array.from({ length: 2 * d }, () => 0));
  return sumOf(
    expectation(lawOf(uniformOnBox(B)), stack(relativeMass(setting, B), zeros)),
    expectation(lawOf(p), stack(constant(0), logGradientTerm(p), variableTerm('x', d))),
  );
}

/** What the three parts are said to equal: 1, θ and ∇_θ log Z. */
const rightSides = (setting: Setting, score: Term, mean: Term): Mean =>
  expectation(lawOf(exponentialOnBox(setting.theta, setting.box)), stack(constant(1), score, mean));

const twice = ({ lower, upper }: BoundedBox): BoundedBox => ({
  lower: lower.map((v) => 2 * v),
  upper: upper.map((v) => 2 * v),
});

/** The exponential family with statistic x: on a bounded set a density, with score θ and mean ∇_θ log Z. */
export const exponentialFamily = claim<Setting, 'bounded' | 'constant'>({
  id: 'exponential-family',
  title: 'The exponential family of x: a density on a bounded set only',
  source: 'wainwright2008, Proposition 3.1',
  kind: 'identity',
  given: latex`Let $p_\theta(x) = e^{\theta^\top x} / Z(\theta)$ on a box $B$, where $Z(\theta) = \int_B e^{\theta^\top x}\, dx$.`,
  statement: latex`\int_B \frac{e^{\theta^\top x}}{Z(\theta)}\, dx = 1, \quad \nabla_x \log p_\theta(x) = \theta, \quad \mathbb E_{p_\theta}[x] = \nabla_\theta \log Z(\theta)`,
  assumptions: {
    bounded: latex`$B$ is bounded. On all of $\mathbb R^d$ the integral is infinite for every $\theta$, and no density is left.`,
    constant: latex`$Z(\theta)$ depends on $\theta$ and not on $x$.`,
  },
  sides: (setting) => ({
    lhs: leftSides(setting),
    rhs: rightSides(setting, constant(...setting.theta), partitionGradient(setting)),
  }),
  settings: {
    'an interval, theta = 0.9': { theta: [0.9], box: { lower: [-1.4], upper: [2.3] } },
    'an interval, theta = -2.2': { theta: [-2.2], box: { lower: [-0.6], upper: [1.1] } },
    'a rectangle, theta = (0.7, -1.6)': { theta: [0.7, -1.6], box: { lower: [-0.5, -2.1], upper: [1.7, 0.8] } },
  },
  discrepancy: 0.03,
  falseVariants: {
    'gradient-is-theta': {
      mistake: 'The gradient of log Z is taken for the parameter itself.',
      statement: latex`\nabla_\theta \log Z(\theta) = \theta`,
      sides: (setting) => ({
        lhs: rightSides(setting, constant(...setting.theta), partitionGradient(setting)),
        rhs: rightSides(setting, constant(...setting.theta), constant(...setting.theta)),
      }),
    },
    'score-is-x': {
      mistake: 'The gradient is taken in the parameter: that of the exponent is x; the score is the gradient in x.',
      statement: latex`\nabla_x \log p_\theta(x) = x`,
      sides: (setting) => ({
        rhs: rightSides(setting, variableTerm('x', setting.theta.length), partitionGradient(setting)),
      }),
    },
    'gradient-of-z': {
      mistake: 'The logarithm of Z is left out.',
      statement: latex`\mathbb E_{p_\theta}[x] = \nabla_\theta Z(\theta)`,
      sides: (setting) => ({
        rhs: rightSides(
          setting,
          constant(...setting.theta),
          productTerm(expOf(logPartition(setting)), partitionGradient(setting)),
        ),
      }),
    },
    'settles-as-the-box-grows': {
      mistake: 'Z is taken to settle as the box grows: a box twice as large already has another Z.',
      statement: latex`\int_{2B} e^{\theta^\top x}\, dx = \int_B e^{\theta^\top x}\, dx`,
      sides: (setting) => ({ lhs: leftSides(setting, twice(setting.box)) }),
    },
    'on-the-whole-space': {
      mistake: 'The formula is called a density on all of space.',
      statement: latex`\int_{\mathbb R^d} \frac{e^{\theta^\top x}}{Z(\theta)}\, dx = 1`,
      kind: 'ill-formed',
      reason:
        'There is no such Z: for every θ the integral over the whole space is infinite. In 1-D with θ = 0.9 it is 100 over [−5, 5], 9,003 over [−10, 10] and 73 million over [−20, 20].',
    },
  },
});
