import fc from 'fast-check';
import { float64 } from '../../oracle/arithmetic.js';
import { FLOAT64_ROUNDOFF, runningError, tolerance, type Bounded } from '../../oracle/running-error.js';
import type { Counterexample, Evidence } from '../evidence.js';
import type { PointwiseStatement } from '../statement.js';
import { evaluateAt, type Term } from '../term.js';
import { columnsOnTensors, drawsOf } from './on-tensors.js';

type PlainPoint = Readonly<Record<string, readonly number[]>>;

/** One comparison at one point and coordinate. */
interface Gap {
  readonly by: 'float64' | 'lhs on TensorFlow.js' | 'rhs on TensorFlow.js';
  readonly at: PlainPoint;
  readonly coordinate: number;
  readonly expected: readonly number[];
  readonly got: readonly number[];
  readonly residual: number;
  readonly tolerance: number;
  readonly scale: number;
}

export interface PointwiseOptions {
  readonly discrepancy: number;
  /** The 32-bit seed that fast-check draws with, and its name in the report. */
  readonly seed: number;
  readonly seedName: string;
  /** Shrink a failing point to the smallest; not needed when a failure is what is expected (a false variant). */
  readonly shrink: boolean;
}

/** Points per call of TensorFlow.js. */
const BATCH = 64;

/**
 * lhs = rhs (or ≥) at points drawn by fast-check: in float64, and each side on TensorFlow.js against the other side's float64 value.
 * Tolerance: twice the running-error bound of the evaluated formulas, 2⁻²⁴ or 2⁻⁵³ per unit; a value that is not finite fails.
 */
export function pointwiseEvidence(statement: PointwiseStatement, options: PointwiseOptions): Evidence {
  const count = statement.domain.count;
  const batch = fc.array(statement.domain.points, { minLength: 1, maxLength: Math.min(BATCH, count), size: 'max' });
  const gaps: Gap[] = [];
  const broken: unknown[] = [];
  const agrees = (points: readonly PlainPoint[]): boolean => {
    try {
      const found = gapsAt(statement, points);
      gaps.push(...found);
      return found.every((gap) => !isBounded(gap) || gap.residual <= gap.tolerance);
    } catch (error) {
      // An exception is our own fault, not a counterexample: do not let fast-check shrink it.
      broken.push(error);
      return true;
    }
  };
  const run = fc.check(
    fc.property(batch, agrees),
    // An array of up to 64 points holds about 32 on average.
    {
      seed: options.seed,
      numRuns: Math.max(2, Math.ceil((2 * count) / Math.min(BATCH, count))),
      endOnFailure: !options.shrink,
    },
  );
  if (broken.length > 0) throw broken[0];
  const smallest = run.counterexample && worstOf(gapsAt(statement, run.counterexample[0]));
  const worst =
    worstOf(gaps).by === 'float64' ? 'both sides in float64' : `${worstOf(gaps).by} against the other side in float64`;
  const evidence = summaryOf(gaps, `${worst}, worst of ${gaps.length} comparisons; ${statement.domain.name}`, options);
  return smallest && evidence.verdict === 'refuted'
    ? { ...evidence, counterexample: counterexampleOf(smallest) }
    : evidence;
}

/**
 * The evidence that comparisons at points give: refuted where one exceeds its tolerance, inconclusive where rounding hides the discrepancy or where the
 * bound itself overflowed. `scale` is the size that the discrepancy is relative to; the default is that of the median comparison.
 */
export function summaryOf(
  gaps: readonly Gap[],
  compared: string,
  options: { readonly discrepancy: number; readonly seedName: string; readonly scale?: number },
): Evidence {
  const worst = worstOf(gaps);
  const resolution = median(gaps.filter((gap) => gap.by !== 'float64').map((gap) => gap.tolerance));
  const scale = options.scale ?? median(gaps.map((gap) => gap.scale));
  const refuted = worst.residual > worst.tolerance;
  // Not `resolution > …`: of what is not a number nothing is known either.
  const blind = !(resolution <= options.discrepancy * scale) || !isBounded(worst);
  return {
    method: 'pointwise',
    compared,
    residual: worst.residual,
    tolerance: worst.tolerance,
    resolution,
    scale,
    samples: gaps.length,
    seed: options.seedName,
    verdict: refuted ? 'refuted' : blind ? 'inconclusive' : 'supported',
    ...(refuted ? { counterexample: counterexampleOf(worst) } : {}),
    ...(!refuted && blind
      ? {
          note: `Rounding alone explains ${resolution.toExponential(1)}, more than the discrepancy ${options.discrepancy} of the size ${scale.toExponential(1)}.`,
        }
      : {}),
  };
}

