import { freeOf } from '../meaning/free.js';
import { isProbe } from '../meaning/vocabulary.js';
import type { Binder, Expect, Name } from '../read/expression.js';
import { keyOf } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { role } from './densities.js';
import { isNoise } from './points.js';
import type { Scope } from './scope.js';

/** The binders as written, or those that an expectation without subscript means. */
export function bindersOf(e: Expect, scope: Scope): readonly Binder[] {
  if (e.binders.length > 0) return together(e.binders, scope);
  const span = { start: e.start, end: e.end };
  const name = (key: string): Name => ({
    k: 'name',
    name: key.split('_')[0],
    sub: key.split('_').slice(1).join('_'),
    font: '',
    star: false,
    ...span,
  });
  const { clean, noisy } = scope.bindings;
  if (e.given.length > 0) {
    const given = e.given.filter((g): g is Name => g.k === 'name');
    if (given.length === 1 && role(scope, keyOf(given[0])) === 'noisy')
      return [{ vars: [name(clean)], given, law: undefined, ...span }];
    if (given.length === 1 && role(scope, keyOf(given[0])) === 'clean')
      return [{ vars: [name(noisy)], given, law: undefined, ...span }];
    throw new Unreadable('unsupported', 'The law of this conditional expectation is not known.', e);
  }
  const free = [...freeOf(e.of, scope.bindings, [])];
  const probes = free.filter(
    (key) => isProbe(key) && !(isNoise(key, scope) && (free.includes(clean) || free.includes(noisy))),
  );
  if (probes.length > 0) scope.trace.used.add('bare');
  const over =
    probes.length > 0 && scope.reading.bare === 'probes'
      ? probes
      : free.filter((key) => isProbe(key) || role(scope, key) !== undefined);
  if (over.length === 0) throw new Unreadable('unbound', 'It is not clear what the expectation runs over.', e);
  // Both variables, or one of them with the noise that leads to it: the clean one first, then the noise.
  if (over.includes(noisy) && over.some((key) => key === clean || isNoise(key, scope))) {
    return [
      { vars: [name(clean)], given: [], law: undefined, ...span },
      { vars: [name(noisy)], given: [name(clean)], law: undefined, ...span },
      ...over
        .filter((key) => key !== clean && key !== noisy && !isNoise(key, scope))
        .map((key): Binder => ({ vars: [name(key)], given: [], law: undefined, ...span })),
    ];
  }
  return over.map((key) => ({ vars: [name(key)], given: [], law: undefined, ...span }));
}

/**
 * The draws of one subscript, E_{x, x_0}: from the joint law. A variable that another one is given by is drawn first, and a noisy one that names no law of its own
 * is drawn given the clean one beside it. Laws that are written out stay as they are: x ∼ p(x), x_0 ∼ p(x_0) is a product.
 */
function together(binders: readonly Binder[], scope: Scope): readonly Binder[] {
  if (!scope.bindings.hasRoles) return binders;
  const single = binders.flatMap((binder) =>
    binder.law === undefined && binder.given.length === 0 && binder.vars.length === 2
      ? binder.vars.map((own): Binder => ({ ...binder, vars: [own] }))
      : [binder],
  );
  const draws = (binder: Binder, key: string): boolean => binder.vars.some((own) => keyOf(own) === key);
  const { clean, noisy } = scope.bindings;
  const first = single.find((binder) => draws(binder, clean) && isLone(binder));
  if (first === undefined) return single;
  const rest = single.filter((binder) => binder !== first);
  // E_{x_0, x ∼ p(x_0, x)}: the law draws both.
  if (first.law === undefined && rest.some(({ law }) => law?.k === 'call' && law.args.length === 2 && law.args.some((arg) => arg.k === 'name' && keyOf(arg) === clean)))
    return rest; // prettier-ignore
  const given = (binder: Binder): Binder => ({ ...binder, given: first.vars, law: undefined });
  return [
    first,
    ...rest.map((binder) => {
      if (!draws(binder, noisy) || !isLone(binder)) return binder;
      if (binder.law === undefined) return given(binder);
      if (first.law !== undefined || binder.law.k !== 'call' || binder.law.given.length > 0) return binder;
      // E_{x_0, x ∼ p(x)}: x of its own, or the pair.
      scope.trace.used.add('inner');
      return scope.reading.inner === 'given' ? given(binder) : binder;
    }),
  ];
}

const isLone = ({ vars, given }: Binder): boolean => vars.length === 1 && given.length === 0;
