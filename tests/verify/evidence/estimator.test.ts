import { describe, expect, it } from 'vitest';
import {
  freshDraws,
  integratedMean,
  sameDraws,
  unbiased,
  varianceOfDraws,
  zeroVarianceDesigns,
} from '../../../src/verify/evidence/estimator.js';
import type { Evidence } from '../../../src/verify/evidence.js';
import type { Measurement } from '../../../src/verify/measurement.js';
import { quadraticForm, sumOfProduct } from '../../../src/verify/probe-terms.js';
import {
  bernoulli,
  fixed,
  gaussian,
  narrowUniform,
  ownDraws,
  rademacher,
  sphere,
  unitSphere,
  type MeasuredProbeLaw,
  type ProbeLaw,
} from '../../../src/verify/probes.js';
import { times, type Term } from '../../../src/verify/term.js';
import { testSeed } from '../../seed.js';

const matrix = [
  [1.4, -0.7, 0.9],
  [0.3, -0.8, 1.1],
  [-1.2, 0.5, 2.1],
];
const value = quadraticForm(matrix);
const right: readonly MeasuredProbeLaw[] = [gaussian, rademacher, sphere];

const judged = (measurement: Measurement, discrepancy = 0.05): Promise<Evidence> =>
  Promise.resolve(
    measurement.measure({
      seed: testSeed,
      path: ['test', measurement.name],
      alpha: 1e-9,
      beta: 1e-4,
      discrepancy,
      maxDraws: 2 ** 17,
      thorough: true,
    }),
  );

describe('with probes supplied', () => {
  it('supports the printed formula and refutes one that is wrong by a ten-thousandth', async () => {
    const against = (term: Term) => judged(sameDraws('probes supplied', term, value, gaussian.law(3)), 1e-3);
    expect(await against(value)).toMatchObject({ verdict: 'supported', method: 'estimator' });
    expect((await against(times(1.0001, value))).verdict).toBe('refuted');
    expect((await against(sumOfProduct(matrix))).verdict).toBe('refuted');
  });

  it('takes no share of the error budget', async () => {
    expect((await judged(sameDraws('probes supplied', value, value, gaussian.law(3)))).comparisons).toBeUndefined();
  });
});

describe('zero-variance designs', () => {
  const identity = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? 1 : 0)));
  const counting = identity.map((row, i) => row.map((v) => (i + 1) * v));
  const skew = matrix.map((row, i) => row.map((v, j) => v - (matrix[j]?.[i] ?? 0)));
  /** The designs as a claim on the law `claimed` has them. */
  const designs = (claimed: MeasuredProbeLaw) =>
    [skew, identity, counting].map((design, k) => ({
      name: ['skew', 'identity', 'diagonal'][k] ?? '',
      value: quadraticForm(design),
      ...claimed.quadraticForm(design),
    }));

  it.each(right)('tell $name probes from the other laws', async (drawn) => {
    for (const claimed of right) {
      const { verdict } = await judged(zeroVarianceDesigns(ownDraws(drawn, 3), designs(claimed)));
      expect(verdict, `${drawn.name} claimed to be ${claimed.name}`).toBe(drawn === claimed ? 'supported' : 'refuted');
    }
  });

  it('refute probes of the wrong length', async () => {
    const evidence = await judged(zeroVarianceDesigns(ownDraws(unitSphere, 3), designs(sphere)));
    expect(evidence.verdict).toBe('refuted');
    expect(evidence.note).toBe('identity: exact expected, a spread found.');
    expect(evidence.residual).toBeGreaterThan(evidence.tolerance);
  });
});

describe('fresh draws', () => {
  it('supports laws that draw anew, also signs, which repeat one by one', async () => {
    for (const law of right) expect((await judged(freshDraws(ownDraws(law, 1)))).verdict).toBe('supported');
  });

  it('refutes a block that returns bit for bit', async () => {
    expect(await judged(freshDraws(ownDraws(fixed, 3)))).toMatchObject({
      verdict: 'refuted',
      note: 'The same block of draws returned bit for bit: the draws are not fresh.',
    });
  });
});

describe('the mean', () => {
  const estimate = (drawn: ProbeLaw, claimed: MeasuredProbeLaw, shift = 0) => {
    const { mean, variance } = claimed.quadraticForm(matrix);
    return unbiased({ law: ownDraws(drawn, 3), value, mean: mean + shift, variance });
  };

  it.each(right)(
    'of $name probes is the trace; off by twice the resolution it is refuted, on either side',
    async (law) => {
      const found = await judged(estimate(law, law));
      expect(found).toMatchObject({
        verdict: 'supported',
        comparisons: 1,
        sequential: { varianceSource: 'closed form' },
      });
      for (const sign of [-1, 1]) {
        expect((await judged(estimate(law, law, sign * 2 * found.resolution))).verdict).toBe('refuted');
      }
    },
  );

  it.each([narrowUniform, unitSphere, bernoulli, fixed])('of $name probes is refuted', async (law) => {
    expect((await judged(estimate(law, gaussian))).verdict).toBe('refuted');
  });

  it('is found without draws where the law has an integral', async () => {
    for (const law of [...right, narrowUniform, bernoulli]) {
      const integral = law.integral(3);
      expect(integral).toBeDefined();
      if (integral === undefined) continue;
      const { mean } = gaussian.quadraticForm(matrix);
      const evidence = await judged(integratedMean('integral', integral.law, integral.see(value), mean));
      expect(evidence.comparisons).toBeUndefined();
      expect(evidence.verdict, law.name).toBe(right.some((each) => each === law) ? 'supported' : 'refuted');
    }
  });
});

describe('the variance', () => {
  it.each(right)('of $name probes is the closed form; off by twice the resolution it is refuted', async (law) => {
    const { mean, variance, fourth } = law.quadraticForm(matrix);
    const claimed = (v: number) => varianceOfDraws({ law: ownDraws(law, 3), value, mean, variance: v }, fourth);
    const found = await judged(claimed(variance));
    expect(found.verdict).toBe('supported');
    for (const sign of [-1, 1]) {
      expect((await judged(claimed(variance + sign * 2 * found.resolution))).verdict).toBe('refuted');
    }
  });
});
