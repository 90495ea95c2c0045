import type { Span } from './span.js';

/** A piece of mathematics in a document. */
export interface Formula extends Span {
  /** Displayed, or within a line. */
  readonly display: boolean;
}

/** An HTML comment `<!-- scorecheck: ... -->`; the span is that of the whole comment. */
export interface Annotation extends Span {
  readonly text: string;
}

/** A message about the document as a whole or a place in it. */
export interface Remark extends Span {
  readonly text: string;
}

/** What a document holds, whatever it is written in. Offsets are those of the original text. */
export interface Extracted {
  /** As long as the original, with marks of quotes and lists inside of formulas blanked out. */
  readonly text: string;
  readonly formulas: readonly Formula[];
  readonly annotations: readonly Annotation[];
  readonly frontMatter: string;
  readonly remarks: readonly Remark[];
  /** LaTeX that may define macros: a preamble. */
  readonly preamble: string;
}
