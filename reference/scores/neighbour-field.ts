import { tf, type Tensor } from '../../src/tensorflow/tensorflow.js';

/** Coefficients of the field S(X) = gain · softplus(own · X + side · (sum of the neighbours of each entry)). */
export interface NeighbourCoefficients {
  readonly own: number;
  readonly side: number;
  readonly gain: number;
}

/**
 * A smooth nonlinear field on images [n, h, w, c], on volumes [n, depth, h, w, c] or on any grid: the neighbours are the two entries
 * next to an entry along each grid axis, 0 beyond the edges, channel by channel. The shape is kept.
 */
export function neighbourField({ own, side, gain }: NeighbourCoefficients): (x: Tensor) => Tensor {
  return (x) => {
    const gridAxes = x.shape.slice(1, -1).map((_, i) => i + 1);
    const neighbours = gridAxes.flatMap((axis) => [moved(x, axis, 'back'), moved(x, axis, 'forth')]);
    return x.mul(own).add(tf.addN(neighbours).mul(side)).softplus().mul(gain);
  };
}

/** The array moved by one entry along an axis, zeros moving in. */
function moved(x: Tensor, axis: number, direction: 'back' | 'forth'): Tensor {
  const along = (length: number): number[] => x.shape.map((full, i) => (i === axis ? length : full));
  const first = x.shape.map((_, i) => (i === axis && direction === 'back' ? 1 : 0));
  const kept = x.slice(first, along(x.shape[axis] - 1));
  const edge = tf.zeros(along(1));
  return tf.concat(direction === 'back' ? [kept, edge] : [edge, kept], axis);
}
