import {
  fieldKey,
  isDensityName,
  isLossName,
  isMatrixName,
  isNoiseName,
  isPointName,
  isScalarName,
} from '../meaning/vocabulary.js';
import { withBinders } from '../meaning/bind.js';
import type { Bindings } from '../meaning/bindings.js';
import type { NotesDocument } from '../read/document.js';
import { keyOf, walk, type Call, type Expression, type Name } from '../read/expression.js';
import { headOf, noName, type Case } from './case.js';
import { isSign } from './grounds.js';

// Whether an equation itself tells vectors from numbers.

/** Whether the equation itself tells vectors from numbers, in letters whose kind is not in doubt. */
export function hasSureTypes(trees: readonly Expression[], { bindings, document }: Case): boolean {
  const shown = shownIn(document);
  const nodes = trees.flatMap((tree) => [...withBinders(tree)]);
  const tells = nodes.some(
    (x) =>
      ['nabla', 'transpose', 'norm', 'inner', 'matrix'].includes(x.k) ||
      (x.k === 'fn' && x.name === 'trace') ||
      (x.k === 'expect' && x.binders.length > 0) ||
      (x.k === 'name' && x.name === 'I'),
  );
  const hasMatrices = nodes.some(
    (x) => (x.k === 'fn' && x.name === 'trace') || (x.k === 'transpose' && x.of.k === 'name' && isPointName(x.of)),
  );
  // σσᵀ: the letter of a number is a matrix here.
  const turned = new Set(
    nodes.flatMap((x) => (x.k === 'transpose' && x.of.k === 'name' && isScalarName(x.of) ? [keyOf(x.of)] : [])),
  );
  // D in place of D(x; σ): which of its arguments are meant, and so what it is, is a guess.
  const isBare = (name: Name): boolean =>
    !isDensityName(name) && (bindings.definitions.get(keyOf(name))?.args.length ?? 0) > 0;
  // P and Q may be densities or matrices.
  const isSure = (name: Name): boolean =>
    !/^[PQ]$/.test(name.name) &&
    (!isPointName(name) || shown.vectors.has(keyOf(name))) &&
    (fieldKey(name) === undefined || (shown.called.has(name.name) && !/^\d\d/.test(name.sub))) &&
    !turned.has(keyOf(name)) &&
    (hasKind(name, bindings) || (hasMatrices && isMatrixName(name)));
  // u(x), H(x, v) and P = I − x xᵀ: of what kind an unknown function or a letter alone is, the equation itself may say.
  const isKnownCall = ({ of }: Call, depth = 0): boolean => {
    if (of.name === 'N' || isDensityName(of) || isLossName(of) || fieldKey(of) === 'S') return true;
    // D(x; σ) = a x + b F(c x): of what kind it is, F says.
    const known = bindings.definitions.get(keyOf(of));
    // The number F is no function F(x).
    return known !== undefined && known.args.length > 0 && depth < 3 && [...withBinders(known.body)].every((x) => x.k !== 'call' || isKnownCall(x, depth + 1)); // prettier-ignore
  };
  return (
    tells &&
    !mayNameItself(trees, nodes) &&
    !nodes.some(mayBeOuter(nodes)) &&
    !nodes.some((x) => isExponentialOfPoint(x) || isAtTime(x)) &&
    !trees.some((tree, side) => isSaidToBe(tree, trees[1 - side])) &&
    nodes.every((x) => (x.k === 'name' ? isSure(x) && !isBare(x) : x.k !== 'call' || isKnownCall(x)))
  );
}

/** ∇ = (∂₁, …, ∂_d), dX = (dX₁, dX₂), and Var(X), a number on the line. A norm names no list. */
const mayNameItself = (trees: readonly Expression[], nodes: readonly Expression[]): boolean =>
  trees.some(
    (tree, side) =>
      (tree.k === 'tuple' && !isNorm(trees[1 - side])) ||
      ((tree.k === 'nabla' || tree.k === 'partial') && tree.of === undefined),
  ) || nodes.some((x) => x.k === 'differential' || (x.k === 'expect' && x.what !== 'E'));

