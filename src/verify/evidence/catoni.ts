/**
 * Catoni's influence function ψ(x) = sign(x) log(1 + |x| + x²/2), which satisfies e^ψ(y) ≤ 1 + y + y²/2
 * (Catoni 2012, Challenging the empirical mean and empirical variance, eq. 2.1).
 */
export function influence(x: number): number {
  const magnitude = Math.log1p(Math.abs(x) + 0.5 * x * x);
  return x < 0 ? -magnitude : magnitude;
}

/** Σ ψ(λ (Dᵢ − m)) over the first n of `draws`. Decreasing in m. */
export function influenceSum(draws: Float64Array, n: number, lambda: number, m: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += influence(lambda * (draws[i] - m));
  return total;
}

/** What a sequential test of E[D] = 0 declares before it sees a draw. */
export interface MeanTest {
  /** Allowance: |E D| ≤ delta0 is no contradiction (float32 rounding). */
  readonly delta0: number;
  /** A support excludes |E D| ≥ delta1. */
  readonly delta1: number;
  /** v ≥ Var D under the claim. */
  readonly variance: number;
  /** Rate of a false refutation over all looks and both sides. */
  readonly alpha: number;
  /** Rate of a false support over all looks. */
  readonly beta: number;
  /** Geometric looks at which the test may stop, ascending. */
  readonly looks: readonly number[];
}

/**
 * n₀ 2^(k/4) up to nMax, nMax included. A run overshoots the draws that it needs by half a step on average: against steps of √2 these need 7 % fewer
 * draws until a refutation (docs/decisions/0003), though each look has half of the rate.
 */
export function geometricLooks(nMax: number, first = 128): number[] {
  const looks: number[] = [];
  for (let k = 0; ; k++) {
    const n = Math.round(first * 2 ** (k / 4));
    if (n >= nMax) return [...looks, nMax];
    looks.push(n);
  }
}

/** log(2K/α): two sides and K looks share α by the union bound. */
export const refutationLog = (test: MeanTest): number => Math.log((2 * test.looks.length) / test.alpha);
/** log(K/β): a false support needs both of its inequalities, so only the looks share β. */
export const supportLog = (test: MeanTest): number => Math.log(test.looks.length / test.beta);

/** λ and the threshold of Σψ that E exp Σψ ≤ (1 + λ²v/2)ⁿ and Markov's inequality give at rate e^(−L). */
export function scaleAndThreshold(n: number, variance: number, L: number): { lambda: number; threshold: number } {
  const lambda = Math.sqrt((2 * L) / (n * variance));
  return { lambda, threshold: n * Math.log1p((lambda * lambda * variance) / 2) + L };
}

/** The decision on the first n draws: all that were seen so far. */
export function lookAt(draws: Float64Array, n: number, test: MeanTest): 'refuted' | 'supported' | 'continue' {
  const refute = scaleAndThreshold(n, test.variance, refutationLog(test));
  const above0 = influenceSum(draws, n, refute.lambda, test.delta0);
  if (above0 > refute.threshold) return 'refuted';
  // ψ increases, so the sum at −δ₀ is larger than this one: it can be below −t only where this one is.
  if (above0 < -refute.threshold && influenceSum(draws, n, refute.lambda, -test.delta0) < -refute.threshold)
    return 'refuted';

  // Before this many draws a support is out of reach (half-width above delta1): save the two sums.
  if (n < (supportLog(test) * test.variance) / test.delta1 ** 2) return 'continue';
  const support = scaleAndThreshold(n, test.variance, supportLog(test));
  const below = influenceSum(draws, n, support.lambda, test.delta1) < -support.threshold;
  const above = below && influenceSum(draws, n, support.lambda, -test.delta1) > support.threshold;
  return above ? 'supported' : 'continue';
}

/**
 * Whether E D > 0 (at rate β, what a claim "E D ≥ 0" is supported by) or E D < 0 (at rate α) is certified by the first n draws. One side of
 * {@link lookAt} each, at the rates of its two sides.
 */
export function signOfMean(draws: Float64Array, n: number, test: MeanTest): 'positive' | 'negative' | 'unknown' {
  const refute = scaleAndThreshold(n, test.variance, refutationLog(test));
  if (influenceSum(draws, n, refute.lambda, 0) < -refute.threshold) return 'negative';
  const support = scaleAndThreshold(n, test.variance, supportLog(test));
  return influenceSum(draws, n, support.lambda, 0) > support.threshold ? 'positive' : 'unknown';
}

/**
 * The interval {m : |Σψ(λ_b (D − m))| ≤ t_b} with its midpoint: the estimate and its half-width at rate β.
 * Regula falsi (Illinois) to 1e-4 of the starting width: for display, no verdict depends on it.
 */
export function interval(draws: Float64Array, n: number, test: MeanTest): { estimate: number; halfWidth: number } {
  const { lambda, threshold } = scaleAndThreshold(n, test.variance, supportLog(test));
  const width = 4 * Math.sqrt((2 * supportLog(test) * test.variance) / n);
  const sum = (m: number): number => influenceSum(draws, n, lambda, m);
  const from = decreasingRoot((m) => sum(m) - threshold, width);
  const to = decreasingRoot((m) => sum(m) + threshold, width);
  return { estimate: (from + to) / 2, halfWidth: (to - from) / 2 };
}

/** The root of a decreasing function, bracketed outwards from [−width, width], to 1e-4 of the width. */
function decreasingRoot(f: (m: number) => number, width: number): number {
  let [low, high] = [-width, width];
  let [atLow, atHigh] = [f(low), f(high)];
  while (atLow < 0) [low, atLow] = [low - 2 * (high - low), f(low - 2 * (high - low))];
  while (atHigh > 0) [high, atHigh] = [high + 2 * (high - low), f(high + 2 * (high - low))];
  let last = 0;
  for (;;) {
    const m = (low * atHigh - high * atLow) / (atHigh - atLow);
    const value = f(m);
    const step = value > 0 ? m - low : high - m;
    const side = Math.sign(value);
    // Illinois: an end that stays twice is given half its value, so that the other end moves too.
    if (side > 0) [low, atLow, atHigh] = [m, value, last > 0 ? atHigh / 2 : atHigh];
    else [high, atHigh, atLow] = [m, value, last < 0 ? atLow / 2 : atLow];
    if (side === 0 || step < 1e-4 * width || high - low < 1e-4 * width) return m;
    last = side;
  }
}

/** The smallest |E D| found with probability 95 % at n draws: δ₀ + (√(2 log(2K/α)) + 1.645) √(v/n). */
export function resolutionAt(n: number, test: MeanTest): number {
  return test.delta0 + (Math.sqrt(2 * refutationLog(test)) + 1.645) * Math.sqrt(test.variance / n);
}
