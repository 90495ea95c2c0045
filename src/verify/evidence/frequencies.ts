import { binomialInterval, divergence, divergenceLaw } from '../../numerics/multinomial.js';
import type { Evidence } from '../evidence.js';
import type { MeasureOptions } from '../measurement.js';

/** How often each of K cells was hit, and with which probability it is claimed to be. */
export interface Frequencies {
  /** What the cells are, in words. */
  readonly name: string;
  readonly counts: readonly number[];
  readonly probabilities: readonly number[];
  /** A support excludes that the probability of a cell is off by this or more. */
  readonly discrepancy: number;
  /** What else a reader should know. */
  readonly note?: string;
}

const criticalValues = new Map<string, number>();

/** The critical value of the law; a claim and its false variants ask for the same again and again. */
function criticalValue(n: number, probabilities: readonly number[], alpha: number): number {
  const key = JSON.stringify([n, alpha, probabilities]);
  const known = criticalValues.get(key) ?? divergenceLaw(n, probabilities, range).critical(alpha);
  criticalValues.set(key, known);
  return known;
}

/** The range of n·entropy that is computed: beyond it the tail is far below any rate in use. */
const range = 60;

/**
 * The exact multinomial test of frequencies: refuted where their relative entropy to the claimed law is larger than chance explains at rate α (its
 * law is computed, not approximated); supported where the exact interval of each cell, at rate β together, lies within the discrepancy.
 * Residual, tolerance and resolution are square roots of relative entropies: √(G/n), of the size of a relative deviation.
 */
export function frequencyEvidence(
  { name, counts, probabilities, discrepancy, note }: Frequencies,
  { alpha, beta, seed, path }: Pick<MeasureOptions, 'alpha' | 'beta' | 'seed' | 'path'>,
): Evidence {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const found = divergence(counts, probabilities);
  const critical = criticalValue(n, probabilities, alpha);
  const farthest = counts.map((count, k) => {
    const [low, high] = binomialInterval(count, n, beta / counts.length);
    return Math.max(probabilities[k] - low, high - probabilities[k]);
  });
  const excluded = Math.max(...farthest);
  const verdict = found > critical ? 'refuted' : excluded < discrepancy ? 'supported' : 'inconclusive';
  const notes = [
    ...(note === undefined ? [] : [note]),
    ...(verdict === 'inconclusive'
      ? [`A cell may be off by ${excluded.toPrecision(2)}; ${discrepancy} was to be excluded.`]
      : []),
  ];
  return {
    method: 'sampler',
    compared: `frequencies of ${name}: √(relative entropy) of ${counts.length} cells against the law claimed, exact multinomial test; no cell is off by ${excluded.toPrecision(2)} or more`,
    residual: Math.sqrt(found / n),
    tolerance: Math.sqrt(critical / n),
    // √(2G) is near N(√(2 G₀), 1) where the entropy of the law itself is G₀/n: found with probability 95 %.
    resolution: Math.sqrt(critical / n) + 1.645 / Math.sqrt(2 * n),
    scale: 1,
    verdict,
    samples: n,
    comparisons: 1,
    seed: [seed, ...path].join('/'),
    ...(notes.length === 0 ? {} : { note: notes.join(' ') }),
  };
}
