import type { Figure } from '../../src/verify/result.js';

/** A figure of lines, as the theory report draws them. */
export type Lines = Extract<Figure, { kind: 'lines' }>;

/** One goal of the calibration with what was measured: plain data, from which the report is made. */
export interface Goal {
  /** G1 ... G11. */
  readonly id: string;
  readonly title: string;
  /** What was to be reached, in words. */
  readonly target: string;
  /** What was measured, in one line. */
  readonly measured: string;
  /** null where nothing was measured; `measured` says why. */
  readonly met: boolean | null;
  /** How it was measured, and what the figure leaves out. Sentences in which $...$ is a formula. */
  readonly method: string;
  readonly tables: readonly Table[];
  readonly figures: readonly Lines[];
}

/** A table of the report: cells are literal text. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
