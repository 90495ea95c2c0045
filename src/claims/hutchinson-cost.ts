import { divergence } from '../../reference/scores/divergence.js';
import { hutchinsonDivergence } from '../../reference/scores/hutchinson.js';
import { jacobian } from '../../reference/scores/jacobian.js';
import { rademacherProbes } from '../../reference/scores/probe-vectors.js';
import { randomStream } from '../numerics/random.js';
import { tf, type Tensor1D, type Tensor2D } from '../tensorflow/tensorflow.js';
import { neighbourArrayField } from '../verify/arrays.js';
import { claim } from '../verify/claim.js';
import { claimedCount, productsTaken, type Field } from '../verify/evidence/cost.js';
import { sameDraws } from '../verify/evidence/estimator.js';
import type { ScoreField } from '../verify/fields.js';
import { standardNormal } from '../verify/laws.js';
import type { Batch } from '../verify/term.js';
import { divergenceTerm } from '../verify/terms.js';
import { latex } from './latex.js';
import { network3d } from './settings.js';

interface Setting {
  readonly s: ScoreField;
  /** m. */
  readonly probes: number;
}

/** A way to a number per row, and the vector-Jacobian products that it is said to take. */
interface Job {
  readonly compute: (field: Field, x: Tensor2D) => Tensor1D;
  readonly products: number;
}

interface Sides {
  /** ∇·S, component by component. */
  readonly exact: Job;
  /** The mean over m probes. */
  readonly estimate: Job;
  /** The Jacobian formed, then its diagonal read. */
  readonly formed: Job;
}

/** Rows at which the work is counted. */
const ROWS = 8;

const hutchinsonJob = (m: number, products: number): Job => ({
  compute: (field, x) => {
    const [n, d] = x.shape;
    const probes = rademacherProbes(randomStream(1, 'probes of a count'), m * n, d);
    return hutchinsonDivergence(field, x, probes.reshape([m, n, d]));
  },
  products,
});

/** tr J read off a Jacobian that was formed: d additions, after d products. */
const formedJob = (products: number): Job => ({
  compute: (field, x) => {
    const [n, d] = x.shape;
    return jacobian(field, x).reshape([n, d, d]).mul(tf.eye(d).expandDims(0)).sum([1, 2]);
  },
  products,
});

