import { onPlane } from './plane-test.js';
import type { Comparison, Question } from './question.js';
import { affine, valuesOver } from './theta-plane.js';
import { DIFFERENT } from './tolerance.js';

const ways = {
  sum: 'up to a constant',
  factor: 'up to a constant factor',
  'positive-affine': 'up to a positive factor and a constant',
} as const;

/** A = B + C or A = C·B for a constant C that no parameter enters: the differences, or the ratios, agree over θ. */
export function compareUpToConstant(question: Question, mode: keyof typeof ways): Comparison {
  const { lhs, rhs } = question;
  const words = { how: ways[mode], undecided: 'The constant could not be told from a function.' };
  return onPlane(question, [lhs, rhs], words, (plain) => {
    const scope = { ...plain, constant: mode === 'factor' ? 1 : 0 };
    // A sieve needs no more points than show that the two differ: four do for a slope and an offset.
    const few =
      question.quick === true && mode === 'positive-affine'
        ? affine(valuesOver(lhs, scope, 4), valuesOver(rhs, scope, 4))
        : undefined;
    const count = few !== undefined && (few.slope <= 0 || few.residual >= DIFFERENT) ? 4 : 8;
    const [a, b] = [valuesOver(lhs, scope, count), valuesOver(rhs, scope, count)];
    const shown = { lhs: a.slice(0, 3), rhs: b.slice(0, 3) };
    const range = (list: readonly number[]): number => Math.max(...list) - Math.min(...list);
    const largest = (list: readonly number[]): number => Math.max(...list.map(Math.abs));
    const magnified = (largest(a) + largest(b)) / Math.max(1e-9, range(a));
    if (mode === 'positive-affine') {
      const fit = affine(a, b);
      return { ...shown, residual: fit.slope > 0 ? fit.residual : 1, magnified };
    }
    const values = a.map((x, i) => (mode === 'sum' ? x - b[i] : x / b[i]));
    const size = mode === 'sum' ? range(a) : largest(values);
    return { ...shown, residual: range(values) / (size + 1e-12), magnified: mode === 'sum' ? magnified : 2 };
  });
}
