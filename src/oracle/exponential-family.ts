import { dot, type ScalarFormula } from './arithmetic.js';
import type { OracleDensity } from './density.js';

/** The box Π [lowerᵢ, upperᵢ]. */
export interface BoundedBox {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** log ∫ e^(θᵀx) dx over a box, as a formula of θ (no coordinate 0): Σ mᵢθᵢ + log((e^(hᵢθᵢ) − e^(−hᵢθᵢ))/θᵢ), m the middle and h the half-width. */
export const boxLogPartition =
  ({ lower, upper }: BoundedBox): ScalarFormula =>
  (a, theta) =>
    a.sum(
      theta.map((t, i) => {
        const reach = a.mul(a.c((upper[i] - lower[i]) / 2), t);
        const mass = a.div(a.sub(a.exp(reach), a.exp(a.sub(a.c(0), reach))), t);
        return a.add(a.mul(a.c((lower[i] + upper[i]) / 2), t), a.log(mass));
      }),
    );

/** p(x) = e^(θᵀx)/Z(θ) on a box: score θ; independent coordinates, each an exponential law cut off at both ends. */
export function exponentialFamilyOracle(theta: readonly number[], box: BoundedBox): OracleDensity {
  const { lower, upper } = box;
  return {
    dimension: theta.length,
    logDensity: (a, x) => {
      const natural = theta.map((t) => a.c(t));
      return a.sub(dot(a, natural, x), boxLogPartition(box)(a, natural));
    },
    score: (a) => theta.map((t) => a.c(t)),
    sample: (random, n) =>
      Float64Array.from({ length: n * theta.length }, (_, index) => {
        const i = index % theta.length;
        // The inverse of the distribution function (e^(θ(x − lower)) − 1) / (e^(θ·width) − 1).
        return lower[i] + Math.log1p(random.uniform() * Math.expm1(theta[i] * (upper[i] - lower[i]))) / theta[i];
      }),
    axes: theta.map((_, i) => ({ from: lower[i], to: upper[i], breaks: [], smooth: false })),
  };
}

/** The uniform law on a box. */
export function uniformBoxOracle({ lower, upper }: BoundedBox): OracleDensity {
  const dimension = lower.length;
  const logVolume = Math.log(volumeOf({ lower, upper }));
  return {
    dimension,
    logDensity: (a) => a.c(-logVolume),
    score: (a, x) => x.map(() => a.c(0)),
    sample: (random, n) =>
      Float64Array.from({ length: n * dimension }, (_, index) => {
        const i = index % dimension;
        return lower[i] + (upper[i] - lower[i]) * random.uniform();
      }),
    axes: lower.map((from, i) => ({ from, to: upper[i], breaks: [], smooth: false })),
  };
}

/** Π (upperᵢ − lowerᵢ). */
export const volumeOf = ({ lower, upper }: BoundedBox): number =>
  lower.reduce((volume, low, i) => volume * (upper[i] - low), 1);
