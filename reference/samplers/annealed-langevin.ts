import { tf, type Tensor1D, type Tensor2D } from '../../src/tensorflow/tensorflow.js';
import { langevinSample } from './langevin.js';
import type { NormalSource } from './uniform-grid.js';

/** A score for each noise scale: [n, d] and sigma [n] -> [n, d]. */
export type ScoreAtNoise = (x: Tensor2D, sigma: Tensor1D) => Tensor2D;

/** Noise scales from σ_max down to σ_min in a constant ratio, both ends included; one level gives [σ_max]. */
export function geometricSigmas(sigmaMax: number, sigmaMin: number, levels: number): number[] {
  return Array.from({ length: levels }, (_, l) =>
    l > 0 && l === levels - 1 ? sigmaMin : sigmaMax * (sigmaMin / sigmaMax) ** (l / Math.max(1, levels - 1)),
  );
}

/** How long a chain stays at each level, and its step size γ at the last one. */
export interface AnnealingPlan {
  /** Noise scales, descending. */
  readonly sigmas: readonly number[];
  readonly stepsPerLevel: number;
  readonly stepSize: number;
}

/** Langevin dynamics with the score of noise scale σ_l and step size γ σ_l²/σ_L², level after level: [n, d] -> [n, d]. Song & Ermon (2019), algorithm 1. */
export function annealedLangevinSample(
  score: ScoreAtNoise,
  start: Tensor2D,
  { sigmas, stepsPerLevel, stepSize }: AnnealingPlan,
  normal: NormalSource,
): Tensor2D {
  const last = sigmas[sigmas.length - 1];
  let x = start.clone();
  for (const sigma of sigmas) {
    const previous = x;
    const atLevel = (y: Tensor2D): Tensor2D => score(y, tf.fill([y.shape[0]], sigma));
    x = langevinSample(atLevel, previous, stepSize * (sigma / last) ** 2, stepsPerLevel, normal);
    previous.dispose();
  }
  return x;
}
