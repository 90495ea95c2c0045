import { lineCdf, lineDensity, type LineMixture } from './line-mixture.js';
import { normalCdf } from './normal-distribution.js';

/** One step of a Markov chain on the line, y → m(y) + sd·z with z ~ N(0, 1); sd = 0 is a map. */
export interface Transition {
  readonly sd: number;
  /** m at each of the points. */
  readonly means: (points: Float64Array) => Float64Array;
}

/** Σ massᵢ N(centreᵢ, sd²): the exact law after a step, up to the quadrature over the law before it. */
export interface ChainLaw {
  readonly centres: Float64Array;
  readonly masses: Float64Array;
  readonly sd: number;
}

/**
 * Distance of neighbouring nodes in units of the narrower of two kernels. The integrand is a product of two of them, of width 1/√2 at least, and
 * the trapezoid rule on a Gaussian of width w errs by 2 exp(−2π² (w/h)²): 1e-11 here.
 */
const SPACING = 0.6;
/** Standard deviations of a kernel that are kept: 1e-16 of the mass lies beyond. */
const REACH = 8.3;
/** Nodes by which a grid grows. */
const BLOCK = 32;
/** More nodes than this and the chain has left every reasonable region. */
const MOST_NODES = 60_000;
const NEGLIGIBLE = 1e-17;
/** Noise below this share of the noise before it is none. */
const NO_NOISE = 1e-6;
/** Distance of atoms that a step without noise carries, in units of the kernel before it: the distribution function then has steps of a hundredth of 1/sd. */
const ATOMS = 1 / 40;

/**
 * The law of a chain that starts from a mixture, by the Chapman-Kolmogorov equation on a grid that follows the law: no draws. `undefined` where
 * the chain runs off.
 */
export function lawAfter(start: LineMixture, transitions: readonly Transition[]): ChainLaw | undefined {
  let { nodes, masses } = gridOf(start, transitions.find(({ sd }) => sd > 0)?.sd ?? Infinity);
  let law: ChainLaw = { centres: nodes, masses, sd: 0 };
  for (const [k, transition] of transitions.entries()) {
    const { sd } = transition;
    law = kept({ centres: movedTo(transition, nodes), masses, sd });
    if (!law.centres.every(Number.isFinite)) return undefined;
    if (k === transitions.length - 1) break;
    if (sd === 0) {
      ({ centres: nodes, masses } = law);
      continue;
    }
    const next = transitions[k + 1].sd;
    const grid = regridded(law, next > NO_NOISE * sd ? SPACING * Math.min(sd, next) : ATOMS * sd);
    if (grid === undefined) return undefined;
    ({ nodes, masses } = grid);
  }
  return law;
}

/** Means already asked for, of chains that repeat a step: the last grid, and the means there. */
const asked = new WeakMap<Transition, { readonly nodes: Float64Array; readonly means: Float64Array }>();

/** m at the nodes; where the transition was last asked on the same lattice, only what lies outside is asked anew. */
function movedTo(transition: Transition, nodes: Float64Array): Float64Array {
  const known = asked.get(transition);
  const from = known === undefined ? -1 : known.nodes.indexOf(nodes[0]);
  if (known !== undefined && from >= 0 && known.nodes[from + nodes.length - 1] === nodes[nodes.length - 1]) {
    return known.means.subarray(from, from + nodes.length);
  }
  const means = transition.means(nodes);
  asked.set(transition, { nodes, means });
  return means;
}

/** P(X ≤ x). */
export function chainCdf({ centres, masses, sd }: ChainLaw, x: number): number {
  let total = 0;
  for (let i = 0; i < centres.length; i++) {
    const z = sd === 0 ? Infinity * (x - centres[i]) : (x - centres[i]) / sd;
    total += z > REACH ? masses[i] : z < -REACH || Number.isNaN(z) ? 0 : masses[i] * normalCdf(z);
  }
  return total;
}

/** E X, E X² and E X⁴. */
export function chainMoments({ centres, masses, sd }: ChainLaw): { first: number; second: number; fourth: number } {
  let [first, second, fourth] = [0, 0, 0];
  const v = sd * sd;
  centres.forEach((c, i) => {
    first += masses[i] * c;
    second += masses[i] * (c * c + v);
    fourth += masses[i] * (c ** 4 + 6 * c * c * v + 3 * v * v);
  });
  return { first, second, fourth };
}

/** sup |F_law − F| over `count` quantiles of F given as points: the Kolmogorov distance to p. */
export const kolmogorovDistance = (law: ChainLaw, p: LineMixture, points: readonly number[]): number =>
  Math.max(...points.map((x) => Math.abs(chainCdf(law, x) - lineCdf(p, x))));

