import type { FieldInTime, Sde } from '../sdes/sde.js';
import type { Tensor1D, Tensor2D } from '../../src/tensorflow/tensorflow.js';
import { alongGrid, type NormalSource, type UniformGrid } from './uniform-grid.js';

/**
 * x + f(x, t) h + g(t) √|h| z: one step of Euler and Maruyama from t to t + h; h < 0 runs backwards in time. x and noise [n, d], t [n].
 * Kloeden & Platen (1992), section 10.2.
 */
export function eulerMaruyamaStep(sde: Sde, x: Tensor2D, t: Tensor1D, h: number, noise: Tensor2D): Tensor2D {
  const diffusion = sde
    .diffusionCoefficient(t)
    .mul(Math.sqrt(Math.abs(h)))
    .expandDims(1);
  return x.add<Tensor2D>(sde.drift(x, t).mul(h)).add(noise.mul(diffusion));
}

/** Equal steps of Euler and Maruyama from `grid.from` to `grid.to`, each with fresh noise: [n, d] -> [n, d]. */
export function eulerMaruyamaSample(sde: Sde, start: Tensor2D, grid: UniformGrid, normal: NormalSource): Tensor2D {
  return alongGrid(start, grid, (x, t, h) => eulerMaruyamaStep(sde, x, t, h, normal(x.shape)));
}

/** x + v(x, t) h: one step of Euler along the ODE dx = v dt; h < 0 runs backwards in time. */
export function eulerStep(velocity: FieldInTime, x: Tensor2D, t: Tensor1D, h: number): Tensor2D {
  return x.add(velocity(x, t).mul(h));
}

/** Equal steps of Euler along dx = v dt from `grid.from` to `grid.to`: [n, d] -> [n, d]. Global error O(h). */
export function eulerSample(velocity: FieldInTime, start: Tensor2D, grid: UniformGrid): Tensor2D {
  return alongGrid(start, grid, (x, t, h) => eulerStep(velocity, x, t, h));
}
