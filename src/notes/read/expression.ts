import type { Span } from './span.js';

/** A name with its decorations: `\tilde x_0` is { name: 'x~', sub: '0' }. Fonts are dropped but for `font`, which tells 𝔼 from E. */
export interface Name extends Span {
  readonly k: 'name';
  readonly name: string;
  /** The subscript as a word without fonts and braces: '0', 't', 't+1', 'theta', 'ESM'; '' where there is none. */
  readonly sub: string;
  readonly font: 'bb' | 'cal' | 'text' | '';
  readonly star: boolean;
}

/** One variable, or group of them, that an expectation binds: `x ~ law`, `x | x_0 ~ law`, `p(x)`, or `x` alone. */
export interface Binder extends Span {
  readonly vars: readonly Name[];
  readonly given: readonly Name[];
  readonly law: Expression | undefined;
}

interface Node<K extends string> extends Span {
  readonly k: K;
}
export interface NumberNode extends Node<'number'> {
  readonly value: number;
}
export interface Sum extends Node<'sum'> {
  readonly terms: readonly { readonly sign: 1 | -1; readonly term: Expression; readonly signAt: number }[];
}
/** Factors in the order written, since matrices do not commute; `via` is what stands in front of a factor. */
export interface Product extends Node<'product'> {
  readonly factors: readonly { readonly via: '' | 'cdot' | 'times' | '/'; readonly factor: Expression }[];
}
export interface Fraction extends Node<'fraction'> {
  readonly above: Expression;
  readonly below: Expression;
}
export interface Power extends Node<'power'> {
  readonly base: Expression;
  readonly exponent: Expression;
}
export interface Transpose extends Node<'transpose'> {
  readonly of: Expression;
}
/** f(args | given; params). */
export interface Call extends Node<'call'> {
  readonly of: Name;
  readonly args: readonly Expression[];
  readonly given: readonly Expression[];
  readonly params: readonly Expression[];
  /** KL(p ‖ q): the bars in place of a comma. */
  readonly bars: boolean;
}
export interface Group extends Node<'group'> {
  readonly open: '(' | '[' | '{';
  readonly of: Expression;
  /** E[a | b]. */
  readonly given: readonly Expression[];
}
export interface Tuple extends Node<'tuple'> {
  readonly open: '(' | '[';
  readonly items: readonly Expression[];
}
export interface Norm extends Node<'norm'> {
  readonly of: Expression;
  readonly bars: 1 | 2;
}
export interface Inner extends Node<'inner'> {
  readonly a: Expression;
  readonly b: Expression;
}
/** ∇, ∇·, ∇², with what they act on; `of` is undefined for a bare operator. */
export interface Nabla extends Node<'nabla'> {
  readonly wrt: Name | undefined;
  readonly form: 'gradient' | 'divergence' | 'second' | 'laplacian';
  readonly of: Expression | undefined;
}
/** ∂ⁿ/∂x∂y of something, or a bare operator. `sub` of a variable may be a coordinate. */
export interface Partial extends Node<'partial'> {
  readonly wrt: readonly Expression[];
  readonly of: Expression | undefined;
}
export interface Expect extends Node<'expect'> {
  readonly binders: readonly Binder[];
  readonly of: Expression;
  readonly given: readonly Expression[];
  /** Where its subscript stands. */
  readonly subscript: Span | undefined;
  readonly what: 'E' | 'Cov' | 'Var';
}
export interface Integral extends Node<'integral'> {
  readonly vars: readonly Name[];
  readonly of: Expression;
  readonly limits: { readonly low: Expression; readonly high: Expression } | undefined;
}
export interface Series extends Node<'series'> {
  readonly what: 'sum' | 'prod';
  readonly index: string;
  readonly low: Expression | undefined;
  readonly high: Expression | undefined;
  readonly of: Expression;
}
export interface Fn extends Node<'fn'> {
  readonly name: 'log' | 'exp' | 'trace' | 'sqrt' | 'sin' | 'cos' | 'tanh' | 'det' | 'sign' | 'vec' | 'diag';
  readonly of: Expression;
}
export interface Arg extends Node<'arg'> {
  readonly what: 'argmin' | 'argmax' | 'min' | 'max';
  readonly wrt: Name | undefined;
  readonly of: Expression;
}
export interface Matrix extends Node<'matrix'> {
  readonly rows: readonly (readonly Expression[])[];
}
export type Dots = Node<'dots'>;
export interface Differential extends Node<'differential'> {
  readonly of: Name;
}
/** A relation where none may stand, such as inside a norm. */
export interface Related extends Node<'related'> {
  readonly a: Expression;
  readonly b: Expression;
  readonly relation: string;
}
/** An index on something in brackets, `[∂ᵢ Sⱼ]_{ij}`. */
export interface Indexed extends Node<'indexed'> {
  readonly of: Expression;
  readonly sub: string;
}

export type Expression =
  | NumberNode
  | Name
  | Sum
  | Product
  | Fraction
  | Power
  | Transpose
  | Call
  | Group
  | Tuple
  | Norm
  | Inner
  | Nabla
  | Partial
  | Expect
  | Integral
  | Series
  | Fn
  | Arg
  | Matrix
  | Dots
  | Differential
  | Related
  | Indexed;

/** The expressions directly below one. */
export function children(e: Expression): readonly Expression[] {
  switch (e.k) {
    case 'number':
    case 'name':
    case 'dots':
    case 'differential':
      return [];
    case 'sum':
      return e.terms.map(({ term }) => term);
    case 'product':
      return e.factors.map(({ factor }) => factor);
    case 'fraction':
      return [e.above, e.below];
    case 'power':
      return [e.base, e.exponent];
    case 'transpose':
    case 'norm':
    case 'fn':
    case 'arg':
    case 'indexed':
      return [e.of];
    case 'group':
      return [e.of, ...e.given];
    case 'call':
      return [...e.args, ...e.given, ...e.params];
    case 'tuple':
      return e.items;
    case 'inner':
      return [e.a, e.b];
    case 'related':
      return [e.a, e.b];
    case 'nabla':
      return e.of ? [e.of] : [];
    case 'partial':
      return e.of ? [e.of] : [];
    case 'expect':
      return [e.of, ...e.given];
    case 'integral':
      return [e.of];
    case 'series':
      return [e.of];
    case 'matrix':
      return e.rows.flat();
  }
}

/** Every expression at or below `e`, outermost first; laws of binders are left out. */
export function* walk(e: Expression): Generator<Expression> {
  yield e;
  for (const child of children(e)) yield* walk(child);
}

/** The canonical key of a point or parameter: `X_0` and `x_0` are one variable, `x~` another. */
export const keyOf = ({ name, sub }: Pick<Name, 'name' | 'sub'>): string => {
  const base = /^[XY][~^-]?$/.test(name) ? name.toLowerCase() : name;
  return sub === '' ? base : `${base}_${sub}`;
};
