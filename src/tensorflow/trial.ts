import { run, type Shell } from './command.js';
import { problem, SetupStopped } from './problem.js';

/** Time for loading 600 MB of libraries from a slow disk; it takes a second on a quick one. */
const patience = 120_000;

// Runs as `node -e`: it must not share a process with us, since a library for another processor ends its process.
const script = `
  require('node:util').isNullOrUndefined = (value) => value === null || value === undefined;
  const tf = require('@tensorflow/tfjs-node');
  const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[0.5, -1], [2, 0.25]]));
  process.stdout.write(JSON.stringify({
    backend: tf.getBackend(),
    tensorflow: tf.backend().binding.TF_Version,
    product: product.arraySync(),
  }));
`;

// Every number here is exact in float32.
const product = [
  [4.5, -0.5],
  [9.5, -2],
];

/** Loads the backend of `folder` in a child process and multiplies two matrices on it; stops with `trial-failed` unless `version` answers rightly. */
export async function tryBackend(folder: string, version: string, shell: Shell): Promise<void> {
  const env = { ...shell.env, TF_CPP_MIN_LOG_LEVEL: '2' };
  const args = ['--input-type=commonjs', '-e', script];
  const tried = await run([process.execPath], args, { ...shell, env }, { cwd: folder, timeout: patience });
  if (!tried.ok) throw new SetupStopped(problem('trial-failed', { detail: tried.why }));
  const expected = JSON.stringify({ backend: 'tensorflow', tensorflow: version, product });
  if (tried.stdout !== expected) {
    throw new SetupStopped(
      problem('trial-failed', { detail: `it answered ${tried.stdout} where ${expected} is right.` }),
    );
  }
}
