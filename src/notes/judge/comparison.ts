import type { ClaimMode } from './annotations.js';
import { compareArgmins, compareMinimiser } from '../numbers/argmin.js';
import { compareUpToConstant } from '../numbers/up-to-constant.js';
import { compare } from '../numbers/compare.js';
import type { Comparison, Question } from '../numbers/question.js';
import { keyOf, type Expression } from '../read/expression.js';
import type { Relation } from '../read/statements.js';
import type { Case } from './case.js';
import { inequality } from './inequality.js';
import { isConstantName } from '../meaning/vocabulary.js';

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
