import type { FieldInTime } from '../sdes/sde.js';
import type { Tensor1D, Tensor2D } from '../../src/tensorflow/tensorflow.js';
import { eulerStep } from './euler-maruyama.js';
import { alongGrid, type UniformGrid } from './uniform-grid.js';

/**
 * x + ½ (v(x, t) + v(x̂, t + h)) h with x̂ the Euler step: one step of Heun along the ODE dx = v dt; h < 0 runs backwards in time.
 * Karras et al. (2022), algorithm 1.
 */
export function heunStep(velocity: FieldInTime, x: Tensor2D, t: Tensor1D, h: number): Tensor2D {
  const slope = velocity(x, t);
  const slopeThere = velocity(
    eulerStep(() => slope, x, t, h),
    t.add(h),
  );
  return x.add(slope.add(slopeThere).mul(h / 2));
}

/** Equal steps of Heun along dx = v dt from `grid.from` to `grid.to`: [n, d] -> [n, d]. Global error O(h²). */
export function heunSample(velocity: FieldInTime, start: Tensor2D, grid: UniformGrid): Tensor2D {
  const [first, last] = [Math.min(grid.from, grid.to), Math.max(grid.from, grid.to)];
  // t + h in float32 may pass the end by a rounding, and there the root of a variance is not a number.
  const within: FieldInTime = (x, t) => velocity(x, t.clipByValue(first, last) as Tensor1D);
  return alongGrid(start, grid, (x, t, h) => heunStep(within, x, t, h));
}
