import { choleskyFactor, inverse, multiply, type Rows } from '../../numerics/linear-algebra.js';
import { add, exp, inv, mul, sub, sum, type Num } from './batch.js';
import type { Rule } from './scope.js';
import { componentLogs, noised, type Mixture } from './world.js';

/** Nodes in R^d and their weights. */
export interface Nodes {
  /** [d], each of all nodes. */
  readonly at: readonly Float64Array[];
  readonly weights: Float64Array;
}

const cache = new Map<string, Nodes>();

/** The product rule of a rule on the line. */
export function tensor(key: string, d: number, line: { x: Float64Array; w: Float64Array }): Nodes {
  const cached = cache.get(key);
  if (cached) return cached;
  const n = line.x.length;
  const count = n ** d;
  const at = Array.from({ length: d }, () => new Float64Array(count));
  const weights = new Float64Array(count).fill(1);
  for (let node = 0; node < count; node++) {
    let rest = node;
    for (let axis = 0; axis < d; axis++) {
      const i = rest % n;
      rest = (rest - i) / n;
      at[axis][node] = line.x[i];
      weights[node] *= line.w[i];
    }
  }
  const made = { at, weights };
  if (count < 200_000) cache.set(key, made);
  return made;
}

/** N(0, I) by the trapezoid rule: it converges geometrically for analytic integrands. */
export function gaussianNodes(d: number, { count, reach }: Rule['laws']): Nodes {
  const key = `g${d}:${count}:${reach}`;
  const cached = cache.get(key);
  if (cached) return cached;
  const h = (2 * reach) / (count - 1);
  const x = Float64Array.from({ length: count }, (_, i) => -reach + i * h);
  const w = x.map((u) => Math.exp(-0.5 * u * u));
  const total = w.reduce((a, b) => a + b, 0);
  return tensor(key, d, { x, w: w.map((v) => v / total) });
}

/** Gauss–Hermite rules for N(0, 1): nodes and weights, exact for polynomials up to degree 11 and 9. */
const probeRules = {
  6: {
    x: [0.616706590192594, 1.889175877753711, 3.324257433552119],
    w: [0.408828469556029, 0.088615746041915, 0.002555784402056],
  },
  5: {
    x: [0, 1.355626179974266, 2.856970013872806],
    w: [0.533333333333333, 0.222075922005613, 0.011257411327721],
  },
} as const;

/** N(0, I) by Gauss–Hermite, for probes, which enter by polynomials. */
export function probeNodes(d: number, count: Rule['probes']): Nodes {
  const { x, w } = probeRules[count];
  const at = x.flatMap((u, i) => (u === 0 ? [[u, w[i]]] : [[u, w[i]], [-u, w[i]]])); // prettier-ignore
  return tensor(`p${d}:${count}`, d, {
    x: Float64Array.from(at.map(([u]) => u)),
    w: Float64Array.from(at.map(([, weight]) => weight)),
  });
}

/** Lebesgue measure on the box ±reach: for integrands that decay. */
export function boxNodes(d: number, { count, reach }: Rule['boxes']): Nodes {
  const h = (2 * reach) / (count - 1);
  const x = Float64Array.from({ length: count }, (_, i) => -reach + i * h);
  return tensor(`b${d}:${count}:${reach}`, d, { x, w: x.map(() => h) });
}

/** Nodes of a Gaussian component: m + L u. */
export function affineNodes(mean: readonly number[], covariance: Rows, nodes: Nodes): Float64Array[] {
  const factor = choleskyFactor(covariance);
  return mean.map((m, i) => {
    const out = new Float64Array(nodes.weights.length).fill(m);
    for (let j = 0; j <= i; j++) for (let k = 0; k < out.length; k++) out[k] += factor[i][j] * nodes.at[j][k];
    return out;
  });
}

/** One component of the law of x₀ given x = a x₀ + s ε: its weight and mean at each x, and its covariance. */
export interface PosteriorPart {
  readonly weight: Num;
  readonly mean: readonly Num[];
  readonly covariance: Rows;
}

/** x₀ | x for x₀ from a mixture: Σ rₖ(x) N(mₖ + Kₖ(x − a mₖ), Cₖ − Kₖ a Cₖ) with gain Kₖ = a Cₖ (a²Cₖ + s²I)⁻¹. */
export function posterior(p: Mixture, a: number, s: number, x: readonly Num[]): PosteriorPart[] {
  const noisy = noised(p, a, s);
  const logs = componentLogs(noisy, x);
  const ratios = logs.map((l, k) => (k === 0 ? 1 : exp(sub(l, logs[0]))));
  const norm = inv(sum(ratios));
  return p.weights.map((_, k) => {
    const gain = multiply(p.covariances[k], inverse(noisy.covariances[k])).map((r) => r.map((v) => a * v));
    const explained = multiply(gain, p.covariances[k]).map((r) => r.map((v) => a * v));
    const centred = x.map((xi, i) => sub(xi, a * p.means[k][i]));
    return {
      weight: mul(ratios[k], norm),
      mean: p.means[k].map((m, i) => add(m, sum(centred.map((c, j) => mul(gain[i][j], c))))),
      // Symmetric to the last bit, which Cholesky's factorisation asks for.
      covariance: p.covariances[k].map((r, i) => r.map((v, j) => v - (explained[i][j] + explained[j][i]) / 2)),
    };
  });
}
