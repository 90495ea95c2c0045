import type { Arbitrary } from 'fast-check';
import type { Law } from './law.js';
import type { Measurement } from './measurement.js';
import type { Term } from './term.js';

/** Where a pointwise statement is tried: fast-check draws points from it and shrinks a failing one. Coordinates are float32 numbers. */
export interface Domain {
  /** In words and symbols, for the report. */
  readonly name: string;
  /** One point: variable -> coordinates. */
  readonly points: Arbitrary<Readonly<Record<string, readonly number[]>>>;
  /** How many points to try; fewer where one evaluation is dear (an exact MNIST score). */
  readonly count: number;
  /** Replaces the claim's discrepancy where rounding bounds are wide (784 dimensions). */
  readonly discrepancy?: number;
}

/** One expectation E_law[term], [k]. */
export interface Expectation {
  readonly law: Law;
  readonly term: Term;
}

/** A sum of expectations; those that name the same law object share their draws. */
export type Mean = readonly Expectation[];

/** lhs = rhs (or ≥) at every point of a domain, coordinate by coordinate. */
export interface PointwiseStatement {
  readonly kind: 'pointwise';
  readonly relation: '=' | '>=';
  readonly domain: Domain;
  readonly lhs: Term;
  readonly rhs: Term;
}

/** Σ E[lhs] = Σ E[rhs], coordinate by coordinate. */
export interface IdentityStatement {
  readonly kind: 'identity';
  readonly lhs: Mean;
  readonly rhs: Mean;
}

/** A statement that brings its own evidence: the law of a sampler, an order of convergence, an estimator, a cost, a training. */
export interface MeasuredStatement {
  readonly kind: 'measured';
  /** Strongest first. A false variant is refuted by the first that decides. */
  readonly measurements: readonly Measurement[];
}

/** What the engine judges: a claim, or a false variant, in one setting. */
export type Statement = PointwiseStatement | IdentityStatement | MeasuredStatement;

/** E_law[term]. */
export const expectation = (law: Law, term: Term): Mean => [{ law, term }];

/** The sum of two means. */
export const sumOf = (...means: readonly Mean[]): Mean => means.flat();
