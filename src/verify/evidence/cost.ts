import { tf, type Tensor, type Tensor2D } from '../../tensorflow/tensorflow.js';
import type { Evidence } from '../evidence.js';
import type { Measurement } from '../measurement.js';

/** A field on TensorFlow.js: [n, d] -> [n, d]. */
export type Field = (x: Tensor2D) => Tensor2D;

/**
 * The vector-Jacobian products of a field that a computation at n rows takes: the backward pass of an identity operation behind the field is counted,
 * n rows as one product, m·n rows in one pass as m. Counted, not timed, so that it is the same on every machine.
 */
export function productsTaken(field: Field, n: number, compute: (field: Field) => Tensor): number {
  let rows = 0;
  tf.tidy(() => {
    const passOn = tf.customGrad((y) => ({
      value: (y as Tensor).clone(),
      gradFunc: (dy: Tensor) => {
        rows += dy.shape[0] ?? 0;
        return dy;
      },
    }));
    compute((x) => passOn(field(x)) as Tensor2D);
  });
  return rows / n;
}

/** The number that `count` finds is the claimed one. */
export function claimedCount(name: string, count: () => number, claimed: number): Measurement {
  return {
    name,
    measure: (): Evidence => {
      const counted = count();
      const residual = Math.abs(counted - claimed);
      return {
        method: 'cost',
        compared: `${name}: ${counted} vector-Jacobian products counted, ${claimed} claimed`,
        residual,
        // Whole numbers: half a product is between them.
        tolerance: 0.5,
        resolution: 1,
        scale: Math.max(counted, claimed),
        verdict: residual > 0.5 ? 'refuted' : 'supported',
      };
    },
  };
}
