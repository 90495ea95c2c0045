import type { Link } from './judge/link.js';
import type { Repair } from './repair/repair.js';

/** Judged links, and the changes suggested for them. */
interface Mended {
  readonly links: readonly Link[];
  readonly repairs: ReadonlyMap<Link, Repair>;
}

/**
 * The links with those left open that are false as they are read, but that no small change makes true. What people write wrongly is a slip, or a mistake that the course
 * knows: a sign, a factor, a letter, a missing term. Where the sides differ and no such change brings them together, it is more likely that the letters mean
 * something else than the reader takes them for, and a line is red only where it is surely wrong.
 */
export function onlySure<T extends Mended>(notes: T): T {
  const { links, repairs } = notes;
  const isSure = (link: Link): boolean =>
    link.verdict !== 'false' ||
    link.severity !== 'error' ||
    (link.reason !== '' && link.reason !== 'ill-typed') ||
    link.variant !== undefined ||
    // Half of all inequalities hold: that a change makes one true says little.
    (repairs.has(link) && !/^[<>]|^[lg][et]$/.test(link.relation));
  const unsure = new Set(links.filter((link) => !isSure(link)));
  if (unsure.size === 0) return notes;
  const sure = links.map((link, i): Link => {
    if (unsure.has(link)) return { ...link, verdict: 'not-checked', severity: 'none', reason: 'undecided', message: NO_CHANGE };
    const before = links[i - 1] as Link | undefined;
    // The error of the member before was carried on here: it is none.
    const isCarried = link.severity === 'warning' && link.verdict === 'true' && before !== undefined && unsure.has(before);
    return isCarried ? { ...link, severity: 'none', message: '' } : link;
  });
  return { ...notes, links: sure };
} // prettier-ignore

const NO_CHANGE =
  'The two sides differ as they are read, and no small change makes them equal: the letters may mean something else here.';
