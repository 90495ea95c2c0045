import { randomStream, streamKey, type StreamKey } from '../numerics/random.js';

/** What leads to the cases and streams of one task. */
export interface Draws {
  readonly seed: number;
  /** Exercise and task. */
  readonly path: readonly string[];
}

/** The seed that fast-check draws the cases of a property with. */
export const casesSeed = ({ seed, path }: Draws, property: string): number =>
  randomStream(seed, 'cases', ...path, property).int32();

/** The single-use stream of one question: nothing else can be derived from it. */
export const keyOf = ({ seed, path }: Draws, ...name: readonly string[]): StreamKey =>
  streamKey(seed, 'stream of a question', ...path, ...name);
