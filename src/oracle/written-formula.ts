import type { Arithmetic, Point } from './arithmetic.js';

/** Why a line of text is no formula: what was found, and at which character, counted from 1. */
export interface FormulaProblem {
  readonly kind: 'empty' | 'long' | 'syntax' | 'symbol' | 'function' | 'arguments' | 'operator' | 'exponent';
  readonly at: number;
  readonly found: string;
}

/** A line of text as a function of its symbols. */
export interface WrittenFormula {
  readonly value: <T>(a: Arithmetic<T>, at: Point<T>) => T;
  /** ∂/∂symbol by computer algebra. */
  readonly derivative: (symbol: string) => <T>(a: Arithmetic<T>, at: Point<T>) => T;
}
