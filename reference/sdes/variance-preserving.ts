import type { Tensor1D } from '../../src/tensorflow/tensorflow.js';
import type { NoisingSde } from './sde.js';

/** β(t) = β_min + t (β_max − β_min): [n] -> [n]. */
export const linearBeta = (t: Tensor1D, betaMin: number, betaMax: number): Tensor1D =>
  t.mul<Tensor1D>(betaMax - betaMin).add(betaMin);

/** ∫₀ᵗ β(s) ds for the linear β: [n] -> [n]. */
export const integratedBeta = (t: Tensor1D, betaMin: number, betaMax: number): Tensor1D =>
  t
    .mul<Tensor1D>((betaMax - betaMin) / 2)
    .add<Tensor1D>(betaMin)
    .mul(t);

/**
 * The variance-preserving SDE: f = −½ β(t) x, g² = β(t). x_t | x_0 ~ N(α_t x_0, (1 − α_t²) I) with α_t = exp(−½ ∫β). Song et al. (2021), eq. 32.
 */
export function variancePreserving(betaMin: number, betaMax: number): NoisingSde {
  return {
    drift: (x, t) => x.mul(linearBeta(t, betaMin, betaMax).mul(-0.5).expandDims(1)),
    diffusionCoefficient: (t) => linearBeta(t, betaMin, betaMax).sqrt(),
    perturbation: (t) => {
      const integral = integratedBeta(t, betaMin, betaMax);
      return {
        meanCoefficient: integral.mul<Tensor1D>(-0.5).exp(),
        // 1 − e^(−B) is 0 in float32 for t below 1e-7 and 40 % off at 1e-6; expm1 is exact to rounding.
        std: integral.neg().expm1().neg().sqrt(),
      };
    },
    priorSd: 1,
  };
}
