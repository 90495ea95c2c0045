import { fieldKey } from '../meaning/vocabulary.js';
import { keyOf, walk, type Expression, type Partial } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { kernelLetters } from './densities.js';
import * as n from './batch.js';
import { noteSize, type Scope } from './scope.js';
import { entrywise, plus, type Value } from './value.js';
import type { Instance } from './world.js';

// d/dσ and d/d(σ²) of what the noise enters, by differences: the level is one number of an instance.

/** The noise level that a derivative is taken in, to the first power or squared. */
interface Level {
  readonly key: string;
  readonly squared: boolean;
}

/** σ of d/dσ and d/d(σ²), where σ alone says how strong the noise is; undefined for other variables. */
export function levelOf({ wrt }: Partial, scope: Scope): Level | undefined {
  const [variable, ...rest] = wrt;
  const inside = variable.k === 'group' ? variable.of : variable;
  const squared = inside.k === 'power' && inside.exponent.k === 'number' && inside.exponent.value === 2;
  const name = squared ? inside.base : inside;
  if (rest.length > 0 || name.k !== 'name') return undefined;
  const key = keyOf(name);
  const known = kernelLetters(scope);
  return known.length === 1 && known[0] === key && !scope.vars.has(key) && !scope.bindings.definitions.has(key)
    ? { key, squared }
    : undefined;
}

/** Central differences of order 6 (Fornberg 1988, table 1). */
const stencil = [
  [1, 45 / 60],
  [2, -9 / 60],
  [3, 1 / 60],
] as const;

/**
 * The derivative of `of` in a noise level. With step h = step·σ the differences err by h⁶ f⁽⁷⁾/140; a coarser rule has twice the step and errs by
 * 64 times as much, which {@link ./tolerance.ts} allows for. Throws {@link Unreadable} for fields, which may depend on σ unsaid.
 */
export function levelDerivative(of: Expression, { key, squared }: Level, e: Partial, scope: Scope): Value {
  if (
    [...walk(of)].some(
      (x) => (x.k === 'name' && fieldKey(x) !== undefined) || (x.k === 'call' && fieldKey(x.of) !== undefined),
    )
  )
    throw new Unreadable('unsupported', `How the field depends on ${key}, the document does not say.`, e);
  if (scope.derivatives > 0 || scope.expectations > 0)
    throw new Unreadable('unsupported', 'A derivative in the noise level inside of another or of an average is not computed.', e); // prettier-ignore
  const { instance } = scope;
  const here = instance.scalar(key);
  const h = scope.rule.step * here;
  const terms = stencil.flatMap(([k, weight]) =>
    [k, -k].map((times) => {
      const value = scope.evaluate(of, {
        ...scope,
        instance: moved(instance, key, here + times * h),
        trace: scope.trace,
      });
      return entrywise(value, (x) => n.mul((Math.sign(times) * weight) / h, x));
    }),
  );
  terms.forEach((term) => noteSize(scope, term));
  const slope = terms.reduce((a, b) => plus(a, b, e));
  scope.trace.differences = true;
  scope.trace.averages = true;
  return squared ? entrywise(slope, (x) => n.mul(1 / (2 * here), x)) : slope;
}

const made = new WeakMap<Instance, Map<string, Instance>>();
/** The instance with another value of a number; the same object each time, by which values are remembered. */
function moved(instance: Instance, key: string, value: number): Instance {
  const known = made.get(instance) ?? new Map<string, Instance>();
  made.set(instance, known);
  const word = `${key} ${value}`;
  let found = known.get(word);
  if (found === undefined) {
    found = { ...instance, scalar: (name) => (name === key ? value : instance.scalar(name)) };
    known.set(word, found);
  }
  return found;
}
