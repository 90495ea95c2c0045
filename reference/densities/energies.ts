import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import type { Rows } from '../../src/numerics/linear-algebra.js';

/** E(x) = Σ hᵢ(xᵢ² − wᵢ)² + ½ xᵀKx − fᵀx with heights h, wells w, springs K and pull f: [n, d] -> [n]. */
export function wellsEnergy(
  heights: readonly number[],
  wells: readonly number[],
  springs: Rows,
  pull: readonly number[],
): (x: Tensor2D) => Tensor1D {
  return (x) => {
    const barriers = x
      .square()
      .sub<Tensor2D>([[...wells]])
      .square()
      .mul<Tensor2D>([[...heights]]);
    const elastic = tf.matMul(x, matrix(springs)).mul<Tensor2D>(x).mul<Tensor2D>(0.5);
    return barriers
      .add<Tensor2D>(elastic)
      .sub(x.mul([[...pull]]))
      .sum(1);
  };
}

/** The force F = −∇E of {@link wellsEnergy}: fᵢ − (Kx)ᵢ − 4hᵢxᵢ(xᵢ² − wᵢ). [n, d] -> [n, d]. */
export function wellsForce(
  heights: readonly number[],
  wells: readonly number[],
  springs: Rows,
  pull: readonly number[],
): (x: Tensor2D) => Tensor2D {
  return (x) => {
    const inWells = x
      .square()
      .sub<Tensor2D>([[...wells]])
      .mul<Tensor2D>(x)
      .mul<Tensor2D>([heights.map((h) => 4 * h)]);
    return tf.sub<Tensor2D>([[...pull]], tf.matMul(x, matrix(springs))).sub(inWells);
  };
}

const matrix = (rows: Rows): Tensor2D => tf.tensor2d(rows.map((row) => [...row]));
