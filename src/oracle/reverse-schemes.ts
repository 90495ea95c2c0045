import { float64 } from './arithmetic.js';
import type { Transition } from './chain-law.js';
import type { DiffusionOracle } from './diffusion.js';
import { lineScore, noisedLine, type LineMixture } from './line-mixture.js';

/** One step back in time, from t to t − h, on the line: y → y + drift·h + sd·z. */
export interface ReverseScheme {
  readonly name: string;
  /** (y_next's mean − y) / h from the score s at (y, t). */
  readonly drift: (y: number, score: number, t: number, h: number) => number;
  /** Standard deviation of the noise of the step. */
  readonly sd: (t: number, h: number) => number;
}

/** a(t) and g(t)² of a diffusion as numbers. */
export function coefficientsAt(diffusion: DiffusionOracle, time: number): { a: number; squaredDiffusion: number } {
  // The last step ends at 0 up to rounding; below it g² may be negative.
  const t = Math.max(0, time);
  return { a: diffusion.driftCoefficient(float64, t), squaredDiffusion: diffusion.squaredDiffusion(float64, t) };
}

/**
 * Schemes of order 1 for dX = [f − g²s] dt + g dW̄ that a right implementation may use: the coefficients at the start of the step (Euler and Maruyama),
 * at its end, or averaged over it (Simpson's rule; for the variance-exploding SDE that is ancestral sampling).
 */
export function acceptedReverseSchemes(diffusion: DiffusionOracle): readonly ReverseScheme[] {
  const scheme = (name: string, at: (t: number, h: number) => ReturnType<typeof coefficientsAt>): ReverseScheme => ({
    name,
    drift: (y, score, t, h) => {
      const { a, squaredDiffusion } = at(t, h);
      return squaredDiffusion * score - a * y;
    },
    sd: (t, h) => Math.sqrt(at(t, h).squaredDiffusion * h),
  });
  return [
    scheme('Euler and Maruyama', (t) => coefficientsAt(diffusion, t)),
    scheme('coefficients at the end of the step', (t, h) => coefficientsAt(diffusion, t - h)),
    scheme('coefficients averaged over the step', (t, h) => {
      const parts = [0, 0.5, 1].map((k) => coefficientsAt(diffusion, t - k * h));
      const mean = (pick: (c: (typeof parts)[number]) => number): number =>
        (pick(parts[0]) + 4 * pick(parts[1]) + pick(parts[2])) / 6;
      return { a: mean((c) => c.a), squaredDiffusion: mean((c) => c.squaredDiffusion) };
    }),
  ];
}

/** The steps of a scheme from t = 1 to t = 0 with the exact score of the noised law of p. */
export function transitionsOf(
  scheme: ReverseScheme,
  diffusion: DiffusionOracle,
  p: LineMixture,
  steps: number,
): Transition[] {
  const h = 1 / steps;
  return Array.from({ length: steps }, (_, k) => {
    const t = 1 - k * h;
    const noised = marginalAt(p, diffusion, t);
    return {
      sd: scheme.sd(t, h),
      means: (points) => points.map((y) => y + h * scheme.drift(y, lineScore(noised, y), t, h)),
    };
  });
}

/** The law of x_t for x_0 from p. */
export const marginalAt = (p: LineMixture, diffusion: DiffusionOracle, t: number): LineMixture =>
  noisedLine(p, diffusion.meanCoefficient(float64, t), diffusion.variance(float64, t));
