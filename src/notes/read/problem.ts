import type { Span } from './span.js';

/** Why a piece of mathematics was not judged by numbers. `error` reasons are the author's mistakes, the others the reader's limits. */
export type Reason =
  | 'malformed'
  | 'ill-typed'
  | 'unbound'
  | 'unused'
  | 'vacuous'
  | 'unsupported'
  | 'diverges'
  | 'approximate'
  | 'limit'
  | 'prose'
  | 'skipped'
  | 'undecided';

/** Thrown inside the reader where a formula cannot be read or computed, caught where a link is judged; never leaves `readNotes`. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly reason: Reason;
  readonly span: Span;
  constructor(reason: Reason, message: string, span: Span) {
    super(message);
    this.reason = reason;
    this.span = span;
  }
}
