import { bind } from '../../src/notes/meaning/bind.js';
import { judge } from '../../src/notes/judge/judge.js';
import type { Link } from '../../src/notes/judge/link.js';
import { knownVariant } from '../../src/notes/known/known.js';
import { readNotes, type ReadNotes } from '../../src/notes/notes.js';
import { onlySure } from '../../src/notes/sure.js';
import { compare } from '../../src/notes/numbers/compare.js';
import { freshInstances } from '../../src/notes/numbers/world.js';
import { readDocument, type Side } from '../../src/notes/read/document.js';
import { extractMarkdown } from '../../src/notes/read/markdown.js';
import { extractTex } from '../../src/notes/read/tex-source.js';
import { patched } from '../../src/notes/repair/edits.js';
import { repair } from '../../src/notes/repair/repair.js';
import { mutationsOf } from './mutate.js';

/** What is counted: links and those called false though true; mutations, those equal in value, and what became of the others. */
export const noRecall = { links: 0, true: 0, alarms: 0, equal: 0, mutations: 0, found: 0, missed: 0, open: 0, elsewhere: 0, mended: 0, right: 0 }; // prettier-ignore

/** The counts of a file, and a line for each mutation that was not found. */
export interface Recall {
  readonly counts: typeof noRecall;
  readonly lines: readonly string[];
}

/** How a file is mutated. */
export interface Plan {
  readonly seed: number;
  readonly perLink: number;
  /** Links that are known to be true: by their right sides. Those that the reader finds true, where nobody said. */
  readonly trueSides?: readonly string[];
  /** Reads the whole file again for each mutation, to see whether other links are called false by it. */
  readonly whole: boolean;
}

const squeeze = (text: string): string => text.replace(/\s|\\[,;!]|\$|[.]$/g, '');

/** Puts one slip at a time into each true link of a file: is it called false, nothing else with it, and is the suggested change right? */
export function recallOf(file: string, text: string, { seed, perLink, trueSides, whole }: Plan): Recall {
  const counts = { ...noRecall };
  const lines: string[] = [];
  const notes = readNotes(file, text, { repairs: false });
  // What a user sees: a red line needs a change that mends it.
  const shown = readNotes(file, text).links;
  const known = trueSides && new Set(trueSides.map(squeeze));
  for (const [i, link] of notes.links.entries()) {
    const { rhs, statement } = link;
    const isTrue = known ? known.has(squeeze(rhs.text)) : link.verdict !== 'definition';
    if (!isTrue || link.relation === 'prose' || link.relationSpan === undefined || rhs.tree === undefined) continue;
    counts.links++;
    if (shown[i].severity === 'error') counts.alarms++;
    if (link.verdict !== 'true') continue;
    counts.true++;
    for (const { text: side, slip } of mutationsOf(rhs.text, seed, perLink)) {
      const mutated = mutate(notes, link, side);
      if (mutated === undefined || isSame(notes, link, mutated.link.rhs, false)) {
        counts.equal++;
        continue;
      }
      counts.mutations++;
      const fix =
        mutated.link.severity === 'error' ? repair(mutated.link, mutated.document, notes.bindings) : undefined;
      const named = { ...mutated.link, variant: knownVariant(mutated.link, notes.bindings) };
      const repairs = new Map(fix === undefined ? [] : [[named, fix]]);
      const [{ severity, verdict, message }] = onlySure({ ...notes, links: [named], repairs }).links;
      if (severity === 'error') counts.found++;
      else {
        if (verdict === 'true') counts.missed++;
        else counts.open++;
        lines.push(`${verdict === 'true' ? 'missed' : 'open'}  ${file}  ${slip}: ${link.lhs.text} ${link.relation} ${side}  [${message}]`); // prettier-ignore
        continue;
      }
      if (fix) counts.mended++;
      if (fix && fix.start >= rhs.start && !statement.sde) {
        const mended = mutated.document.readSide(patched(mutated.document.original, mutated.link.rhs, [fix]), false);
        if (isSame(notes, link, mended, true)) counts.right++;
      } else if (fix && statement.sde && patched(mutated.document.original, mutated.link.rhs, [fix]).replace(/\s/g, '') === rhs.text.replace(/\s/g, '')) counts.right++; // prettier-ignore
      if (whole && isSeenElsewhere(notes, i, mutated.document.original)) counts.elsewhere++;
    }
  }
  return { counts, lines };
}

/** The link with another right side, in the file with it. */
function mutate(
  { document, bindings }: ReadNotes,
  link: Link,
  side: string,
): { readonly link: Link; readonly document: ReadNotes['document'] } | undefined {
  const { lhs, rhs, relation, relationSpan, carried } = link;
  if (relation === 'prose' || relationSpan === undefined) return undefined;
  const text = document.original.slice(0, rhs.start) + side + document.original.slice(rhs.end);
  const isTex = document.path.endsWith('.tex');
  const other = readDocument(document.path, text, isTex ? extractTex(text) : extractMarkdown(text));
  bind(other);
  const statement = other.statements.find(({ sides }) => sides.some(({ start }) => start === rhs.start));
  const changed = statement?.sides.find(({ start }) => start === rhs.start);
  if (statement === undefined || changed === undefined) return undefined;
  // A left side that stands before is the same text in the same place.
  const judged = judge({ lhs, rhs: changed, relation, relationSpan, statement, first: false, bindings, document: other }); // prettier-ignore
  return { link: { ...judged, carried }, document: other };
}

/** Whether a side has the value of the right side of a link, by the usual instances or by fresh ones. */
function isSame({ bindings }: ReadNotes, { rhs, statement }: Link, other: Side, isFresh: boolean): boolean {
  if (rhs.tree === undefined || other.tree === undefined || statement.sde) return rhs.text.trim() === other.text.trim();
  const question = { lhs: rhs.tree, rhs: other.tree, bindings, at: rhs.start };
  const fresh = isFresh ? { instances: freshInstances(20261122) } : {};
  return compare({ ...question, ...fresh }).outcome === 'equal';
}

/** Whether a link that was true is called false in the mutated file. */
function isSeenElsewhere({ document, links }: ReadNotes, mutated: number, text: string): boolean {
  const after = readNotes(document.path, text, { repairs: false }).links;
  return after.length === links.length && after.some((each, k) => k !== mutated && links[k].verdict === 'true' && each.severity === 'error'); // prettier-ignore
}
