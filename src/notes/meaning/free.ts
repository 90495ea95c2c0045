import type { Bindings } from './bindings.js';
import { children, keyOf, type Binder, type Expression, type Name } from '../read/expression.js';
import { fieldKey, isDensityName, isLossName, isNoiseName, isPointName } from './vocabulary.js';

/** The points that an expression takes from outside; where an argument is left out, the point that is meant. */
export function freeOf(e: Expression, bindings: Bindings, bound: readonly string[]): Set<string> {
  const free = new Set<string>();
  visit(e, bindings, bound, free);
  return free;
}

function visit(e: Expression, b: Bindings, bound: readonly string[], free: Set<string>): void {
  const use = (key: string): void => {
    if (bound.includes(key)) return;
    const noise = b.noises.some((n) => n.key === key) || /^epsilon(_sigma|_t)?$/.test(key);
    // What is bound gives the third of clean, noisy and noise.
    if (b.hasRoles && noise && bound.includes(b.noisy) && bound.includes(b.clean)) return;
    if (b.hasRoles && key === b.noisy && bound.includes(b.clean) && bound.some((k) => /^(epsilon|xi|eta|z)/.test(k)))
      return;
    free.add(key);
  };
  switch (e.k) {
    case 'name':
      if (isLossName(e)) return;
      if (b.definitions.has(keyOf(e)) && b.definitions.get(keyOf(e))?.args.length === 0) return;
      if (b.coordinates.length > 0 && b.coordinates.includes(e.name) && e.sub === '') return;
      if (
        fieldKey(e) !== undefined ||
        isDensityName(e) ||
        (b.energy && /^[EF]$/.test(e.name)) ||
        b.vectorFields.has(e.name) ||
        b.definitions.get(keyOf(e))?.args.length === 1
      ) {
        use(implied(b, bound));
      } else if (isPointName(e) || isNoiseName(e)) {
        // x_1 and x_d next to x are coordinates; x_i is one inside of a sum.
        if (
          /^([1-9]|d|i|j|n)$/.test(e.sub) &&
          (bound.includes(keyOf({ name: e.name, sub: '' })) || e.sub === 'i' || e.sub === 'j')
        )
          return;
        use(keyOf(e));
      }
      return;
    case 'call':
      if (isLossName(e.of)) return;
      for (const child of [...e.args, ...e.given]) visit(child, b, bound, free);
      return;
    case 'nabla':
      if (e.of) visit(e.of, b, bound, free);
      return;
    case 'partial':
      if (e.of) visit(e.of, b, bound, free);
      return;
    case 'integral':
      visit(e.of, b, [...bound, ...e.vars.map(keyOf)], free);
      return;
    case 'expect': {
      // What one subscript draws is drawn together: E_{x | x_0, x_0} draws x_0 as well.
      let inner = [...bound, ...e.binders.flatMap((binder) => binderKeys(binder, b))];
      for (const binder of e.binders)
        for (const given of lawPoints(binder)) if (!inner.includes(keyOf(given))) free.add(keyOf(given));
      if (e.binders.length === 0 && e.given.length === 0) {
        // Without a subscript the expectation runs over what is random in it: over probes, or else over all.
        const inside = freeOf(e.of, b, bound);
        // The noise of a noisy point is no probe: E‖R(x̃) − τw‖² runs over both.
        const isOfPoint = (key: string): boolean => (inside.has(b.noisy) || inside.has(b.clean)) && b.noises.some((noise) => noise.key === key); // prettier-ignore
        const probes = [...inside].filter((key) => /^(v|z|u|w|epsilon|xi|eta)/.test(key) && !isOfPoint(key));
        for (const key of inside) if (probes.length > 0 && !probes.includes(key)) free.add(key);
        return;
      }
      if (e.given.length > 0) {
        for (const given of e.given) visit(given, b, bound, free);
        inner = [...inner, ...e.given.flatMap((g) => (g.k === 'name' ? [keyOf(g)] : [])), b.clean, b.noisy];
      }
      visit(e.of, b, inner, free);
      return;
    }
    case 'number':
    case 'sum':
    case 'product':
    case 'fraction':
    case 'power':
    case 'transpose':
    case 'group':
    case 'tuple':
    case 'norm':
    case 'inner':
    case 'series':
    case 'fn':
    case 'arg':
    case 'matrix':
    case 'dots':
    case 'differential':
    case 'related':
    case 'indexed':
      for (const child of children(e)) visit(child, b, bound, free);
  }
}

/** The points that a binder's law needs: x_0 in x ~ p(x | x_0) and in x ~ N(x_0, σ²I). */
function lawPoints(binder: Binder): Name[] {
  const isPoint = (e: Expression): e is Name => e.k === 'name' && isPointName(e);
  const { law } = binder;
  if (law?.k === 'call' && law.of.name === 'N') {
    const mean = law.params[0] ?? law.given[0] ?? law.args[0];
    const own = new Set(binder.vars.map(keyOf));
    return (isPoint(mean) ? [mean] : children(mean).filter(isPoint)).filter((e) => !own.has(keyOf(e)));
  }
  const given = law?.k === 'call' ? law.given.filter(isPoint) : [];
  return given.length > 0 ? given : binder.given.filter(isPoint);
}

/** What a binder binds. */
export function binderKeys(binder: Binder, b: Bindings): string[] {
  if (binder.vars.length > 0) return binder.vars.map(keyOf);
  const { law } = binder;
  if (law?.k === 'call') return law.args.flatMap((a) => (a.k === 'name' ? [keyOf(a)] : []));
  return b.hasRoles ? [/^(0|data)$/.test(law?.k === 'name' ? law.sub : '') ? b.clean : b.noisy, 'x'] : ['x'];
}

function implied(b: Bindings, bound: readonly string[]): string {
  const wanted = b.hasRoles ? b.noisy : 'x';
  for (let i = bound.length - 1; i >= 0; i--)
    if (b.hasRoles ? bound[i] === b.noisy : /^[xy]/.test(bound[i])) return bound[i];
  return bound.at(-1) !== undefined && !/^[vzuw]|^epsilon|^sigma|^t$/.test(bound.at(-1) as string)
    ? (bound.at(-1) as string)
    : wanted;
}
