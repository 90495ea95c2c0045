// Prints the backend and what it makes of a few operations; with an argument it ends by an error that nobody catches.
globalThis.fetch = () => Promise.reject(new Error('Expected no use of the network.'));
const { backend, tf } = await import('../../src/tensorflow/tensorflow.js');

const a = tf.tensor2d([
  [0.3, -1.7, 2.2],
  [1.1, 0.4, -0.6],
]);
const answers = {
  product: tf.matMul(a, a, false, true).arraySync(),
  softmax: tf.softmax(a).arraySync(),
  gradient: tf
    .grad((x) => tf.softplus(x).square().sum())(a)
    .arraySync(),
  sum: a.mul(2).sum().arraySync(), // chained operations need the whole package
};
await tf.ready();
process.stdout.write(JSON.stringify({ backend, name: tf.getBackend(), answers }));

if (process.argv[2] === 'throw') throw new RangeError('nobody catches this');
