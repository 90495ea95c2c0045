import type { Compared } from './compare.js';
import type { PropertyId } from './exercise.js';
import type { Case } from './inputs.js';
import type { Draws } from './plans.js';
import type { Texts } from './texts.js';

/** Something that was seen, named in the diagnosis. */
export interface Seen {
  readonly id: string;
  readonly says: Texts;
}

/** What a trial found. */
export interface TrialFinding {
  /** The verdicts of the properties that the trial judges; all of them fail where there is a `broken`. */
  readonly verdicts: readonly { readonly id: PropertyId; readonly verdict: 'pass' | 'fail' | 'undecided' }[];
  /** What explains a failure, the most telling first. */
  readonly seen: readonly Seen[];
  /** An answer that is none: an exception, a limit, another type or shape. */
  readonly broken?: Compared;
  /** What a student wants to know of a right answer too, such as the errors of a trained denoiser. */
  readonly note?: Texts;
}

/** The numbers of an answer, row by row, or the answer that is none. */
export type Numbers = { readonly numbers: readonly number[] } | { readonly broken: Compared };

/** A function that the submission made, called as often as the trial wants. */
export interface Made {
  /** Calls it with the `applied` inputs of the case. */
  readonly apply: (c: Case) => Promise<Numbers>;
}

/** Has the task's function make its answer, a function, from the `inputs` of the case. */
export type Make = (c: Case) => Promise<Made | { readonly broken: Compared }>;

/**
 * Questions that an exercise puts and judges itself, where no formula has the answer: a training is judged by its outcome.
 * The draws lead to all random numbers of the trial.
 */
export type Trial = (make: Make, draws: Draws) => Promise<TrialFinding>;
