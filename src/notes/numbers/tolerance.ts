import type { Rule, Scope } from './scope.js';

// How far the two sides of a true equation may lie apart: what the trapezoid rule leaves of each side, and the rounding of its sums.
//
// Step. For an analytic integrand on the line the rule with step h errs by C e^(−2πa/h) (Trefethen & Weideman 2014, theorem 5.1), so a rule with
// step ρh, ρ > 1, errs by E_ρ = C e^(−2πa/(ρh)), and with C = the size of what is averaged the fine rule errs by size·(E_ρ/size)^ρ. For entire
// integrands it errs less.
// Reach. What lies outside of ±R is seen by a rule that ends at R' < R. For N(0, 1) and growth up to u⁶ it is, with R = 6.5 and R' = 5.5, at most
// e^(−(R² − R'²)/2) (R/R')⁶ = 0.0067 of what lies between; for an integral over a box the densities of the instances have a standard deviation of at
// most 1.7 and centres within 1, so with R' = 0.85 R it is at most e^(−((8 − 1)² − (6.8 − 1)²)/(2·1.7²)) (R/R')⁴ = 0.14 of that.
// One rule with both a longer step and a shorter reach shows both errors at once, for a fifth to a third of the work. Where a box is involved, whose
// reach counts for more, another one with the longer step alone tells the two apart.

/**
 * The smallest relative difference that makes an equation false, whatever the tolerance: the least effect of a wrong factor, sign, power or name
 * on the instances is above 1e-2.
 */
export const DIFFERENT = 2e-3;

/**
 * A difference is certain from this many tolerances on: a hundred times the estimated error. A match is certain only where the tolerance is as far
 * below {@link DIFFERENT}.
 */
export const CERTAIN = 10;

/** Whether sides agree, but to a tolerance that is too wide to call them equal. */
export const isTooWide = ({
  residual,
  tolerance,
}: {
  readonly residual: number;
  readonly tolerance: number;
}): boolean => residual <= tolerance && tolerance > DIFFERENT / CERTAIN;

const REACH_PART = { laws: 0.0067, boxes: 0.14 } as const;

/** The rule that shows the error of another: steps 4/3 as long, a shorter reach unless `stepsAlone`, one node less for probes. */
export function coarser({ laws, boxes, step }: Rule, stepsAlone = false): Rule {
  const made = (reach: number, spacing: number): Rule['laws'] => ({
    reach,
    count: 1 + Math.round((2 * reach) / ((4 / 3) * spacing)),
  });
  return {
    laws: made(stepsAlone ? laws.reach : laws.reach - 1, stepOf(laws)),
    boxes: made(stepsAlone ? boxes.reach : 0.85 * boxes.reach, stepOf(boxes)),
    probes: 5,
    step: 2 * step,
  };
}

/** A rule with steps 3/4 as long, for sides that agree to a tolerance that is too wide to say so: in four dimensions three times as many nodes. */
export function finer(rule: Rule): Rule {
  const made = ({ count, reach }: Rule['laws']): Rule['laws'] => ({
    reach,
    count: 1 + Math.round(((count - 1) * 4) / 3),
  });
  return { ...rule, laws: made(rule.laws), boxes: made(rule.boxes) };
}

/** What differences of order 6 err by: with twice the step 64 times as much, so a 63rd of what is seen; four times that. */
export const differenceError = (fine: number, coarse: number): number => (4 / 63) * Math.abs(fine - coarse);

const stepOf = ({ reach, count }: Rule['laws']): number => (2 * reach) / (count - 1);

/**
 * What a rule errs by, from the value by {@link coarser} and, for boxes, that with longer steps alone; `size` is that of what is averaged. Ten times
 * the asymptotic estimate.
 */
export function quadratureError(
  fine: number,
  coarse: number,
  steps: number | undefined,
  size: number,
  rule: Rule,
): number {
  const seen = Math.abs(fine - (steps ?? coarse));
  const cut = Math.abs((steps ?? fine) - coarse);
  const kind = steps === undefined ? 'laws' : 'boxes';
  const whole = Math.max(size, seen);
  if (whole === 0) return 0;
  const less = coarser(rule, steps !== undefined);
  const ratio = (of: 'laws' | 'boxes'): number => stepOf(less[of]) / stepOf(rule[of]);
  const rho = steps === undefined ? ratio('laws') : Math.min(ratio('laws'), ratio('boxes'));
  return 10 * (whole * (seen / whole) ** rho + REACH_PART[kind] * cut);
}

/** Half a unit in the last place of a number near 1. */
const UNIT = 2 ** -53;

/**
 * Rounding of a side: each of its operations and each node of a sum adds at most a unit of the size of what is summed (Higham 2002, section 4.2).
 * A side has fewer than 500 operations that follow each other, the derivatives of a mixture among them, and sums as many numbers as a draw has nodes.
 */
export function roundingError(size: number, { instance, rule }: Pick<Scope, 'instance' | 'rule'>): number {
  const nodes = Math.max(rule.laws.count, rule.boxes.count) ** instance.dimension;
  return UNIT * (500 + nodes) * size;
}
