import { writeFileSync } from 'node:fs';
import path from 'node:path';
import util from 'node:util';
import type { Tensor } from './tensorflow.js';
import { loadPacked, packedFiles } from './packed.js';
import { calledByTfjsNode } from './load.js';

// `node FLAGS pack-child.js PACKED NATIVE`: loads packed TensorFlow.js, has it compute a little, and keeps what V8 has compiled by then.
const [packed, native] = process.argv.slice(2);
Object.assign(util, calledByTfjsNode);
const { tf, compiled } = loadPacked(packed, native);
tf.tidy(() => {
  const x = tf.tensor2d([
    [1, 2],
    [0.5, 0.25],
  ]);
  const f = (y: Tensor): Tensor => {
    const moved = tf.add(tf.matMul(y as typeof x, x, false, true), tf.mul(tf.exp(tf.neg(y)), tf.sqrt(tf.square(y))));
    const bent = tf.sub(tf.softplus(moved), tf.div(tf.log(tf.add(y, 3)), tf.sin(y)));
    return tf.sum(
      tf.concat([tf.reshape(tf.sum(bent, 1, true), [-1]), tf.reshape(tf.slice(bent, [0, 0], [1, 2]), [-1])]),
    );
  };
  const gradient = tf.grad(f);
  gradient(x).dataSync();
  tf.grad((y) => tf.sum(tf.square(gradient(y))))(x).dataSync();
  tf.logSumExp(tf.stack([x, tf.expandDims(x, 0).reshape([2, 2])]), 0).arraySync();
});
writeFileSync(path.join(packed, packedFiles.compiled), compiled());
