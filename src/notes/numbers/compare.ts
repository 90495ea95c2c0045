import { randomStream } from '../../numerics/random.js';
import { plainReading, type Bindings, type Reading } from '../meaning/bindings.js';
import * as n from './batch.js';
import { evaluate } from './evaluate.js';
import { children, keyOf, type Expression } from '../read/expression.js';
import { freeOf } from '../meaning/free.js';
import { WrongDimension } from './indices.js';
import { isNoise } from './points.js';
import { Unreadable, type Reason } from '../read/problem.js';
import { remembered } from './memory.js';
import { newTrace, type Scope, type Trace } from './scope.js';
import { lossExpression } from '../meaning/losses.js';
import { column, entries, shape, type Value } from './value.js';
import { definitionKey, isLossName, isProbe, lossOf } from '../meaning/vocabulary.js';
import { instances, type Instance } from './world.js';

/** One instance, and the numbers of both sides there: those of the point where they differ most. */
export interface Witness {
  readonly instance: string;
  readonly point: Readonly<Record<string, readonly number[]>>;
  readonly lhs: readonly number[];
  readonly rhs: readonly number[];
  /** max |lhs − rhs| over the size of the sides. */
  readonly residual: number;
}

interface Decided {
  readonly residual: number;
  readonly witnesses: readonly Witness[];
  readonly trace: Trace;
  readonly reading: Reading;
  readonly how: string;
}

/** What numbers say of an equation. */
export type Comparison =
  | (Decided & { readonly outcome: 'equal' })
  | (Decided & { readonly outcome: 'different' })
  | {
      readonly outcome: 'open';
      readonly reason: Reason;
      readonly message: string;
      readonly span: Unreadable['span'] | undefined;
      readonly trace: Trace;
    };

/**
 * Relative agreement that counts as equal: quadrature and rounding together stay below 2e-7 on the instances at the nodes chosen below, as the
 * true identities of the course show, and the smallest effect of a wrong factor, sign or power there is above 1e-2.
 */
export const EQUAL = 2e-6;
/** A hundred times that, and more than a coarse rule's error. */
export const DIFFERENT = 2e-3;

export interface Question {
  readonly lhs: Expression;
  readonly rhs: Expression;
  readonly bindings: Bindings;
  readonly at: number;
  /** The first instance that fits and the plain reading decide. */
  readonly quick?: boolean;
}

/** What is compared: by default both sides. */
export type Method = (question: Question, scopeOf: ScopeMaker) => { readonly lhs: Value; readonly rhs: Value };
type ScopeMaker = (changes?: Partial<Scope>) => Scope;

/** The scope of an instance with the free points of both sides drawn. */
export function scopeFor(
  question: Question,
  instance: Instance,
  reading: Reading,
  trace: Trace,
  salt = '',
): { scope: Scope; points: ReadonlyMap<string, Value> } {
  const { bindings, at } = question;
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
    nodes: { gaussian: 0, box: 0, reach: 0 },
    candidate: undefined,
    expanding: [],
    constant: 0.7,
    evaluate,
    trace,
  };
  if (bindings.hasRoles) {
    const noise = [...free].find((key) => isNoise(key, base));
    if (noise !== undefined && (free.has(bindings.noisy) || free.has(bindings.clean))) {
      free.add(bindings.clean);
      free.delete(bindings.noisy);
    }
  }
  const levels = Math.max(levelsOf(question.lhs, base, []), levelsOf(question.rhs, base, []));
  const batch = free.size === 0 ? 1 : levels > 0 ? 3 : 6;
  const points = new Map<string, Value>();
  for (const key of [...free].sort()) {
    const random = randomStream(instance.seed, 'notes', 'point', common(key, bindings), salt);
    points.set(
      key,
      column(Array.from({ length: instance.dimension }, () => (batch === 1 ? 0.4 : random.normals(batch)))),
    );
  }
  return {
    scope: { ...base, batch, work: batch, vars: points, bound: [...free], nodes: nodesFor(instance.dimension, levels) },
    points,
  };
}

/** The same points for the same part: the noisy variable is x, the clean one x_0, in every notation. */
const common = (key: string, { hasRoles, clean, noisy }: Bindings): string =>
  !hasRoles ? key : key === noisy ? 'x' : key === clean ? 'x_0' : key;

