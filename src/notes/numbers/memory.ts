import type { Expression } from '../read/expression.js';
import { absorb, newTrace, type Scope, type Trace } from './scope.js';

// A member of a chain is compared twice, with what stands before it and with what follows; the same losses and constants come back in every
// section; a repair changes one side hundreds of times and leaves most of its expectations as they are.

interface Remembered {
  readonly value: unknown;
  readonly trace: Trace;
}

/** One for each document, which its own definitions tell from others. */
const memories = new WeakMap<object, Map<string, Remembered>>();

/** A document of more parts than this is no document: a new memory takes less than one that grows. */
const MOST = 20_000;

/**
 * What `compute` makes of an expression in a scope, once for all places where the same expression stands: its words and everything in the scope
 * that its value depends on are the key. The trace is that of the first time.
 */
export function remembered<T>(what: string, e: Expression, scope: Scope, compute: (scope: Scope) => T): T {
  const known = memories.get(scope.bindings.definitions) ?? new Map<string, Remembered>();
  memories.set(scope.bindings.definitions, known);
  const key = `${what} ${keyOf(scope)} ${wordsOf(e)}`;
  // What no field enters is the same for all parameters.
  const keyed = `${key} ${scope.theta[0] ?? 0},${scope.theta[1] ?? 0}`;
  let found = known.get(key) ?? known.get(keyed);
  if (found === undefined) {
    const trace = newTrace();
    found = { value: compute({ ...scope, trace }), trace };
    if (known.size >= MOST) known.clear();
    known.set(trace.theta ? keyed : key, found);
  }
  absorb(scope.trace, found.trace);
  return found.value as T;
}

/** Whether a value in this scope is worth to be remembered: outside of all draws and derivatives a few numbers stand for much work. */
export const isOutermost = ({ expectations, derivatives, trace }: Scope): boolean =>
  expectations === 0 && derivatives === 0 && trace.shapes === undefined;

/** Everything in a scope that can differ between two calls for one expression, but for the parameters. */
function keyOf(scope: Scope): string {
  const { instance, reading, batch, work, rule, vars, bound, bindings, at, constant, indices, expanding, candidate } = scope; // prettier-ignore
  const stated = (list: readonly { readonly at: number }[]): number => list.filter((x) => x.at <= at).length;
  const points = [...vars].map(([key, value]) => [key, identityOf(value)]);
  return JSON.stringify([
    identityOf(instance), reading, batch, work, rule, points, bound, constant, stated(bindings.kernels), stated(bindings.noises), stated(bindings.probeLaws), definedBefore(scope),
    bindings.coordinates, [...indices], expanding, candidate && [candidate.key, candidate.arg, wordsOf(candidate.body)],
  ]); // prettier-ignore
}

/** How many definitions hold at a place, and a number made of where they stand: a later definition of a name takes the place of an earlier one. */
function definedBefore({ bindings, at }: Scope): readonly number[] {
  let [count, mixed] = [0, 0];
  for (const definition of bindings.definitions.values()) {
    if (definition.at >= at) continue;
    count++;
    mixed = (Math.imul(mixed, 31) + definition.at) | 0;
  }
  return [count, mixed];
}

const numbers = new WeakMap<object, number>();
let given = 0;
/** A number for an object, the same for the same one. */
function identityOf(thing: object): number {
  let number = numbers.get(thing);
  if (number === undefined) numbers.set(thing, (number = ++given));
  return number;
}

const words = new WeakMap<object, string>();
/** An expression in words that do not depend on where it stands. */
function wordsOf(part: unknown): string {
  if (typeof part !== 'object' || part === null) return typeof part === 'string' ? JSON.stringify(part) : String(part);
  let text = words.get(part);
  if (text === undefined) {
    text = Array.isArray(part)
      ? `[${part.map(wordsOf).join()}]`
      : `{${Object.entries(part).flatMap(([name, value]) => (places.has(name) ? [] : [`${name}:${wordsOf(value)}`])).join()}}`; // prettier-ignore
    words.set(part, text);
  }
  return text;
}

const places: ReadonlySet<string> = new Set(['start', 'end', 'signAt', 'subscript']);
