import jstat from 'jstat';

// jstat has no types of its own; what is used of it is said here.
const { normal, studentt } = (jstat as { jStat: JStat }).jStat;

interface JStat {
  readonly normal: { readonly inv: (p: number, mean: number, sd: number) => number };
  readonly studentt: { readonly inv: (p: number, degrees: number) => number };
}

/** z with P(N(0, 1) > z) = rate. */
export const normalCritical = (rate: number): number => -normal.inv(rate, 0, 1);

/** t with P(T > t) = rate, T Student's t. */
export const tCritical = (rate: number, degrees: number): number => -studentt.inv(rate, degrees);
