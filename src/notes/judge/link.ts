import type { Comparison } from '../numbers/question.js';
import type { ReadStatement, Side } from '../read/document.js';
import { problemOf, type Reason } from '../read/problem.js';
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
  /** The false variant of a claim that a false link says, as `claim/variant`. */
  readonly variant?: string | undefined;
  /** The false variant of a claim that the whole formula is, and what to write in its place. */
  readonly recognised?: {
    readonly name: string;
    readonly mend: (Span & { readonly text: string }) | undefined;
  };
}

/** What a link compares, and where it stands. */
export type LinkPlace = Pick<Link, 'lhs' | 'rhs' | 'relation' | 'relationSpan' | 'statement'>;

/** A link of which nothing is found yet but `part`. */
export const linkOf = (place: LinkPlace, part: Partial<Link> = {}): Link => ({
  lhs: place.lhs,
  rhs: place.rhs,
  relation: place.relation,
  relationSpan: place.relationSpan,
  statement: place.statement,
  verdict: 'not-checked',
  severity: 'none',
  reason: '',
  message: '',
  span: place.rhs,
  comparison: undefined,
  loss: undefined,
  carried: undefined,
  ...part,
});

/** A formula without a relation, or a law, as a link. */
export const proseLinkOf = (rhs: Side, statement: ReadStatement, part: Partial<Link> = {}): Link => {
  const lhs: Side = { text: '', tokens: [], tree: undefined, problem: undefined, start: rhs.start, end: rhs.start };
  return linkOf({ lhs, rhs, relation: 'prose', relationSpan: undefined, statement }, part);
};

/** A link over which scorecheck itself failed: not checked, with a warning that says so, so that one formula never ends the reading of the others. */
export function failed(place: LinkPlace, error: unknown): Link {
  const { reason, message } = problemOf(error, place.rhs);
  return linkOf(place, { reason, message, severity: severityOf(reason) });
}

/** Reasons that are the author's: what cannot mean anything. What the reader does not know is not. */
export function severityOf(reason: Reason, message = ''): Severity {
  if (reason === 'internal' || /names no variable/.test(message)) return 'warning';
  if (reason === 'malformed' || reason === 'ill-typed') return 'error';
  return reason === 'unbound' && /is free/.test(message) ? 'error' : 'none';
}
