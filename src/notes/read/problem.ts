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
  | 'undecided'
  /** An error of scorecheck itself. */
  | 'internal';

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

/** What was thrown, as a problem: what nobody meant to throw is an error of scorecheck, which is said, and a stack that is too deep a limit. */
export function problemOf(error: unknown, span: Span): Unreadable {
  if (error instanceof Unreadable) return error;
  if (error instanceof RangeError && error.message.includes('call stack'))
    return new Unreadable('limit', 'This is nested too deep to be read.', span);
  const words = String(error).replace(/\s+/g, ' ').slice(0, 200);
  return new Unreadable('internal', `An error of scorecheck, not of the document; please report it with this formula. ${words}`, span); // prettier-ignore
}
