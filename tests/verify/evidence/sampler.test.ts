import { describe, expect, it } from 'vitest';
import { eulerMaruyamaStep } from '../../../reference/samplers/euler-maruyama.js';
import { reverseTimeSde } from '../../../reference/sdes/reverse-time.js';
import { float64 } from '../../../src/oracle/arithmetic.js';
import { tf, type Tensor1D } from '../../../src/tensorflow/tensorflow.js';
import { axisTarget, scoreInTime, type AxisTarget } from '../../../src/verify/axis-targets.js';
import { varianceExploding } from '../../../src/verify/diffusions.js';
import type { Evidence } from '../../../src/verify/evidence.js';
import { transitionAlong } from '../../../src/verify/evidence/chain.js';
import { endDistribution, endFunctionals, reverseEnd } from '../../../src/verify/evidence/sampler.js';
import { ownNoise, priorLaw, timeGrid } from '../../../src/verify/evidence/sampler-run.js';
import { injectedStep } from '../../../src/verify/evidence/sampler-step.js';
import type { Measurement } from '../../../src/verify/measurement.js';
import {
  eulerMaruyamaSampler,
  repeating,
  type ReverseSampler,
  type SamplerSetting,
} from '../../../src/verify/reverse-samplers.js';
import { testSeed } from '../../seed.js';

// Table 3.6 of the design: which check sees which mistake, on a sampler that is right in two ways and on wrong ones.
const modes = (left: number): AxisTarget =>
  axisTarget('two modes on a slanted line', [
    {
      direction: [0.8, 0.6],
      law: { weights: [left, 1 - left], means: [-1.7, 1.4], variances: [0.36, 0.81] },
      valley: -0.5,
    },
    { direction: [-0.6, 0.8], law: { weights: [1], means: [0.7], variances: [1.3] } },
  ]);
const diffusion = varianceExploding(0.1, 9);
const setting: SamplerSetting = { target: modes(0.3), diffusion, steps: 24 };
const right = eulerMaruyamaSampler(diffusion);
const { reference } = diffusion;

const design = { seed: testSeed, alpha: 1e-8, beta: 1e-4, discrepancy: 0.06, maxDraws: 2 ** 14, thorough: true };
const run = async ({ name, measure }: Measurement, maxDraws = design.maxDraws): Promise<Evidence> =>
  measure({ ...design, maxDraws, path: ['test', name] });
const verdictOf = async (measurement: Measurement): Promise<string> => (await run(measurement)).verdict;

/** The drift of the reverse SDE and its noise, each times a number. */
const scaled = (drift: number, noise: number): ReverseSampler =>
  repeating(right.prior, (score, x, t, h, z) => {
    const moved = right.step(score, x, t, h, z.zerosLike()).sub(x);
    const kick = right.step(score, x, t, h, z).sub(x).sub(moved);
    return x.add(moved.mul(drift)).add(kick.mul(noise));
  });

/** Ancestral sampling: the variance taken off is σ(t)² − σ(t − h)², with noise of the same variance. Another right scheme. */
const ancestral = repeating(right.prior, (score, x, t, h, noise) => {
  const times = Array.from(t.dataSync());
  const taken = tf.tensor2d(
    times.map((time) => [diffusion.variance(float64, time) - diffusion.variance(float64, Math.max(0, time - h))]),
  );
  return x.add(score(x, t).mul(taken)).add(noise.mul(taken.sqrt()));
});

describe('injected step', () => {
  it('supports two right schemes, without randomness', async () => {
    for (const sampler of [right, ancestral]) {
      const evidence = await run(injectedStep(sampler, setting));
      expect(evidence).toMatchObject({ verdict: 'supported', method: 'sampler' });
      expect(evidence.comparisons).toBeUndefined();
    }
  });

  it('refutes a drift that is off by twice its resolution, on either side', async () => {
    const { resolution, scale } = await run(injectedStep(right, setting));
    for (const factor of [1 + (2 * resolution) / scale, 1 - (2 * resolution) / scale]) {
      expect(await verdictOf(injectedStep(scaled(factor, 1), setting))).toBe('refuted');
    }
  });

  it('refutes noise that is off by two per cent, where moments at the end see nothing', async () => {
    const sampler = scaled(1, 1.02);
    expect(await verdictOf(injectedStep(sampler, setting))).toBe('refuted');
    expect(await verdictOf(endFunctionals(reverseEnd(sampler, setting)))).not.toBe('refuted');
  });
});

describe('time grid', () => {
  it('supports the reference and refutes a run that is a step short or runs upwards', async () => {
    expect(await verdictOf(timeGrid(right, setting))).toBe('supported');
    const short: ReverseSampler = {
      ...right,
      sample: (score, start, steps, normal) => right.sample(score, start, steps - 1, normal),
    };
    const upwards = repeating(right.prior, (score, x, t, h, z) =>
      right.step((y, time) => score(y, time.neg().add(1)), x, t, h, z),
    );
    for (const sampler of [short, upwards]) expect(await verdictOf(timeGrid(sampler, setting))).toBe('refuted');
  });

  it('refutes a run that does not begin at its start', async () => {
    const moved: ReverseSampler = {
      ...right,
      sample: (score, start, steps, normal) => right.sample(score, start.mul(0.5), steps, normal),
    };
    expect(await verdictOf(timeGrid(moved, setting))).toBe('refuted');
  });
});

