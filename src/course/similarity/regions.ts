import type { Similarity } from '../result.js';
import { noise, type Fingerprint } from './winnowing.js';

/** A fingerprint with the file that it is of. */
export interface Placed extends Fingerprint {
  readonly file: string;
}

/** The same fingerprint in two submissions. */
export interface Match {
  readonly a: Placed;
  readonly b: Placed;
}

/**
 * The most tokens in a row that both have, by their shared fingerprints: those that overlap and stand equally far apart in both are one run. The
 * ends of a run, between its last fingerprint and the first difference, are not counted.
 */
export function longestRun(matches: readonly Match[]): number {
  const runs = new Map<string, { readonly from: number; to: number }>();
  let longest = 0;
  for (const { a, b } of [...matches].sort((x, y) => x.a.at - y.a.at)) {
    const diagonal = JSON.stringify([a.file, b.file, a.at - b.at]);
    const run = runs.get(diagonal);
    if (run !== undefined && a.at <= run.to) run.to = a.at + noise;
    else runs.set(diagonal, { from: a.at, to: a.at + noise });
    longest = Math.max(longest, a.at + noise - (runs.get(diagonal)?.from ?? a.at));
  }
  return longest;
}

/** Where the shared fingerprints stand; those that touch in both files are one region. */
export function regionsOf(matches: readonly Match[]): Similarity['regions'] {
  const found = matches
    .map(({ a, b }) => ({ a: placeOf(a), b: placeOf(b) }))
    .sort((x, y) => (x.a.file === y.a.file ? x.a.line - y.a.line : x.a.file < y.a.file ? -1 : 1));
  const regions: Similarity['regions'] = [];
  for (const each of found) {
    const last = regions.at(-1);
    if (last !== undefined && touches(last.a, each.a) && touches(last.b, each.b)) {
      last.a.endLine = Math.max(last.a.endLine, each.a.endLine);
      last.b.line = Math.min(last.b.line, each.b.line);
      last.b.endLine = Math.max(last.b.endLine, each.b.endLine);
    } else regions.push(each);
  }
  return regions;
}

type Region = Similarity['regions'][number]['a'];

const placeOf = ({ file, line, endLine }: Placed): Region => ({ file, line, endLine });

const touches = (a: Region, b: Region): boolean =>
  a.file === b.file && b.line <= a.endLine + 1 && a.line <= b.endLine + 1;
