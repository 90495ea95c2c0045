import { randomStream } from '../../numerics/random.js';
import type { Bindings, Reading } from '../meaning/bindings.js';
import { freeOf } from '../meaning/free.js';
import { lossExpression } from '../meaning/losses.js';
import { definitionKey, isLossName, isProbe, lossOf } from '../meaning/vocabulary.js';
import { children, keyOf, type Expect, type Expression, type Name } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { evaluate } from './evaluate.js';
import { isPosteriorMean } from './expectation.js';
import { WrongDimension } from './indices.js';
import { isNoise } from './points.js';
import type { Question } from './question.js';
import type { Rule, Scope, Trace } from './scope.js';
import { column, type Value } from './value.js';
import type { Instance } from './world.js';

/** The scope of an instance with the free points of both sides drawn. */
export function scopeFor(
  question: Question,
  instance: Instance,
  reading: Reading,
  trace: Trace,
): { scope: Scope; points: ReadonlyMap<string, Value> } {
  const { bindings, at } = question;
  if (bindings.line && instance.dimension !== 1) throw new WrongDimension();
  const free = new Set([...freeOf(question.lhs, bindings, []), ...freeOf(question.rhs, bindings, [])]);
  const base: Scope = {
    instance,
    bindings,
    reading,
    at,
    batch: 1,
    work: 1,
    vars: new Map(),
    bound: [],
    derivatives: 0,
    indices: new Map(),
    theta: [],
    plane: undefined,
    pass: undefined,
    expectations: 0,
    rule: ruleFor(instance.dimension, 0),
    candidate: undefined,
    expanding: [],
    constant: 0.7,
    evaluate,
    trace,
  };
  // ε_1 beside ε is a coordinate.
  for (const key of [...free]) {
    const base = /^([a-z]+)_(?:[1-9]|d)$/.exec(key)?.[1];
    if (base !== undefined && isProbe(base) && free.has(base)) free.delete(key);
  }
  if (bindings.hasRoles) {
    const noise = [...free].find((key) => isNoise(key, base));
    if (noise !== undefined && (free.has(bindings.noisy) || free.has(bindings.clean))) {
      free.add(bindings.clean);
      free.delete(bindings.noisy);
    }
  }
  const levels = Math.max(levelsOf(question.lhs, base, new Map()), levelsOf(question.rhs, base, new Map()));
  const batch = free.size === 0 ? 1 : levels > 0 ? 3 : 6;
  const points = new Map<string, Value>();
  for (const key of [...free].sort()) {
    points.set(key, drawn(instance, batch, common(key, bindings)));
  }
  return {
    scope: { ...base, batch, work: batch, vars: points, bound: [...free], rule: ruleFor(instance.dimension, levels) },
    points,
  };
}

/** The same points for the same part: the noisy variable is x, the clean one x_0, in every notation. */
const common = (key: string, { hasRoles, clean, noisy }: Bindings): string =>
  !hasRoles ? key : key === noisy ? 'x' : key === clean ? 'x_0' : key;

const draws = new Map<string, Value>();

/** The points of a name, the same object each time: what was computed at them is known by that. */
function drawn({ dimension, seed }: Instance, batch: number, name: string): Value {
  const key = `${seed} ${batch} ${name}`;
  let found = draws.get(key);
  if (found === undefined) {
    const random = randomStream(seed, 'notes', 'point', name, '');
    found = column(Array.from({ length: dimension }, () => (batch === 1 ? 0.4 : random.normals(batch))));
    // A file of thousands of names has no use of the first ones.
    if (draws.size >= 1_000) draws.clear();
    draws.set(key, found);
  }
  return found;
}

/** Nodes per axis, so that the innermost batch stays below some hundred thousand points; a box needs more than a law for the same spacing. */
function ruleFor(d: number, levels: number): Rule {
  const axes = d * levels;
  if (axes > 4)
    throw new Unreadable('limit', 'This integral has too many dimensions to be computed.', { start: 0, end: 0 });
  return {
    laws: { count: axes <= 1 ? 65 : axes <= 2 ? 37 : axes <= 3 ? 25 : 15, reach: 6.5 },
    boxes: { count: axes <= 1 ? 129 : axes <= 2 ? 65 : axes <= 3 ? 37 : 27, reach: d === 3 ? 9.5 : 8 },
    probes: 6,
    step: 1 / 32,
  };
}

/** Levels and probes take a few nodes: what they average is a polynomial in the probe. */
const isCheap = (key: string, scope: Scope): boolean =>
  /^(sigma|t|s|i)$/.test(key) || (isProbe(key) && !isNoise(key, scope));

/** How many laws and integrals lie within each other, definitions and losses expanded. */
function levelsOf(e: Expression, scope: Scope, known: Map<string, number>): number {
  let below = 0;
  const name = e.k === 'name' ? e : e.k === 'call' ? e.of : undefined;
  if (name !== undefined) {
    const key = definitionKey(name);
    let levels = known.get(key);
    if (levels === undefined) {
      // A definition that names itself adds none; each one is looked through once, however often others name it.
      known.set(key, 0);
      const body = bodyOf(name, scope);
      levels = body === undefined ? 0 : levelsOf(body, scope, known);
      known.set(key, levels);
    }
    below = levels;
    if (e.k === 'call' && (e.bars || name.name === 'KL')) below = Math.max(1, below);
  }
  for (const child of children(e)) below = Math.max(below, levelsOf(child, scope, known));
  if (e.k === 'expect' && isPosteriorMean(e, scope.bindings)) return below;
  if (e.k === 'expect') {
    const costly = e.binders.filter(({ vars }) => vars.length === 0 || !isCheap(keyOf(vars[0]), scope));
    return below + (e.binders.length === 0 ? bareLevels(e, scope) : costly.length);
  }
  return e.k === 'integral' ? below + e.vars.length : below;
}

/** E without subscript runs over both variables where both stand in it. */
function bareLevels(e: Expect, { bindings }: Scope): number {
  const free = freeOf(e.of, bindings, []);
  return e.given.length === 0 && bindings.hasRoles && free.has(bindings.clean) && free.has(bindings.noisy) ? 2 : 1;
}

/** What a name stands for: its definition before the formula, or the loss that the course knows by it. */
export function bodyOf(name: Name, { bindings, at }: Pick<Scope, 'bindings' | 'at'>): Expression | undefined {
  const definition = bindings.definitions.get(definitionKey(name));
  if (definition && definition.at < at) return definition.body;
  const loss = isLossName(name) ? lossOf(name) : undefined;
  return loss === undefined ? undefined : lossExpression(loss, bindings);
}
