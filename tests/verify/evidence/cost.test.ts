import { describe, expect, it } from 'vitest';
import { divergence } from '../../../reference/scores/divergence.js';
import { softplusField } from '../../../reference/scores/fields.js';
import { hutchinsonDivergence } from '../../../reference/scores/hutchinson.js';
import { tf, type Tensor2D } from '../../../src/tensorflow/tensorflow.js';
import { claimedCount, productsTaken } from '../../../src/verify/evidence/cost.js';

const field = softplusField(
  [
    [0.9, -0.4, 0.2],
    [-0.6, 0.8, 0.5],
  ],
  [0.2, -0.3],
  [
    [-0.7, 0.4],
    [0.5, -0.8],
    [0.3, 0.6],
  ],
  [0.1, -0.2, 0.3],
);
const n = 5;
const x = (): Tensor2D => tf.ones([n, 3]);
const options = {
  seed: 1,
  path: [],
  alpha: 1e-9,
  beta: 1e-4,
  discrepancy: 0.01,
  maxDraws: 1,
  thorough: true,
};

describe('productsTaken', () => {
  it('counts d for the divergence and m for m probes in one call', () => {
    expect(productsTaken(field, n, (counted) => divergence(counted, x()))).toBe(3);
    for (const m of [1, 4]) {
      expect(productsTaken(field, n, (counted) => hutchinsonDivergence(counted, x(), tf.ones([m, n, 3])))).toBe(m);
    }
  });

  it('counts nothing for values alone, and a part of the rows as a part', () => {
    expect(productsTaken(field, n, (counted) => counted(x()))).toBe(0);
    const oneRow = (counted: typeof field) => tf.grad((y) => counted(y as Tensor2D).sum())(tf.ones([1, 3]));
    expect(productsTaken(field, n, oneRow)).toBeCloseTo(1 / n);
  });

  it('changes no value and leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    let through: Float32Array | undefined;
    productsTaken(field, n, (counted) => {
      const found = divergence(counted, x());
      through = found.dataSync<'float32'>();
      return found;
    });
    expect(tf.memory().numTensors).toBe(before);
    expect(through).toEqual(tf.tidy(() => divergence(field, x()).dataSync<'float32'>()));
  });
});

describe('claimedCount', () => {
  it('supports the number and refutes its neighbours', async () => {
    const verdict = async (claimed: number) => (await claimedCount('work', () => 3, claimed).measure(options)).verdict;
    expect([await verdict(2), await verdict(3), await verdict(4)]).toEqual(['refuted', 'supported', 'refuted']);
  });
});
