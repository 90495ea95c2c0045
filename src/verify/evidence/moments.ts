import { BLOCK, blockArithmetic, laneAt } from '../../oracle/blocks.js';
import { canIntegrateOver, integrate } from '../../oracle/quadrature.js';
import type { Law } from '../law.js';
import type { IdentityStatement } from '../statement.js';
import { minus, plus, times, type Term } from '../term.js';

/** The terms of both sides under one law: D = lhs − rhs restricted to it. */
export interface LawGroup {
  readonly law: Law;
  readonly lhs: Term | undefined;
  readonly rhs: Term | undefined;
  /** lhs − rhs. */
  readonly difference: Term;
}

const groupsByStatement = new WeakMap<IdentityStatement, LawGroup[]>();

/** The statement's expectations grouped by law, in order of appearance: draws are shared within a group. */
export function groupsOf(statement: IdentityStatement): LawGroup[] {
  const known = groupsByStatement.get(statement);
  if (known !== undefined) return known;
  const groups = groupByLaw(statement);
  groupsByStatement.set(statement, groups);
  return groups;
}

function groupByLaw({ lhs, rhs }: IdentityStatement): LawGroup[] {
  const laws = [...new Set([...lhs, ...rhs].map(({ law }) => law))];
  return laws.map((law) => {
    const under = (side: IdentityStatement['lhs']): Term | undefined =>
      side
        .filter((part) => part.law === law)
        .map((part) => part.term)
        .reduce<Term | undefined>((total, term) => (total ? plus(total, term) : term), undefined);
    const left = under(lhs);
    const right = under(rhs);
    const difference = left && right ? minus(left, right) : (left ?? times(-1, right!));
    return { law, lhs: left, rhs: right, difference };
  });
}

/** Moments of a group's D, coordinate by coordinate, by quadrature in float64. */
export interface Moments {
  /** E[D]. */
  readonly mean: Float64Array;
  /** E[D²] − E[D]². */
  readonly variance: Float64Array;
  /** E|lhs| + E|rhs|. */
  readonly magnitude: Float64Array;
  /** What the quadrature leaves open in the mean. */
  readonly error: Float64Array;
  readonly nodes: number;
  readonly converged: boolean;
}

/** How far a quadrature is refined. In 3-D, 40 panels an axis (7·10⁴ nodes, half a second) leave 1e-7 of the value; a false variant needs less. */
export type Fineness = 'fine' | 'coarse';
const MAX_NODES: Readonly<Record<Fineness, number>> = { fine: 6.5e4, coarse: 3e4 };
const ACCURACY: Readonly<Record<Fineness, number>> = { fine: 0, coarse: 1e-5 };

/** True where the group can be integrated: a known density with at most three continuous coordinates, and few atoms. */
export const integrable = ({ law }: LawGroup): boolean =>
  law.density !== undefined && canIntegrateOver(law.density.axes);

const momentsByGroup: Readonly<Record<Fineness, WeakMap<LawGroup, Moments>>> = {
  fine: new WeakMap(),
  coarse: new WeakMap(),
};

/** E[D], Var D and E|lhs| + E|rhs| of an integrable group; computed once. */
export function momentsOf(group: LawGroup, fineness: Fineness): Moments {
  // A fine rule that was already run serves for a coarse one.
  const known = momentsByGroup[fineness].get(group) ?? momentsByGroup.fine.get(group);
  if (known !== undefined) return known;
  const found = integrateGroup(group, fineness);
  momentsByGroup[fineness].set(group, found);
  return found;
}

function integrateGroup({ law, lhs, rhs, difference }: LawGroup, fineness: Fineness): Moments {
  const { density } = law;
  if (density === undefined) throw new TypeError(`Expected a law with a density, found "${law.name}".`);
  const k = difference.size;
  const arithmetic = blockArithmetic();
  const kept = new Int32Array(BLOCK);
  const p = new Float64Array(BLOCK);
  const at = (x: readonly Float64Array[], nodes: number, out: readonly Float64Array[]): void => {
    arithmetic.start(nodes);
    const [logDensity] = density.logDensity(arithmetic, variablesOf(law, x));
    let count = 0;
    for (let i = 0; i < nodes; i++) {
      const value = laneAt(logDensity, i);
      // Below e^(−100) of the unit nothing reaches the last digit of the sum, and the terms may overflow.
      if (!(value > -100)) continue;
      kept[count] = i;
      p[count++] = Math.exp(value);
    }
    for (const column of out) column.fill(0);
    if (count === 0) return;
    arithmetic.start(count);
    const point = variablesOf(
      law,
      x.map((column) => Float64Array.from({ length: count }, (_, i) => column[kept[i]])),
    );
    const left = lhs?.formula(arithmetic, point);
    const right = rhs?.formula(arithmetic, point);
    for (let j = 0; j < k; j++) {
      const [l, r] = [left?.[j] ?? 0, right?.[j] ?? 0];
      for (let i = 0; i < count; i++) {
        const [one, other] = [laneAt(l, i), laneAt(r, i)];
        out[j][kept[i]] = p[i] * (one - other);
        out[k + j][kept[i]] = p[i] * (Math.abs(one) + Math.abs(other));
        out[2 * k + j][kept[i]] = p[i] * (one - other) ** 2;
      }
    }
  };
  const { values, sizes, extra, errors, nodes, converged } = integrate(
    density.axes,
    { k, extra: k, at },
    MAX_NODES[fineness],
    ACCURACY[fineness],
  );
  return {
    mean: values,
    variance: extra.map((second, j) => Math.max(0, second - values[j] ** 2)),
    magnitude: sizes,
    error: errors,
    nodes,
    converged,
  };
}

/** Columns of coordinates, variables in order, by name. */
function variablesOf({ variables }: Law, columns: readonly Float64Array[]): Record<string, Float64Array[]> {
  let offset = 0;
  return Object.fromEntries(Object.entries(variables).map(([name, d]) => [name, columns.slice(offset, (offset += d))]));
}
