import { definitionKey, fieldKey } from '../meaning/vocabulary.js';
import type { Arg, Expression } from '../read/expression.js';
import { Unreadable } from '../read/problem.js';
import { onPlane } from './plane-test.js';
import type { Comparison, Question } from './question.js';
import { affine, minimiser, quadratic, valuesOver } from './theta-plane.js';

/**
 * argmin A = argmin B: over a plane of fields S + θ₁φ₁ + θ₂φ₂ a loss quadratic in S is a quadratic, whose minimiser is computed. A = aB + b
 * with a > 0 gives the same argmin whatever the shape of A.
 */
export function compareArgmins(question: Question, left: Arg, right: Arg): Comparison {
  const words = { how: 'minimisers over a plane of fields', undecided: 'The minimisers could not be told apart.' };
  return onPlane(question, [left.of, right.of], words, (scope) => {
    const [a, b] = [valuesOver(left.of, scope), valuesOver(right.of, scope)];
    const fit = affine(a, b);
    const [minA, minB] = [quadratic(a), quadratic(b)].map((q) => (q.fits ? minimiser(q) : undefined));
    const distance =
      minA && minB ? Math.hypot(minA[0] - minB[0], minA[1] - minB[1]) / (1 + Math.hypot(...minA)) : Number.NaN;
    return {
      lhs: minA ? [...minA] : a.slice(0, 2),
      rhs: minB ? [...minB] : b.slice(0, 2),
      residual: fit.slope > 0 && !(distance < fit.residual) ? Math.min(fit.residual, distance || 1) : distance,
      magnified: magnified(a) + magnified(b),
    };
  });
}

/** argmin_S A = f(x): the derivative of A at S = f along two directions is 0. */
export function compareMinimiser(question: Question, arg: Arg, candidate: Expression): Comparison {
  const { bindings } = question;
  const key = (arg.wrt && fieldKey(arg.wrt)) ?? 'S';
  const at = bindings.hasRoles ? bindings.noisy : 'x';
  const words = { how: 'the derivative of the loss at the right side', undecided: 'The minimum could not be placed.' };
  return onPlane(question, [arg.of, arg.of], words, (scope) => {
    // Within argmin_h, h is any map, whatever the document says of it elsewhere.
    const own = [...bindings.definitions.keys()].filter(
      (name) => fieldKey({ name: name.split('_')[0], sub: '' }) === key || name === (arg.wrt && definitionKey(arg.wrt)),
    );
    const free = { ...scope, expanding: [...scope.expanding, ...own] };
    const values = valuesOver(arg.of, { ...free, candidate: { key, arg: at, body: candidate } });
    const q = quadratic(values);
    const best = q.fits ? minimiser(q) : undefined;
    if (best === undefined) throw new Unreadable('undecided', 'The loss is not quadratic in the field.', arg);
    return { lhs: [...best], rhs: [0, 0], residual: Math.hypot(...best), magnified: magnified(values) };
  });
}

/** The size of losses beside what they vary by. */
const magnified = (values: readonly number[]): number =>
  Math.max(...values.map(Math.abs)) / Math.max(1e-9, Math.max(...values) - Math.min(...values));
