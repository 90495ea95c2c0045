import type { ClaimMode } from './annotations.js';
import { compareArgmins, compareMinimiser } from '../numbers/argmin.js';
import { compareUpToConstant } from '../numbers/up-to-constant.js';
import { compare } from '../numbers/compare.js';
import type { Comparison, Question } from '../numbers/question.js';
import { evaluate } from '../numbers/evaluate.js';
import { keyOf, walk, type Expression, type Name } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import type { Relation } from '../read/statements.js';
import type { Case } from './case.js';
import type { Scope } from '../numbers/scope.js';
import { saidOfEvery } from './quantified.js';
import { fieldKey, isConstantName, isLossName } from '../meaning/vocabulary.js';

const constants = {
  'up-to-constant': 'sum',
  'up-to-scale': 'factor',
  'up-to-positive-affine': 'positive-affine',
} as const;

/** What an equation means by its form, decided by numbers: values, minimisers, up to a constant, an inequality. */
export function comparisonOf(question: Question, relation: Relation, c: Case, mode: ClaimMode | undefined): Comparison {
  const { lhs, rhs } = question;
  if (mode !== undefined && mode in constants)
    return compareUpToConstant(question, constants[mode as keyof typeof constants]);
  if (mode === 'equal') return compare(question);
  if (lhs.k === 'arg' && rhs.k === 'arg' && /^arg/.test(lhs.what) && lhs.what === rhs.what)
    return compareArgmins(question, lhs, rhs);
  if (lhs.k === 'arg' && lhs.what === 'argmin') return compareMinimiser(question, lhs, rhs);
  if (rhs.k === 'arg' && rhs.what === 'argmin') return compareMinimiser({ ...question, lhs: rhs, rhs: lhs }, rhs, lhs);
  if (relation !== '=') return inequality(question, relation, c);
  const constant = constantMode(question, c);
  if (constant !== undefined) return compareUpToConstant(question, constant);
  return compare(question);
}

/** "+ C" and "C ·": C stands for some constant where nothing defines it. */
function constantMode({ lhs, rhs, bindings }: Question, { rhs: side }: Case): 'sum' | 'factor' | undefined {
  for (const e of [lhs, rhs]) {
    const isFree = (x: Expression): boolean =>
      x.k === 'name' && isConstantName(x) && (bindings.definitions.get(keyOf(x))?.at ?? Infinity) >= side.start;
    if (e.k === 'sum' && e.terms.some(({ term }) => isFree(term))) return 'sum';
    if (e.k === 'product' && e.factors.some(({ factor }) => isFree(factor))) return 'factor';
  }
  return undefined;
}

function inequality(question: Question, relation: Relation, c: Case): Comparison {
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
  const run = (changes: Partial<Scope>): Comparison =>
    compare(question, (q, scopeOf) => {
      const [a, b] = [evaluate(q.lhs, scopeOf(changes)), evaluate(q.rhs, scopeOf(changes))];
      if (a.k !== 'scalar' || b.k !== 'scalar') throw new Unreadable('ill-typed', 'An inequality between things that are no numbers.', { start: q.lhs.start, end: q.rhs.end });
      const list = (x: typeof a.x): readonly number[] => (typeof x === 'number' ? [x] : 'tag' in x ? [] : [...x]);
      const [l, r] = [list(a.x), list(b.x)];
      const ok = Array.from({ length: Math.max(l.length, r.length) }, (_, i) => holds(l[l.length === 1 ? 0 : i], r[r.length === 1 ? 0 : i])).every(Boolean);
      return { lhs: { k: 'scalar', x: ok ? 1 : 0 }, rhs: { k: 'scalar', x: 1 } };
    }, relation); // prettier-ignore
  const plain = run({});
  const fields = plain.outcome === 'equal' && question.quick !== true ? fieldIn(question) : undefined;
  if (plain.outcome !== 'different') {
    if (fields === undefined) return plain;
    // What is odd in the field changes its sign with it.
    const turned = run({ candidate: minus(fields, question) });
    if (turned.outcome !== 'different') return plain;
    return saidOfEvery(c).has(fields.name) ? turned : forSome(turned);
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

/** S := −S. */
function minus(name: Name, { bindings }: Question): Scope['candidate'] {
  const arg = bindings.hasRoles ? bindings.noisy : 'x';
  const [letter, ...sub] = arg.split('_');
  const x: Name = { ...name, name: letter, sub: sub.join('_'), font: '' };
  const call: Expression = { k: 'call', of: { ...name, name: 'S', sub: '' }, args: [x], given: [], params: [], bars: false, start: name.start, end: name.end }; // prettier-ignore
  return { key: 'S', arg, body: { k: 'sum', terms: [{ sign: -1, term: call, signAt: -1 }], start: name.start, end: name.end } }; // prettier-ignore
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
