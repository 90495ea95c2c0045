import { float64, softmax, type Formula } from './arithmetic.js';
import { mixturePosterior, type MixtureParameters, type MixturePosterior } from './mixture.js';
import { normalCdf, normalDensity } from './normal-distribution.js';
import { FLOAT32_ROUNDOFF, runningError } from './running-error.js';

/**
 * The median of each coordinate of x₀ given x = x₀ + σε, x₀ from the mixture: [d] -> [d]. The minimiser of E‖h(x) − x₀‖₁, coordinate by coordinate.
 */
export function mixturePosteriorMedian(parameters: MixtureParameters, sigma: number): Formula {
  const posterior = mixturePosterior(parameters, sigma);
  return (a, x) =>
    a.opaque(x, (at) => {
      const marginals = at.map((_, j) => marginalAt(posterior, at, j));
      const medians = marginals.map(medianOf);
      return {
        value: medians,
        // Only bounds of rounding ask for these two.
        get error() {
          return marginals.map((marginal, j) => medianError(posterior, at, j, marginal, medians[j]));
        },
        get lipschitz() {
          return steepness(posterior, at);
        },
      };
    });
}

/** Σ rₖ N(mₖ, vₖ) on the line. */
interface Marginal {
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly sds: readonly number[];
}

function marginalAt(posterior: MixturePosterior, x: readonly number[], j: number): Marginal {
  const { logWeights, means } = posterior.at(float64, x);
  const weights = softmax(float64, logWeights);
  return { weights, means: means.map((mean) => mean[j]), sds: posterior.within.map((w) => Math.sqrt(w[j][j])) };
}

const distribution = ({ weights, means, sds }: Marginal, t: number): number =>
  weights.reduce((sum, w, k) => sum + w * normalCdf((t - means[k]) / sds[k]), 0);

const density = ({ weights, means, sds }: Marginal, t: number): number =>
  weights.reduce((sum, w, k) => sum + (w * normalDensity((t - means[k]) / sds[k])) / sds[k], 0);

/** Newton steps inside a bracket that shrinks at each; the median lies between the smallest and the largest component mean. */
function medianOf(marginal: Marginal): number {
  let low = Math.min(...marginal.means);
  let high = Math.max(...marginal.means);
  let t = marginal.weights.reduce((sum, w, k) => sum + w * marginal.means[k], 0);
  for (let i = 0; i < 100; i++) {
    const excess = distribution(marginal, t) - 0.5;
    if (excess > 0) high = t;
    else low = t;
    const newton = t - excess / density(marginal, t);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= 1e-14 * (1 + Math.abs(t))) return next;
    t = next;
  }
  return t;
}

/**
 * In units of u: a float32 error δF of the distribution function moves its root by δF/p. δF gathers the errors of responsibilities and means,
 * 16u for Φ (an erf of 1e-7 is accepted) and the sum; the last step of the search adds two units of the answer.
 */
function medianError(
  posterior: MixturePosterior,
  x: readonly number[],
  j: number,
  marginal: Marginal,
  median: number,
): number {
  const bounds = posterior.at(
    runningError,
    x.map((xi) => runningError.c(xi)),
  );
  const weights = softmax(runningError, bounds.logWeights);
  const ofDistribution = marginal.weights.reduce((sum, w, k) => {
    const { e } = bounds.means[k][j];
    const slope = normalDensity((median - marginal.means[k]) / marginal.sds[k]) / marginal.sds[k];
    return sum + weights[k].e + w * slope * (e + 4 * Math.abs(median - marginal.means[k]));
  }, 16 + marginal.weights.length);
  return ofDistribution / density(marginal, median) + 2 * Math.abs(median);
}

/** ‖∂median/∂x‖ by central differences, with half as much again: float32 roundoff is far below the step. */
function steepness(posterior: MixturePosterior, x: readonly number[]): number {
  const step = 2 ** 8 * FLOAT32_ROUNDOFF;
  const squares = x.map((_, i) => {
    const moved = (sign: number): number[] => {
      const at = x.map((xi, j) => (i === j ? xi + sign * step : xi));
      return at.map((__, j) => medianOf(marginalAt(posterior, at, j)));
    };
    const back = moved(-1);
    return moved(1).reduce((sum, value, j) => sum + ((value - back[j]) / (2 * step)) ** 2, 0);
  });
  return 1.5 * Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
}
