import type { Figure } from '../../src/verify/result.js';

/** A figure of lines, as the theory report draws them. */
export type Lines = Extract<Figure, { kind: 'lines' }>;

/** scorecheck and what is customary. */
export const methods = ['scorecheck', 'z, known variance', 't', 'DKWM', 'allclose'] as const;
export type Method = (typeof methods)[number];

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
  /** How it was measured, and what the figure leaves out. Markdown. */
  readonly method: string;
  /** What methods reach by this measure, in a few words; a method that is left out states no such figure. */
  readonly beside?: { readonly measure: string; readonly reached: Readonly<Partial<Record<Method, string>>> };
  readonly tables: readonly Table[];
  readonly figures: readonly Lines[];
}

/** A table of the report: cells are literal text. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
