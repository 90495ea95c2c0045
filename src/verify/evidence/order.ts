import type { Evidence } from '../evidence.js';
import type { Measurement } from '../measurement.js';

/** The error of a scheme with so many steps. */
export interface ErrorAt {
  readonly steps: number;
  readonly error: number;
}

export interface OrderClaim {
  readonly name: string;
  /** What the error is, in a few words: "sup |F − F₀| along the axes". */
  readonly of: string;
  /** The claimed order p: the error falls like steps^(−p). */
  readonly order: number;
  /** Numbers of steps, ascending, three or more. */
  readonly steps: readonly number[];
  readonly errorAt: (steps: number) => number;
  /** What rounding explains in an error. */
  readonly floor: number;
  /** Errors this large are those of a law that has nothing to do with the target. */
  readonly scale: number;
}

/** A claimed order whose error is the largest of many gaps. */
export interface OrderOfGaps extends OrderClaim {
  /** Signed gaps at fixed places, smooth in the step size where the largest of them has kinks; one infinite gap where a run ran off. */
  readonly gapsAt: (steps: number) => readonly number[];
}

/** The claim of an order with the largest |gap| as its error. */
export const orderOfGaps = (claim: Omit<OrderOfGaps, 'errorAt'>): OrderOfGaps => ({
  ...claim,
  errorAt: (steps) => Math.max(...claim.gapsAt(steps).map(Math.abs)),
});

/** Shortfall of the order that is left to the terms behind the leading one. */
const SLACK = 0.25;
/** Beyond the floor by this factor an error says something on the order. */
const ABOVE_FLOOR = 4;

/** A false variant that is refuted by this factor needs no more steps. */
const CLEAR = 1.5;

/**
 * Errors fall at the claimed order: between each pair of neighbouring step counts, and between the first and the last, by (N₂/N₁)^(p − ¼) at least,
 * down to the floor. A plateau, or a lower order, is left above. No randomness. Not thorough, it stops at the first clear refutation.
 */
export function orderEvidence(
  { of, order, steps, errorAt, floor, scale }: OrderClaim,
  { thorough }: { readonly thorough: boolean } = { thorough: true },
): Evidence {
  const errors: ErrorAt[] = [];
  let worst = { residual: 0, tolerance: floor };
  for (const n of steps) {
    errors.push({ steps: n, error: errorAt(n) });
    worst = worstOf(errors, order, floor, scale);
    if (!thorough && worst.residual > CLEAR * worst.tolerance) break;
  }
  const [first] = errors;
  const last = errors[errors.length - 1];
  const refuted = worst.residual > worst.tolerance;
  // Errors at the floor from the start fall no further: they show nothing.
  const blind = first.error < ABOVE_FLOOR * floor;
  return {
    method: 'order',
    compared: `${of}: ${errors.map(({ steps: n, error }) => `${error.toExponential(1)} at ${n}`).join(', ')} steps; ${ordersOf(errors)} where ${order} is claimed`,
    residual: worst.residual,
    tolerance: worst.tolerance,
    resolution: expected(first, last, order, floor, scale),
    scale,
    samples: errors.reduce((sum, { steps: n }) => sum + n, 0),
    verdict: refuted ? 'refuted' : blind ? 'inconclusive' : 'supported',
    ...(!refuted && blind ? { note: `The first error, ${first.error.toExponential(1)}, is rounding already.` } : {}),
  };
}

/** What the claimed order leaves of an error; a law that ran off has none to fall from: its scale stands in. */
const expected = (from: ErrorAt, to: ErrorAt, order: number, floor: number, scale: number): number =>
  (Number.isFinite(from.error) ? from.error : scale) * (from.steps / to.steps) ** (order - SLACK) + floor;

/** The pair of errors that fell least. */
function worstOf(
  errors: readonly ErrorAt[],
  order: number,
  floor: number,
  scale: number,
): { residual: number; tolerance: number } {
  const [first] = errors;
  const last = errors[errors.length - 1];
  const pairs = [...errors.slice(1).map((to, i) => [errors[i], to] as const), [first, last] as const];
  return pairs
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => ({
      residual: Number.isFinite(to.error) ? to.error : Infinity,
      tolerance: expected(from, to, order, floor, scale),
    }))
    .reduce((w, j) => (j.residual * w.tolerance > w.residual * j.tolerance ? j : w), { residual: 0, tolerance: floor });
}

/** A claimed order as a measurement. */
export const orderOf = (claim: OrderClaim): Measurement => ({
  name: claim.name,
  measure: (options) => orderEvidence(claim, options),
});

function ordersOf(errors: readonly ErrorAt[]): string {
  const observed = errors
    .slice(1)
    .map(({ steps, error }, i) => Math.log(errors[i].error / error) / Math.log(steps / errors[i].steps));
  return `observed order${observed.length > 1 ? 's' : ''} ${observed.map((p) => (Number.isFinite(p) ? p.toFixed(2) : 'none')).join(', ')}`;
}
