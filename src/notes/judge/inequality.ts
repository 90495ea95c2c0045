import { plainReading } from '../meaning/bindings.js';
import { fieldKey, isLossName } from '../meaning/vocabulary.js';
import { compare } from '../numbers/compare.js';
import { evaluate } from '../numbers/evaluate.js';
import type { Comparison, Question } from '../numbers/question.js';
import type { Scope } from '../numbers/scope.js';
import { walk, type Expression, type Name } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import type { Relation } from '../read/statements.js';
import type { Case } from './case.js';
import { saidOfEvery } from './quantified.js';

/** An inequality by the truth of it on the instances; of a field, on some of its multiples as well. */
export function inequality(question: Question, relation: Relation, c: Case): Comparison {
  const holds = (l: number, r: number): boolean =>
    relation === '<'
      ? l < r
      : relation === '>'
        ? l > r
        : relation === '<='
          ? l <= r + 1e-9
          : relation === '>='
            ? l >= r - 1e-9
            : l !== r;
  const within = (l: number, r: number, margin: number): boolean =>
    holds(l, r) || Math.abs(l - r) <= margin * (Math.abs(l) + Math.abs(r));
  const run = (changes: Partial<Scope>, margin = 0): Comparison =>
    compare(question, (q, scopeOf) => {
      const [a, b] = [evaluate(q.lhs, scopeOf(changes)), evaluate(q.rhs, scopeOf(changes))];
      if (a.k !== 'scalar' || b.k !== 'scalar') throw new Unreadable('ill-typed', 'An inequality between things that are no numbers.', { start: q.lhs.start, end: q.rhs.end });
      const list = (x: typeof a.x): readonly number[] => (typeof x === 'number' ? [x] : 'tag' in x ? [] : [...x]);
      const [l, r] = [list(a.x), list(b.x)];
      const ok = Array.from({ length: Math.max(l.length, r.length) }, (_, i) => within(l[l.length === 1 ? 0 : i], r[r.length === 1 ? 0 : i], margin)).every(Boolean);
      return { lhs: { k: 'scalar', x: ok ? 1 : 0 }, rhs: { k: 'scalar', x: 1 } };
    }, relation); // prettier-ignore
  const plain = run({});
  const fields = plain.outcome === 'equal' && question.quick !== true ? fieldIn(question) : undefined;
  if (plain.outcome !== 'different') {
    if (fields === undefined) return plain;
    // What is odd in the field changes its sign with it, and what is of lower degree outweighs the rest for a small one.
    for (const factor of factors) {
      const turned = run({ candidate: multiple(factor, fields, question) }, SURE);
      const against = turned.witnesses?.filter(({ residual }) => residual >= 1) ?? [];
      if (against.length === 0) continue;
      if (!saidOfEvery(c).has(fields.name)) return forSome(turned);
      const [{ residual }] = against;
      return { outcome: 'different', residual, witnesses: against, trace: turned.trace, reading: plainReading, how: `${relation}, for a multiple of the field` }; // prettier-ignore
    }
    return plain;
  }
  // "The optimal loss is negative": true of the best field, not of any. Never false by a field that is not the one meant.
  const names = [...walk(question.lhs), ...walk(question.rhs)];
  const usesField = names.some(
    (x) => (x.k === 'name' && (isLossName(x) || fieldKey(x) === 'S')) || (x.k === 'call' && fieldKey(x.of) === 'S'),
  );
  if (!usesField || saidOfEvery(c).has(fieldIn(question)?.name ?? '')) return plain;
  const best = compareAtBest(question, holds);
  return best ?? forSome(plain);
}

const forSome = ({ trace }: Comparison): Comparison => ({
  outcome: 'open',
  reason: 'undecided',
  message: 'The inequality holds for some fields and not for others.',
  span: undefined,
  trace,
});

/** The name of the field S of an inequality. */
const fieldIn = ({ lhs, rhs }: Question): Name | undefined =>
  [...walk(lhs), ...walk(rhs)]
    .map((x) => (x.k === 'name' ? x : x.k === 'call' ? x.of : undefined))
    .find((name) => name !== undefined && fieldKey(name) === 'S');

/** A counterexample is one by this part of the size of its sides: the rules err by less than a hundredth of that where both sides are smooth. */
const SURE = 1e-5;

/** Multiples of the field on which an inequality is tried beside the field itself. */
const factors = [-1, 1 / 32, -1 / 32] as const;

/** S := factor·S. */
function multiple(factor: number, name: Name, { bindings }: Question): Scope['candidate'] {
  const arg = bindings.hasRoles ? bindings.noisy : 'x';
  const [letter, ...sub] = arg.split('_');
  const x: Name = { ...name, name: letter, sub: sub.join('_'), font: '' };
  const call: Expression = { k: 'call', of: { ...name, name: 'S', sub: '' }, args: [x], given: [], params: [], bars: false, start: name.start, end: name.end }; // prettier-ignore
  const number: Expression = { k: 'number', value: factor, start: name.start, end: name.end };
  const body: Expression = {
    k: 'product',
    factors: [number, call].map((part) => ({ via: '', factor: part })),
    start: name.start,
    end: name.end,
  };
  return { key: 'S', arg, body };
}

function compareAtBest(question: Question, holds: (l: number, r: number) => boolean): Comparison | undefined {
  const best = compare(question, (q, scopeOf) => {
    const scope = scopeOf();
    const reading = { ...scope.reading, denoiser: 'optimal' as const, score: 'score' as const };
    const [a, b] = [evaluate(q.lhs, { ...scope, reading }), evaluate(q.rhs, { ...scope, reading })];
    const ok = a.k === 'scalar' && b.k === 'scalar' && typeof a.x === 'number' && typeof b.x === 'number' && holds(a.x, b.x);
    return { lhs: { k: 'scalar', x: ok ? 1 : 0 }, rhs: { k: 'scalar', x: 1 } };
  }, 'at the optimum'); // prettier-ignore
  return best.outcome === 'equal' ? best : undefined;
}