/** Points with more coordinates than this (images) are cut down to the coordinate that failed. */
const SHOWN = 16;

function counterexampleOf({ at, expected, got, coordinate, tolerance: allowed }: Gap): Counterexample {
  const cut = (values: readonly number[]): readonly number[] =>
    values.length > SHOWN ? values.slice(coordinate, coordinate + 1) : values;
  return {
    at: Object.fromEntries(Object.entries(at).map(([name, values]) => [name, cut(values)])),
    expected: cut(expected),
    got: cut(got),
    coordinate,
    tolerance: allowed,
  };
}

/** All comparisons at the points: three per point and coordinate. */
export function gapsAt(
  statement: Pick<PointwiseStatement, 'lhs' | 'rhs' | 'relation'>,
  points: readonly PlainPoint[],
): Gap[] {
  const { lhs, rhs, relation } = statement;
  const draws = drawsOf(points);
  const onTensors = {
    lhs: columnsOnTensors(lhs, draws, points.length),
    rhs: columnsOnTensors(rhs, draws, points.length),
  };
  return points.flatMap((at, row) => {
    const left = bothOf(lhs, at);
    const right = bothOf(rhs, at);
    // The size of the vector, not of one coordinate: most pixels of a digit's posterior mean are 0.
    const scale = Math.max(...left.values.map(Math.abs), ...right.values.map(Math.abs));
    const leftOnTensors = onTensors.lhs.map((column) => column[row]);
    const rightOnTensors = onTensors.rhs.map((column) => column[row]);
    return left.values.flatMap((_, coordinate) => {
      const error32 = { lhs: tolerance(left.bounds[coordinate]), rhs: tolerance(right.bounds[coordinate]) };
      const error64 =
        tolerance(left.bounds[coordinate], FLOAT64_ROUNDOFF) + tolerance(right.bounds[coordinate], FLOAT64_ROUNDOFF);
      const gap = (by: Gap['by'], got: readonly number[], expected: readonly number[], allowed: number): Gap => {
        const difference =
          by === 'rhs on TensorFlow.js'
            ? expected[coordinate] - got[coordinate]
            : got[coordinate] - expected[coordinate];
        const residual = relation === '>=' ? Math.max(0, -difference) : Math.abs(difference);
        return {
          by,
          at,
          coordinate,
          expected,
          got,
          residual: Number.isFinite(difference) ? residual : Infinity,
          tolerance: allowed,
          scale,
        };
      };
      return [
        gap('float64', left.values, right.values, error64),
        gap('lhs on TensorFlow.js', leftOnTensors, right.values, error32.lhs + error64),
        gap('rhs on TensorFlow.js', rightOnTensors, left.values, error32.rhs + error64),
      ];
    });
  });
}

function bothOf(term: Term, at: PlainPoint): { values: number[]; bounds: Bounded[] } {
  return { values: evaluateAt(term, float64, at), bounds: evaluateAt(term, runningError, at) };
}

/**
 * The gap with the largest residual in units of its tolerance. Where a bound overflows in float64, as 1/p² does far from the data, the comparison
 * says nothing: it speaks only if there is no other.
 */
const worstOf = (gaps: readonly Gap[]): Gap => gaps.reduce((worst, gap) => (ratio(gap) > ratio(worst) ? gap : worst));

const isBounded = ({ tolerance: allowed }: Gap): boolean => Number.isFinite(allowed);

const ratio = (gap: Gap): number => (!isBounded(gap) ? -1 : gap.residual === 0 ? 0 : gap.residual / gap.tolerance);

/** The middle value; 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted.length === 0 ? 0 : sorted[Math.floor(sorted.length / 2)];
}
