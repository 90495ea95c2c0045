import { describe, expect, it } from 'vitest';
import { annealedLangevinSample, geometricSigmas } from '../../../reference/samplers/annealed-langevin.js';
import { eulerMaruyamaSample, eulerSample } from '../../../reference/samplers/euler-maruyama.js';
import { heunSample } from '../../../reference/samplers/heun.js';
import { langevinSample, langevinStep } from '../../../reference/samplers/langevin.js';
import type { NormalSource } from '../../../reference/samplers/uniform-grid.js';
import { reverseTimeSde } from '../../../reference/sdes/reverse-time.js';
import { variancePreserving } from '../../../reference/sdes/variance-preserving.js';
import { randomStream } from '../../../src/numerics/random.js';
import { tf, type Tensor, type Tensor2D } from '../../../src/tensorflow/tensorflow.js';
import { normalsFrom } from '../../../src/verify/reverse-samplers.js';
import { testSeed } from '../../seed.js';

const sde = variancePreserving(0.3, 12);
const score = (x: Tensor2D): Tensor2D => x.neg();
const reverse = reverseTimeSde(sde, score);
const grid = { from: 1, to: 0, steps: 5 };

const samplers: Readonly<Record<string, (start: Tensor2D, normal: NormalSource) => Tensor2D>> = {
  'Euler and Maruyama': (start, normal) => eulerMaruyamaSample(reverse, start, grid, normal),
  Euler: (start) => eulerSample(reverse.drift, start, grid),
  Heun: (start) => heunSample(reverse.drift, start, grid),
  Langevin: (start, normal) => langevinSample(score, start, 0.1, 5, normal),
  'annealed Langevin': (start, normal) =>
    annealedLangevinSample(score, start, { sigmas: [3, 1, 0.4], stepsPerLevel: 2, stepSize: 0.02 }, normal),
};

const streamOf = (what: string): NormalSource => normalsFrom(randomStream(testSeed, 'samplers', what));

describe.each(Object.entries(samplers))('%s', (name, sample) => {
  it.each([
    [1, 1],
    [1, 3],
    [7, 2],
    [64, 5],
  ])('takes %d rows in %d dimensions', (n, d) => {
    const end = sample(streamOf(name)([n, d]), streamOf(name));
    expect(end.shape).toEqual([n, d]);
    expect(end.dataSync().every(Number.isFinite)).toBe(true);
  });

  it('disposes what it creates but for its result, and keeps the start as it is', () => {
    const start = streamOf(name)([4, 3]);
    const values = [...start.dataSync()];
    sample(start, streamOf(name)).dispose();
    const before = tf.memory().numTensors;
    for (let k = 0; k < 3; k++) sample(start, streamOf(name)).dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect([...start.dataSync()]).toEqual(values);
  });

  it('treats rows independently: the rows of two batches are those of one', () => {
    const all = streamOf(name)([6, 2]);
    // Noise as a function of the row alone, so that both runs see the same.
    const byRow =
      (offset: number): NormalSource =>
      (shape) =>
        tf.tensor2d(
          Array.from({ length: shape[0] }, (_, row) => [Math.sin(row + offset), Math.cos(3 * (row + offset))]),
          shape,
        );
    const whole = [...sample(all, byRow(0)).dataSync()];
    const parts = [sample(all.slice([0, 0], [2, 2]), byRow(0)), sample(all.slice([2, 0], [4, 2]), byRow(2))];
    const joined = parts.flatMap((part) => [...part.dataSync()]);
    // Vector instructions may round the rest of a batch in another order: a few units of the last digit of values of size 1 to 10.
    joined.forEach((value, i) => expect(Math.abs(value - whole[i])).toBeLessThan(1e-5));
  });
});

describe('langevinSample', () => {
  it('is langevinStep repeated with fresh noise', () => {
    const start = tf.tensor2d([[0.4, -1.1]]);
    const noises = [tf.tensor2d([[0.3, 0.2]]), tf.tensor2d([[-1.4, 0.8]])];
    const handed = noises.map((noise) => noise.clone());
    const byHand = noises.reduce<Tensor2D>((x, noise) => langevinStep(score, x, 0.25, noise), start);
    const end = langevinSample(score, start, 0.25, 2, () => handed.shift()!);
    expect([...end.dataSync()]).toEqual([...byHand.dataSync()]);
    // x − 0.25 x + √0.5 z, by hand in float64.
    const plain = [
      [0.4, 0.3, -1.4],
      [-1.1, 0.2, 0.8],
    ].map(([x, z1, z2]) => 0.75 * (0.75 * x + Math.SQRT1_2 * z1) + Math.SQRT1_2 * z2);
    [...end.dataSync()].forEach((value, i) => expect(value).toBeCloseTo(plain[i], 6));
  });
});

describe('annealedLangevinSample', () => {
  it('asks for each noise scale as often as there are steps in a level, with steps in proportion to its square', () => {
    const seen: number[] = [];
    const still: NormalSource = (shape) => tf.zeros(shape);
    const constant = (x: Tensor2D, sigma: Tensor): Tensor2D => {
      seen.push(sigma.dataSync()[0]);
      return x.onesLike();
    };
    const end = annealedLangevinSample(
      constant,
      tf.tensor2d([[0]]),
      { sigmas: [2, 1, 0.5], stepsPerLevel: 3, stepSize: 0.01 },
      still,
    );
    expect(seen).toEqual([2, 2, 2, 1, 1, 1, 0.5, 0.5, 0.5]);
    expect(end.dataSync()[0]).toBeCloseTo(3 * 0.01 * (16 + 4 + 1), 6);
  });
});

describe('geometricSigmas', () => {
  it('falls from the first to the last in a constant ratio', () => {
    const sigmas = geometricSigmas(8, 0.5, 5);
    expect([sigmas[0], sigmas[4]]).toEqual([8, 0.5]);
    sigmas.slice(1).forEach((sigma, l) => expect(sigma / sigmas[l]).toBeCloseTo(0.5, 12));
    expect(geometricSigmas(8, 0.5, 1)).toEqual([8]);
    expect(geometricSigmas(8, 0.5, 2)).toEqual([8, 0.5]);
  });
});

describe('heunSample', () => {
  it('is exact for a velocity that is linear in time, where Euler is not', () => {
    const velocity = (x: Tensor2D, t: Tensor): Tensor2D => x.zerosLike().add(t.expandDims(1).mul(2));
    const start = tf.tensor2d([[1]]);
    // ∫ 2t dt from 0.2 to 1 = 0.96; Euler with 4 steps of 0.2 takes the left ends: 2·0.2·(0.2 + 0.4 + 0.6 + 0.8) = 0.8.
    const forward = { from: 0.2, to: 1, steps: 4 };
    expect(heunSample(velocity, start, forward).dataSync()[0]).toBeCloseTo(1.96, 6);
    expect(eulerSample(velocity, start, forward).dataSync()[0]).toBeCloseTo(1.8, 6);
  });

  it('never asks for a time beyond the end of its grid', () => {
    const seen: number[] = [];
    const velocity = (x: Tensor2D, t: Tensor): Tensor2D => {
      seen.push(t.dataSync()[0]);
      return x.zerosLike();
    };
    for (const steps of [3, 7, 10, 49]) heunSample(velocity, tf.tensor2d([[0]]), { from: 1, to: 0, steps });
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seen)).toBeLessThanOrEqual(1);
  });
});
