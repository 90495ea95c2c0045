import type { Random } from '../numerics/random.js';
import { logSumExp, type Arithmetic } from './arithmetic.js';
import type { Interval, OracleDensity } from './density.js';
import { pick } from './mixture.js';

/**
 * Σ wₖ Πⱼ pₖⱼ(xⱼ): a mixture whose components have independent coordinates. weights [K] sum to 1, factors [K][d] are densities on the line.
 */
export function productMixtureOracle(
  weights: readonly number[],
  factors: readonly (readonly OracleDensity[])[],
): OracleDensity {
  const logits = <T>(a: Arithmetic<T>, x: readonly T[]): T[] =>
    factors.map((row, k) =>
      a.add(a.c(Math.log(weights[k])), a.sum(row.map((factor, j) => factor.logDensity(a, [x[j]])))),
    );
  return {
    dimension: factors[0].length,
    logDensity: (a, x) => logSumExp(a, logits(a, x)),
    score: (a, x) =>
      a.softmaxMean(
        logits(a, x),
        factors.map((row) => row.map((factor, j) => factor.score(a, [x[j]])[0])),
      ),
    sample: (random, n) => samples(weights, factors, random, n),
    axes: factors[0].map((_, j) => hull(factors.map((row) => row[j].axes[0]))),
  };
}

function samples(
  weights: readonly number[],
  factors: readonly (readonly OracleDensity[])[],
  random: Random,
  n: number,
): Float64Array {
  const d = factors[0].length;
  const draws = new Float64Array(n * d);
  for (let row = 0; row < n; row++) {
    const component = factors[pick(weights, random.uniform())];
    component.forEach((factor, j) => (draws[row * d + j] = factor.sample(random, 1)[0]));
  }
  return draws;
}

/** One axis that holds them all, with every kink. */
function hull(axes: readonly Interval[]): Interval {
  return {
    from: Math.min(...axes.map((axis) => axis.from)),
    to: Math.max(...axes.map((axis) => axis.to)),
    breaks: [...new Set(axes.flatMap((axis) => axis.breaks))].sort((x, y) => x - y),
    smooth: axes.every((axis) => axis.smooth),
  };
}
