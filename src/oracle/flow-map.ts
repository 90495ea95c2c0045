import type { DiffusionOracle } from './diffusion.js';
import { lineScore, type LineMixture } from './line-mixture.js';
import { coefficientsAt, marginalAt } from './reverse-schemes.js';

/** Where the probability flow carries points of the line from t = 1 to t = 0, by equal steps of Heun: two scores a step. */
export function heunOnTheFlow(
  diffusion: DiffusionOracle,
  p: LineMixture,
  points: readonly number[],
  steps: number,
): number[] {
  const h = -1 / steps;
  const velocityAt = (t: number): ((y: number) => number) => {
    const { a, squaredDiffusion } = coefficientsAt(diffusion, t);
    const noised = marginalAt(p, diffusion, Math.max(0, t));
    return (y) => a * y - 0.5 * squaredDiffusion * lineScore(noised, y);
  };
  return Array.from({ length: steps }, (_, k) => [velocityAt(1 + k * h), velocityAt(1 + (k + 1) * h)] as const).reduce(
    (ys, [here, there]) =>
      ys.map((y) => {
        const slope = here(y);
        return y + (h / 2) * (slope + there(y + h * slope));
      }),
    [...points],
  );
}
