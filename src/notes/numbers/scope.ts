import type { Bindings, Definition, Reading } from '../meaning/bindings.js';
import { slice, type Num } from './batch.js';
import type { Expression } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { entrywise, shape, type Value } from './value.js';
import type { Instance } from './world.js';

/** Everything that the value of an expression depends on. */
export interface Scope {
  readonly instance: Instance;
  readonly bindings: Bindings;
  readonly reading: Reading;
  /** Offset of the formula: definitions and laws stated before it hold. */
  readonly at: number;
  /** Length of the batch. */
  readonly batch: number;
  /** Points in all, those of the slices beside this one included. */
  readonly work: number;
  readonly vars: ReadonlyMap<string, Value>;
  /** Point variables from the outermost binder inwards; the last one is meant where an argument is left out. */
  readonly bound: readonly string[];
  /** Derivatives around: each multiplies the work by the dimension, twice. */
  readonly derivatives: number;
  /** Indices of sums and matrices. */
  readonly indices: ReadonlyMap<string, number>;
  /** Parameters of the score model. */
  readonly theta: readonly number[];
  /** Nodes per axis: for Gaussian laws, for integrals. */
  readonly nodes: { readonly gaussian: number; readonly box: number; readonly reach: number };
  /** The field that argmin is tested at: S := body + θ-directions. */
  readonly candidate: { readonly key: string; readonly arg: string; readonly body: Expression } | undefined;
  /** Definitions being expanded, against circles. */
  readonly expanding: readonly string[];
  /** The value of "+ C". */
  readonly constant: number;
  /** How parts are evaluated; here, so that laws and integrals need not know the evaluator. */
  readonly evaluate: (e: Expression, scope: Scope) => Value;
  /** What was assumed on the way: for --explain, and to know which other readings could matter. */
  readonly trace: Trace;
}

/** Facts noted while evaluating. */
export interface Trace {
  readonly meanings: Map<string, string>;
  readonly used: Set<keyof Reading>;
}

export const newTrace = (): Trace => ({ meanings: new Map(), used: new Set() });

/** The scope with variables bound; values stay as they are. */
export function withVars(scope: Scope, vars: Iterable<readonly [string, Value]>, bound: readonly string[] = []): Scope {
  return { ...scope, vars: new Map([...scope.vars, ...vars]), bound: [...scope.bound, ...bound] };
}

/** The scope for a batch `times` as long; what was drawn before keeps its length, and stands for a run of points. */
export function widened(scope: Scope, times: number): Scope {
  return times === 1 ? scope : { ...scope, batch: scope.batch * times, work: scope.work * times };
}

/** The scope for points [from, to) of the batch. */
export function sliced(scope: Scope, from: number, to: number): Scope {
  const part = (x: Num): Num => slice(x, from, to, scope.batch);
  const vars = new Map([...scope.vars].map(([key, value]) => [key, entrywise(value, part)]));
  return { ...scope, batch: to - from, vars };
}

/** The last definition of a name before the formula. */
export function definitionOf(scope: Scope, key: string): Definition | undefined {
  const found = scope.bindings.definitions.get(key);
  return found !== undefined && found.at < scope.at && !scope.expanding.includes(key) ? found : undefined;
}

/** Notes what a symbol was taken for. */
export function note(scope: Scope, symbol: string, meaning: string): void {
  if (!scope.trace.meanings.has(symbol)) scope.trace.meanings.set(symbol, meaning);
}

/** The value where a number is needed. Throws {@link Unreadable} (ill-typed) for other shapes. */
export function numberOf(e: Expression, scope: Scope): Num {
  const value = scope.evaluate(e, scope);
  if (value.k !== 'scalar') throw new Unreadable('ill-typed', `Expected a number, found ${shape(value)}.`, e);
  return value.x;
}
