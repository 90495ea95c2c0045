import { describe, expect, it } from 'vitest';
import { neighbourField } from '../../../reference/scores/neighbour-field.js';
import { tf } from '../../../src/tensorflow/tensorflow.js';

/** softplus is strictly increasing: its inverse shows the sums of neighbours. */
const sums = (values: Iterable<number>): number[] => Array.from(values, (y) => Math.round(Math.log(Math.expm1(y))));

describe('neighbourField', () => {
  const field = neighbourField({ own: 0, side: 1, gain: 1 });

  it('adds the entries above, below, left and right in an image, channel by channel', () => {
    // 2 × 3 pixels; channel 0 holds 1 to 6, channel 1 holds nothing.
    const image = tf.tensor4d([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0], [1, 2, 3, 2]);
    const found = field(image);
    expect(found.shape).toEqual([1, 2, 3, 2]);
    expect(sums(found.dataSync())).toEqual([6, 0, 9, 0, 8, 0, 6, 0, 12, 0, 8, 0]);
  });

  it('adds the entries before and behind as well in a volume', () => {
    const volume = tf.tensor5d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2, 1]);
    // Entry 1 touches 2, 3 and 5; entry 8 touches 7, 6 and 4.
    expect(sums(field(volume).dataSync())).toEqual([10, 11, 12, 13, 14, 15, 16, 17]);
  });

  it('keeps examples apart', () => {
    const two = tf.tensor4d([1, 2, 3, 4], [2, 1, 2, 1]);
    expect(sums(field(two).dataSync())).toEqual([2, 1, 4, 3]);
  });
});
