import type { Digits } from '../../reference/data/digits.js';
import { minus, stack, times, type Term } from './term.js';
import { expectation, type Domain, type Mean, type Statement } from './statement.js';
import type { Law } from './law.js';
import type { ScoreField } from './fields.js';

/** What a setting may draw on beside analytic densities. */
export interface Resources {
  readonly digits: Digits;
  /** How many training images the exact digit densities use: fewer on the WebAssembly backend and in a quick run. */
  readonly trainingImages: number;
}

/** A false neighbour of a claim that numbers refute: the other side of the equation, replaced. */
export interface ValueVariant<S, Sides> {
  /** One sentence: what is wrong. Shown to students. */
  readonly mistake: string;
  /** The false statement in LaTeX. */
  readonly statement: string;
  readonly sides: (setting: S) => Partial<Sides>;
  /** Settings in which the variant happens to be true or says nothing, with the reason. */
  readonly silentIn?: Readonly<Record<string, string>>;
}

/** A false neighbour that has no numbers: it binds no variable, equates a matrix with a scalar, says nothing, or misnames. */
export interface WordVariant {
  readonly mistake: string;
  readonly statement: string;
  readonly kind: 'ill-formed' | 'vacuous' | 'naming';
  readonly reason: string;
}

interface PointwiseSides {
  readonly lhs: Term;
  readonly rhs: Term;
}
interface IdentitySides {
  readonly lhs: Mean;
  readonly rhs: Mean;
}
interface MinimiserSides {
  /** The loss per example at the field S; quadratic in S. */
  readonly loss: (field: ScoreField) => Term;
  readonly law: Law;
  readonly argmin: ScoreField;
}

/** lhs(x) = rhs(x) (or ≥) for all x of a domain. */
interface PointwiseClaim<S> {
  readonly kind: 'pointwise';
  readonly relation?: '=' | '>=';
  readonly domain: (setting: S) => Domain;
  readonly sides: (setting: S) => PointwiseSides;
  readonly falseVariants: Readonly<Record<string, ValueVariant<S, PointwiseSides> | WordVariant>>;
}

/** E[lhs] = E[rhs]. */
interface IdentityClaim<S> {
  readonly kind: 'identity';
  readonly sides: (setting: S) => IdentitySides;
  readonly falseVariants: Readonly<Record<string, ValueVariant<S, IdentitySides> | WordVariant>>;
}

/**
 * `argmin` minimises E[loss(S)] over all S. The loss is quadratic and convex in S, so this says: for every direction φ,
 * E[loss(argmin + φ) − loss(argmin − φ)] / 2, the derivative along φ, is 0. `directions` are the φ tried.
 */
interface MinimiserClaim<S> {
  readonly kind: 'minimiser';
  readonly sides: (setting: S) => MinimiserSides;
  readonly directions: (setting: S) => readonly ScoreField[];
  readonly falseVariants: Readonly<Record<string, ValueVariant<S, MinimiserSides> | WordVariant>>;
}

interface Head<S, A extends string> {
  /** kebab-case, the file's name. */
  readonly id: string;
  readonly title: string;
  /** Key in docs/references.bib, with theorem or equation number. */
  readonly source: string;
  /** The claim in LaTeX. */
  readonly statement: string;
  readonly assumptions: Readonly<Record<A, string>>;
  /** Setting -> its objects; a function where the digits are needed. */
  readonly settings: Readonly<Record<string, S | ((resources: Resources) => S)>>;
  /** The smallest |E[lhs] − E[rhs]| worth finding, relative to the size of the sides (identity, minimiser); the relative tolerance that makes a pointwise check worth its name. */
  readonly discrepancy: number;
  /** Draws that the sequential test may use at most; the default is 2²¹ on analytic densities. */
  readonly maxDraws?: number;
  /** Assumption -> a setting that violates it, and the value of E[lhs] − E[rhs] there. */
  readonly withoutAssumption?: Readonly<Partial<Record<A, { readonly name: string; readonly setting: S; readonly residual: number }>>>;
}

/** What a claim file writes. S: the objects of a setting; A: the names of the assumptions. */
export type ClaimSpec<S extends object, A extends string> = Head<S, A> & (PointwiseClaim<S> | IdentityClaim<S> | MinimiserClaim<S>);

/** A claim in one setting, ready to be judged. */
export interface Prepared {
  readonly statement: Statement;
  readonly variants: Readonly<Record<string, Statement>>;
}

/** A false variant as listed. */
export interface VariantHead {
  readonly id: string;
  readonly mistake: string;
  readonly statement: string;
  readonly kind: 'value' | 'ill-formed' | 'vacuous' | 'naming';
  readonly reason?: string;
  readonly silentIn: Readonly<Record<string, string>>;
}

/** A claim with its settings' types folded away: what the registry holds and the engine runs. */
export interface Claim {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly kind: 'pointwise' | 'identity' | 'minimiser';
  readonly statement: string;
  readonly assumptions: Readonly<Record<string, string>>;
  readonly discrepancy: number;
  readonly maxDraws?: number;
  readonly falseVariants: readonly VariantHead[];
  readonly settings: readonly { readonly name: string; readonly usesDigits: boolean; readonly prepare: (resources: Resources) => Prepared }[];
  readonly withoutAssumption: readonly {
    readonly assumption: string;
    readonly name: string;
    readonly residual: number;
    readonly prepare: () => Statement;
  }[];
}
