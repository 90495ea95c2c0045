import { tf, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/**
 * The Jacobian ∂Fᵢ/∂xⱼ, row by row, exactly, by d vector-Jacobian products: [n, d] -> [n, k·d] for F: R^d -> R^k.
 * F must treat its rows independently. First-order gradients only: tensorflow/tfjs#3252 spoils those of second order.
 */
export function jacobian(field: (x: Tensor2D) => Tensor2D, x: Tensor2D): Tensor2D {
  const k = field(x).shape[1];
  const rows = Array.from(
    { length: k },
    (_, i) =>
      tf.grad((y) =>
        field(y as Tensor2D)
          .slice([0, i], [-1, 1])
          .sum(),
      )(x) as Tensor2D,
  );
  return k === 1 ? rows[0] : tf.concat(rows, 1);
}
