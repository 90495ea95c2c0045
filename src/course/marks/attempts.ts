import type { Attempts } from '../file/schema.js';
import type { Lateness } from './late.js';

/** An attempt with its place in time. */
export interface Timed<T> {
  readonly attempt: T;
  readonly submitted: number | null;
  readonly late: Lateness;
}

/** Attempts in order of time; those without a time first, as they came. */
export function inOrder<T extends { readonly submitted: number | null }>(attempts: readonly T[]): T[] {
  return [...attempts].sort((a, b) => (a.submitted ?? -Infinity) - (b.submitted ?? -Infinity) || 0);
}

/**
 * The attempts, in order of time, from which the mark may come, by the rule of the course: for `last` the last in time, and where none is in time the last late
 * one that counts; for `first` the first; for `best` all. Attempts after `most` and those too late never count.
 */
export function candidates<T>(attempts: readonly Timed<T>[], { count, most }: Attempts): readonly Timed<T>[] {
  const counting = attempts.slice(0, most ?? attempts.length).filter(({ late }) => late.counts);
  if (count === 'best') return counting;
  if (count === 'first') return counting.slice(0, 1);
  const inTime = counting.filter(({ late }) => late.seconds === 0);
  return (inTime.length > 0 ? inTime : counting).slice(-1);
}
