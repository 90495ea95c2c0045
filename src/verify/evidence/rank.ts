import { binomialTail } from '../../numerics/multinomial.js';
import type { Evidence } from '../evidence.js';
import type { MeasureOptions } from '../measurement.js';

/** Blocks of draws that are to be told from reference blocks by a statistic, large where they do not fit. */
export interface RankedBlocks {
  /** The statistic in words. */
  readonly name: string;
  /** The statistic of each block of the code under test. */
  readonly blocks: readonly number[];
  /** The statistic of a fresh reference block of the same size. */
  readonly reference: () => number;
}

/** Reference blocks per block: under the claim a block is the first of twenty with probability 1/20. */
const rivals = 19;
const stakes = [0.1, 0.3, 0.5, 0.7, 0.9];
/** A support excludes that a block is the first of its twenty with this probability. */
const told = 0.5;

/** The wealth after n blocks of which k were first, betting each of the stakes at odds of 20. */
const wealth = (n: number, k: number): number =>
  stakes.reduce((sum, stake) => sum + (1 - stake) ** (n - k) * (1 - stake + (rivals + 1) * stake) ** k, 0) /
  stakes.length;

/**
 * Betting on ranks (verdicts in any dimension, with any statistic): each block stands against 19 reference blocks. If both come from one law, it is
 * strictly the first with probability 1/20 at most, by exchangeability, so the wealth is a non-negative supermartingale that starts at 1: it
 * reaches 1/α with probability α at most (Ville), whenever one looks. Supported where "first in half of the cases" is excluded at rate β by the
 * exact binomial law. The residual is the share of blocks that were first.
 */
export function rankEvidence(
  { name, blocks, reference }: RankedBlocks,
  { alpha, beta, seed, path }: Pick<MeasureOptions, 'alpha' | 'beta' | 'seed' | 'path'>,
): Evidence {
  let [n, first] = [0, 0];
  let refuted = false;
  for (const statistic of blocks) {
    const largest = Math.max(...Array.from({ length: rivals }, reference));
    n++;
    if (!(statistic <= largest)) first++;
    refuted = wealth(n, first) >= 1 / alpha;
    if (refuted) break;
  }
  const excluded = 1 - binomialTail(n, told, first + 1) <= beta;
  const needed = Array.from({ length: n + 1 }, (_, k) => k).find((k) => wealth(n, k) >= 1 / alpha) ?? n + 1;
  return {
    method: 'rank',
    compared: `${name}: share of ${n} blocks that came first among ${rivals} reference blocks each; chance explains 1 in ${rivals + 1}`,
    residual: first / n,
    // One less than what is needed explains itself by chance, still.
    tolerance: (needed - 1) / n,
    resolution: told,
    scale: 1,
    verdict: refuted ? 'refuted' : excluded ? 'supported' : 'inconclusive',
    samples: n,
    comparisons: 1,
    seed: [seed, ...path].join('/'),
    ...(refuted || excluded ? {} : { note: `${first} of ${n} blocks came first: too many to exclude one half.` }),
  };
}
