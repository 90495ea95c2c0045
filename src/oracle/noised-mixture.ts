import { logSumExp, subtract, type Arithmetic } from './arithmetic.js';
import type { DiffusionOracle } from './diffusion.js';
import type { MixtureParameters } from './mixture.js';
import { gaussianLog } from './smoothed-mixture.js';

/** log p_t(x) = log Σ wₖ N(x; α_t mₖ, α_t² Cₖ + v_t I) as a function of x and t: a Gaussian mixture carried through a diffusion. */
export const noisedMixtureLog =
  ({ weights, means, covariances }: MixtureParameters, diffusion: DiffusionOracle) =>
  <T>(a: Arithmetic<T>, x: readonly T[], t: T): T => {
    const coefficient = diffusion.meanCoefficient(a, t);
    const squared = a.mul(coefficient, coefficient);
    const variance = diffusion.variance(a, t);
    return logSumExp(
      a,
      means.map((mean, k) => {
        const centre = mean.map((m) => a.mul(a.c(m), coefficient));
        const covariance = covariances[k].map((row, i) =>
          row.map((c, j) => {
            const carried = a.mul(a.c(c), squared);
            return i === j ? a.add(carried, variance) : carried;
          }),
        );
        return a.add(a.c(Math.log(weights[k])), gaussianLog(a, subtract(a, x, centre), covariance));
      }),
    );
  };
