import type { Draws } from './draws.js';
import type { Fault } from './fault.js';
import type { Case } from './inputs.js';
import type { Texts } from './texts.js';

/** What trials judge, in this order. */
export const trialPropertyIds = ['rows', 'isotropic', 'wiener', 'formula'] as const;

/** An answer that is none: an exception, a limit, another type or shape. */
export interface Broken {
  readonly fault: Fault;
  readonly case: Case;
}

/** Something that was seen, named in the diagnosis. */
export interface Seen {
  readonly id: string;
  readonly says: Texts;
  /** What to think about, without the answer. */
  readonly hint?: Texts;
  /** Said in its place in a graded run, where `says` holds what comes from a question or from the submission. */
  readonly graded?: Texts;
}

/** What a trial found. */
export interface TrialFinding {
  /** The verdicts of the properties that the trial judges; all of them fail where there is a `broken`. */
  readonly verdicts: readonly {
    readonly id: (typeof trialPropertyIds)[number];
    readonly verdict: 'pass' | 'fail' | 'undecided';
  }[];
  /** What explains a failure, the most telling first. */
  readonly seen: readonly Seen[];
  readonly broken?: Broken;
  /** A question with the right answer and the one that was given; never shown in a graded run. */
  readonly example?: Texts;
  /** What a student wants to know of a right answer too, such as the errors of a trained denoiser. */
  readonly note?: Texts;
}

/** The numbers of an answer, row by row, or the answer that is none. */
export type Numbers = { readonly numbers: Float32Array } | { readonly broken: Broken };

/** A function that the submission made, called as often as the trial wants. */
export interface Made {
  /** Calls it with the `applied` inputs of each case in turn: the next ones are on their way while an answer is judged. At most eight. */
  readonly apply: (cases: readonly Case[]) => Promise<Numbers>[];
}

/** Has the task's function make its answer, a function, from the `inputs` of the case. */
export type Make = (c: Case) => Promise<Made | { readonly broken: Broken }>;

/** Calls the task's function with the `inputs` of the case and reads the line of text that it returns. */
export type Read = (c: Case) => Promise<{ readonly text: string } | { readonly broken: Broken }>;

/** How a trial asks: for a function to call in turn, or for a line of text. */
export interface Asker {
  readonly make: Make;
  readonly text: Read;
}

/**
 * Questions that an exercise puts and judges itself, where no formula has the answer: a training is judged by its outcome.
 * The draws lead to all random numbers of the trial.
 */
export type Trial = (ask: Asker, draws: Draws) => Promise<TrialFinding>;
