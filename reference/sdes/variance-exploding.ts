import type { NoisingSde } from './sde.js';

/**
 * The variance-exploding SDE: f = 0, σ(t) = σ_min (σ_max/σ_min)ᵗ, g² = dσ²/dt. x_t | x_0 ~ N(x_0, (σ(t)² − σ_min²) I): nothing is added at t = 0.
 * Song et al. (2021), eq. 30, there with σ(0) = 0.
 */
export function varianceExploding(sigmaMin: number, sigmaMax: number): NoisingSde {
  const growth = Math.log(sigmaMax / sigmaMin);
  return {
    drift: (x) => x.zerosLike(),
    diffusionCoefficient: (t) =>
      t
        .mul(growth)
        .exp()
        .mul(sigmaMin * Math.sqrt(2 * growth)),
    perturbation: (t) => ({
      meanCoefficient: t.onesLike(),
      // e^u − 1 loses all digits of a small u; expm1 keeps them.
      std: t
        .mul(2 * growth)
        .expm1()
        .sqrt()
        .mul(sigmaMin),
    }),
    priorSd: sigmaMax,
  };
}