/** Nodes per axis, so that the innermost batch stays below some hundred thousand points. */
function nodesFor(d: number, levels: number): Scope['nodes'] {
  const axes = d * levels;
  if (axes > 4)
    throw new Unreadable('limit', 'This integral has too many dimensions to be computed.', { start: 0, end: 0 });
  const gaussian = axes <= 1 ? 65 : axes <= 2 ? 37 : axes <= 3 ? 25 : axes <= 4 ? 15 : 11;
  // A box needs more nodes than a Gaussian law for the same spacing.
  const box = axes <= 1 ? 129 : axes <= 2 ? 65 : axes <= 3 ? 37 : 25;
  return { gaussian, box, reach: d === 3 ? 9.5 : 8 };
}

/** Levels and probes take a few nodes: what they average is a polynomial in the probe. */
const isCheap = (key: string, scope: Scope): boolean =>
  /^(sigma|t|s|i)$/.test(key) || (isProbe(key) && !isNoise(key, scope));

/** How many laws and integrals lie within each other, definitions and losses expanded. */
function levelsOf(e: Expression, scope: Scope, expanding: readonly string[]): number {
  let below = 0;
  const name = e.k === 'name' ? e : e.k === 'call' ? e.of : undefined;
  if (name !== undefined) {
    const key = definitionKey(name);
    const definition = scope.bindings.definitions.get(key);
    if (!expanding.includes(key)) {
      if (definition && definition.at < scope.at) below = levelsOf(definition.body, scope, [...expanding, key]);
      else if (isLossName(name)) {
        const loss = lossOf(name);
        if (loss !== undefined) below = levelsOf(lossExpression(loss, scope.bindings), scope, [...expanding, key]);
      }
    }
    if (e.k === 'call' && (e.bars || name.name === 'KL')) below = Math.max(1, below);
  }
  for (const child of children(e)) below = Math.max(below, levelsOf(child, scope, expanding));
  if (e.k === 'expect') {
    const costly = e.binders.filter(({ vars }) => vars.length === 0 || !isCheap(keyOf(vars[0]), scope));
    return below + (e.binders.length === 0 ? 1 : costly.length);
  }
  return e.k === 'integral' ? below + e.vars.length : below;
}

/** Both sides on every instance, in every reading that the document leaves open: equal if one reading makes them so. */
export function compare(question: Question, method: Method = bothSides, how = ''): Comparison {
  const first = inReading(question, plainReading, method, how);
  if (first.outcome === 'equal') return first;
  let open: Comparison | undefined = first.outcome === 'open' ? first : undefined;
  let different: Comparison | undefined = first.outcome === 'different' ? first : undefined;
  for (const reading of alternatives(first.trace, question.bindings)) {
    const other = inReading(question, reading, method, how, 1);
    if (other.outcome === 'equal') return other;
    if (other.outcome === 'different') different ??= other;
    else open ??= other;
  }
  // A reading that could not be followed might be the one that is meant, unless it fails by its types.
  if (
    different !== undefined &&
    (open === undefined || open.outcome !== 'open' || open === first || ['ill-typed', 'unbound'].includes(open.reason))
  ) {
    return first.outcome === 'open' && !['ill-typed'].includes(first.reason) ? first : different;
  }
  return open ?? first;
}

/** The readings that differ from the plain one in something that mattered. */
function alternatives({ used }: Trace, bindings: Bindings): Reading[] {
  const others: Reading[] = [];
  if (used.has('score') && bindings.scoreDefined) others.push({ ...plainReading, score: 'score' });
  if (used.has('jacobian')) others.push({ ...plainReading, jacobian: 'columns' });
  if (used.has('jacobian') && used.has('score') && bindings.scoreDefined)
    others.push({ ...plainReading, jacobian: 'columns', score: 'score' });
  if (used.has('second')) others.push({ ...plainReading, second: 'laplacian' });
  if (used.has('noise')) others.push({ ...plainReading, noise: 'other' });
  if (used.has('energy') && bindings.energyHasBeta) others.push({ ...plainReading, energy: 'plain' });
  if (used.has('data') && bindings.hasRoles) others.push({ ...plainReading, data: 'same' });
  if (used.has('bare')) others.push({ ...plainReading, bare: 'all' });
  return others;
}

