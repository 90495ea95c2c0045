import { divergence } from '../../../reference/scores/divergence.js';
import { hutchinsonDivergence } from '../../../reference/scores/hutchinson.js';
import { rademacherProbes } from '../../../reference/scores/probe-vectors.js';
import { randomStream } from '../../numerics/random.js';
import { tf, type Tensor, type Tensor2D } from '../../tensorflow/tensorflow.js';
import { productsTaken, type Field } from '../../verify/evidence/cost.js';
import type { Figure } from '../../verify/result.js';

/** Dimensions of the exact divergence, whose cost grows with them, and of the estimate, up to the pixels of a digit. */
const EXACT = [2, 4, 8, 16, 32, 64, 128, 256];
const ESTIMATED = [...EXACT, 512, 784];
const ROWS = 16;
const HIDDEN = 64;
/** Milliseconds from which one call is timed once. */
const LONG = 50;

interface Way {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly compute: (field: Field, x: Tensor2D) => Tensor;
}

const withProbes = (m: number): Way => ({
  name: m === 1 ? "Hutchinson's estimate, one probe" : `Hutchinson's estimate, ${m} probes`,
  dimensions: ESTIMATED,
  compute: (field, x) => {
    const [n, d] = x.shape;
    const probes = rademacherProbes(randomStream(1, 'probes of the figure'), m * n, d);
    return hutchinsonDivergence(field, x, probes.reshape([m, n, d]));
  },
});

const ways: readonly Way[] = [
  { name: 'the divergence, exactly', dimensions: EXACT, compute: divergence },
  withProbes(1),
  withProbes(10),
];

/**
 * Why Hutchinson is cheaper: the vector-Jacobian products that the divergence of a network takes against the dimension, counted; and beside it the
 * time that they took in this run, which a report without times leaves out.
 */
export function divergenceCost(): Figure[] {
  const counted = ways.map((way) => ({ way, measured: way.dimensions.map((d) => measuredAt(way, d)) }));
  const common = { kind: 'lines' as const, claim: 'hutchinson-cost', x: { label: 'dimension d', log: true } };
  const series = (value: (m: Measured) => number) =>
    counted.map(({ way, measured }) => ({
      name: way.name,
      dashed: false,
      points: measured.map((m): [number, number] => [m.dimension, value(m)]),
    }));
  return [
    {
      ...common,
      id: 'divergence-cost',
      title: 'Vector-Jacobian products against the dimension',
      caption:
        'Counted on a network with one hidden layer. A network gives no Jacobian to read: each row of it takes a product, so the exact divergence takes d of them, and a probe takes one. On a digit of 784 pixels that is 784 against 1. Reading the d diagonal entries of a matrix is cheaper than the d² multiplications of vᵀAv only where the matrix is given.',
      y: { label: 'vector-Jacobian products', log: true },
      series: series(({ products }) => products),
    },
    {
      ...common,
      id: 'divergence-time',
      timed: true,
      title: 'The same in milliseconds, on this machine',
      caption: `The times of the same computations in this run, ${ROWS} rows at once. A product itself grows with d, so the lines of the estimate rise too; the factor between the lines is the one of the counts once a product takes longer than its call.`,
      y: { label: 'milliseconds', log: true },
      series: series(({ milliseconds }) => milliseconds),
    },
  ];
}

interface Measured {
  readonly dimension: number;
  readonly products: number;
  readonly milliseconds: number;
}

function measuredAt({ compute }: Way, d: number): Measured {
  return tf.tidy(() => {
    const random = randomStream(1, 'network of the figure');
    const drawn = (rows: number, columns: number, scale = 1): Tensor2D =>
      tf.tensor2d(Float32Array.from(random.normals(rows * columns)), [rows, columns]).mul(scale);
    const [inward, outward] = [drawn(d, HIDDEN, d ** -0.5), drawn(HIDDEN, d, HIDDEN ** -0.5)];
    const field: Field = (x) => tf.matMul(tf.softplus(tf.matMul(x, inward)), outward);
    const x = drawn(ROWS, d);
    const products = productsTaken(field, ROWS, (counted) => compute(counted, x));
    // The shortest of three where that is soon done: what else runs on the machine only adds.
    const times: number[] = [];
    while (times.length === 0 || (times.length < 3 && times[0] < LONG)) {
      const started = performance.now();
      compute(field, x).dataSync();
      times.push(performance.now() - started);
    }
    return { dimension: d, products, milliseconds: Math.min(...times) };
  });
}
