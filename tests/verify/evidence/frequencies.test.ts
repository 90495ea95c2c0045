import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/numerics/random.js';
import { frequencyEvidence } from '../../../src/verify/evidence/frequencies.js';
import { testSeed } from '../../seed.js';

const options = { alpha: 1e-9, beta: 1e-4, seed: testSeed, path: ['test', 'frequencies'] };
const probabilities = [0.1, 0.2, 0.3, 0.4];
const random = randomStream(testSeed, 'frequencies');
/** n draws of a law on the four cells. */
function draw(law: readonly number[], n: number): number[] {
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    let u = random.uniform();
    counts[law.findIndex((p) => (u -= p) < 0)]++;
  }
  return counts;
}
const judged = (law: readonly number[], n: number, discrepancy: number) =>
  frequencyEvidence({ name: 'cells', counts: draw(law, n), probabilities, discrepancy }, options);

describe('frequencyEvidence', () => {
  it('supports the right law', () => {
    // 600 draws: an interval of rate 1e-4/4 is some ±4.2 · 0.02 wide, and the estimate strays by 0.06 with probability below 1e-3 · 1e-3.
    const evidence = judged(probabilities, 600, 0.2);
    expect(evidence.verdict).toBe('supported');
    expect(evidence.residual).toBeLessThan(evidence.tolerance);
    expect(evidence.comparisons).toBe(1);
  });

  it('refutes a law that is wrong by more than its resolution', () => {
    // Relative entropy 0.39: a root of 0.62, where the resolution is 0.29.
    const evidence = judged([0.4, 0.3, 0.2, 0.1], 600, 0.2);
    expect(evidence.resolution).toBeLessThan(0.3);
    expect(evidence.verdict).toBe('refuted');
    expect(evidence.residual).toBeGreaterThan(evidence.tolerance);
  });

  it('says that it does not know after few draws', () => {
    const evidence = judged(probabilities, 12, 0.2);
    expect(evidence.verdict).toBe('inconclusive');
    expect(evidence.note).toMatch(/A cell may be off by 0\.\d+; 0\.2 was to be excluded\./);
  });

  it('refutes at once what is claimed to be impossible', () => {
    const evidence = frequencyEvidence(
      { name: 'cells', counts: [20, 20, 1], probabilities: [0.5, 0.5, 0], discrepancy: 0.3 },
      options,
    );
    expect(evidence.verdict).toBe('refuted');
  });
});
