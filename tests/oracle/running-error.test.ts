import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float64, logSumExp, softmax, softmaxMeanBySteps, type Arithmetic } from '../../src/oracle/arithmetic.js';
import { FLOAT32_ROUNDOFF, runningError, tolerance } from '../../src/oracle/running-error.js';

/** Float32 emulated in float64: each operation is rounded once, as IEEE 754 demands of +, −, ×, ÷ and √; elementary functions within half an ulp. */
const float32: Arithmetic<number> = {
  ...float64,
  c: Math.fround,
  add: (a, b) => Math.fround(a + b),
  sub: (a, b) => Math.fround(a - b),
  mul: (a, b) => Math.fround(a * b),
  div: (a, b) => Math.fround(a / b),
  exp: (a) => Math.fround(Math.exp(a)),
  log: (a) => Math.fround(Math.log(a)),
  sqrt: (a) => Math.fround(Math.sqrt(a)),
  sum: (terms) => terms.reduce((total, term) => Math.fround(total + term), 0),
  combine: (c, x) => x.reduce((total, v, i) => Math.fround(total + Math.fround(Math.fround(c[i]) * v)), 0),
  softmaxMean: (logits, vectors) => softmaxMeanBySteps(float32, logits, vectors),
  softplus: (a) => Math.fround(float64.softplus(a)),
  sigmoid: (a) => Math.fround(float64.sigmoid(a)),
  sin: (a) => Math.fround(Math.sin(a)),
  cos: (a) => Math.fround(Math.cos(a)),
};

const number32 = fc.integer({ min: -(2 ** 24), max: 2 ** 24 }).map((k) => Math.fround((k / 2 ** 24) * 8));

/** Formulas with cancellation, deep chains and every operation. */
const formulas: Record<string, <T>(a: Arithmetic<T>, x: readonly T[]) => T> = {
  'a difference of squares': (a, [x, y]) => a.sub(a.mul(x, x), a.mul(y, y)),
  'a quadratic form with constants that are no float32': (a, [x, y]) =>
    a.add(a.mul(a.c(0.1), a.mul(x, x)), a.mul(a.c(-0.7), a.mul(x, y))),
  'a row of constants that cancels': (a, x) => a.combine([0.1, -0.3, 0.7], x),
  'log-sum-exp': (a, x) => logSumExp(a, x),
  'a softmax mean': (a, x) => a.sum(softmax(a, x).map((w, i) => a.mul(w, x[i]))),
  'softplus and sigmoid': (a, [x, y]) => a.sub(a.softplus(a.mul(x, y)), a.sigmoid(a.sub(x, y))),
  'sine, cosine and a quotient': (a, [x, y]) => a.div(a.sin(x), a.add(a.c(2), a.cos(y))),
  'a square root near zero': (a, [x, y]) => a.sqrt(a.mul(a.sub(x, y), a.sub(x, y))),
  'exp of a large argument': (a, [x]) => a.exp(a.mul(x, a.c(4.3))),
};

describe('runningError', () => {
  for (const [name, formula] of Object.entries(formulas)) {
    it(`bounds what rounding to float32 does to ${name}`, () => {
      fc.assert(
        fc.property(fc.tuple(number32, number32, number32), (x) => {
          const exact = formula(float64, x);
          const rounded = formula(float32, x);
          const bound = tolerance(
            formula(
              runningError,
              x.map((v) => runningError.c(v)),
            ),
          );
          expect(Math.abs(rounded - exact)).toBeLessThanOrEqual(bound);
        }),
        { numRuns: 2000 },
      );
    });
  }

  it('bounds each way to take a mean under softmax: shifted, not shifted, from log-sum-exp, divided last', () => {
    const ways: ((l: readonly number[], v: readonly number[]) => number)[] = [
      (l, v) => float32.softmaxMean(l, [...v.map((vk) => [vk])])[0],
      (l, v) =>
        weighted(
          l.map((lk) => float32.exp(lk)),
          v,
        ),
      (l, v) => {
        const total = logSumExp(float32, l);
        return float32.sum(l.map((lk, k) => float32.mul(float32.exp(float32.sub(lk, total)), v[k])));
      },
    ];
    const weighted = (w: readonly number[], v: readonly number[]): number =>
      float32.div(float32.sum(w.map((wk, k) => float32.mul(wk, v[k]))), float32.sum(w));
    fc.assert(
      fc.property(fc.tuple(number32, number32, number32), fc.tuple(number32, number32, number32), (x, v) => {
        // Logits that are rounded themselves, up to 50 apart, and values that nearly cancel.
        const logits = <T>(a: Arithmetic<T>): T[] =>
          x.map((xk) => a.sub(a.c(0.3), a.mul(a.c(0.4), a.mul(a.c(xk), a.c(xk)))));
        const vectors = <T>(a: Arithmetic<T>): T[][] => v.map((vk) => [a.mul(a.c(0.7), a.c(vk))]);
        const [exact] = float64.softmaxMean(logits(float64), vectors(float64));
        const [bound] = runningError.softmaxMean(logits(runningError), vectors(runningError));
        for (const way of ways) {
          const got = way(logits(float32), vectors(float32).flat());
          expect(Math.abs(got - exact)).toBeLessThanOrEqual(tolerance(bound));
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('does not charge a mean under softmax for errors that its logits share, nor for weights of equal values', () => {
    const logits = [-20, -30].map((v) => ({ v, e: 500 }));
    const [apart] = runningError.softmaxMean(logits, [[{ v: 1, e: 0 }], [{ v: 2, e: 0 }]]);
    const [equal] = runningError.softmaxMean(logits, [[{ v: 1, e: 0 }], [{ v: 1, e: 0 }]]);
    // The second weight is e⁻¹⁰, and 500 of it is 0.02; what is left is the normaliser's own rounding.
    expect(apart.e - equal.e).toBeLessThan(0.1);
    expect(equal.e).toBeLessThan(40);
  });

  it('is not so wide that it would hide an error of a thousandth', () => {
    const x = [1.5, -0.25, 0.75];
    const value = logSumExp(float64, x);
    expect(
      tolerance(
        logSumExp(
          runningError,
          x.map((v) => runningError.c(v)),
        ),
      ),
    ).toBeLessThan(1e-5 * value);
  });

  it('has no error in an exponential that is 0, however inexact the exponent', () => {
    // exp(−10⁵ ± 10³) is below every float32 number, though e^(10³) overflows.
    const { v, e } = runningError.exp({ v: -1e5, e: 1e3 / FLOAT32_ROUNDOFF });
    expect(v).toBe(0);
    expect(e).toBeLessThan(1e-20);
  });

  it('knows which constants float32 holds exactly', () => {
    expect(runningError.c(0.5).e).toBe(0);
    expect(runningError.c(0.1).e).toBe(0.1);
  });
});
