import fc, { type Arbitrary } from 'fast-check';
import { randomStream } from '../numerics/random.js';
import { casesSeed, type Draws } from './draws.js';
import type { PropertyId, Task } from './exercise.js';
import { expectedOf, type Expected } from './formula.js';
import type { Case } from './inputs.js';

/** One question to be asked, with what it is compared with where that is not the oracle's answer. */
export interface Plan {
  readonly property: PropertyId;
  readonly case: Case;
  readonly kind: 'value' | 'gradient' | 'order' | 'record' | 'replay';
  readonly expected?: Expected;
  /** Asked before: this time of a process that has answered other questions, in another order. */
  readonly again?: true;
}

/** Questions that are asked a second time, to see whether the answer stays. */
const REPEATED = 3;

/**
 * The questions of a task, those of all properties mixed in an order of the seed, so that none can be told by its place; a few of them again,
 * the last one first; those about cost at the end, since they may end the process.
 */
export function plansOf(task: Task, draws: Draws): readonly Plan[] {
  const known = drawnFor.get(draws);
  if (known?.task === task) return known.plans;
  const plans = newPlans(task, draws);
  drawnFor.set(draws, { task, plans });
  return plans;
}

/** A task is asked up to three times with the same draws, and to draw its questions takes time. */
const drawnFor = new WeakMap<Draws, { readonly task: Task; readonly plans: readonly Plan[] }>();

function newPlans(task: Task, draws: Draws): Plan[] {
  const { value, laws, far, small, gradient, order, score, cost, random } = task.properties;
  const plans: Plan[] = [];
  const add = (
    property: PropertyId,
    kind: Plan['kind'],
    source: { readonly cases: Arbitrary<Case>; readonly count: number } | undefined,
  ): Case[] => {
    const list = source === undefined ? [] : sampled(source, draws, property);
    plans.push(...list.map((c) => ({ property, kind, case: c })));
    return list;
  };
  add('value', 'value', value);
  add('far', 'value', far);
  add('small', 'value', small);
  for (const c of add('laws', 'value', laws)) {
    for (const { moved, answer } of laws?.laws ?? []) {
      // The tolerance is that of the moved case: each answer is within its own bound of the oracle.
      const at = moved(c);
      const values = answer(expectedOf(task, c).values, c);
      plans.push({ property: 'laws', kind: 'value', case: at, expected: { ...expectedOf(task, at), values } });
    }
  }
  add('gradient', 'gradient', gradient);
  if (order !== undefined) {
    for (const c of sampled(order, draws, 'order')) {
      const finer = order.doubled(c);
      plans.push({ property: 'order', kind: 'order', case: c }, { property: 'order', kind: 'order', case: finer });
    }
  }
  add('score', 'record', score);
  add('random', 'replay', random?.replayed);
  const mixed = shuffled(plans, draws);
  const values = task.answer === undefined ? [] : mixed.filter(({ kind }) => kind === 'value');
  const again = values.slice(-REPEATED).reverse();
  plans.length = 0;
  add('cost', 'record', cost);
  return [...mixed, ...again.map((plan) => ({ ...plan, again: true as const })), ...plans];
}

/** The cases of a property for a seed; without fast-check's bias to small values, which would leave the generic ones out. */
export function sampled(
  { cases, count }: { readonly cases: Arbitrary<Case>; readonly count: number },
  draws: Draws,
  property: string,
): Case[] {
  return fc.sample(fc.noBias(cases), { seed: casesSeed(draws, property), numRuns: count });
}

function shuffled<T>(items: readonly T[], { seed, path }: Draws): T[] {
  const random = randomStream(seed, 'order', ...path);
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random.index(i + 1);
    [mixed[i], mixed[j]] = [mixed[j], mixed[i]];
  }
  return mixed;
}