function gridOf(p: LineMixture, firstSd: number): { nodes: Float64Array; masses: Float64Array } {
  const sds = p.variances.map(Math.sqrt);
  const from = Math.min(...p.means.map((m, k) => m - REACH * sds[k]));
  const to = Math.max(...p.means.map((m, k) => m + REACH * sds[k]));
  const count = Math.min(MOST_NODES, Math.ceil((to - from) / (SPACING * Math.min(firstSd, ...sds))));
  const h = (to - from) / count;
  const nodes = Float64Array.from({ length: count + 1 }, (_, i) => from + i * h);
  return { nodes, masses: nodes.map((y) => h * lineDensity(p, y)) };
}

/** The density of the law on equally spaced nodes, as masses. */
function regridded(law: ChainLaw, spacing: number): { nodes: Float64Array; masses: Float64Array } | undefined {
  const { centres, masses, sd } = law;
  const [from, to] = centres.reduce(([a, b], c) => [Math.min(a, c), Math.max(b, c)], [Infinity, -Infinity]);
  // On the lattice of multiples of the spacing, in blocks: a step that is repeated meets its nodes again.
  const first = BLOCK * Math.floor((from - REACH * sd) / spacing / BLOCK);
  const start = first * spacing;
  const count = BLOCK * (Math.ceil(((to + REACH * sd) / spacing - first) / BLOCK) + 1);
  if (!(count < MOST_NODES)) return undefined;
  const next = new Float64Array(count);
  const unit = spacing / (sd * Math.sqrt(2 * Math.PI));
  for (let i = 0; i < centres.length; i++) {
    const lowest = Math.max(0, Math.ceil((centres[i] - REACH * sd - start) / spacing));
    const highest = Math.min(count - 1, Math.floor((centres[i] + REACH * sd - start) / spacing));
    for (let j = lowest; j <= highest; j++) {
      const z = (start + j * spacing - centres[i]) / sd;
      next[j] += masses[i] * unit * Math.exp(-0.5 * z * z);
    }
  }
  return { nodes: next.map((_, j) => (first + j) * spacing), masses: next };
}

/** Without the nodes that carry nothing. */
function kept({ centres, masses, sd }: ChainLaw): ChainLaw {
  const carries = (_: number, i: number): boolean => masses[i] > NEGLIGIBLE;
  return { centres: centres.filter(carries), masses: masses.filter(carries), sd };
}

/** Nodes at most of a chain whose stationary law is asked for. */
const MOST_STATIONARY = 600;

/**
 * The law that a chain keeps, on equally spaced nodes in [from, to], by the elimination of Grassmann, Taksar and Heyman (1985), which subtracts nothing
 * and so loses no digits; `undefined` where the chain has no noise or leaves the range.
 */
export function stationaryLaw({ sd, means }: Transition, from: number, to: number): ChainLaw | undefined {
  const count = Math.ceil((to - from) / (SPACING * sd)) + 1;
  if (!(sd > 0) || !(count < MOST_STATIONARY)) return undefined;
  const spacing = (to - from) / (count - 1);
  const nodes = Float64Array.from({ length: count }, (_, i) => from + i * spacing);
  const centres = means(nodes);
  const rows = Array.from(centres, (c) => normalised(nodes.map((y) => Math.exp(-0.5 * ((y - c) / sd) ** 2))));
  const masses = stationaryMasses(rows);
  return masses.every(Number.isFinite) ? kept({ centres, masses, sd }) : undefined;
}

/** π with π P = π for a transition matrix P given by rows, which is overwritten. */
function stationaryMasses(rows: readonly Float64Array[]): Float64Array {
  for (let k = rows.length - 1; k > 0; k--) {
    const row = rows[k].subarray(0, k);
    const down = row.reduce((sum, v) => sum + v, 0);
    for (let i = 0; i < k; i++) {
      const share = (rows[i][k] /= down);
      if (share === 0) continue;
      for (let j = 0; j < k; j++) rows[i][j] += share * row[j];
    }
  }
  const masses = new Float64Array(rows.length);
  masses[0] = 1;
  for (let k = 1; k < masses.length; k++) {
    for (let i = 0; i < k; i++) masses[k] += masses[i] * rows[i][k];
  }
  return normalised(masses);
}

/** Divided by its sum; not a number where that is 0. */
function normalised(row: Float64Array): Float64Array {
  const total = row.reduce((sum, v) => sum + v, 0);
  return row.map((v) => v / total);
}
