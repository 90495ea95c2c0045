import { describe, expect, it } from 'vitest';
import { dsmLosses } from '../../../reference/objectives/losses.js';
import {
  perturbationKernelLogDensity,
  perturbationKernelScore,
} from '../../../reference/objectives/perturbation-kernel.js';
import { tf } from '../../../src/tensorflow/tensorflow.js';

// Quarters and powers of two: every result is exact in float32, up to the logarithm.
const entries = [1, -2, 0.5, 4, -0.25, 3, 2, -1, 0.75, 1.5, -3, 0.25];
const x = tf.tensor2d(entries, [2, 6]);
const x0 = x.mul(0.5).add(0.25);

describe.each([
  ['an image', [2, 3, 1, 2]],
  ['a volume', [2, 1, 3, 2, 1]],
])('%s', (_, shape) => {
  it('has the loss, the log density and the target of its entries', () => {
    const [array, clean] = [x.reshape(shape), x0.reshape(shape)];
    const target = perturbationKernelScore(array, clean, 0.5);
    expect(target.shape).toEqual(shape);
    expect([...target.dataSync()]).toEqual([...perturbationKernelScore(x, x0, 0.5).dataSync()]);
    expect(dsmLosses(array, clean).shape).toEqual([2]);
    expect([...dsmLosses(array, clean).dataSync()]).toEqual([...dsmLosses(x, x0).dataSync()]);
    expect([...perturbationKernelLogDensity(array, clean, 0.5).dataSync()]).toEqual([
      ...perturbationKernelLogDensity(x, x0, 0.5).dataSync(),
    ]);
  });
});

describe('the loss and the log density of a vector', () => {
  it('are the sums over its entries', () => {
    const half = entries.map((v) => (v - (0.5 * v + 0.25)) ** 2);
    const sum = (from: number): number => half.slice(from, from + 6).reduce((total, v) => total + v, 0);
    expect([...dsmLosses(x, x0).dataSync()]).toEqual([sum(0), sum(6)]);
    const found = perturbationKernelLogDensity(x, x0, 0.5).dataSync();
    [sum(0), sum(6)].forEach((squares, i) =>
      // −‖x − x₀‖²/(2σ²) − (d/2) log 2πσ² with d = 6 and σ = ½; one rounding of each of two numbers below 64 is below 1e-5.
      expect(Math.abs(found[i] - (-2 * squares - 3 * Math.log(0.5 * Math.PI)))).toBeLessThan(1e-5),
    );
  });
});
