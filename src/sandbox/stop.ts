import type { StopReason } from './question.js';

/** What the sentence about a stop needs to know. */
export interface StopFacts {
  /** What was allowed, in the unit of the reason. */
  readonly allowed?: number;
  readonly exitCode?: number | null;
  readonly signal?: string | null;
}

/** The sentence for a process that is gone: what was allowed or expected, and what happened. */
export function stopMessage(reason: StopReason, { allowed = 0, exitCode, signal }: StopFacts): string {
  switch (reason) {
    case 'time':
      return `No answer within ${seconds(allowed)}: the call was stopped. Look for a loop that does not end.`;
    case 'cpu':
      return `The submission used more than ${seconds(allowed)} of processor time and was stopped.`;
    case 'memory':
      return `The submission used more than ${megabytes(allowed)} of memory and was stopped. Look for arrays that grow, and in TensorFlow.js for tensors that are not disposed (tf.tidy).`;
    case 'processes':
      return `The submission started more than ${allowed} threads and processes and was stopped.`;
    case 'output':
      return `The submission printed more than ${megabytes(allowed)} and was stopped.`;
    case 'answer-size':
      return `The answer was larger than ${megabytes(allowed)}, so it was not read.`;
    case 'protocol':
      return 'The submission wrote to the channel of the harness, so its answers were not read any further.';
    case 'crash':
      return `The process of the submission crashed with ${signal ? `signal ${signal}` : `exit code ${exitCode ?? 'unknown'}`} before it answered.`;
    case 'no-answer':
      return 'The process of the submission ended before it answered. A call must return its result, and a promise must be settled.';
  }
}

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;
const megabytes = (bytes: number): string => `${bytes / 1e6} MB`;
