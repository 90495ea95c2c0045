import type { ProbeLaw } from '../meaning/probe-laws.js';
import { tensor, type Nodes } from './measures.js';
import type { Rule } from './scope.js';

// Rules for probes, which enter by polynomials: exact for degrees up to 2·count − 1, at least 9, where a variance asks for 4.

/** Nodes and weights of a law in R^d. */
export function nodesOf(law: ProbeLaw, d: number, count: Rule['probes']): Nodes {
  switch (law.kind) {
    case 'points': {
      const { values } = law;
      const line = { x: Float64Array.from(values), w: Float64Array.from(values, () => 1 / values.length) };
      return tensor(`points${values.join()}:${d}`, d, line);
    }
    case 'box': {
      const { x, w } = legendre(count);
      const [centre, half] = [(law.low + law.high) / 2, (law.high - law.low) / 2];
      const line = { x: x.map((u) => centre + half * u), w: w.map((v) => v / 2) };
      return tensor(`box${law.low},${law.high}:${d}:${count}`, d, line);
    }
    case 'axes': {
      const size = law.root ? Math.sqrt(d) : 1;
      const at = Array.from({ length: d }, (_, i) => Float64Array.from({ length: d }, (__, j) => (i === j ? size : 0)));
      return { at, weights: new Float64Array(d).fill(1 / d) };
    }
    case 'sphere':
      return sphere(d, law.root ? Math.sqrt(d) : 1, count);
  }
}

/** The sphere in up to three dimensions: two points, equal angles, or these on circles whose heights are Gauss–Legendre nodes (Archimedes). */
function sphere(d: number, radius: number, count: Rule['probes']): Nodes {
  if (d === 1) return { at: [Float64Array.of(-radius, radius)], weights: Float64Array.of(0.5, 0.5) };
  const angles = Array.from({ length: 2 * count }, (_, k) => (Math.PI * (k + 0.3)) / count);
  const heights = d === 2 ? { x: Float64Array.of(0), w: Float64Array.of(2) } : legendre(count);
  const points = [...heights.x].flatMap((z, i) =>
    angles.map((angle) => {
      const r = Math.sqrt(1 - z * z);
      return { at: [r * Math.cos(angle), r * Math.sin(angle), z], weight: heights.w[i] / 2 / angles.length };
    }),
  );
  return {
    at: Array.from({ length: d }, (_, axis) => Float64Array.from(points, ({ at }) => radius * at[axis])),
    weights: Float64Array.from(points, ({ weight }) => weight),
  };
}

/** Gauss–Legendre on [−1, 1]: the roots of P_n by Newton's method (Abramowitz & Stegun 1964, 25.4.29). */
export function legendre(count: number): { readonly x: Float64Array; readonly w: Float64Array } {
  const x = new Float64Array(count);
  const w = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let root = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let [before, here] = [0, 1];
      for (let k = 1; k <= count; k++) [before, here] = [here, ((2 * k - 1) * root * here - (k - 1) * before) / k];
      slope = (count * (root * here - before)) / (root * root - 1);
      const change = here / slope;
      root -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    x[i] = root;
    w[i] = 2 / ((1 - root * root) * slope * slope);
  }
  return { x, w };
}
