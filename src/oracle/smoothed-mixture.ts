import { logSumExp, subtract, type Arithmetic } from './arithmetic.js';
import type { MixtureParameters } from './mixture.js';

/**
 * log Σ wₖ N(x; mₖ, Cₖ + τI) as a function of x and of the noise variance τ = σ², so that it can be differentiated in τ:
 * the heat flow of a Gaussian mixture.
 */
export const smoothedMixtureLog =
  ({ weights, means, covariances }: MixtureParameters) =>
  <T>(a: Arithmetic<T>, x: readonly T[], tau: T): T =>
    logSumExp(
      a,
      means.map((mean, k) => {
        const widened = covariances[k].map((row, i) => row.map((c, j) => (i === j ? a.add(a.c(c), tau) : a.c(c))));
        return a.add(
          a.c(Math.log(weights[k])),
          gaussianLog(
            a,
            subtract(
              a,
              x,
              mean.map((m) => a.c(m)),
            ),
            widened,
          ),
        );
      }),
    );

/**
 * log N(r; 0, C) = −½ Σ (yᵢ²/Dᵢ + log 2πDᵢ), where Gaussian elimination of C leaves the pivots D and takes r to y.
 */
export function gaussianLog<T>(a: Arithmetic<T>, residual: readonly T[], covariance: readonly (readonly T[])[]): T {
  const rows = covariance.map((row) => [...row]);
  const y = [...residual];
  const terms = y.map((_, i) => {
    const pivot = rows[i][i];
    for (let j = i + 1; j < y.length; j++) {
      const factor = a.div(rows[j][i], pivot);
      for (let k = i + 1; k < y.length; k++) rows[j][k] = a.sub(rows[j][k], a.mul(factor, rows[i][k]));
      y[j] = a.sub(y[j], a.mul(factor, y[i]));
    }
    return a.add(a.div(a.mul(y[i], y[i]), pivot), a.log(a.mul(a.c(2 * Math.PI), pivot)));
  });
  return a.mul(a.c(-0.5), a.sum(terms));
}
