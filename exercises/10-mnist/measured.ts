// What the errors per image say, and how far the draws leave it open.

/** "At most 1.02 times the Wiener denoiser's at sigma 0.5 and 1." */
export const WIENER = 1.02;
export const wienerAt = (sigma: number): boolean => sigma >= 0.5;

/**
 * Standard errors between a mean and a limit before anything is said: a normal mean is that far off once in 10⁹ times, and the mean of some hundred bounded
 * errors is close to normal. What lies closer is undecided.
 */
const GATE = 6;

/** A mean with what the draws leave open. */
export interface Measured {
  readonly mean: number;
  readonly halfWidth: number;
}

/** The mean of numbers, ± GATE standard errors. */
export function measured(values: readonly number[]): Measured {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return { mean, halfWidth: GATE * Math.sqrt(variance / n) };
}

/** What was found at one level: errors per image. */
export interface AtLevel {
  readonly sigma: number;
  readonly own: readonly number[];
  readonly isotropic: readonly number[];
  readonly wiener: readonly number[];
  /** Less on the given images than their exact posterior mean has: the difference, row by row. */
  readonly belowPosterior: readonly number[];
}

/** What a comparison of two means comes to. */
export type Verdict = 'pass' | 'fail' | 'undecided';

/** own ≤ k · limit, judged by the paired differences. */
export function within(own: readonly number[], limit: readonly number[], k = 1): Verdict {
  const { mean, halfWidth } = measured(own.map((value, i) => value - k * limit[i]));
  return mean + halfWidth <= 0 ? 'pass' : mean - halfWidth > 0 ? 'fail' : 'undecided';
}

/** The verdict of several: one that fails fails them all. */
export const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('fail') ? 'fail' : verdicts.includes('undecided') ? 'undecided' : 'pass';
