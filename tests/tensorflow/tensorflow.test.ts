import { expect, test } from 'vitest';
import { backend, tf } from '../../src/tensorflow/tensorflow.js';

test('a product on the backend', () => {
  expect(backend.tfjs).toBe('4.22.0');
  expect(tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).arraySync()).toEqual([
    [3, 3],
    [3, 3],
  ]);
});
