import fc from 'fast-check';
import { float64 } from '../../oracle/arithmetic.js';
import { FLOAT64_ROUNDOFF, runningError, tolerance } from '../../oracle/running-error.js';
import type { Evidence } from '../evidence.js';
import type { PointwiseStatement } from '../statement.js';
import { evaluateAt, type Term } from '../term.js';
import { median } from './pointwise.js';

/** True where one side has a form derived by computer algebra. */
export const hasSymbolicSide = ({ lhs, rhs, relation }: PointwiseStatement): boolean =>
  relation === '=' && (lhs.symbolic !== undefined || rhs.symbolic !== undefined);

/**
 * The side that computer algebra derived, evaluated in float64, against the other side. Tolerance: twice the float64 running-error
 * bounds of the derived expression and of the formula.
 */
export function symbolicEvidence(
  statement: PointwiseStatement,
  options: { readonly discrepancy: number; readonly seed: number; readonly seedName: string },
): Evidence {
  const [derived, other, side] =
    statement.lhs.symbolic === undefined
      ? [statement.rhs, statement.lhs, 'rhs']
      : [statement.lhs, statement.rhs, 'lhs'];
  const points = fc.sample(statement.domain.points, {
    seed: options.seed,
    numRuns: Math.min(statement.domain.count, 128),
  });
  const symbolic: Term = { ...derived, formula: derived.symbolic ?? derived.formula };
  const gaps = points.flatMap((at) => {
    const got = evaluateAt(symbolic, float64, at);
    const expected = evaluateAt(other, float64, at);
    const bounds = [evaluateAt(symbolic, runningError, at), evaluateAt(other, runningError, at)];
    return got.map((value, i) => ({
      at,
      i,
      got,
      expected,
      residual: Number.isFinite(value) ? Math.abs(value - expected[i]) : Infinity,
      tolerance: tolerance(bounds[0][i], FLOAT64_ROUNDOFF) + tolerance(bounds[1][i], FLOAT64_ROUNDOFF),
      scale: Math.abs(expected[i]),
    }));
  });
  // A derived expression may overflow far out (exp of a large square): such points say nothing about the claim.
  const usable = gaps.filter((gap) => Number.isFinite(gap.tolerance) && Number.isFinite(gap.residual));
  const worst = usable.reduce(
    (w, gap) => (gap.residual * w.tolerance > w.residual * gap.tolerance ? gap : w),
    usable[0],
  );
  const refuted = worst.residual > worst.tolerance;
  const resolution = median(usable.map((gap) => gap.tolerance));
  const scale = median(usable.map((gap) => gap.scale));
  const blind = usable.length < gaps.length / 2 || resolution > options.discrepancy * scale;
  return {
    method: 'symbolic',
    compared: `${side} differentiated by computer algebra against the other side, ${usable.length} of ${gaps.length} values usable; ${statement.domain.name}`,
    residual: worst.residual,
    tolerance: worst.tolerance,
    resolution,
    scale,
    samples: usable.length,
    seed: options.seedName,
    verdict: refuted ? 'refuted' : blind ? 'inconclusive' : 'supported',
    ...(refuted
      ? {
          counterexample: {
            at: worst.at,
            expected: worst.expected,
            got: worst.got,
            coordinate: worst.i,
            tolerance: worst.tolerance,
          },
        }
      : {}),
  };
}
