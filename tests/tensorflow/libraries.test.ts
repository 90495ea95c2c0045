import path from 'node:path';
import { expect, test } from 'vitest';
import { placeOf } from '../../src/tensorflow/libraries.js';

test.each([
  ['tensorflow/libtensorflow_cc.so.2', 'lib/libtensorflow_cc.so.2'],
  ['tensorflow/libtensorflow_framework.2.dylib', 'lib/libtensorflow_framework.2.dylib'],
  ['tensorflow/include/tensorflow/c/eager/c_api.h', 'include/tensorflow/c/eager/c_api.h'],
  ['tensorflow/include/tsl/platform/ctstring.h', 'include/tsl/platform/ctstring.h'],
])('%s is taken out to %s', (entry, place) => {
  expect(placeOf(entry)).toBe(path.normalize(place));
});

test.each([
  'tensorflow/__init__.py',
  'tensorflow/include/unsupported/Eigen/Tensor.h',
  'tensorflow/include/tensorflow/c/../../../../../evil.h',
  'tensorflow/include/tensorflow/c//evil.h',
  'tensorflow/include/tensorflow/c/..\\evil.h',
  '/tensorflow/libtensorflow_cc.so.2',
  '../tensorflow/libtensorflow_cc.so.2',
  'tensorflow/libtensorflow_cc.so.2/evil',
])('%s stays where it is', (entry) => {
  expect(placeOf(entry)).toBeUndefined();
});
