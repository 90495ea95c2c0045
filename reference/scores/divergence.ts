import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/**
 * ∇·S(x) = Σ ∂Sᵢ/∂xᵢ, exactly, by d vector-Jacobian products: [n, d] -> [n].
 * S must treat its rows independently.
 */
export function divergence(field: (x: Tensor2D) => Tensor2D, x: Tensor2D): Tensor1D {
  const d = x.shape[1];
  const column = (t: Tensor2D, i: number): Tensor2D => t.slice([0, i], [-1, 1]);
  const diagonal = Array.from({ length: d }, (_, i) =>
    column(tf.grad((y) => column(field(y as Tensor2D), i).sum())(x) as Tensor2D, i),
  );
  return tf.addN(diagonal).squeeze([1]);
}
