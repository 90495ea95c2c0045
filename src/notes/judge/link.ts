import type { Comparison } from '../numbers/question.js';
import type { ReadStatement, Side } from '../read/document.js';
import type { Reason } from '../read/problem.js';
import type { Span } from '../read/span.js';
import type { Relation } from '../read/statements.js';

export type LinkVerdict = 'true' | 'false' | 'definition' | 'not-checked';
export type Severity = 'error' | 'warning' | 'none';

/** An equation between two sides of a chain, judged. */
export interface Link {
  /** The last correct member of the chain; `undefined` for a formula that states a loss without an equation. */
  readonly lhs: Side;
  readonly rhs: Side;
  readonly relation: Relation | 'prose';
  readonly relationSpan: Span | undefined;
  readonly verdict: LinkVerdict;
  readonly severity: Severity;
  readonly reason: Reason | '';
  readonly message: string;
  /** Where the message points; the right side where nothing else is named. */
  readonly span: Span;
  readonly comparison: Comparison | undefined;
  readonly statement: ReadStatement;
  /** The usual loss that a prose claim or a name means. */
  readonly loss: string | undefined;
  /** The false member before, which this one may have been meant to go on with. */
  readonly carried: Side | undefined;
  /** The false variant of a claim that the whole formula is, and what to write in its place. */
  readonly recognised?: {
    readonly name: string;
    readonly mend: (Span & { readonly text: string }) | undefined;
  };
}
