import { sizeOf } from '../sandbox/tensor-value.js';

/** A tensor of an exercise's case as plain data, row by row; every number is a float32 number, so that both sides see the same. */
export interface Grid {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** A tensor of thousands of numbers, as they are sent: not to be shrunk, and not copied. */
export interface Floats {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A tensor of `shape`, row by row, rounded to float32; throws TypeError where the number of elements is another. */
export function grid(shape: readonly number[], data: ArrayLike<number>): Grid {
  if (sizeOf(shape) !== data.length) {
    throw new TypeError(`Expected ${sizeOf(shape)} numbers for shape [${shape.join(', ')}], got ${data.length}.`);
  }
  // A loop: `Array.from` goes through an iterator, ten times slower, and most of what is drawn comes through here.
  const rounded = new Array<number>(data.length);
  for (let i = 0; i < data.length; i++) rounded[i] = Math.fround(data[i]);
  return { shape, data: rounded };
}

/** The examples of a tensor [n, ...]: n lists of numbers. */
export function rowsOf({ shape, data }: Grid): number[][] {
  const [n] = shape;
  const width = data.length / n;
  const rows = new Array<number[]>(n);
  for (let i = 0; i < n; i++) rows[i] = data.slice(i * width, (i + 1) * width);
  return rows;
}
