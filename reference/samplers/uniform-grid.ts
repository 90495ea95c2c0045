import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';

/** Equal steps through time; `from` > `to` runs backwards. */
export interface UniformGrid {
  readonly from: number;
  readonly to: number;
  /** At least 1. */
  readonly steps: number;
}

/** Draws of N(0, 1) in the given shape, fresh at every call. The caller of the function disposes them. */
export type NormalSource = (shape: [number, number]) => Tensor2D;

/** One step from time t over the signed length h: [n, d] at t -> [n, d] at t + h. */
export type StepInTime = (x: Tensor2D, t: Tensor1D, h: number) => Tensor2D;

/** Carries [n, d] from `grid.from` to `grid.to`. The start is kept; the states between are disposed. */
export function alongGrid(start: Tensor2D, { from, to, steps }: UniformGrid, step: StepInTime): Tensor2D {
  const [n] = start.shape;
  const h = (to - from) / steps;
  let x = start.clone();
  for (let k = 0; k < steps; k++) {
    const previous = x;
    x = tf.tidy(() => step(previous, tf.fill([n], from + k * h), h));
    previous.dispose();
  }
  return x;
}
