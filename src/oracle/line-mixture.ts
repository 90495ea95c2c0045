import { normalCdf, normalDensity } from './normal-distribution.js';

/** Σ wₖ N(mₖ, vₖ) on the line; vₖ are variances. */
export interface LineMixture {
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly variances: readonly number[];
}

/** The law of m·x₀ + ε with x₀ from p and ε ~ N(0, variance) independent. */
export const noisedLine = (p: LineMixture, meanCoefficient: number, variance: number): LineMixture => ({
  weights: p.weights,
  means: p.means.map((m) => meanCoefficient * m),
  variances: p.variances.map((v) => meanCoefficient ** 2 * v + variance),
});

/** p(x). */
export const lineDensity = (p: LineMixture, x: number): number =>
  sumOver(p, (m, sd) => normalDensity((x - m) / sd) / sd);

/** F(x) = P(X ≤ x). */
export const lineCdf = (p: LineMixture, x: number): number => sumOver(p, (m, sd) => normalCdf((x - m) / sd));

/** (log p)′(x). */
export function lineScore(p: LineMixture, x: number): number {
  let top = -Infinity;
  const logits = p.weights.map((w, k) => {
    const logit = Math.log(w) - 0.5 * ((x - p.means[k]) ** 2 / p.variances[k] + Math.log(p.variances[k]));
    top = Math.max(top, logit);
    return logit;
  });
  let total = 0;
  let pull = 0;
  logits.forEach((logit, k) => {
    const r = Math.exp(logit - top);
    total += r;
    pull += (r * (p.means[k] - x)) / p.variances[k];
  });
  return pull / total;
}

/** F⁻¹(u) for 0 < u < 1, by bisection to the last digits. */
export function lineQuantile(p: LineMixture, u: number): number {
  const reach = (side: number): number[] => p.means.map((m, k) => m + side * 12 * Math.sqrt(p.variances[k]));
  let [low, high] = [Math.min(...reach(-1)), Math.max(...reach(1))];
  for (let i = 0; i < 80 && high - low > 1e-15 * (Math.abs(low) + Math.abs(high)); i++) {
    const middle = (low + high) / 2;
    if (lineCdf(p, middle) < u) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** E X. */
export const lineMean = (p: LineMixture): number => p.weights.reduce((sum, w, k) => sum + w * p.means[k], 0);

/** E X² and E X⁴. */
export function lineSecondAndFourth(p: LineMixture): { second: number; fourth: number } {
  const sum = (f: (m: number, v: number) => number): number =>
    p.weights.reduce((total, w, k) => total + w * f(p.means[k], p.variances[k]), 0);
  return { second: sum((m, v) => m * m + v), fourth: sum((m, v) => m ** 4 + 6 * m * m * v + 3 * v * v) };
}

function sumOver(p: LineMixture, f: (mean: number, sd: number) => number): number {
  return p.weights.reduce((sum, w, k) => sum + w * f(p.means[k], Math.sqrt(p.variances[k])), 0);
}
