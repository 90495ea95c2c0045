import GithubSlugger from 'github-slugger';
import { oneLine, plain } from './markdown-text.js';

/** A heading and what stands below it; `body` is asked for once all anchors are known, so a section may link ahead. */
export interface Section {
  readonly level: 1 | 2 | 3 | 4;
  /** Literal text, no markup. */
  readonly heading: string;
  /** Names the section for links from elsewhere. */
  readonly id?: string;
  readonly body: (anchorOf: (id: string) => string) => string;
}

/**
 * Sections as one Markdown text. Anchors are those that GitHub makes from headings; the HTML page makes the same
 * ones (`headingAnchors`), so each link works in both.
 */
export function outline(sections: readonly Section[]): string {
  const anchorFor = headingAnchors();
  const anchors = new Map(sections.map((section, index) => [section.id ?? index, anchorFor(section.heading)]));
  const anchorOf = (id: string): string => {
    const anchor = anchors.get(id);
    if (anchor === undefined)
      throw new Error(`Expected a section named ${id}, found none. This is a bug in scorecheck; please report it.`);
    return anchor;
  };
  const parts = sections.map(({ level, heading, body }) => {
    const text = body(anchorOf).trim();
    return `${'#'.repeat(level)} ${plain(heading)}\n${text === '' ? '' : `\n${text}\n`}`;
  });
  return parts.join('\n');
}

/** Heading -> anchor, for the headings of one document in their order; a repeated heading gets a number. */
export function headingAnchors(): (heading: string) => string {
  const slugger = new GithubSlugger();
  return (heading) => slugger.slug(oneLine(heading)) || slugger.slug('section');
}
