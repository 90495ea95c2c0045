import { BLOCK } from './blocks.js';
import { FLOAT64_ROUNDOFF } from './running-error.js';
import type { Interval } from './density.js';

/** Nodes and weights of a one-dimensional rule. */
export interface Rule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Trapezoid with n panels on an axis where the integrand is analytic and decays: converges geometrically (Trefethen & Weideman 2014). */
function trapezoid(from: number, to: number, panels: number): Rule {
  const h = (to - from) / panels;
  const nodes = Float64Array.from({ length: panels + 1 }, (_, i) => from + i * h);
  const weights = Float64Array.from({ length: panels + 1 }, (_, i) => (i === 0 || i === panels ? h / 2 : h));
  return { nodes, weights };
}

/**
 * Double-exponential rule x = m + r tanh(½π sinh t) on [from, to] (Takahasi & Mori 1974): kinks, jumps and end-point singularities do no harm
 * at the ends. |t| ≤ 3.2 leaves less than 1e-16 of the interval out.
 */
function tanhSinh(from: number, to: number, panels: number): Rule {
  const reach = 3.2;
  const h = (2 * reach) / panels;
  const middle = (from + to) / 2;
  const radius = (to - from) / 2;
  const at = Array.from({ length: panels + 1 }, (_, i) => -reach + i * h);
  const nodes = Float64Array.from(at, (t) => middle + radius * Math.tanh((Math.PI / 2) * Math.sinh(t)));
  const weights = Float64Array.from(at, (t) => {
    const c = Math.cosh((Math.PI / 2) * Math.sinh(t));
    return (radius * h * (Math.PI / 2) * Math.cosh(t)) / (c * c);
  });
  return { nodes, weights };
}

/** The rule of an axis: a sum over its atoms; trapezoid where smooth; else tanh-sinh pieces between its break points. */
export function axisRule(axis: Interval, panels: number): Rule {
  if (axis.atoms) return { nodes: Float64Array.from(axis.atoms), weights: Float64Array.from(axis.atoms, () => 1) };
  if (axis.smooth) return trapezoid(axis.from, axis.to, panels);
  const ends = [axis.from, ...axis.breaks, axis.to];
  const pieces = ends.slice(1).map((end, i) => tanhSinh(ends[i], end, panels));
  return {
    nodes: Float64Array.from(pieces.flatMap((piece) => [...piece.nodes])),
    weights: Float64Array.from(pieces.flatMap((piece) => [...piece.weights])),
  };
}

/** Integrals of k values, of their sizes, and of whatever else was asked for. */
export interface Integral {
  /** [k]. */
  readonly values: Float64Array;
  /** [k]: the integral of the sizes that the integrand names. */
  readonly sizes: Float64Array;
  /** [extra]: carried along, not driving the refinement. */
  readonly extra: Float64Array;
  /** [k]: rounding of the sum, or the last change where that is larger. */
  readonly errors: Float64Array;
  readonly nodes: number;
  readonly converged: boolean;
}

/**
 * What to integrate: `at` writes k values, k sizes ≥ |value| and `extra` further numbers into `out`, at up to {@link BLOCK} nodes at once. `x` holds
 * a column per axis, `out` a column per number written.
 */
export interface Integrand {
  readonly k: number;
  readonly extra: number;
  readonly at: (x: readonly Float64Array[], nodes: number, out: readonly Float64Array[]) => void;
}

/** An integrand that is written for one node: x [axes], out [2k + extra]. */
export function nodeByNode(
  { k, extra }: Pick<Integrand, 'k' | 'extra'>,
  at: (x: readonly number[], out: Float64Array) => void,
): Integrand {
  const values = new Float64Array(2 * k + extra);
  return {
    k,
    extra,
    at: (x, nodes, out) => {
      for (let node = 0; node < nodes; node++) {
        at(
          x.map((column) => column[node]),
          values,
        );
        out.forEach((column, j) => (column[node] = values[j]));
      }
    },
  };
}

/** Panels per axis to start with in 1, 2 and 3 dimensions, and the factor of refinement: h = 0.4 to 0.6 sd is where the trapezoid rule reaches rounding. */
const FIRST_PANELS = [64, 40, 26];
/** Where a rough value will do, start lower. */
const ROUGH_PANELS = [48, 28, 15];
const REFINEMENT = 1.5;

