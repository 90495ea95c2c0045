import { plainReading, type Bindings } from '../meaning/bindings.js';
import { primal } from '../numbers/batch.js';
import { evaluate } from '../numbers/evaluate.js';
import { isNoise } from '../numbers/points.js';
import { newTrace, type Scope } from '../numbers/scope.js';
import { scopeFor } from '../numbers/scope-for.js';
import { valuesOver } from '../numbers/theta-plane.js';
import { entries } from '../numbers/value.js';
import { instances, type Instance } from '../numbers/world.js';
import { keyOf, type Expression } from '../read/expression.js';

/** The values of a side on an instance: the same formula has the same print in any notation. */
export type Print = readonly number[];

/** A place to take prints: one dimension is cheap, two tell a trace from a gradient. */
export type Place = 0 | 1;

/** The prints of two sides at the points that both leave free; undefined where one has no value that the reader knows. */
export function printsOf(
  lhs: Expression,
  rhs: Expression,
  bindings: Bindings,
  at: number,
  place: Place,
): readonly [Print, Print] | undefined {
  const print = printer(lhs, rhs, bindings, at, place);
  const [l, r] = [print(lhs), print(rhs)];
  return l && r ? [l, r] : undefined;
}

/** The signed terms of lhs − rhs: the same for an equation whose terms stand on other sides. */
export function termPrints(
  lhs: Expression,
  rhs: Expression,
  bindings: Bindings,
  at: number,
  place: Place,
): readonly { readonly print: Print; readonly term: Expression }[] | undefined {
  const print = printer(lhs, rhs, bindings, at, place);
  const signed = [...termsOf(lhs), ...termsOf(rhs).map(({ sign, term }) => ({ sign: -sign, term }))];
  const prints = signed.flatMap(({ sign, term }) => {
    const own = print(term)?.map((x) => sign * x);
    return own === undefined ? [] : [{ print: own, term }];
  });
  return prints.length === signed.length ? prints : undefined;
}

const termsOf = (e: Expression): readonly { readonly sign: number; readonly term: Expression }[] =>
  e.k === 'sum' ? e.terms : [{ sign: 1, term: e }];

function printer(
  lhs: Expression,
  rhs: Expression,
  bindings: Bindings,
  at: number,
  place: Place,
): (e: Expression) => Print | undefined {
  const named = leveled(bindings, at, place);
  return (e) => {
    try {
      const scope = scopeOf(lhs, rhs, bindings, at, named);
      return entries(evaluate(e, scope)).flatMap((x) => {
        const value = primal(x);
        return typeof value === 'number' ? [value] : [...value];
      });
    } catch {
      // Whatever cannot be computed has no print; why not is said where the link is judged.
      return undefined;
    }
  };
}

/** An instance where the noise level is σ, whatever the document calls it. */
function leveled(bindings: Bindings, at: number, place: Place): Instance {
  const level = bindings.kernels.filter((kernel) => kernel.at <= at).at(-1)?.std;
  const key = level?.k === 'name' ? keyOf(level) : bindings.level;
  const base = instances[place];
  return { ...base, scalar: (name: string): number => base.scalar(name === key ? 'sigma' : name) };
}

/** The scope of two sides; where noise is among their points the clean and the noisy point are drawn, as for sides without it. */
function scopeOf(lhs: Expression, rhs: Expression, bindings: Bindings, at: number, instance: Instance): Scope {
  const { scope } = scopeFor({ lhs, rhs, bindings, at }, instance, plainReading, newTrace());
  if (!bindings.hasRoles || !scope.bound.some((key) => isNoise(key, scope))) return scope;
  const point = (key: string): Expression => {
    const [name, ...sub] = key.split('_');
    return { k: 'name', name, sub: sub.join('_'), font: '', star: false, start: at, end: at };
  };
  const both = { lhs: point(bindings.clean), rhs: point(bindings.noisy), bindings, at };
  return { ...scopeFor(both, instance, plainReading, newTrace()).scope, rule: scope.rule };
}

/** Whether two prints are those of one formula, but for a factor. */
export const alike = (a: Print, b: Print, factor = 1): boolean =>
  a.length === b.length && a.every((x, i) => Math.abs(factor * x - b[i]) <= 1e-5 * (1e-6 + Math.abs(b[i])));

/**
 * How a loss changes with the field: its values at four parameters, less the first one. Losses that differ by a constant have the same. Undefined for what
 * does not depend on the field, or has no one value.
 */
export function shapeOf(e: Expression, other: Expression, bindings: Bindings, at: number): Print | undefined {
  try {
    const scope = { ...scopeOf(e, other, bindings, at, leveled(bindings, at, 0)), constant: 0 };
    const values = valuesOver(e, scope, 4);
    const changes = values.slice(1).map((value) => value - values[0]);
    const size = Math.max(...values.map(Math.abs));
    return Math.max(...changes.map(Math.abs)) > 1e-6 * size ? changes : undefined;
  } catch {
    return undefined;
  }
}
