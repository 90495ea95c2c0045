import type { Expression } from '../read/expression.js';
import { absorb, newTrace, type Scope, type Trace } from './scope.js';

// A member of a chain is compared twice, with what stands before it and with what follows; a repair changes one side hundreds of times and
// leaves the other as it is.

interface Remembered {
  readonly value: unknown;
  readonly trace: Trace;
}

const memory = new WeakMap<Expression, Map<string, Remembered>>();

/** What `compute` makes of a whole side in a scope, once; `what` names the computation. The trace is that of the first time. */
export function remembered<T>(what: string, e: Expression, scope: Scope, compute: (scope: Scope) => T): T {
  const key = `${what} ${keyOf(scope)}`;
  const known = memory.get(e) ?? new Map<string, Remembered>();
  memory.set(e, known);
  let found = known.get(key);
  if (found === undefined) {
    const trace = newTrace();
    found = { value: compute({ ...scope, trace }), trace };
    known.set(key, found);
  }
  absorb(scope.trace, found.trace);
  return found.value as T;
}

/** Everything in a scope that can differ between two calls for one expression: an expression belongs to one document. */
function keyOf({ instance, reading, batch, rule, vars, bindings, at, constant }: Scope): string {
  const stated = (list: readonly { readonly at: number }[]): number => list.filter((x) => x.at <= at).length;
  return JSON.stringify([
    instance.name, reading, batch, rule, [...vars.keys()], constant, bindings.definitions.size, stated(bindings.kernels), stated(bindings.noises),
    stated([...bindings.definitions.values()]), bindings.coordinates,
  ]); // prettier-ignore
}
