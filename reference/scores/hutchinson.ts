import { tf, type Tensor1D, type Tensor2D, type Tensor3D } from '../../src/tensorflow/tensorflow.js';

/** vᵀAv for each probe vector, whose mean is tr A where E[vvᵀ] = I: [m, d] -> [m]. The matrix is known by its products Av alone. Hutchinson (1990). */
export function hutchinsonTraces(matvec: (v: Tensor2D) => Tensor2D, probes: Tensor2D): Tensor1D {
  return matvec(probes).mul(probes).sum(1);
}

/**
 * The mean over m probe vectors of vᵀ∇(vᵀS), an estimate of ∇·S(x) where E[vvᵀ] = I: x [n, d] and probes [m, n, d] -> [n].
 * m vector-Jacobian products in one call, whatever d; S must treat its rows independently. Differentiable in the parameters of S where S is made
 * of operations whose second-order gradients are exact. Song et al. (2020), section 3.
 */
export function hutchinsonDivergence(field: (x: Tensor2D) => Tensor2D, x: Tensor2D, probes: Tensor3D): Tensor1D {
  const [m, n, d] = probes.shape;
  const v = probes.reshape<Tensor2D>([m * n, d]);
  const product = tf.grad((y) =>
    field(y as Tensor2D)
      .mul(v)
      .sum(),
  )(m === 1 ? x : tf.tile(x, [m, 1])) as Tensor2D;
  return product.mul(v).sum(1).reshape([m, n]).mean(0);
}
