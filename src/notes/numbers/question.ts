import type { Bindings, Reading } from '../meaning/bindings.js';
import type { Expression } from '../read/expression.js';
import type { Reason } from '../read/problem.js';
import type { Span } from '../read/span.js';
import type { Trace } from './scope.js';
import type { Instance } from './world.js';

/** One instance, and the numbers of both sides there: those of the point where they differ most. */
export interface Witness {
  readonly instance: string;
  readonly point: Readonly<Record<string, readonly number[]>>;
  readonly lhs: readonly number[];
  readonly rhs: readonly number[];
  /** max |lhs − rhs| over the size of the sides. */
  readonly residual: number;
  /** What quadrature and rounding may leave of that: {@link ./tolerance.ts} derives it for each pair of sides. */
  readonly tolerance: number;
}

interface Decided {
  readonly residual: number;
  readonly witnesses: readonly Witness[];
  readonly trace: Trace;
  readonly reading: Reading;
  readonly how: string;
}

/** What numbers say of an equation. */
export type Comparison =
  | (Decided & { readonly outcome: 'equal' })
  | (Decided & { readonly outcome: 'different' })
  | {
      readonly outcome: 'open';
      readonly reason: Reason;
      readonly message: string;
      readonly span: Span | undefined;
      readonly trace: Trace;
      /** Numbers that decide nothing. */
      readonly witnesses?: readonly Witness[];
    };

export interface Question {
  readonly lhs: Expression;
  readonly rhs: Expression;
  readonly bindings: Bindings;
  readonly at: number;
  /** The first instance that fits and the plain reading decide. */
  readonly quick?: boolean;
  /** Other instances than the usual ones. */
  readonly instances?: readonly Instance[];
}