describe('start law', () => {
  const prior = (factor: number) => priorLaw((shape, normal) => normal(shape).mul(9 * factor), 2, 9);

  it('supports N(0, 81 I) and refutes a width off by its resolution', async () => {
    // A variance of 2 and the discrepancy 0.06 ask for some 15,000 draws.
    const { resolution, verdict, comparisons } = await run(prior(1), 2 ** 16);
    expect({ verdict, comparisons }).toEqual({ verdict: 'supported', comparisons: 5 });
    // The variance grows by twice the relative error of the width.
    expect(await verdictOf(prior(1 + resolution))).toBe('refuted');
    expect(await verdictOf(prior(1 - resolution))).toBe('refuted');
  });

  it('refutes one draw shared by both coordinates', async () => {
    const shared = priorLaw((shape, normal) => tf.tile(normal([shape[0], 1]), [1, 2]).mul(9), 2, 9);
    expect(await verdictOf(shared)).toBe('refuted');
  });

  it('sees the start N(0, I) that the end forgets', async () => {
    const narrow: ReverseSampler = { ...right, prior: (shape, normal) => normal(shape) };
    expect(await verdictOf(priorLaw(narrow.prior, 2, 9))).toBe('refuted');
    expect(await verdictOf(endDistribution(reverseEnd(narrow, setting)))).not.toBe('refuted');
  });
});

describe('own noise', () => {
  it('supports two right schemes', async () => {
    for (const sampler of [right, ancestral]) expect(await verdictOf(ownNoise(sampler, setting))).toBe('supported');
  });

  it('refutes half a score with the full noise', async () => {
    const half = repeating(right.prior, (score, x, t, h, z) =>
      right.step((y, time) => score(y, time).mul(0.5), x, t, h, z),
    );
    expect(await verdictOf(ownNoise(half, setting))).toBe('refuted');
  });

  it('refutes noise divided by √2, and one draw used at each step', async () => {
    const frozen: ReverseSampler = {
      ...right,
      sample: (score, start, steps, normal) => {
        const noise = normal([start.shape[0], 2]);
        return right.sample(score, start, steps, () => noise);
      },
    };
    for (const sampler of [scaled(1, Math.SQRT1_2), frozen]) {
      expect(await verdictOf(ownNoise(sampler, setting))).toBe('refuted');
    }
  });
});

describe('end', () => {
  it('supports two right schemes in moments, mode weights and distribution', async () => {
    for (const sampler of [right, ancestral]) {
      const end = reverseEnd(sampler, setting);
      expect(await verdictOf(endFunctionals(end))).toBe('supported');
      expect(await verdictOf(endDistribution(end))).toBe('supported');
    }
  });

  it('refutes wrong mode weights in the score', async () => {
    const other = scoreInTime(modes(0.55), diffusion);
    const confused: ReverseSampler = {
      ...right,
      sample: (_, start, steps, normal) => right.sample(other, start, steps, normal),
    };
    const end = reverseEnd(confused, setting);
    expect(await verdictOf(endFunctionals(end))).toBe('refuted');
    expect(await verdictOf(endDistribution(end))).toBe('refuted');
  });

  it('refutes a sampler that stays where it started, and one that returns what is not a number', async () => {
    const broken: ReverseSampler = { ...right, sample: (_, start) => start.div(0).mul(0) };
    const still: ReverseSampler = { ...right, sample: (_, start) => start.clone() };
    for (const sampler of [broken, still]) {
      expect(await verdictOf(endFunctionals(reverseEnd(sampler, setting)))).toBe('refuted');
      expect(await verdictOf(endDistribution(reverseEnd(sampler, setting)))).toBe('refuted');
    }
  });
});

describe('transitionAlong', () => {
  const t = (n: number): Tensor1D => tf.fill([n], 0.5);

  it('finds the step of the reference along each axis', () => {
    const score = scoreInTime(setting.target, diffusion);
    const { sd, means } = transitionAlong(setting.target, 1, (x, z) =>
      eulerMaruyamaStep(reverseTimeSde(reference, score), x, t(x.shape[0]), -0.02, z),
    );
    const squared = diffusion.squaredDiffusion(float64, 0.5);
    expect(sd).toBeCloseTo(Math.sqrt(0.02 * squared), 4);
    // On the Gaussian axis the score is (0.7 − y)/(1.3 + v).
    const variance = 1.3 + diffusion.variance(float64, 0.5);
    expect(means(Float64Array.of(2))[0]).toBeCloseTo(2 + (0.02 * squared * (0.7 - 2)) / variance, 4);
  });

  it('refuses a step that mixes the axes', () => {
    expect(() => transitionAlong(setting.target, 0, (x, z) => x.add(x.reverse(1).square()).add(z))).toThrow(
      /acts along axis 0 of two modes on a slanted line alone/,
    );
  });
});
