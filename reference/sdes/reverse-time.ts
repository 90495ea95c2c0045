import type { FieldInTime, Sde } from './sde.js';

/**
 * The reverse-time SDE dX = [f − g² ∇log p_t] dt + g dW̄, run from t = 1 to t = 0: with the score of the marginals p_t of `sde`, and started from p_1,
 * it has the same marginals. Anderson (1982); Song et al. (2021), eq. 6.
 */
export function reverseTimeSde(sde: Sde, score: FieldInTime): Sde {
  return {
    drift: (x, t) => {
      const squaredDiffusion = sde.diffusionCoefficient(t).square().expandDims(1);
      return sde.drift(x, t).sub(score(x, t).mul(squaredDiffusion));
    },
    diffusionCoefficient: sde.diffusionCoefficient,
  };
}
