import type { Random } from '../../src/numerics/random.js';
import { indexSampler, type AtomLaw } from './laws.js';

/** A probability estimated by importance sampling. */
export interface Rate {
  readonly probability: number;
  /** Standard error ÷ probability; 0 where the event cannot happen. */
  readonly relativeError: number;
}

/** The law with weights ∝ w e^{a}, and log Σ w e^{a}. */
function tilted(weights: Float64Array, exponents: Float64Array): { weights: Float64Array; logMass: number } {
  const largest = exponents.reduce((a, b) => Math.max(a, b), -Infinity);
  const raw = weights.map((w, i) => w * Math.exp(exponents[i] - largest));
  const total = raw.reduce((sum, w) => sum + w, 0);
  return { weights: raw.map((w) => w / total), logMass: largest + Math.log(total) };
}

const meanOf = (values: Float64Array, weights: Float64Array): number =>
  values.reduce((sum, v, i) => sum + v * weights[i], 0);

/** The smallest x in [low, high] with f(x) ≥ 0, f increasing, to 2⁻⁶⁰ of the interval. */
function root(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let i = 0; i < 60; i++) {
    const middle = (a + b) / 2;
    if (f(middle) < 0) a = middle;
    else b = middle;
  }
  return b;
}

/**
 * P(Σ g(Dᵢ) > threshold) for n independent draws: drawn from the exponential tilt e^{θ g} whose mean of g is threshold/n, the tilt under which the
 * event is as likely as not, and weighted back (Siegmund 1976, for sums).
 */
export function sumExceeds(
  law: AtomLaw,
  g: (d: number) => number,
  threshold: number,
  { n, runs, random }: { readonly n: number; readonly runs: number; readonly random: Random },
): Rate {
  const values = law.values.map(g);
  const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (largest * n <= threshold) return { probability: 0, relativeError: 0 };
  const tilt = (theta: number) =>
    tilted(
      law.weights,
      values.map((v) => theta * v),
    );
  const excess = (theta: number): number => meanOf(values, tilt(theta).weights) - threshold / n;
  let high = 1;
  while (excess(high) < 0) high *= 2;
  const theta = root(excess, 0, high);
  const { weights, logMass } = tilt(theta);
  const draw = indexSampler(weights);
  return importance(runs, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[draw(random)];
    return sum > threshold ? Math.exp(n * logMass - theta * sum) : 0;
  });
}

/**
 * P(t > critical) of the one-sample t statistic √n D̄/s. The event is Σd > 0 with v₂ < m²(1 + r)/r for m = D̄, v₂ the mean square and r = c²/(n − 1):
 * the tilt e^{θd − κd²} is the one whose means lie on that boundary, with (θ, −κ) normal to it.
 */
export function tExceeds(
  law: AtomLaw,
  critical: number,
  { n, runs, random }: { readonly n: number; readonly runs: number; readonly random: Random },
): Rate {
  const r = critical ** 2 / (n - 1);
  const slope = (1 + r) / r;
  const squares = law.values.map((v) => v * v);
  const tilt = (theta: number, kappa: number) =>
    tilted(
      law.weights,
      law.values.map((v, i) => theta * v - kappa * squares[i]),
    );
  // For θ given, κ = θ/(2 m slope): m falls as κ grows, so κ·m has one crossing.
  const kappaOf = (theta: number): number =>
    root((kappa) => 2 * kappa * slope * Math.max(meanOf(law.values, tilt(theta, kappa).weights), 1e-12) - theta, 0, 64);
  const beyond = (theta: number): number => {
    const { weights } = tilt(theta, kappaOf(theta));
    return slope * meanOf(law.values, weights) ** 2 - meanOf(squares, weights);
  };
  let high = 0.25;
  while (beyond(high) < 0 && high < 64) high *= 2;
  const theta = root(beyond, 0, high);
  const kappa = kappaOf(theta);
  const { weights, logMass } = tilt(theta, kappa);
  const draw = indexSampler(weights);
  return importance(runs, () => {
    let [sum, square] = [0, 0];
    for (let i = 0; i < n; i++) {
      const k = draw(random);
      sum += law.values[k];
      square += squares[k];
    }
    const variance = (square - (sum * sum) / n) / (n - 1);
    return sum > critical * Math.sqrt(n * variance) ? Math.exp(n * logMass - theta * sum + kappa * square) : 0;
  });
}

function importance(runs: number, one: () => number): Rate {
  let [sum, squares] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const weight = one();
    sum += weight;
    squares += weight * weight;
  }
  const probability = sum / runs;
  const variance = Math.max(0, squares / runs - probability ** 2) / runs;
  return { probability, relativeError: probability === 0 ? 0 : Math.sqrt(variance) / probability };
}
