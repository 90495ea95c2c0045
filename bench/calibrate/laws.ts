import type { Random } from '../../src/numerics/random.js';

/**
 * A law on finitely many points with mean 0 and variance 1, exactly: so that its exponential tilts are laws that can be drawn from, and no
 * approximation stands between a simulated rate and the true one.
 */
export interface AtomLaw {
  readonly name: string;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** Points per law. */
const POINTS = 4096;

const normalDensity = (z: number): number => Math.exp(-0.5 * z * z);

/** The law of f(z), z standard normal, on a grid of |z| ≤ 9 (beyond it 1e-19 of the mass). */
const ofNormal = (name: string, f: (z: number) => number): AtomLaw =>
  onGrid(name, -9, 9, (z) => ({ value: f(z), weight: normalDensity(z) }));

function onGrid(name: string, from: number, to: number, at: (u: number) => { value: number; weight: number }): AtomLaw {
  const points = Array.from({ length: POINTS }, (_, i) => at(from + ((to - from) * (i + 0.5)) / POINTS));
  return standardised(
    name,
    points.map(({ value }) => value),
    points.map(({ weight }) => weight),
  );
}

/** A Gaussian with half of the variance, and a jump that carries the other half with probability p. */
function spike(p: number): AtomLaw {
  const base = ofNormal('', (z) => z);
  const jump = 1 / Math.sqrt(p * (1 - p));
  return standardised(
    `spike ${p}`,
    [...base.values, ...base.values.map((v) => v + jump)],
    [...base.weights.map((w) => (1 - p) * w), ...base.weights.map((w) => p * w)],
  );
}

function standardised(name: string, values: readonly number[], weights: readonly number[]): AtomLaw {
  const total = weights.reduce((sum, w) => sum + w, 0);
  const share = weights.map((w) => w / total);
  const mean = values.reduce((sum, v, i) => sum + share[i] * v, 0);
  const variance = values.reduce((sum, v, i) => sum + share[i] * (v - mean) ** 2, 0);
  const sd = Math.sqrt(variance);
  return { name, values: Float64Array.from(values, (v) => (v - mean) / sd), weights: Float64Array.from(share) };
}

/** The laws of the calibration: symmetric, skew (the square of a Gaussian probe), heavy-tailed, and rare spikes. */
export const laws: readonly AtomLaw[] = [
  ofNormal('Gaussian', (z) => z),
  ofNormal('chi2', (z) => z * z),
  ofNormal('lognormal', Math.exp),
  spike(1e-3),
  spike(1e-4),
];

/** The law of −x. */
export const mirrored = ({ name, values, weights }: AtomLaw): AtomLaw => ({
  name: `−${name}`,
  values: values.map((v) => -v),
  weights,
});

/** Draws the index of an atom: two random numbers a draw, by the alias method (Walker 1977; Vose 1991). */
export function indexSampler(weights: Float64Array): (random: Random) => number {
  const n = weights.length;
  const scaled = weights.map((w) => w * n);
  const alias = new Int32Array(n);
  const keep = new Float64Array(n).fill(1);
  const [small, large]: [number[], number[]] = [[], []];
  scaled.forEach((w, i) => (w < 1 ? small : large).push(i));
  while (small.length > 0 && large.length > 0) {
    const s = small.pop()!;
    const l = large[large.length - 1];
    keep[s] = scaled[s];
    alias[s] = l;
    scaled[l] -= 1 - scaled[s];
    if (scaled[l] < 1) small.push(large.pop()!);
  }
  return (random) => {
    const i = random.index(n);
    return random.uniform() < keep[i] ? i : alias[i];
  };
}

/** A draw of the law. */
export function sampler({ values, weights }: AtomLaw): (random: Random) => number {
  const index = indexSampler(weights);
  return (random) => values[index(random)];
}
