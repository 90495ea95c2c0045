import type { LatePolicy } from '../file/schema.js';
import { milliseconds } from '../file/moment.js';

/** How late something is, whether it still counts, and what it costs. */
export interface Lateness {
  /** Whole seconds after the deadline; 0 where it is in time. */
  readonly seconds: number;
  readonly counts: boolean;
  /** Points after the policy, of the points reached; never below 0. */
  readonly penalised: (reached: number, possible: number) => number;
}

const units = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/**
 * The lateness of what came at `submitted` for `deadline` (milliseconds since 1970, null where unknown or none: in time). Each hour, day or week
 * that has begun after the deadline costs its percent; what comes within the grace is in time, what comes after it is late from the deadline on.
 */
export function lateness(submitted: number | null, deadline: number | null, policy: LatePolicy): Lateness {
  const over = submitted === null || deadline === null ? 0 : submitted - deadline;
  const grace = typeof policy === 'object' && policy.grace !== undefined ? milliseconds(policy.grace) : 0;
  if (over <= grace) return { seconds: 0, counts: true, penalised: (reached) => reached };
  const seconds = Math.ceil(over / 1000);
  if (policy === 'accept') return { seconds, counts: true, penalised: (reached) => reached };
  if (policy === 'refuse') return { seconds, counts: false, penalised: () => 0 };
  const share = (Math.ceil(over / units[policy.per]) * policy.percent) / 100;
  return {
    seconds,
    counts: policy.until === undefined || over <= milliseconds(policy.until),
    penalised: (reached, possible) => Math.max(0, reached - share * (policy.of === 'possible' ? possible : reached)),
  };
}
