import { existsSync, readFileSync } from 'node:fs';
import { bibtexParser } from 'latex-utensils';
import { plain } from './markdown-text.js';

/** One entry of docs/references.bib, ready to be cited. */
export interface Source {
  readonly key: string;
  /** As it stands in a sentence: "Hyvärinen (2005)". */
  readonly short: string;
  /** As it stands in the list of sources, in Markdown. */
  readonly full: string;
}

/** Key -> source, from the BibTeX file that the package carries. */
export function readSources(): ReadonlyMap<string, Source> {
  return parseSources(readFileSync(bibliography(), 'utf8'));
}

/** Key -> source. Names are "Last, First and Last, First" in UTF-8; braces only protect capitals. */
export function parseSources(bibtex: string): ReadonlyMap<string, Source> {
  const entries = bibtexParser.parse(bibtex).content.filter(bibtexParser.isEntry);
  return new Map(entries.map((entry) => [entry.internalKey ?? '', sourceOf(entry)]));
}

/** The sources that the text "hyvarinen2005, Theorem 1; lyu2009" names, in that order; unknown keys are left out. */
export const sourcesNamed = (text: string, sources: ReadonlyMap<string, Source>): readonly Source[] =>
  [...text.matchAll(citationKey)].flatMap(([key]) => sources.get(key) ?? []);

/** The text with each known key replaced by its short form, as Markdown. */
export const citation = (text: string, sources: ReadonlyMap<string, Source>): string =>
  plain(text.replace(citationKey, (key) => sources.get(key)?.short ?? key));

const citationKey = /\b[a-z]+\d{4}[a-z]*\b/g;

function sourceOf(entry: bibtexParser.Entry): Source {
  const fields = new Map(entry.content.map(({ name, value }) => [name.toLowerCase(), textOf(value)]));
  const field = (name: string): string => fields.get(name) ?? '';
  const authors = (field('author') || field('editor')).split(/\s+and\s+/).map((name) => name.split(/,\s*/));
  const surnames = authors.map(([last = '']) => last);
  const names = authors.map(([last = '', first = '']) => `${first} ${last}`.trim());
  const year = field('year');
  const where = field('journal') || field('booktitle') || field('publisher') || field('school');
  const volume =
    field('volume') === '' ? '' : ` ${field('volume')}${field('number') === '' ? '' : `(${field('number')})`}`;
  const pages = field('pages') === '' ? '' : `${volume === '' ? ', pp. ' : ':'}${field('pages')}`;
  const edition = field('edition') === '' ? '' : ` (${field('edition')} edition)`;
  const doi = field('doi') === '' ? '' : ` doi: ${plain(field('doi'))}.`;
  return {
    key: entry.internalKey ?? '',
    short: `${shortNames(surnames)} (${year})`,
    full: `${plain(`${listed(names)} (${year}).`)} *${plain(field('title') + edition)}*. ${plain(`${where}${volume}${pages}.`)}${doi}`,
  };
}

const shortNames = (surnames: readonly string[]): string =>
  surnames.length > 2 ? `${surnames[0]} et al.` : surnames.join(' and ');

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

function textOf(value: bibtexParser.FieldValue): string {
  if (bibtexParser.isTextStringValue(value)) return unicode(value.content);
  if (bibtexParser.isNumberValue(value)) return value.content;
  throw new TypeError(`Expected a field of references.bib in braces, found a ${value.kind}. Write the text in braces.`);
}

const unicode = (latex: string): string =>
  latex.replace(/[{}]/g, '').replace(/\\&/g, '&').replace(/--/g, '–').replace(/\s+/g, ' ').trim();

/** docs/references.bib beside package.json: two folders up in the source tree, three in the compiled one. */
function bibliography(): URL {
  const candidates = ['../../docs/references.bib', '../../../docs/references.bib'].map(
    (path) => new URL(path, import.meta.url),
  );
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) {
    throw new Error(
      `Expected docs/references.bib in the package, found none near ${import.meta.url}. Install scorecheck again.`,
    );
  }
  return found;
}
