import type { Tensor1D } from '../../src/tensorflow/tensorflow.js';
import type { NoisingSde } from './sde.js';
import { integratedBeta, linearBeta } from './variance-preserving.js';

/**
 * The sub-variance-preserving SDE: f = −½ β(t) x, g² = β(t) (1 − exp(−2 ∫β)). x_t | x_0 ~ N(α_t x_0, (1 − α_t²)² I) with α_t = exp(−½ ∫β):
 * the variance lies below that of the variance-preserving SDE at each t. Song et al. (2021), eq. 27 and 28.
 */
export function subVariancePreserving(betaMin: number, betaMax: number): NoisingSde {
  return {
    drift: (x, t) => x.mul(linearBeta(t, betaMin, betaMax).mul(-0.5).expandDims(1)),
    diffusionCoefficient: (t) => {
      const missing = integratedBeta(t, betaMin, betaMax).mul<Tensor1D>(-2).expm1().neg();
      return missing.mul<Tensor1D>(linearBeta(t, betaMin, betaMax)).sqrt();
    },
    perturbation: (t) => {
      const integral = integratedBeta(t, betaMin, betaMax);
      return { meanCoefficient: integral.mul<Tensor1D>(-0.5).exp(), std: integral.neg().expm1().neg() };
    },
    priorSd: 1,
  };
}