function inReading(question: Question, reading: Reading, method: Method, how: string, enough = 2): Comparison {
  const trace = newTrace();
  const witnesses: Witness[] = [];
  let failure: { reason: Reason; message: string; span: Unreadable['span'] | undefined } | undefined;
  let equal = 0;
  let different = 0;
  let wide = false;
  for (const instance of instances) {
    // Three dimensions are for what is cheap there.
    try {
      const witness = at(question, instance, reading, trace, method);
      witnesses.push(witness);
      if (witness.residual <= EQUAL) equal++;
      else if (witness.residual >= DIFFERENT) different++;
      if (instance.dimension > 1) wide = true;
      if (different >= enough || question.quick === true) break;
      if (equal >= 2 && wide && instance.dimension >= 2 && different === 0 && instance === instances[1]) {
        // Two agree: the third only where it costs little.
        if (isCostly(question, instance, trace)) break;
      }
    } catch (error) {
      if (error instanceof WrongDimension) continue;
      if (error instanceof RangeError) {
        failure ??= { reason: 'limit', message: 'Too deep to be computed.', span: undefined };
        continue;
      }
      if (!(error instanceof Unreadable)) throw error;
      if (error.reason === 'limit' && witnesses.length > 0) continue;
      failure ??= { reason: error.reason, message: error.message, span: error.span };
      if (error.reason !== 'limit') break;
    }
  }
  if (failure !== undefined && witnesses.length === 0) return { outcome: 'open', ...failure, trace };
  const residual = Math.max(0, ...witnesses.map((w) => w.residual));
  if (different >= enough || (different === 1 && witnesses.length === 1 && witnesses[0].residual > 0.02)) {
    return { outcome: 'different', residual, witnesses, trace, reading, how };
  }
  if (equal === witnesses.length && equal > 0 && (wide || question.quick === true))
    return { outcome: 'equal', residual, witnesses, trace, reading, how };
  const message =
    witnesses.length === 0
      ? 'No instance fits.'
      : `The sides agree to ${residual.toPrecision(2)} only: too much for rounding, too little to be sure.`;
  return { outcome: 'open', reason: 'undecided', message, span: undefined, trace };
}

const isCostly = (question: Question, instance: Instance, trace: Trace): boolean => {
  const { scope } = scopeFor(question, instance, plainReading, trace);
  return scope.nodes.gaussian <= 37;
};

function at(question: Question, instance: Instance, reading: Reading, trace: Trace, method: Method): Witness {
  const { scope, points } = scopeFor(question, instance, reading, trace);
  const { lhs, rhs } = method(question, (changes) => ({ ...scope, ...changes }));
  return witnessOf(instance, points, lhs, rhs, question, scope.batch);
}

const bothSides: Method = ({ lhs, rhs }, scopeOf) => ({
  lhs: remembered('value', lhs, scopeOf(), (scope) => evaluate(lhs, scope)),
  rhs: remembered('value', rhs, scopeOf(), (scope) => evaluate(rhs, scope)),
});

function witnessOf(
  instance: Instance,
  points: ReadonlyMap<string, Value>,
  lhs: Value,
  rhs: Value,
  question: Question,
  batch: number,
): Witness {
  const isZero = (v: Value): boolean => v.k === 'scalar' && v.x === 0;
  if (lhs.k !== rhs.k && !isZero(lhs) && !isZero(rhs)) {
    throw new Unreadable('ill-typed', `The left side is ${shape(lhs)}, the right side ${shape(rhs)}.`, {
      start: question.lhs.start,
      end: question.rhs.end,
    });
  }
  const [a, b] = [entries(lhs), entries(rhs)];
  const count = Math.max(a.length, b.length);
  const numbers = (list: readonly n.Num[], i: number, point: number): number => {
    const x = n.primal(list.length === 1 && count > 1 ? list[0] : list[i]);
    return typeof x === 'number' ? x : x[Math.floor((point * x.length) / batch)];
  };
  let worst = { residual: -1, point: 0 };
  let size = 0;
  for (let point = 0; point < batch; point++) {
    for (let i = 0; i < count; i++)
      size = Math.max(size, Math.abs(numbers(a, i, point)), Math.abs(numbers(b, i, point)));
  }
  for (let point = 0; point < batch; point++) {
    let local = 0;
    let difference = 0;
    for (let i = 0; i < count; i++) {
      const [l, r] = [numbers(a, i, point), numbers(b, i, point)];
      if (!Number.isFinite(l) || !Number.isFinite(r))
        throw new Unreadable('diverges', 'A side has no finite value on an instance.', {
          start: question.lhs.start,
          end: question.rhs.end,
        });
      local = Math.max(local, Math.abs(l), Math.abs(r));
      difference = Math.max(difference, Math.abs(l - r));
    }
    // Near a zero of both sides the size elsewhere is the measure; both sides exactly 0 agree.
    const scale = Math.max(local, 1e-3 * size);
    const residual = scale < 1e-9 ? 0 : difference / scale;
    if (residual > worst.residual) worst = { residual, point };
  }
  const pick = (list: readonly n.Num[]): number[] => list.map((_, i) => numbers(list, i, worst.point));
  return {
    instance: instance.name,
    point: Object.fromEntries([...points].map(([key, value]) => [key, pick(entries(value))])),
    lhs: pick(a),
    rhs: pick(b),
    residual: worst.residual,
  };
}

export { newTrace };
