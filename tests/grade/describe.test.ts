import { describe, expect, it } from 'vitest';
import type { Compared } from '../../src/grade/compare.js';
import { describe as described } from '../../src/grade/describe.js';
import { grid } from '../../src/grade/grid.js';

/** Questions with n = 1, 2, 3 examples in d dimensions, the right answers and what a submission makes of them. */
function sentence(
  right: (n: number, d: number) => readonly number[],
  got: (right: readonly number[], n: number, d: number) => readonly number[],
): readonly string[] {
  const compared = [1, 2, 3].flatMap((n) =>
    [2, 4].map((d): Compared => {
      const values = right(n, d);
      const numbers = got(values, n, d);
      const differs = values.some((value, i) => Math.abs(value - numbers[i]) > 1e-6);
      return {
        property: 'value',
        case: { x: grid([n, d], new Float32Array(n * d)), sigma: n + d },
        gradient: false,
        expected: { values, tolerances: values.map(() => 1e-6) },
        got: numbers,
        ...(differs ? { fault: { kind: 'value', coordinate: 0 } } : { fault: undefined }),
      };
    }),
  );
  return described(compared).map(({ id }) => id);
}

const loss = (n: number, d: number): readonly number[] => [1 + Math.sin(n) + Math.cos(3 * d)];
const rows = (n: number, d: number): readonly number[] =>
  Array.from({ length: n * d }, (_, i) => 2 + Math.sin(n + i * i));

describe('what is said of wrong numbers that no mistake explains', () => {
  it('is a sign, a factor, or a power of a quantity', () => {
    expect(sentence(rows, (values) => values.map((value) => -value))).toEqual(['sign']);
    expect(sentence(rows, (values) => values.map((value) => 3 * value))).toEqual(['constant-factor']);
    expect(sentence(loss, ([value], n) => [value * n])).toEqual(['factor-n^1']);
    expect(sentence(rows, (values, n, d) => values.map((value) => value / (n + d)))).toEqual(['factor-sigma^-1']);
  });

  it('is a factor of its own for each question only where several numbers share it', () => {
    const own = (n: number, d: number): number => Math.exp(Math.sin(7 * n + d));
    expect(sentence(rows, (values, n, d) => values.map((value) => own(n, d) * value))).toEqual(['factor-per-question']);
    expect(sentence(loss, ([value], n, d) => [own(n, d) * value])).toEqual([]);
  });

  it('is that the answer does not depend on the question', () => {
    expect(sentence(rows, (values) => values.map(() => 0))).toEqual(['always-the-same']);
    expect(sentence(loss, () => [0.25])).toEqual(['always-the-same']);
  });

  it('is a constant, a shift, or where it is wrong', () => {
    expect(sentence(rows, (values) => values.map((value) => value + 1))).toEqual(['up-to-a-constant']);
    expect(sentence(rows, (values) => [...values.slice(1), 0])).toEqual(['shifted-by-one']);
    expect(sentence(loss, ([value], n) => [n > 1 ? Math.cos(5 * value + n) : value])).toEqual(['only-n-above-1']);
  });
});
