import type { Bindings, Definition, Reading } from '../meaning/bindings.js';
import { largest, slice, type Num } from './batch.js';
import type { Expression } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import type { Pass } from './pass.js';
import { entries, entrywise, shape, type Value } from './value.js';
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
  /** Expectations and integrals around. */
  readonly expectations: number;
  readonly vars: ReadonlyMap<string, Value>;
  /** Point variables from the outermost binder inwards; the last one is meant where an argument is left out. */
  readonly bound: readonly string[];
  /** Derivatives around: each multiplies the work by the dimension, twice. */
  readonly derivatives: number;
  /** Indices of sums and matrices. */
  readonly indices: ReadonlyMap<string, number>;
  /** Parameters of the score model. */
  readonly theta: readonly number[];
  /** All the parameters that the same loss is wanted for, `theta` among them. */
  readonly plane: readonly (readonly number[])[] | undefined;
  /** What was computed at the nodes at hand for other parameters. */
  readonly pass: Pass | undefined;
  /** How laws and integrals are summed. */
  readonly rule: Rule;
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

/** Trapezoid rules: nodes per axis on ±reach, for Gaussian laws in units of their deviation and for integrals; nodes per axis of a probe. */
export interface Rule {
  readonly laws: { readonly count: number; readonly reach: number };
  readonly boxes: { readonly count: number; readonly reach: number };
  readonly probes: 5 | 6;
  /** Step of a derivative by differences, relative to the number. */
  readonly step: number;
}

/** Facts noted while evaluating. */
export interface Trace {
  readonly meanings: Map<string, string>;
  readonly used: Set<keyof Reading>;
  /** The largest number that was summed, or averaged by its absolute value, outside of all expectations. */
  size: number;
  /** Whether a rule was used at all, and whether one for integrals. */
  averages: boolean;
  usesBox: boolean;
  /** Whether a derivative was taken by differences. */
  differences: boolean;
  /** Whether the parameters of a field entered. */
  theta: boolean;
  /** Whether a law that the document does not state stood for all. */
  labelled: boolean;
  /** Shapes of parts, where someone wants to be told. */
  shapes?: Map<Expression, string>;
}

export const newTrace = (): Trace => ({
  meanings: new Map(),
  used: new Set(),
  size: 0,
  averages: false,
  usesBox: false,
  differences: false,
  theta: false,
  labelled: false,
});

/** Adds what was noted elsewhere. */
export function absorb(trace: Trace, other: Trace): void {
  for (const [symbol, meaning] of other.meanings) trace.meanings.set(symbol, meaning);
  for (const used of other.used) trace.used.add(used);
  trace.size = Math.max(trace.size, other.size);
  trace.averages ||= other.averages;
  trace.usesBox ||= other.usesBox;
  trace.differences ||= other.differences;
  trace.theta ||= other.theta;
  trace.labelled ||= other.labelled;
}

/** Notes how large the parts of a sum are, where no expectation stands around it. */
export function noteSize(scope: Scope, value: Value): void {
  if (scope.work !== scope.batch || scope.expectations > 0) return;
  for (const x of entries(value)) scope.trace.size = Math.max(scope.trace.size, largest(x));
}

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
  if (found?.density === true && scope.reading.law === 'any') return undefined;
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
