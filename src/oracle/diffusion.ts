import type { Arithmetic } from './arithmetic.js';

/** A function of time over any arithmetic. */
export type TimeFormula = <T>(a: Arithmetic<T>, t: T) => T;

/** dx = a(t) x dt + g(t) dW on t in [0, 1], in closed form: x_t | x_0 ~ N(α_t x_0, v_t I). */
export interface DiffusionOracle {
  /** a(t) of the drift a(t) x. */
  readonly driftCoefficient: TimeFormula;
  /** g(t)². */
  readonly squaredDiffusion: TimeFormula;
  /** α_t. */
  readonly meanCoefficient: TimeFormula;
  /** v_t. */
  readonly variance: TimeFormula;
  /** Standard deviation of the prior. */
  readonly priorSd: number;
}

/** f = 0, σ(t) = σ_min (σ_max/σ_min)ᵗ, g² = dσ²/dt = 2 log(σ_max/σ_min) σ²; v_t = σ(t)² − σ_min². */
export function varianceExplodingOracle(sigmaMin: number, sigmaMax: number): DiffusionOracle {
  const growth = 2 * Math.log(sigmaMax / sigmaMin);
  const squared = <T>(a: Arithmetic<T>, t: T): T => a.mul(a.c(sigmaMin * sigmaMin), a.exp(a.mul(a.c(growth), t)));
  return {
    driftCoefficient: (a) => a.c(0),
    squaredDiffusion: (a, t) => a.mul(a.c(growth), squared(a, t)),
    meanCoefficient: (a) => a.c(1),
    variance: (a, t) => a.sub(squared(a, t), a.c(sigmaMin * sigmaMin)),
    priorSd: sigmaMax,
  };
}

/** β(t) = β_min + t (β_max − β_min) and its integral from 0. */
function linearBeta(betaMin: number, betaMax: number): { beta: TimeFormula; integral: TimeFormula } {
  return {
    beta: (a, t) => a.add(a.c(betaMin), a.mul(a.c(betaMax - betaMin), t)),
    integral: (a, t) => a.mul(t, a.add(a.c(betaMin), a.mul(a.c((betaMax - betaMin) / 2), t))),
  };
}

/** a = −½β, g² = β; α_t = exp(−½∫β), v_t = 1 − exp(−∫β). */
export function variancePreservingOracle(betaMin: number, betaMax: number): DiffusionOracle {
  const { beta, integral } = linearBeta(betaMin, betaMax);
  const decay = <T>(a: Arithmetic<T>, t: T, k: number): T => a.exp(a.mul(a.c(k), integral(a, t)));
  return {
    driftCoefficient: (a, t) => a.mul(a.c(-0.5), beta(a, t)),
    squaredDiffusion: beta,
    meanCoefficient: (a, t) => decay(a, t, -0.5),
    variance: (a, t) => a.sub(a.c(1), decay(a, t, -1)),
    priorSd: 1,
  };
}

/** a = −½β, g² = β (1 − exp(−2∫β)); α_t = exp(−½∫β), v_t = (1 − exp(−∫β))². */
export function subVariancePreservingOracle(betaMin: number, betaMax: number): DiffusionOracle {
  const { beta, integral } = linearBeta(betaMin, betaMax);
  const missing = <T>(a: Arithmetic<T>, t: T, k: number): T => a.sub(a.c(1), a.exp(a.mul(a.c(-k), integral(a, t))));
  return {
    driftCoefficient: (a, t) => a.mul(a.c(-0.5), beta(a, t)),
    squaredDiffusion: (a, t) => a.mul(beta(a, t), missing(a, t, 2)),
    meanCoefficient: (a, t) => a.exp(a.mul(a.c(-0.5), integral(a, t))),
    variance: (a, t) => {
      const root = missing(a, t, 1);
      return a.mul(root, root);
    },
    priorSd: 1,
  };
}
