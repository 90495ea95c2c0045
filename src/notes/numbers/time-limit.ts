import { Unreadable } from '../read/problem.js';
import type { Span } from '../read/span.js';

// Time is that of the processor, so that a busy machine decides as an idle one does.

/** Seconds of a core that the comparison of two sides may take, in all readings and on all instances. */
export const SECONDS_A_COMPARISON = 10;

/** Seconds of a core that all links of a document may take; what comes later is not checked. */
export const SECONDS_A_DOCUMENT = 120;

/** Values between two looks at the clock: a value takes at most some ten microseconds for each thousand points. */
const EVERY = 64;

let ends = Infinity;
let since = 0;

/** Milliseconds of a core that this process has used. */
function used(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs `body`, in which {@link checkTime} throws after so many seconds of a core; within another limit the earlier end holds. */
export function withinSeconds<T>(seconds: number, body: () => T): T {
  const before = ends;
  ends = Math.min(before, used() + 1000 * seconds);
  try {
    return body();
  } finally {
    ends = before;
  }
}

/** Throws {@link Unreadable} (limit) where the time is over. */
export function checkTime(span: Span): void {
  if (ends === Infinity || ++since % EVERY !== 0) return;
  if (used() > ends) throw new Unreadable('limit', 'This takes too long to be computed.', span);
}

/** Whether the time of everything around is over. */
export const isTimeOver = (): boolean => ends !== Infinity && used() > ends;
