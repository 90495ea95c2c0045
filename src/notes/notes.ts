import path from 'node:path';
import { bind } from './meaning/bind.js';
import type { Bindings } from './meaning/bindings.js';
import { readDocument, type NotesDocument } from './read/document.js';
import { judgeDocument } from './judge/judge-document.js';
import type { Link } from './judge/link.js';
import { knownVariants } from './known/known.js';
import { extractMarkdown } from './read/markdown.js';
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

/** Reads one document: extract, parse, bind, judge. `file` decides by its ending whether it is LaTeX or Markdown. */
export function readNotes(
  file: string,
  text: string,
  options: { readonly repairs: boolean } = { repairs: true },
): ReadNotes {
  const extracted = path.extname(file).toLowerCase() === '.tex' ? extractTex(text) : extractMarkdown(text);
  const document = readDocument(file, text, extracted);
  const bindings = bind(document);
  const links = withinSeconds(SECONDS_A_DOCUMENT, () => judgeDocument(document, bindings));
  const repairs = new Map<Link, Repair>();
  withinSeconds(SECONDS_A_DOCUMENT, () => {
    for (const link of links) {
      if (isTimeOver()) break;
      const found = options.repairs && link.severity === 'error' ? repair(link, document, bindings) : undefined;
      if (found) repairs.set(link, found);
    }
  });
  if (!options.repairs) return { document, bindings, links, repairs };
  const said = variantSaidIn(document);
  const sure = onlySure(links, repairs, (link) => (knownVariants(link, bindings) ?? said(link)) !== undefined);
  return { document, bindings, links: sure, repairs };
}
