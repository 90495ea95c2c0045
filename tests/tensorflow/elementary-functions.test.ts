import { describe, expect, it } from 'vitest';
import { float64 } from '../../src/oracle/arithmetic.js';
import { FLOAT32_ROUNDOFF, runningError } from '../../src/oracle/running-error.js';
import { randomStream } from '../../src/numerics/random.js';
import { tf, type Tensor1D } from '../../src/tensorflow/tensorflow.js';

/** Float32 inputs over the range in which claims use the function. */
function inputs(from: number, to: number): Float32Array {
  const random = randomStream(21, 'elementary functions', String(from), String(to));
  return Float32Array.from({ length: 200_000 }, () => from + (to - from) * random.uniform());
}

const functions = {
  exp: { from: -80, to: 80, tensor: (x: Tensor1D) => x.exp() },
  log: { from: 1e-6, to: 1e4, tensor: (x: Tensor1D) => x.log() },
  sqrt: { from: 0, to: 1e4, tensor: (x: Tensor1D) => x.sqrt() },
  softplus: { from: -60, to: 60, tensor: (x: Tensor1D) => x.softplus() },
  sigmoid: { from: -60, to: 60, tensor: (x: Tensor1D) => x.sigmoid() },
  sin: { from: -20, to: 20, tensor: (x: Tensor1D) => x.sin() },
  cos: { from: -20, to: 20, tensor: (x: Tensor1D) => x.cos() },
} as const;

describe('the elementary functions of the backend in use', () => {
  for (const [name, { from, to, tensor }] of Object.entries(functions)) {
    it(`${name} stays within the error that the running-error bound allows it`, () => {
      const x = inputs(from, to);
      const computed = tf.tidy(() => tensor(tf.tensor1d(x)).dataSync());
      const f = name as keyof typeof functions;
      let worst = 0;
      x.forEach((v, i) => {
        const allowed = FLOAT32_ROUNDOFF * runningError[f]({ v, e: 0 }).e;
        const error = Math.abs(computed[i] - float64[f](v));
        worst = Math.max(worst, error === 0 ? 0 : error / allowed);
      });
      expect(worst).toBeLessThanOrEqual(1);
    });
  }
});