/** ∇·S takes d vector-Jacobian products, its estimate one per probe. */
export const hutchinsonCost = claim<Setting, 'blackBox', Sides>({
  id: 'hutchinson-cost',
  title: 'Why Hutchinson is cheaper: one vector-Jacobian product per probe, where the divergence takes d',
  source: 'song2020sliced, section 3',
  kind: 'cost',
  given: latex`Let $\operatorname{cost}$ count the vector-Jacobian products $v^{\mathsf T} \nabla S(x)$, by which alone $\nabla S$ is known.`,
  statement: latex`\operatorname{cost} \bigl( \nabla \cdot S(x) \bigr) = d, \qquad
    \operatorname{cost} \Bigl( \frac1m \sum_{j=1}^m v_j^{\mathsf T} \nabla_x (v_j^{\mathsf T} S(x)) \Bigr) = m`,
  assumptions: {
    blackBox: latex`$\nabla S$ is known by its products $v^{\mathsf T} \nabla S$ alone, as for a network: each costs about two evaluations of $S$. If a matrix $A$ is given, its trace takes $d$ additions and $v^{\mathsf T} A v$ takes $d^2$ multiplications; but a network gives no matrix, and forming it takes $d$ products.`,
  },
  sides: ({ s: { dimension: d }, probes: m }) => ({
    exact: { compute: divergence, products: d },
    estimate: hutchinsonJob(m, m),
    formed: formedJob(d),
  }),
  measurements: ({ exact, estimate, formed }, { s, probes: m }) => {
    const taken = (job: Job) => (): number =>
      productsTaken(s.tensor, ROWS, (field) => job.compute(field, tf.ones([ROWS, s.dimension])));
    const law = standardNormal(s.dimension, 'x');
    const value = (job: Job) => ({
      ...divergenceTerm(s),
      tensor: ({ x }: Batch) => job.compute(s.tensor, x).expandDims<Tensor2D>(1),
    });
    return [
      claimedCount('the divergence', taken(exact), exact.products),
      claimedCount(
        `Hutchinson's estimate with ${m === 1 ? 'one probe' : `${m} probes`}`,
        taken(estimate),
        estimate.products,
      ),
      claimedCount('the trace read off the Jacobian', taken(formed), formed.products),
      sameDraws('the value of the divergence', value(exact), divergenceTerm(s), law, {
        points: ROWS,
        method: 'pointwise',
      }),
      sameDraws('the value read off the Jacobian', value(formed), divergenceTerm(s), law, {
        points: ROWS,
        method: 'pointwise',
      }),
    ];
  },
  settings: {
    'a nonlinear field in 3-D, two probes': { s: network3d, probes: 2 },
    'a nonlinear field of 3 × 4 pixels, four probes': { s: pixels([3, 4, 1]), probes: 4 },
    'a nonlinear field of 5 × 5 pixels, one probe': { s: pixels([5, 5, 1]), probes: 1 },
  },
  discrepancy: 1e-3,
  falseVariants: {
    'divergence-in-one-product': {
      mistake: 'The divergence is said to take one product.',
      statement: latex`\operatorname{cost} \bigl( \nabla \cdot S(x) \bigr) = 1`,
      sides: () => ({ exact: { compute: divergence, products: 1 } }),
    },
    'gradient-of-the-sum': {
      mistake:
        'One backward pass of the summed components is taken for the divergence: it takes one product, but adds all entries of the Jacobian.',
      statement: latex`\nabla \cdot S(x) = \mathbf 1^{\mathsf T} \nabla_x \bigl( \mathbf 1^{\mathsf T} S(x) \bigr), \qquad \operatorname{cost} = 1`,
      sides: () => ({ exact: { compute: gradientOfTheSum, products: 1 } }),
    },
    'estimate-costs-d': {
      mistake: 'Each probe is said to take d products: a probe takes one, whatever d.',
      statement: latex`\operatorname{cost} \Bigl( \frac1m \sum_{j=1}^m v_j^{\mathsf T} \nabla_x (v_j^{\mathsf T} S(x)) \Bigr) = m d`,
      sides: ({ s, probes: m }) => ({ estimate: hutchinsonJob(m, m * s.dimension) }),
    },
    'diagonal-is-free': {
      mistake:
        'Only the reading of the d diagonal entries is counted, as if the Jacobian were given: forming it takes d products.',
      statement: latex`\operatorname{cost} \bigl( \operatorname{tr}(\nabla S(x)) \bigr) = 0`,
      sides: () => ({ formed: formedJob(0) }),
    },
    'one-product-for-all-probes': {
      mistake:
        'All probes together are said to take one product, since they go in one call: the rows of the call grow m-fold.',
      statement: latex`\operatorname{cost} \Bigl( \frac1m \sum_{j=1}^m v_j^{\mathsf T} \nabla_x (v_j^{\mathsf T} S(x)) \Bigr) = 1`,
      sides: ({ probes: m }) => ({ estimate: hutchinsonJob(m, 1) }),
      silentIn: { 'a nonlinear field of 5 × 5 pixels, one probe': 'There m = 1.' },
    },
  },
});

function gradientOfTheSum(field: Field, x: Tensor2D): Tensor1D {
  return (tf.grad((y) => field(y as Tensor2D).sum())(x) as Tensor2D).sum(1);
}

/** A field of neighbouring pixels. */
function pixels(shape: readonly number[]): ScoreField {
  return neighbourArrayField(shape, { own: -0.8, side: 0.3, gain: -1.4 }).onVectors;
}
