import { streamOf, type StreamKey } from '../numerics/random.js';
import type { Draw } from './question.js';
import { sizeOf } from './tensor-value.js';

export { streamKey, type StreamKey } from '../numerics/random.js';

/** Draws from one stream, in order: the numbers of a shape, row by row, rounded to float32. */
export type Drawer = (draw: Draw) => Float32Array;

/** What `random` of the contract draws from the stream of `key`. The parent calls the same function to replay the child's draws. */
export function drawer(key: StreamKey): Drawer {
  const stream = streamOf(key);
  const laws = {
    normal: () => stream.normal(),
    uniform: () => floatBelowOne(stream.uniform()),
    rademacher: () => (stream.int32() < 0 ? -1 : 1),
  };
  return ({ law, shape }) => Float32Array.from({ length: sizeOf(shape) }, laws[law]);
}

/** The numbers of `draws` that a child drew from the stream of `key`. */
export function replay(key: StreamKey, draws: readonly Draw[]): Float32Array[] {
  return draws.map(drawer(key));
}

/** The contract promises [0, 1), and rounding to float32 would make 1 of a double just below it: 24 bits are kept, the others dropped. */
function floatBelowOne(uniform: number): number {
  return Math.floor(uniform * 2 ** 24) / 2 ** 24;
}
