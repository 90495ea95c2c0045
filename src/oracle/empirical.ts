/** The posterior of x0 given x = x0 + σε, x0 uniform on a finite set of points, with what follows from it. */
export interface EmpiricalValue {
  /** wᵢ ∝ exp(−‖x − xᵢ‖²/(2σ²)), [N], sum 1. */
  readonly weights: Float64Array;
  /** E[x0 | x] = Σ wᵢ xᵢ, [d]. */
  readonly mean: Float64Array;
  /** E[‖x0 − E[x0 | x]‖² | x], the trace of the posterior covariance. */
  readonly variance: number;
  /** ∇ log p_σ(x) = (E[x0 | x] − x)/σ², [d]. */
  readonly score: Float64Array;
  /** log p_σ(x), natural logarithm. */
  readonly logDensity: number;
}

/** Weights below this are left out of the sums over points: even 10⁹ of them lie far below the rounding of the sum, 2⁻⁵³. */
const NEGLIGIBLE = 1e-30;

/**
 * The smoothed data set p_σ(x) = (1/N) Σ N(x; xᵢ, σ²I) at one point, in float64 by direct differences ‖x − xᵢ‖².
 * `points` holds the N points by rows, [N·d]; `x` is [d]; `sigma` > 0 is a standard deviation. Takes N·d steps.
 * Source: Vincent 2011, A connection between score matching and denoising autoencoders, section 4.
 */
export function empiricalValue(points: ArrayLike<number>, x: ArrayLike<number>, sigma: number): EmpiricalValue {
  const d = x.length;
  const count = points.length / d;
  if (!Number.isInteger(count) || count < 1) {
    throw new TypeError(
      `Expected points of dimension ${d} as in x, found ${points.length} numbers. Give N·${d} numbers by rows.`,
    );
  }
  const distances = new Float64Array(count);
  const at = Float64Array.from(x);
  for (let i = 0; i < count; i++) distances[i] = squaredDistance(points, i * d, at);
  const nearest = distances.reduce((least, distance) => Math.min(least, distance), Infinity);
  // Relative to the nearest point, so that one weight is 1 before the division and the sum cannot vanish.
  const weights = distances.map((distance) => Math.exp((nearest - distance) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);

  const mean = new Float64Array(d);
  for (let i = 0; i < count; i++) {
    weights[i] /= total;
    if (weights[i] < NEGLIGIBLE) continue;
    for (let j = 0; j < d; j++) mean[j] += weights[i] * points[i * d + j];
  }
  let variance = 0;
  for (let i = 0; i < count; i++) {
    if (weights[i] < NEGLIGIBLE) continue;
    variance += weights[i] * squaredDistance(points, i * d, mean);
  }
  return {
    weights,
    mean,
    variance,
    score: mean.map((m, j) => (m - x[j]) / (sigma * sigma)),
    logDensity:
      Math.log(total / count) - nearest / (2 * sigma * sigma) - (d / 2) * Math.log(2 * Math.PI * sigma * sigma),
  };
}

/** ‖x − p‖² in four partial sums, which the processor can add side by side. */
function squaredDistance(points: ArrayLike<number>, offset: number, x: Float64Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  const whole = x.length - (x.length % 4);
  for (let j = 0; j < whole; j += 4) {
    const at = offset + j;
    const da = x[j] - points[at];
    const db = x[j + 1] - points[at + 1];
    const dc = x[j + 2] - points[at + 2];
    const dd = x[j + 3] - points[at + 3];
    a += da * da;
    b += db * db;
    c += dc * dc;
    d += dd * dd;
  }
  for (let j = whole; j < x.length; j++) a += (x[j] - points[offset + j]) ** 2;
  return a + b + (c + d);
}
