import type { OracleDensity } from './density.js';

/** Exp(rate) on [0, ∞): log p = log r − r x. The density jumps at 0: integration by parts leaves p(0)S(0). */
export function exponentialOracle(rate: number): OracleDensity {
  return {
    dimension: 1,
    logDensity: (a, [x]) => a.sub(a.c(Math.log(rate)), a.mul(a.c(rate), x)),
    score: (a) => [a.c(-rate)],
    sample: (random, n) => Float64Array.from({ length: n }, () => random.exponential() / rate),
    // e^(−45) of the mass lies beyond 45/rate.
    axes: [{ from: 0, to: 45 / rate, breaks: [], smooth: false }],
  };
}

/** Laplace(location, b): log p = −|x − m|/b − log 2b; score −sign(x − m)/b, kink at m. */
export function laplaceOracle(location: number, b: number): OracleDensity {
  return {
    dimension: 1,
    logDensity: (a, [x]) => a.sub(a.c(-Math.log(2 * b)), a.div(a.abs(a.sub(x, a.c(location))), a.c(b))),
    score: (a, [x]) => [a.div(a.sign(a.sub(x, a.c(location))), a.c(-b))],
    sample: (random, n) =>
      Float64Array.from({ length: n }, () => location + b * (random.uniform() < 0.5 ? -1 : 1) * random.exponential()),
    axes: [{ from: location - 45 * b, to: location + 45 * b, breaks: [location], smooth: false }],
  };
}

/** Uniform on [from, to]: log p = −log(to − from) inside. */
export function uniformOracle(from: number, to: number): OracleDensity {
  return {
    dimension: 1,
    logDensity: (a) => a.c(-Math.log(to - from)),
    score: (a) => [a.c(0)],
    sample: (random, n) => Float64Array.from({ length: n }, () => from + (to - from) * random.uniform()),
    axes: [{ from, to, breaks: [], smooth: false }],
  };
}
