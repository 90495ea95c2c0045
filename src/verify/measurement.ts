import type { Evidence } from './evidence.js';

/** What a measurement is given: its share of the error budget, its seeds, and how much work is wanted. */
export interface MeasureOptions {
  readonly seed: number;
  /** Claim, setting and measurement: names the random streams (`randomStream(seed, ...path, what)`) and, joined by "/", the seed in the report. */
  readonly path: readonly string[];
  /** Rate of a false refutation, per random comparison. */
  readonly alpha: number;
  /** Rate of a false support at the stated discrepancy, per random comparison. */
  readonly beta: number;
  readonly discrepancy: number;
  readonly maxDraws: number;
  /** False for a false variant: one clear refutation is enough. */
  readonly thorough: boolean;
}

/** One way to judge a statement, beyond the comparison of two sides. */
export interface Measurement {
  /** Distinguishes it from the others of its statement; part of the path of its random streams. */
  readonly name: string;
  readonly measure: (options: MeasureOptions) => Evidence | Promise<Evidence>;
}