const isNorm = (e: Expression): boolean => e.k === 'norm' || (e.k === 'power' && isNorm(e.base));

/** A column times a row, with a dot or without, may be the matrix of their products; a divergence is none. */
const mayBeOuter =
  (nodes: readonly Expression[]) =>
  (x: Expression): boolean =>
    x.k === 'product' &&
    x.factors.slice(1).some(({ factor: f }) => f.k === 'matrix' && f.rows.length === 1 && f.rows[0].length > 1) &&
    !nodes.some((y) => y.k === 'partial' || y.k === 'nabla');

/** ⟨e^η, η⟩: an exponential may be meant entry by entry. */
const isExponentialOfPoint = (x: Expression): boolean =>
  x.k === 'power' && x.base.k === 'name' && x.base.name === 'e' && [...walk(x.exponent)].some((y) => y.k === 'name' && (isPointName(y) || isNoiseName(y))); // prettier-ignore

/** v(t + ε): a letter in front of brackets with a time in them. */
const isAtTime = (x: Expression): boolean =>
  (x.k === 'call' && isPointName(x.of)) ||
  (x.k === 'product' &&
    x.factors.some(({ factor: f }, i) => {
      const next = x.factors[i + 1]?.factor;
      return f.k === 'name' && isPointName(f) && next?.k === 'group' && [...walk(next)].some((y) => y.k === 'name' && /^[tsT]$/.test(y.name)); // prettier-ignore
    }));

/** A letter or function alone on a side, and nowhere on the other, is what the other side says. */
const isSaidToBe = (e: Expression, other: Expression): boolean => {
  const head = headOf(e);
  const isOf = (x: Expression): boolean => head !== undefined && keyOf(headOf(x) ?? noName) === keyOf(head);
  return head !== undefined && !isLossName(head) && ![...walk(other)].some(isOf);
};

const hasKind = (x: Name, { definitions }: Bindings): boolean =>
  fieldKey(x) !== undefined ||
  isDensityName(x) ||
  isLossName(x) ||
  (isNoiseName(x) && !x.star) ||
  isPointName(x) ||
  isSign(x) ||
  /^(sigma|alpha|beta|gamma|lambda|tau|theta|phi|d|i|j|t)$/.test(x.name) ||
  definitions.has(keyOf(x));

/**
 * The points that a document writes as vectors, and the functions that it writes with arguments. A label y_i is a number; X is a matrix in Xw, unless
 * something is a density or a gradient at X.
 */
function shownIn({ statements }: NotesDocument): { vectors: ReadonlySet<string>; called: ReadonlySet<string> } {
  const vectors = new Set<string>();
  const called = new Set<string>();
  const show = (e: Expression, isSum = false): void => {
    if (e.k === 'name') vectors.add(keyOf(e));
    else if (e.k === 'group') show(e.of, isSum);
    else if (isSum && e.k === 'sum') for (const { term } of e.terms) if (!isCapital(term)) show(term);
  };
  for (const { sides } of statements)
    for (const { tree } of sides)
      for (const x of tree ? withBinders(tree) : []) {
        if (x.k === 'call') {
          called.add(x.of.name);
          const isLaw = isDensityName(x.of) || (x.of.name === 'N' && x.args.length + x.params.length > 1);
          for (const e of [...x.args, ...x.given])
            if (fieldKey(x.of) !== undefined || (isLaw && !isCapital(e))) show(e);
        } else if (x.k === 'nabla' && x.wrt) show(x.wrt);
        else if (x.k === 'norm' && x.bars === 2) show(x.of, true);
        else if (x.k === 'transpose' && !isCapital(x.of)) show(x.of);
        else if (x.k === 'expect') for (const { vars } of x.binders) vars.forEach((v) => show(v));
      }
  return { vectors, called };
}

const isCapital = (e: Expression): boolean => e.k === 'name' && /^[A-Z]$/.test(e.name) && e.sub === '';
