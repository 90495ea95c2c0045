import path from 'node:path';
import { bind } from './meaning/bind.js';
import type { Bindings } from './meaning/bindings.js';
import { readDocument, unreadDocument, type NotesDocument } from './read/document.js';
import { judgeDocument } from './judge/judge-document.js';
import { failed, type Link } from './judge/link.js';
import { knownVariant } from './known/known.js';
import { extractMarkdown } from './read/markdown.js';
import { problemOf } from './read/problem.js';
import { repair, type Repair } from './repair/repair.js';
import { isTimeOver, SECONDS_A_DOCUMENT, withinSeconds } from './numbers/time-limit.js';
import { onlySure } from './sure.js';
import { variantSaidIn } from './recognise/variant-said.js';
import { extractTex } from './read/tex-source.js';

/** A document with its links judged. */
export interface ReadNotes {
  readonly document: NotesDocument;
  readonly bindings: Bindings;
  readonly links: readonly Link[];
  /** The suggested change of each link that is in error. */
  readonly repairs: ReadonlyMap<Link, Repair>;
}

/**
 * Reads one document: extract, parse, bind, judge, mend. `file` decides by its ending whether it is LaTeX or Markdown. Never throws: a link over which
 * scorecheck itself fails is not checked, for the reason `internal`.
 */
export function readNotes(
  file: string,
  text: string,
  options: { readonly repairs: boolean } = { repairs: true },
): ReadNotes {
  try {
    const extracted = path.extname(file).toLowerCase() === '.tex' ? extractTex(text) : extractMarkdown(text);
    const document = readDocument(file, text, extracted);
    const bindings = bind(document);
    const links = withinSeconds(SECONDS_A_DOCUMENT, () => judgeDocument(document, bindings));
    const notes = { document, bindings, links, repairs: new Map<Link, Repair>() };
    return options.repairs ? onlySure(mended(notes)) : notes;
  } catch (error) {
    return unreadNotes(file, text, error);
  }
}

/** A file of which nothing was read for an error of scorecheck. */
export function unreadNotes(file: string, text: string, error: unknown): ReadNotes {
  const document = unreadDocument(file, text, problemOf(error, { start: 0, end: text.length }));
  const bindings = bind(document);
  return { document, bindings, links: judgeDocument(document, bindings), repairs: new Map() };
}

/** The notes with the false variants that false links say, and the change suggested for each link in error. */
function mended(notes: ReadNotes): ReadNotes {
  const { document, bindings } = notes;
  const said = variantSaidIn(document);
  const repairs = new Map<Link, Repair>();
  const links = withinSeconds(SECONDS_A_DOCUMENT, () =>
    notes.links.map((link): Link => {
      try {
        const variant = link.verdict === 'false' ? (link.recognised?.name ?? knownVariant(link, bindings) ?? said(link)) : undefined; // prettier-ignore
        const named = variant === undefined ? link : { ...link, variant };
        const found = link.severity === 'error' && !isTimeOver() ? repair(named, document, bindings) : undefined;
        if (found) repairs.set(named, found);
        return named;
      } catch (error) {
        return failed(link, error);
      }
    }),
  );
  return { ...notes, links, repairs };
}
