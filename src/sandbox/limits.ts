import { availableParallelism } from 'node:os';
import type { QuestionLimits } from './question.js';

/** What one submission may use. */
export interface Limits extends QuestionLimits {
  /** CPU time of one process over all its questions, milliseconds; several threads count several times. */
  readonly cpuMilliseconds: number;
  /** Memory of all processes of the submission that is not a file's, bytes. */
  readonly memoryBytes: number;
  /** Processes and threads together. */
  readonly tasks: number;
  /** Bytes on stdout and stderr before the process is ended. */
  readonly outputBytes: number;
  /** Bytes of output that are kept per question. */
  readonly outputKept: number;
  /** Bytes of files that the submission may write, all in memory. */
  readonly fileBytes: number;
}

/** Limits for exercises of small arrays; training asks for more per question. */
export const defaultLimits: Limits = {
  milliseconds: 10_000,
  answerBytes: 64_000_000,
  // A training of half a minute may use every core, as TensorFlow does by itself.
  cpuMilliseconds: Math.max(120_000, 40_000 * availableParallelism()),
  memoryBytes: 2_000_000_000,
  // TensorFlow starts three threads per core and Node ten in all; 64 more are room for a submission's own.
  tasks: 256,
  outputBytes: 16_000_000,
  outputKept: 16_000,
  fileBytes: 16_000_000,
};
