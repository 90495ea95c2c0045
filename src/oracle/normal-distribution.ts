const LOG_ROOT_2PI = 0.5 * Math.log(2 * Math.PI);

/** φ(x), the density of N(0, 1). */
export const normalDensity = (x: number): number => Math.exp(-0.5 * x * x - LOG_ROOT_2PI);

/**
 * Φ(x), the distribution function of N(0, 1), to a few units of the last digit: Abramowitz & Stegun (1964), 26.2.11 and 26.2.14.
 *
 * No library's: mathjs has an erf, which leaves of Φ(−8) nothing and finds its types anew at each call, where the law of a chain calls it some 10⁶
 * times; that of TensorFlow.js is good to float32, and from there comes the side that is checked against this one.
 */
export function normalCdf(x: number): number {
  if (x > 9) return 1;
  if (x < -39) return 0;
  return Math.abs(x) < 5 ? 0.5 + normalDensity(x) * bySeries(x) : x > 0 ? 1 - tail(x) : tail(-x);
}

/** Σ x^(2k+1) / (1·3·5⋯(2k+1)): all terms have one sign, so nothing cancels. */
function bySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return sum;
}

/** 1 − Φ(x) for x ≥ 5 by the continued fraction φ(x)/(x + 1/(x + 2/(x + …))); 40 levels leave less than 1e-16 there. */
function tail(x: number): number {
  let fraction = x;
  for (let k = 40; k >= 1; k--) fraction = x + k / fraction;
  return normalDensity(x) / fraction;
}
