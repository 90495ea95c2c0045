import { CourseProblem } from '../problem.js';

/** Milliseconds of the units of a duration such as 15m. */
const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Milliseconds of `15m`, `2h`, `3d`, `1w`. */
export function milliseconds(duration: string): number {
  return Number(duration.slice(0, -1)) * units[duration.at(-1) as keyof typeof units];
}

/** Throws CourseProblem where the system knows no such time zone. */
export function checkZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    throw new CourseProblem(`Expected timezone to be a name such as Asia/Taipei or Europe/Berlin, got "${zone}".`);
  }
}

/**
 * The instant (milliseconds since 1970, UTC) of `2026-11-20 23:59` in a time zone, or of a moment with an offset. Where the clock is set
 * back and the hour comes twice it is the later one, and where it is set forward and the hour never comes it is the hour that stands in its place: a
 * deadline is never sooner than it reads. Throws CourseProblem for a day that no calendar has.
 */
export function instantOf(text: string, zone: string): number {
  const iso = text.replace(' ', 'T');
  const asUtc = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(iso) ? iso : `${iso}Z`);
  const [day] = iso.split('T');
  if (Number.isNaN(asUtc) || new Date(`${day}T00:00Z`).toISOString().slice(0, 10) !== day) {
    throw new CourseProblem(`Expected a day and a time that exist, got "${text}".`);
  }
  if (/(Z|[+-]\d\d:\d\d)$/.test(iso)) return asUtc;
  // The offset a day before and a day after are the two that can be in force; the candidate that reads as the text is it.
  const candidates = [-1, 1].map((days) => asUtc - offsetAt(asUtc + days * units.d, zone));
  const reads = candidates.filter((each) => each + offsetAt(each, zone) === asUtc);
  return Math.max(...(reads.length > 0 ? reads : candidates));
}

/** Local time minus UTC in a zone at an instant, milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant / 1000) * 1000;
}