/** Nodes of a first rule at most: in 3-D that is a tensor product of 26 panels an axis; atoms multiply. */
const MOST_FIRST_NODES = 3e4;

/** Axes that are integrated; the others are sums over few points. */
export const continuousAxes = (axes: readonly Interval[]): number =>
  axes.filter(({ atoms }) => atoms === undefined).length;

/** True where a tensor product over these axes is cheap enough: at most three of them continuous, and few atoms. */
export function canIntegrateOver(axes: readonly Interval[]): boolean {
  const count = continuousAxes(axes);
  const sums = axes.reduce((product, { atoms }) => product * (atoms?.length ?? 1), 1);
  return count <= 3 && sums * (count === 0 ? 1 : FIRST_PANELS[count - 1] ** count) <= MOST_FIRST_NODES;
}

/**
 * Σ w f over the tensor product of the axes' rules, refined until two values agree to 8·2⁻⁵³·Σ|w size|·log₂(nodes), the rounding of the sum,
 * or to `accuracy` of the size where that is larger. The error returned is the larger of rounding and last change.
 */
export function integrate(axes: readonly Interval[], integrand: Integrand, maxNodes: number, accuracy = 0): Integral {
  const dimensions = continuousAxes(axes);
  let panels = (accuracy > 0 ? ROUGH_PANELS : FIRST_PANELS)[Math.max(dimensions - 1, 0)];
  let previous = tensorSum(axes, integrand, panels);
  for (;;) {
    panels = 2 * Math.round((panels * REFINEMENT) / 2);
    const next = tensorSum(axes, integrand, panels);
    const allowed = next.sizes.map((size) => 8 * FLOAT64_ROUNDOFF * size * Math.log2(next.nodes));
    const change = next.values.map((value, i) => Math.abs(value - previous.values[i]));
    const converged = change.every((c, i) => c <= Math.max(allowed[i], accuracy * next.sizes[i]));
    const full = next.nodes * REFINEMENT ** dimensions > maxNodes;
    // Not converged: for a geometrically converging rule the last change bounds what is left.
    if (converged || full) return { ...next, errors: allowed.map((a, i) => Math.max(a, change[i])), converged };
    previous = next;
  }
}

interface Sum {
  readonly values: Float64Array;
  readonly sizes: Float64Array;
  readonly extra: Float64Array;
  readonly nodes: number;
}

function tensorSum(axes: readonly Interval[], { k, extra, at }: Integrand, panels: number): Sum {
  const rules = axes.map((axis) => axisRule(axis, panels));
  const counts = rules.map((rule) => rule.nodes.length);
  const nodes = counts.reduce((product, count) => product * count, 1);
  const columns = 2 * k + extra;
  const x = axes.map(() => new Float64Array(BLOCK));
  const weights = new Float64Array(BLOCK);
  const out = Array.from({ length: columns }, () => new Float64Array(BLOCK));
  const totals = new Float64Array(columns);
  const lost = new Float64Array(columns);
  let filled = 0;
  const addBlock = (): void => {
    at(x, filled, out);
    for (let j = 0; j < columns; j++) addCompensated(totals, lost, j, weights, out[j], filled);
    filled = 0;
  };
  for (let node = 0; node < nodes; node++) {
    let rest = node;
    let weight = 1;
    for (let axis = 0; axis < rules.length; axis++) {
      const i = rest % counts[axis];
      rest = (rest - i) / counts[axis];
      x[axis][filled] = rules[axis].nodes[i];
      weight *= rules[axis].weights[i];
    }
    if (weight === 0) continue;
    weights[filled++] = weight;
    if (filled === BLOCK) addBlock();
  }
  if (filled > 0) addBlock();
  return { values: totals.slice(0, k), sizes: totals.slice(k, 2 * k), extra: totals.slice(2 * k), nodes };
}

/** Adds Σ wᵢ vᵢ to total j by Kahan's compensated sum: a plain one loses √n to n roundings, more than the tolerance of `integrate` allows. */
function addCompensated(
  totals: Float64Array,
  lost: Float64Array,
  j: number,
  weights: Float64Array,
  values: Float64Array,
  count: number,
): void {
  let total = totals[j];
  let missing = lost[j];
  for (let i = 0; i < count; i++) {
    const term = weights[i] * values[i] - missing;
    const next = total + term;
    missing = next - total - term;
    total = next;
  }
  totals[j] = total;
  lost[j] = missing;
}
