import type { TensorValue } from './tensor-value.js';
import type { HandleValue, RandomValue, Value } from './value.js';

/** One call of the submission, as data. */
export interface Question {
  /** The exported function to call, or a function that an earlier answer of the same run returned. */
  readonly call: string | HandleValue;
  readonly arguments: readonly Value[];
  /**
   * `gradient`: besides the value, the gradient of it with respect to all parameters of all programs among the arguments.
   * The function has to be synchronous then. A value that is no scalar needs the weights of its entries.
   */
  readonly gradient?: boolean;
  /** Weights of the entries in a gradient of a value that is no scalar: the gradient is that of Σ wᵢ yᵢ. */
  readonly weights?: TensorValue;
  /** Whether the function is only looked for: it is not called, and the answer is nothing or that it is missing. */
  readonly present?: boolean;
  /** The stream of what is drawn elsewhere than from `random`: by `Math.random`, by libraries. */
  readonly chance?: RandomValue;
  /** Whether the answer tells what each program was called with (`Answer.calls`), up to 256 calls and 16 MB. */
  readonly record?: boolean;
  /** Limits of this one question where they differ from the sandbox's. */
  readonly limits?: Partial<QuestionLimits>;
}

/** Limits of one question. */
export interface QuestionLimits {
  /** Wall clock, milliseconds; the parent measures and cuts. */
  readonly milliseconds: number;
  /** Size of the answer, bytes. */
  readonly answerBytes: number;
}

/** What the child says about the programs among the arguments; it comes from the student's process and is no proof of anything. */
export interface ProgramCount {
  /** How often the submission called it, and with how many rows in all. */
  readonly calls: number;
  readonly rows: number;
  /** Vector-Jacobian products, and rows in all of them; one that is differentiated again counts as one more. */
  readonly products: number;
  readonly productRows: number;
}

/** One call of a program: what it was called with, by position. */
export interface ProgramCall {
  /** Position of the program among the programs of the question. */
  readonly program: number;
  readonly inputs: readonly TensorValue[];
}

/** One draw from `random`, in order. */
export interface Draw {
  readonly law: 'normal' | 'uniform' | 'rademacher';
  readonly shape: readonly number[];
}

/** What comes with every answer, whatever became of the call. */
export interface Circumstances {
  /** From the question being sent to the answer being there, by the parent's clock. */
  readonly milliseconds: number;
  /** What the submission wrote to stdout and stderr during the call: capped, with control characters escaped. */
  readonly output: string;
}

/** The submission answered. Everything but `milliseconds` is what its process says. */
export interface Answered extends Circumstances {
  readonly kind: 'answered';
  readonly value: Value;
  /** Gradients with respect to the parameters, in order; `null` for one that the value does not depend on. */
  readonly gradients?: readonly (TensorValue | null)[];
  /** Arguments that the call changed or disposed, such as `argument 2` or `argument 3.means`. */
  readonly changedInputs: readonly string[];
  /** Tensors that the call made, did not return and did not dispose. */
  readonly leakedTensors: number;
  /** Time of the call alone by the child's clock. */
  readonly callMilliseconds: number;
  /** Per program among the arguments, in order. */
  readonly programs: readonly ProgramCount[];
  /** Present where the question asked to record. */
  readonly calls?: readonly ProgramCall[];
  /** What was drawn from `random`, in order, up to 10,000 draws; `replay` gives the numbers. */
  readonly draws: readonly Draw[];
}

/** A place in a file of the student; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The text of that line. */
  readonly text: string;
}

/** The submission threw, or has no such function. */
export interface Threw extends Circumstances {
  readonly kind: 'threw';
  readonly name: string;
  readonly message: string;
  /** Where in the student's own files, when the trace of the call says so. */
  readonly place?: Place;
  /** What the module exports, where it lacks the function. */
  readonly exported?: readonly string[];
}

/** The submission answered with something that is no data of the contract. */
export interface Malformed extends Circumstances {
  readonly kind: 'malformed';
  /** Where in the value: `value`, `value.mean`, `value[2]`. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
  /** For a tensor with numbers that are not finite: its shape and the index of the first. */
  readonly notFinite?: { readonly shape: readonly number[]; readonly index: readonly number[] };
}

/** Why a process was ended or ended itself. */
export type StopReason =
  | 'time' // the wall clock of the question
  | 'cpu' // the CPU time of the run
  | 'memory'
  | 'processes'
  | 'output' // a flood on stdout or stderr
  | 'answer-size'
  | 'protocol' // a frame that none of ours writes
  | 'crash' // a signal or an exit code other than 0
  | 'no-answer'; // it ended by itself with exit code 0

/** The process is gone, and the answer with it; the next question of the run gets a fresh process. */
export interface Stopped extends Circumstances {
  readonly kind: 'stopped';
  readonly reason: StopReason;
  /** One sentence: what was allowed and what was found. */
  readonly message: string;
}

/** What became of a question. */
export type Answer = Answered | Threw | Malformed | Stopped;
