import type { Goal } from './goal.js';

/** How much is simulated. */
export interface Effort {
  readonly quick: boolean;
  readonly seed: number;
}

/** A piece of work of seconds to minutes whose result is plain data: what one process does at a time, and what is not done again after an interruption. */
export interface Part {
  /** Unique in the whole calibration: "G4, effect 0.1, lognormal". */
  readonly name: string;
  readonly run: () => unknown;
}

/** Goals with the work that they need. */
export interface Study {
  readonly parts: (effort: Effort) => readonly Part[];
  /** The goals from the results of the parts, in their order, as JSON brings them back. */
  readonly goals: (results: readonly unknown[], effort: Effort) => readonly Goal[];
}

/** A study whose parts all give a Result: finite numbers, strings, booleans, arrays and objects of them. */
export const study = <Result>(typed: {
  readonly parts: (
    effort: Effort,
  ) => readonly { readonly name: string; readonly run: () => Result | Promise<Result> }[];
  readonly goals: (results: readonly Result[], effort: Effort) => readonly Goal[];
}): Study => ({ parts: typed.parts, goals: (results, effort) => typed.goals(results as readonly Result[], effort) });
