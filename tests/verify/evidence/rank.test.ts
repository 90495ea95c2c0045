import { describe, expect, it } from 'vitest';
import { randomStream, type Random } from '../../../src/numerics/random.js';
import { rankEvidence } from '../../../src/verify/evidence/rank.js';
import { testSeed } from '../../seed.js';

const random = randomStream(testSeed, 'rank evidence');
/** |mean of 20 draws of N(shift, 1)|. */
const statistic = (from: Random, shift: number): number =>
  Math.abs(from.normals(20).reduce((sum, z) => sum + z + shift, 0) / 20);
const judged = (shift: number, blocks = 40, alpha = 1e-9) =>
  rankEvidence(
    {
      name: 'distance of the mean from 0',
      blocks: Array.from({ length: blocks }, () => statistic(random, shift)),
      reference: () => statistic(random, 0),
    },
    { alpha, beta: 1e-4, seed: testSeed, path: ['test', 'rank'] },
  );

describe('rankEvidence', () => {
  it('supports blocks of the same law', () => {
    // More than 8 first places of 40 at 1 in 20 have the probability 1e-4; run once per seed.
    const evidence = judged(0);
    expect(evidence.verdict).toBe('supported');
    expect(evidence.residual).toBeLessThanOrEqual(evidence.tolerance);
  });

  it('refutes blocks that are nearly always first, within a dozen', () => {
    const evidence = judged(2);
    expect(evidence.verdict).toBe('refuted');
    expect(evidence.samples).toBeLessThanOrEqual(12);
    expect(evidence.residual).toBeGreaterThan(evidence.tolerance);
  });

  it('does not know where a block is first now and then', () => {
    // First in a third of the cases or so: too often to exclude one half, too seldom to break the bank in 25 blocks.
    expect(['inconclusive', 'refuted']).toContain(judged(0.5, 25).verdict);
  });

  it('goes wrong at its rate at most', () => {
    const runs = 400;
    const wrong = Array.from({ length: runs }, () => judged(0, 20, 0.05)).filter(
      ({ verdict }) => verdict === 'refuted',
    );
    // At most Bin(400, 0.05): 20 ± 4.4; six deviations above that have a probability near 1e-7.
    expect(wrong.length).toBeLessThan(48);
  });

  it('refutes values that are no numbers', () => {
    const evidence = rankEvidence(
      { name: 'broken', blocks: new Array<number>(15).fill(NaN), reference: () => random.uniform() },
      { alpha: 1e-9, beta: 1e-4, seed: testSeed, path: ['test'] },
    );
    expect(evidence.verdict).toBe('refuted');
  });
});
