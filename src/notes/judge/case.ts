import type { Bindings } from '../meaning/bindings.js';
import type { NotesDocument, ReadStatement, Side } from '../read/document.js';
import type { Expression, Name } from '../read/expression.js';
import type { Link } from './link.js';
import type { Span } from '../read/span.js';
import type { Relation } from '../read/statements.js';

/** A link to be judged. */
export interface Case {
  readonly lhs: Side;
  readonly rhs: Side;
  readonly relation: Relation;
  readonly relationSpan: Span;
  readonly statement: ReadStatement;
  /** The left side begins the chain, so it may be defined here. */
  readonly first: boolean;
  readonly bindings: Bindings;
  readonly document: NotesDocument;
  /** One dimension only, one reading: for sieving repairs. */
  readonly quick?: boolean;
  /** Where the equation stands, if its sides are not of the file. */
  readonly at?: number;
}

/** Makes a link of the case from what differs from an unchecked one. */
export type Made = (part: Partial<Link>) => Link;

/** A name that is none. */
export const noName: Name = { k: 'name', name: '', sub: '', font: '', star: false, start: 0, end: 0 };

/** The name that an equation may define: `f` of `f` and of `f(x)`. */
export const headOf = (e: Expression): Name | undefined => (e.k === 'name' ? e : e.k === 'call' ? e.of : undefined);
