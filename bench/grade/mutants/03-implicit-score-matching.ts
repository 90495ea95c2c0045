import type { Mutant } from '../mutant.js';

const exercise = '03-implicit-score-matching';
const trace = { exercise, function: 'divergence' } as const;
const loss = { exercise, function: 'ismLoss' } as const;

/** The divergence from column(i), ∂S/∂xᵢ summed with the weights of axis(i) over the components of S. */
const diagonal = (expression: string): string => `
export function divergence(score, x) {
  return tf.tidy(() => {
    const d = x.shape[1];
    const axis = (i) => tf.tensor2d([Array.from({ length: d }, (_, j) => (i === j ? 1 : 0))]);
    const entry = (i) => tf.grad((y) => score(y).mul(axis(i)).sum())(x).mul(axis(i)).sum(1);
    const entries = () => Array.from({ length: d }, (_, i) => entry(i));
    return ${expression};
  });
}`;

/** The loss from s = score(x) and the divergence of the solution. */
const from = (expression: string): string => `
export function ismLoss(score, x) {
  return tf.tidy(() => {
    const s = score(x);
    return ${expression};
  });
}`;

/** The divergence by difference quotients: the quotient of one coordinate from the score at shifted points. */
const differences = (quotient: string, step: number): string => `
export function divergence(score, x) {
  return tf.tidy(() => {
    const d = x.shape[1];
    const h = ${step};
    const axis = (i) => tf.tensor2d([Array.from({ length: d }, (_, j) => (i === j ? 1 : 0))]);
    return tf.addN(Array.from({ length: d }, (_, i) => {
      const at = (k) => score(x.add(axis(i).mul(k * h))).mul(axis(i)).sum(1);
      return ${quotient};
    }));
  });
}`;

export const mutants: readonly Mutant[] = [
  { ...trace, id: 'M-ISM-03', verdict: 'wrong', diagnosis: 'first-entry-only', code: diagonal('entry(0)') },
  {
    ...trace,
    id: 'M-ISM-04',
    verdict: 'wrong',
    diagnosis: 'mean-of-the-diagonal',
    code: diagonal('tf.addN(entries()).div(d)'),
  },
  {
    ...loss,
    id: 'M-ISM-06',
    verdict: 'wrong',
    diagnosis: 'half-of-both',
    code: from('s.square().sum(1).add(divergence(score, x)).mul(0.5).mean()'),
  },
  {
    ...loss,
    id: 'M-ISM-07',
    verdict: 'wrong',
    diagnosis: 'half-and-divergence-sign',
    code: from('s.square().sum(1).mul(0.5).sub(divergence(score, x)).mean()'),
  },
  {
    ...trace,
    id: 'M-ISM-09',
    verdict: 'legal',
    reason: 'A score of the contract treats rows independently: the blocks between two rows are 0.',
    code: `
export function divergence(score, x) {
  return tf.tidy(() => {
    const [n, d] = x.shape;
    const flat = (i) => tf.grad((y) => score(y).slice([0, i], [n, 1]).sum())(x).slice([0, i], [n, 1]);
    return tf.concat(Array.from({ length: d }, (_, i) => flat(i)), 1).sum(1);
  });
}`,
  },
  {
    ...loss,
    id: 'M-ISM-10',
    verdict: 'wrong',
    diagnosis: 'divergence-detached',
    code: from('s.square().sum(1).add(tf.tensor1d(divergence(score, x).dataSync()).mul(2)).mean()'),
  },
  {
    ...trace,
    id: 'M-ISM-12',
    verdict: 'wrong',
    diagnosis: 'one-sided-difference',
    code: differences('at(1).sub(at(0)).div(h)', 0.1),
  },
  {
    ...trace,
    id: 'M-ISM-13',
    verdict: 'wrong',
    diagnosis: 'not-differentiated',
    code: differences('at(1).sub(at(-1)).div(2 * h)', 1e-5),
  },
  {
    exercise,
    id: 'M-ISM-15',
    verdict: 'outside',
    reason:
      'A defect of TensorFlow.js in the operations of the score, which is not the student’s: no score handed out uses them.',
  },
  {
    ...loss,
    id: 'M-ISM-16',
    verdict: 'wrong',
    diagnosis: 'divergence-sign',
    code: from('s.square().sum(1).add(divergence((y) => score(y).neg(), x).mul(2)).mean()'),
  },
  {
    ...trace,
    id: 'V-ISM-01',
    verdict: 'legal',
    code: `
export function divergence(score, x) {
  return tf.tidy(() => {
    const [n, d] = x.shape;
    // All d products in one call: d copies of the batch, each with its own axis.
    const axes = tf.eye(d).expandDims(1).tile([1, n, 1]).reshape([d * n, d]);
    const product = tf.grad((y) => score(y).mul(axes).sum())(x.tile([d, 1]));
    return product.mul(axes).sum(1).reshape([d, n]).sum(0);
  });
}`,
  },
  {
    ...trace,
    id: 'V-ISM-03',
    verdict: 'wrong',
    diagnosis: 'not-differentiated',
    code: differences('at(1).sub(at(-1)).div(2 * h)', 1e-2),
  },
  {
    ...trace,
    id: 'V-ISM-04',
    verdict: 'legal',
    code: `
export function divergence(score, x) {
  return tf.tidy(() => {
    const [n, d] = x.shape;
    const one = (row) => {
      const entries = Array.from({ length: d }, (_, i) =>
        tf.grad((y) => score(y).slice([0, i], [1, 1]).sum())(row).slice([0, i], [1, 1]).reshape([1]));
      return tf.addN(entries);
    };
    return tf.concat(Array.from({ length: n }, (_, i) => one(x.slice([i, 0], [1, d]))));
  });
}`,
  },
];
