import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySizes, cases, type Parts } from '../../src/grade/arbitraries.js';
import {
  logDeterminant,
  logSumOfExp,
  pull,
  responsibilities,
  squaredDistance,
  weightedSum,
  type Component,
} from '../../src/grade/gaussians.js';
import { rowsOf } from '../../src/grade/grid.js';
import { componentsOf, far, mixtureIn, near } from '../../src/grade/mixtures.js';
import { symmetricEigen } from '../../src/numerics/linear-algebra.js';
import { float64, type Arithmetic } from '../../src/oracle/arithmetic.js';
import { mixtureOracle } from '../../src/oracle/mixture.js';
import { FLOAT32_ROUNDOFF, runningError } from '../../src/oracle/running-error.js';
import { testSeed } from '../seed.js';

const logits = <T>(a: Arithmetic<T>, components: readonly Component[], x: readonly number[]): T[] =>
  components.map((each) =>
    a.sum([
      a.c(Math.log(each.weight) - (x.length / 2) * Math.log(2 * Math.PI)),
      a.mul(a.c(-0.5), squaredDistance(a, each, x)),
      a.mul(a.c(-0.5), logDeterminant(a, each)),
    ]),
  );

const oracleOf = (components: readonly Component[]) =>
  mixtureOracle({
    weights: components.map(({ weight }) => weight),
    means: components.map(({ mean }) => mean),
    covariances: components.map(({ covariance }) => covariance),
  });

const drawn = (points: (parts: Parts, components: readonly Component[]) => ReturnType<typeof near>) =>
  fc.sample(
    fc.noBias(
      cases(anySizes, (parts) => {
        const components = componentsOf(mixtureIn(parts));
        return { components, rows: rowsOf(points(parts, components)) };
      }),
    ),
    { seed: testSeed, numRuns: 60 },
  );

describe('mixtures of a case', () => {
  it('keep the promises of the contract', () => {
    for (const { components } of drawn(near)) {
      expect(components.reduce((sum, { weight }) => sum + weight, 0)).toBe(1);
      for (const { covariance } of components) {
        const { values } = symmetricEigen(covariance);
        expect(values[0]).toBeGreaterThan(0);
        expect(values[values.length - 1] / values[0]).toBeLessThanOrEqual(20);
      }
    }
  });

  it('have near points where no density underflows in float32, and far ones where all do', () => {
    for (const { components, rows } of drawn(near)) {
      for (const x of rows) expect(oracleOf(components).logDensity(float64, x)).toBeGreaterThan(-87);
    }
    for (const { components, rows } of drawn((parts, each) => far(parts, each, 15))) {
      for (const x of rows) expect(oracleOf(components).logDensity(float64, x)).toBeLessThan(-104);
    }
  });
});

describe('the Gaussians of the exercises', () => {
  // Two derivations in float64, each within a few hundred roundings: d ≤ 5, κ ≤ 20.
  const digits = 9;

  it('agree with the oracle of the claims', () => {
    for (const { components, rows } of drawn(near)) {
      for (const x of rows) {
        const logs = logits(float64, components, x);
        const { logDensity, score } = oracleOf(components);
        expect(logSumOfExp(float64, logs)).toBeCloseTo(logDensity(float64, x), digits);
        const pulls = components.map((each) => pull(float64, each, x));
        const expected = score(float64, x);
        weightedSum(float64, responsibilities(float64, logs), pulls).forEach((value, i) => {
          expect(value).toBeCloseTo(expected[i], digits);
        });
      }
    }
  });

  it('have no rounding in responsibilities that are 0 or 1, however inexact the logarithms', () => {
    const inexact = [-1e7, -3e7].map((v) => ({ v, e: 1e-4 * Math.abs(v) * (1 / FLOAT32_ROUNDOFF) }));
    const [first, second] = responsibilities(runningError, inexact);
    expect([first.v, second.v]).toEqual([1, 0]);
    // A sum, a division, and the underflow of the other.
    expect(first.e).toBeLessThan(4);
    expect(second.e).toBeLessThan(1e-20);
  });

  it('have responsibilities that are open where the logarithms are nearer than their error', () => {
    const inexact = [-1e7, -1e7 - 1].map((v) => ({ v, e: 1e-6 * Math.abs(v) * (1 / FLOAT32_ROUNDOFF) }));
    for (const { e } of responsibilities(runningError, inexact)) expect(e * FLOAT32_ROUNDOFF).toBeGreaterThan(1);
  });
});
