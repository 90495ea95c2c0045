/** What one method found about one statement in one setting: plain data. */
export interface Evidence {
  readonly method: Method;
  /** What was compared with what, in one line. */
  readonly compared: string;
  /** The largest |lhs − rhs| seen (deterministic methods) or the estimate of |E[lhs] − E[rhs]| (random ones); worst coordinate. */
  readonly residual: number;
  /** What rounding, the quadrature or chance explain: at most this is no contradiction. */
  readonly tolerance: number;
  /** The smallest effect that would have been found. */
  readonly resolution: number;
  /** The size of the sides, E|lhs| or its like: what residual and resolution are relative to. */
  readonly scale: number;
  readonly verdict: Verdict;
  /** Why the verdict is inconclusive, or what else a reader must know. */
  readonly note?: string;
  /** Points, nodes or draws used. */
  readonly samples?: number;
  /** Random comparisons (coordinates, functionals) that took a share of the run's error budget; absent where the verdict used no randomness. */
  readonly comparisons?: number;
  /** Present where draws were used: replays this evidence alone. */
  readonly seed?: string;
  /** Deterministic methods: the smallest point found where the sides differ. */
  readonly counterexample?: Counterexample;
  /** Random methods: how the estimate settled, for a plot; and what was declared. */
  readonly sequential?: SequentialRecord;
}

export const methods = [
  'pointwise',
  'symbolic',
  'quadrature',
  'sequential-mean',
  'estimator',
  'sampler',
  'order',
  'rank',
  'cost',
  'training',
] as const;

export type Method = (typeof methods)[number];

/** Never "proved". */
export type Verdict = 'supported' | 'refuted' | 'inconclusive';

/** A point at which both sides were evaluated. Of vectors with more than 16 coordinates only the worst one is kept. */
export interface Counterexample {
  readonly at: Readonly<Record<string, readonly number[]>>;
  readonly expected: readonly number[];
  readonly got: readonly number[];
  readonly coordinate: number;
  readonly tolerance: number;
}

/** The declared quantities of a sequential test and its looks. */
export interface SequentialRecord {
  /** Error rate of a false refutation, per coordinate. */
  readonly alpha: number;
  /** Error rate of a false support at |effect| ≥ discrepancy. */
  readonly beta: number;
  /** Declared bound of the variance of one draw of lhs − rhs, and where it comes from. */
  readonly variance: number;
  readonly varianceSource: 'quadrature' | 'estimated' | 'closed form';
  /** The allowance for float32 rounding of the mean. */
  readonly delta0: number;
  /** The discrepancy that a support excludes. */
  readonly delta1: number;
  /** (draws, estimate, half-width at rate beta) at each look, worst coordinate. */
  readonly looks: readonly { readonly n: number; readonly estimate: number; readonly halfWidth: number }[];
}
