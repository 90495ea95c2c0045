import { describe, expect, it } from 'vitest';
import { eulerSample } from '../../../reference/samplers/euler-maruyama.js';
import { heunSample } from '../../../reference/samplers/heun.js';
import { langevinStep } from '../../../reference/samplers/langevin.js';
import { probabilityFlow } from '../../../reference/sdes/probability-flow.js';
import { marginalAt } from '../../../src/oracle/reverse-schemes.js';
import { tf, type Tensor2D } from '../../../src/tensorflow/tensorflow.js';
import { axisTarget, scoreAtNoise, scoreInTime } from '../../../src/verify/axis-targets.js';
import { variancePreserving } from '../../../src/verify/diffusions.js';
import { flowOrder } from '../../../src/verify/evidence/flow.js';
import { gaussianVariance, stationaryOrder } from '../../../src/verify/evidence/langevin.js';
import { orderEvidence } from '../../../src/verify/evidence/order.js';
import { testSeed } from '../../seed.js';

const claimed = (order: number, errorAt: (steps: number) => number) => ({
  name: 'test',
  of: 'error',
  order,
  steps: [16, 32, 64],
  errorAt,
  floor: 1e-6,
  scale: 1,
});

describe('order', () => {
  it('supports errors that fall at the claimed order, with a next term', () => {
    for (const p of [1, 2, 4]) {
      const evidence = orderEvidence(claimed(p, (n) => 3 * n ** -p + 5 * n ** (-p - 1)));
      expect(evidence.verdict).toBe('supported');
      expect(evidence.comparisons).toBeUndefined();
    }
  });

  it('refutes a plateau of twice its resolution', () => {
    const { resolution } = orderEvidence(claimed(1, (n) => 3 / n));
    expect(orderEvidence(claimed(1, (n) => Math.hypot(3 / n, 2 * resolution))).verdict).toBe('refuted');
  });

  it('refutes an order that is one too high', () => {
    expect(orderEvidence(claimed(2, (n) => 3 / n)).verdict).toBe('refuted');
  });

  it('refutes errors that grow or are not finite', () => {
    for (const errorAt of [(n: number) => n / 1e3, () => NaN, () => Infinity]) {
      expect(orderEvidence(claimed(1, errorAt)).verdict).toBe('refuted');
    }
  });

  it('is inconclusive where rounding is all there is', () => {
    expect(orderEvidence(claimed(1, () => 1e-7))).toMatchObject({
      verdict: 'inconclusive',
      note: 'The first error, 1.0e-7, is rounding already.',
    });
  });

  it('stops at the first clear refutation where it need not be thorough', () => {
    const asked: number[] = [];
    const plateau = claimed(2, (n) => {
      asked.push(n);
      return 0.1;
    });
    expect(orderEvidence(plateau, { thorough: false }).verdict).toBe('refuted');
    expect(asked).toEqual([16, 32]);
  });
});

const target = axisTarget('two modes in the plane', [
  { direction: [0.8, 0.6], law: { weights: [0.65, 0.35], means: [-1.4, 1.8], variances: [0.5, 0.4] }, valley: 0.4 },
  { direction: [-0.6, 0.8], law: { weights: [1], means: [0.7], variances: [1.3] } },
]);
const diffusion = variancePreserving(0.3, 12);

describe('the order of a flow', () => {
  const velocity = probabilityFlow(diffusion.reference, scoreInTime(target, diffusion));
  const judged = (order: number, flow: (x: Tensor2D, steps: number) => Tensor2D) =>
    orderEvidence(
      flowOrder({
        name: 'test',
        of: 'error',
        target,
        order,
        steps: [8, 16, 32],
        flow,
        start: target.axes.map(({ law }) => marginalAt(law, diffusion, 1)),
        end: target.axes.map(({ law }) => law),
      }),
    );
  const back = (steps: number) => ({ from: 1, to: 0, steps });

  it('tells Euler from Heun', () => {
    expect(judged(1, (x, steps) => eulerSample(velocity, x, back(steps))).verdict).toBe('supported');
    expect(judged(2, (x, steps) => eulerSample(velocity, x, back(steps))).verdict).toBe('refuted');
    expect(judged(2, (x, steps) => heunSample(velocity, x, back(steps))).verdict).toBe('supported');
  });

  it('finds a velocity that is one per cent too large', () => {
    const fast = (x: Tensor2D, t: Parameters<typeof velocity>[1]): Tensor2D => velocity(x, t).mul(1.01);
    expect(judged(2, (x, steps) => heunSample(fast, x, back(steps))).verdict).toBe('refuted');
  });
});

describe('the stationary law of Langevin dynamics', () => {
  const score = (x: Tensor2D): Tensor2D => scoreAtNoise(target)(x, tf.zeros([x.shape[0]]));
  const options = {
    seed: testSeed,
    path: ['test'],
    alpha: 1e-8,
    beta: 1e-4,
    discrepancy: 0.05,
    maxDraws: 1,
    thorough: true,
  };
  const step =
    (noise = 1) =>
    (stepSize: number) =>
    (x: Tensor2D, z: Tensor2D) =>
      langevinStep(score, x, stepSize, z.mul(noise));

  it('comes to p with the step size, and not where the noise is five per cent too large', async () => {
    expect((await stationaryOrder(target, step(), [10, 20, 40]).measure(options)).verdict).toBe('supported');
    expect((await stationaryOrder(target, step(1.05), [10, 20, 40]).measure(options)).verdict).toBe('refuted');
  });

  it('has the variance v/(1 − γ/2v) along the Gaussian axis, to a ten-thousandth', async () => {
    const right = (v: number, stepSize: number): number => v / (1 - stepSize / (2 * v));
    const verdictOf = async (factor: number) =>
      (await gaussianVariance(target, step(), (v, s) => factor * right(v, s), [0.1, 0.05])[0].measure(options)).verdict;
    expect(await verdictOf(1)).toBe('supported');
    expect(await verdictOf(1.0003)).toBe('refuted');
    expect(await verdictOf(0.9997)).toBe('refuted');
  });
});
