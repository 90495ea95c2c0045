import type { FieldInTime, Sde } from './sde.js';

/**
 * The velocity f − ½ g² ∇log p_t of the probability flow dX = [f − ½ g² ∇log p_t] dt, which has the marginals of the SDE without any noise.
 * Song et al. (2021), eq. 13.
 */
export function probabilityFlow(sde: Sde, score: FieldInTime): FieldInTime {
  return (x, t) => {
    const squaredDiffusion = sde.diffusionCoefficient(t).square().expandDims(1);
    return sde.drift(x, t).sub(score(x, t).mul(squaredDiffusion).mul(0.5));
  };
}
