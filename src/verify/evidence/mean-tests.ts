import type { Evidence } from '../evidence.js';
import { interval, lookAt, resolutionAt, type MeanTest } from './catoni.js';

/** A number per draw whose mean is claimed to be 0, up to what right implementations may differ by. */
export interface Functional {
  readonly name: string;
  /** |E D| up to this is no contradiction. */
  readonly delta0: number;
  /** A support excludes |E D| ≥ delta1. */
  readonly delta1: number;
  /** v ≥ Var D for every right implementation. */
  readonly variance: number;
  /** The size of what D is a difference of. */
  readonly scale: number;
}

export interface MeanTestOptions {
  readonly alpha: number;
  readonly beta: number;
  /** Draws at the looks, ascending. */
  readonly looks: readonly number[];
}

type State = 'refuted' | 'supported' | 'continue';

/**
 * Catoni's test of several means on the same draws, coordinate by coordinate. It holds for dependent draws too where each has conditional mean and
 * variance within the bounds given all before it, since E exp Σψ is a product of conditional expectations: a run's steps may be pooled.
 */
export function meanTests(
  functionals: readonly Functional[],
  draw: (count: number) => readonly Float64Array[],
  { alpha, beta, looks }: MeanTestOptions,
): Omit<Evidence, 'method' | 'compared'> & { readonly worst: string } {
  const tests = functionals.map(({ delta0, delta1, variance }): MeanTest => ({
    delta0,
    delta1,
    variance,
    alpha,
    beta,
    looks,
  }));
  const columns = functionals.map(() => new Float64Array(looks[looks.length - 1]));
  const states = tests.map((): State => 'continue');
  let n = 0;
  for (const look of looks) {
    draw(look - n).forEach((column, j) => columns[j].set(column, n));
    n = look;
    const broken = columns.findIndex((column) => !column.subarray(0, n).every(Number.isFinite));
    if (broken >= 0) return notFinite(functionals[broken], functionals.length, n);
    tests.forEach((test, j) => {
      if (states[j] === 'continue') states[j] = lookAt(columns[j], n, test);
    });
    if (states.includes('refuted') || states.every((state) => state === 'supported')) break;
  }
  const found = tests.map((test, j) => interval(columns[j], n, test));
  const badness = found.map(
    ({ estimate }, j) => (states[j] === 'refuted' ? 1e9 : 0) + Math.abs(estimate) / tests[j].delta1,
  );
  const worst = badness.indexOf(Math.max(...badness));
  const { estimate, halfWidth } = found[worst];
  const verdict = states.includes('refuted') ? 'refuted' : states.includes('continue') ? 'inconclusive' : 'supported';
  const doubtful = states.indexOf('continue');
  return {
    worst: functionals[worst].name,
    residual: Math.abs(estimate),
    tolerance: tests[worst].delta0 + halfWidth,
    resolution: resolutionAt(n, tests[worst]),
    scale: functionals[worst].scale,
    samples: n,
    comparisons: functionals.length,
    verdict,
    ...(verdict === 'inconclusive'
      ? {
          note: `${functionals[doubtful].name}: |effect| < ${(Math.abs(found[doubtful].estimate) + found[doubtful].halfWidth).toExponential(2)} after ${n} draws; ${tests[doubtful].delta1.toExponential(2)} was wanted.`,
        }
      : {}),
    sequential: {
      alpha,
      beta,
      variance: tests[worst].variance,
      varianceSource: 'closed form',
      delta0: tests[worst].delta0,
      delta1: tests[worst].delta1,
      looks: [{ n, estimate, halfWidth }],
    },
  };
}

function notFinite({ name, scale, delta1 }: Functional, comparisons: number, n: number) {
  return {
    worst: name,
    residual: Infinity,
    tolerance: delta1,
    resolution: delta1,
    scale,
    samples: n,
    comparisons,
    verdict: 'refuted' as const,
    note: 'Some draws are not finite.',
  };
}
