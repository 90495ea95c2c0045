/**
 * Catoni's influence function ψ(x) = sign(x) log(1 + |x| + x²/2), which satisfies e^ψ(y) ≤ 1 + y + y²/2
 * (Catoni 2012, Challenging the empirical mean and empirical variance, eq. 2.1).
 */
export function influence(x: number): number {
  const magnitude = Math.log1p(Math.abs(x) + 0.5 * x * x);
  return x < 0 ? -magnitude : magnitude;
}

/** A product beyond this, or below its inverse, is turned into a logarithm: far from overflow. */
const LARGE = 1e100;

/**
 * Σ ψ(λ (Dᵢ − m)) over the first n of `draws`. Decreasing in m. As the logarithm of a product, which takes one logarithm for many draws; each factor is
 * rounded by a few 2⁻⁵³, n of them by n times that: below 10⁻⁹ of a threshold of 20 for a million draws.
 */
export function influenceSum(draws: Float64Array, n: number, lambda: number, m: number): number {
  let total = 0;
  let product = 1;
  for (let i = 0; i < n; i++) {
    const x = lambda * (draws[i] - m);
    const factor = 1 + Math.abs(x) + 0.5 * x * x;
    if (factor > LARGE) total += influence(x);
    else product *= x < 0 ? 1 / factor : factor;
    if (product > LARGE || product < 1 / LARGE) {
      total += Math.log(product);
      product = 1;
    }
  }
  return total + Math.log(product);
}

/** What a sequential test of E[D] = 0 declares before it sees a draw. */
export interface MeanTest {
  /** Allowance: |E D| ≤ delta0 is no contradiction (float32 rounding). */
  readonly delta0: number;
  /** A support excludes |E D| ≥ delta1. */
  readonly delta1: number;
  /** v ≥ Var D under the claim. */
  readonly variance: number;
  /** Rate of a false refutation at any number of draws, both sides together. */
  readonly alpha: number;
  /** Rate of a false support at any number of draws. */
  readonly beta: number;
  /** Geometric looks at which the test may stop, ascending. */
  readonly looks: readonly number[];
}

/**
 * n₀ 2^(k/4) up to nMax, nMax included. A run overshoots the draws that it needs by half a step on average; more looks cost no rate, only their time
 * ({@link scaleAndThreshold}).
 */
export function geometricLooks(nMax: number, first = 128): number[] {
  const looks: number[] = [];
  for (let k = 0; ; k++) {
    const n = Math.round(first * 2 ** (k / 4));
    if (n >= nMax) return [...looks, nMax];
    looks.push(n);
  }
}

/**
 * The scales λ that a test may use, one for each power of 2 between its first look and its last: each is the best one for nMax/2^j draws, and off by
 * 2^(1/4) where it is used farthest from there, which widens an interval by 1.5 %.
 */
const scales = ({ looks }: MeanTest): number => Math.round(Math.log2(looks[looks.length - 1] / looks[0])) + 1;

/** The nMax/2^j next to n: the number of draws that the scale used at n is the best one for. */
function designSize(n: number, { looks }: MeanTest): number {
  const last = looks[looks.length - 1];
  return last / 2 ** Math.round(Math.log2(last / n));
}

/** log(2J/α): two sides and J scales share α by the union bound. */
export const refutationLog = (test: MeanTest): number => Math.log((2 * scales(test)) / test.alpha);
/** log(J/β): a false support needs both of its inequalities, so only the scales share β. */
export const supportLog = (test: MeanTest): number => Math.log(scales(test) / test.beta);

/**
 * λ and the threshold of Σψ at n draws, at rate e^(−L) for each scale. For E D ≤ m and Var D ≤ v, exp(Σψ(λ(Dᵢ − m)))/(1 + λ²v/2)ⁿ is a supermartingale in n
 * that starts at 1, so with probability 1 − e^(−L) it stays below e^L at all n at once (Ville's inequality): for a scale that is fixed beforehand, looking often
 * costs nothing.
 */
export function scaleAndThreshold(n: number, test: MeanTest, L: number): { lambda: number; threshold: number } {
  const lambda = Math.sqrt((2 * L) / (designSize(n, test) * test.variance));
  return { lambda, threshold: n * Math.log1p((lambda * lambda * test.variance) / 2) + L };
}

/** The decision on the first n draws: all that were seen so far. */
export function lookAt(draws: Float64Array, n: number, test: MeanTest): 'refuted' | 'supported' | 'continue' {
  const refute = scaleAndThreshold(n, test, refutationLog(test));
  const above0 = influenceSum(draws, n, refute.lambda, test.delta0);
  if (above0 > refute.threshold) return 'refuted';
  // ψ increases, so the sum at −δ₀ is larger than this one: it can be below −t only where this one is.
  if (above0 < -refute.threshold && influenceSum(draws, n, refute.lambda, -test.delta0) < -refute.threshold)
    return 'refuted';

  // Before this many draws a support is out of reach (half-width above delta1): save the two sums.
  if (n < (supportLog(test) * test.variance) / test.delta1 ** 2) return 'continue';
  const support = scaleAndThreshold(n, test, supportLog(test));
  const below = influenceSum(draws, n, support.lambda, test.delta1) < -support.threshold;
  const above = below && influenceSum(draws, n, support.lambda, -test.delta1) > support.threshold;
  return above ? 'supported' : 'continue';
}

/**
 * Whether E D > 0 (at rate β, what a claim "E D ≥ 0" is supported by) or E D < 0 (at rate α) is certified by the first n draws. One side of
 * {@link lookAt} each, at the rates of its two sides.
 */
export function signOfMean(draws: Float64Array, n: number, test: MeanTest): 'positive' | 'negative' | 'unknown' {
  const refute = scaleAndThreshold(n, test, refutationLog(test));
  if (influenceSum(draws, n, refute.lambda, 0) < -refute.threshold) return 'negative';
  const support = scaleAndThreshold(n, test, supportLog(test));
  return influenceSum(draws, n, support.lambda, 0) > support.threshold ? 'positive' : 'unknown';
}

/**
 * The interval {m : |Σψ(λ_b (D − m))| ≤ t_b} with its midpoint: the estimate and its half-width at rate β.
 * Regula falsi (Illinois) to 1e-4 of the starting width: for display, no verdict depends on it.
 */
export function interval(draws: Float64Array, n: number, test: MeanTest): { estimate: number; halfWidth: number } {
  const { lambda, threshold } = scaleAndThreshold(n, test, supportLog(test));
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

/**
 * The smallest |E D| found with probability 95 % at n draws: δ₀ + h + 1.645 √(v/n), where h = L/(nλ) + λv/2 is half the width of the interval at the rate
 * of a refutation, √(2Lv/n) for the best λ.
 */
export function resolutionAt(n: number, test: MeanTest): number {
  const L = refutationLog(test);
  const { lambda } = scaleAndThreshold(n, test, L);
  return test.delta0 + L / (n * lambda) + (lambda * test.variance) / 2 + 1.645 * Math.sqrt(test.variance / n);
}
