import { describe, expect, it } from 'vitest';
import { exponential, gaussian, mixture } from '../../../src/verify/densities.js';
import { boxes } from '../../../src/verify/domains.js';
import { agreementEvidence } from '../../../src/verify/evidence/agreement.js';
import { pointwiseEvidence } from '../../../src/verify/evidence/pointwise.js';
import { canIntegrate, quadratureEvidence } from '../../../src/verify/evidence/quadrature.js';
import { sequentialMeanEvidence } from '../../../src/verify/evidence/sequential-mean.js';
import { symbolicEvidence } from '../../../src/verify/evidence/symbolic.js';
import { lawOf } from '../../../src/verify/laws.js';
import { expectation, type IdentityStatement, type PointwiseStatement } from '../../../src/verify/statement.js';
import { constant, plus, times, type Term } from '../../../src/verify/term.js';
import { logGradientTerm, scoreEnergy, scoreTerm } from '../../../src/verify/terms.js';
import type { Tensor2D } from '../../../src/tensorflow/tensorflow.js';
import { testSeed } from '../../seed.js';

const p = mixture({ weights: [0.3, 0.7], means: [[-1.7], [1.4]], covariances: [[[0.36]], [[0.81]]] });
const q = gaussian({
  mean: [1.3, -2.1],
  covariance: [
    [2.1, 0.6],
    [0.6, 0.8],
  ],
});
const law = lawOf(p);

const pointwise = (lhs: Term, rhs: Term, relation: '=' | '>=' = '='): PointwiseStatement => ({
  kind: 'pointwise',
  relation,
  domain: boxes({ x: { center: [1.3, -2.1], spread: 4 } }),
  lhs,
  rhs,
});
const seeds = { seed: testSeed, seedName: `${testSeed}/test` };
const options = { discrepancy: 1e-3, shrink: true, ...seeds };

/** A term whose TensorFlow.js side is wrong by a factor while its formula is right: an implementation error. */
const wrongOnTensors = (term: Term, factor: number): Term => ({ ...term, tensor: (at) => term.tensor(at).mul(factor) });

describe('pointwise', () => {
  it('supports two right implementations and says how small an error it would have seen', () => {
    const evidence = pointwiseEvidence(pointwise(logGradientTerm(q), scoreTerm(q)), options);
    expect(evidence.verdict).toBe('supported');
    expect(evidence.residual).toBeLessThanOrEqual(evidence.tolerance);
    expect(evidence.resolution).toBeLessThan(1e-3 * evidence.scale);
  });

  it('refutes an implementation that is wrong by its resolution, and shrinks to a short point', () => {
    const { resolution, scale } = pointwiseEvidence(pointwise(logGradientTerm(q), scoreTerm(q)), options);
    const factor = 1 + (3 * resolution) / scale;
    const evidence = pointwiseEvidence(pointwise(wrongOnTensors(logGradientTerm(q), factor), scoreTerm(q)), options);
    expect(evidence.verdict).toBe('refuted');
    expect(evidence.counterexample?.expected).not.toEqual(evidence.counterexample?.got);
    // A wrong sign fails almost everywhere: the smallest point lies on the coarse grid, four steps per box.
    const signs = pointwiseEvidence(pointwise(times(-1, logGradientTerm(q)), scoreTerm(q)), options);
    const { x } = signs.counterexample!.at;
    expect(Number.isInteger(x[0] - Math.fround(1.3))).toBe(true);
  });

  it('refutes a value that is not finite', () => {
    const broken: Term = { ...scoreTerm(q), tensor: (at) => scoreTerm(q).tensor(at).div(0) };
    expect(pointwiseEvidence(pointwise(broken, scoreTerm(q)), options).verdict).toBe('refuted');
  });

  it('refutes by the points that speak where the bound of others overflows', () => {
    // e^{x₁³ xᵢ}: beyond float64 from |x₁| = 6 on.
    const steep: Term = {
      ...scoreTerm(q),
      formula: (a, at) =>
        at['x'].map((_, i) => a.exp(a.mul(a.mul(at['x'][0], at['x'][0]), a.mul(at['x'][0], at['x'][i])))),
      tensor: ({ x }) => x.slice([0, 0], [-1, 1]).pow(3).mul<Tensor2D>(x).exp(),
    };
    for (const seed of [1, 2, 3, 4]) {
      expect(pointwiseEvidence(pointwise(steep, times(2, steep)), { ...options, seed }).verdict).toBe('refuted');
    }
  });

  it('is inconclusive where no bound says anything', () => {
    const beyond: Term = { size: 2, formula: (a) => [0, 0].map(() => a.exp(a.c(1e4))), tensor: ({ x }) => x.div(0) };
    expect(pointwiseEvidence(pointwise(beyond, beyond), options).verdict).toBe('inconclusive');
  });

  it('is inconclusive where rounding hides the discrepancy', () => {
    const huge = constant(1e9, 1e9);
    const cancelling = plus(plus(scoreTerm(q), huge), times(-1, huge));
    const evidence = pointwiseEvidence(pointwise(cancelling, scoreTerm(q)), options);
    expect(evidence.verdict).toBe('inconclusive');
    expect(evidence.note).toMatch(/^Rounding alone explains/);
  });

  it('reads ≥ one way', () => {
    const energy = (sign: number): Term => times(sign, { ...scoreEnergy(q) });
    expect(pointwiseEvidence(pointwise(energy(1), constant(0), '>='), options).verdict).toBe('supported');
    expect(pointwiseEvidence(pointwise(energy(-1), constant(0), '>='), options).verdict).toBe('refuted');
  });

  it('gives the same evidence for the same seed', () => {
    const run = (seed: number) => pointwiseEvidence(pointwise(logGradientTerm(q), scoreTerm(q)), { ...options, seed });
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
  });
});

describe('symbolic', () => {
  it('supports the score that computer algebra derives, refutes it times 1 + 1e-9', () => {
    expect(symbolicEvidence(pointwise(logGradientTerm(q), scoreTerm(q)), options).verdict).toBe('supported');
    expect(symbolicEvidence(pointwise(logGradientTerm(q), times(1 + 1e-9, scoreTerm(q))), options).verdict).toBe(
      'refuted',
    );
  });
});

const meanScore = (offset: number): IdentityStatement => ({
  kind: 'identity',
  lhs: expectation(law, plus(scoreTerm(p), constant(offset))),
  rhs: expectation(law, constant(0)),
});

describe('quadrature', () => {
  it('supports E[s] = 0 and refutes what is wrong by its resolution', () => {
    const right = quadratureEvidence(meanScore(0), { discrepancy: 0.02, fineness: 'fine' });
    expect(right.verdict).toBe('supported');
    expect(right.resolution).toBeLessThan(1e-12);
    expect(quadratureEvidence(meanScore(3 * right.resolution), { discrepancy: 0.02, fineness: 'fine' }).verdict).toBe(
      'refuted',
    );
  });

  it('finds the boundary term on Exp(1): E[s] = −1', () => {
    const e = exponential();
    const statement: IdentityStatement = {
      kind: 'identity',
      lhs: expectation(lawOf(e), scoreTerm(e)),
      rhs: expectation(lawOf(e), constant(0)),
    };
    expect(quadratureEvidence(statement, { discrepancy: 0.02, fineness: 'fine' }).verdict).toBe('refuted');
    expect(quadratureEvidence(statement, { discrepancy: 0.02, fineness: 'fine', expected: -1 }).verdict).toBe(
      'supported',
    );
  });

  it('does not offer itself where no density is known', () => {
    const { density: _, ...sampled } = law;
    expect(canIntegrate({ kind: 'identity', lhs: expectation(sampled, scoreTerm(p)), rhs: [] })).toBe(false);
  });
});

describe('agreement', () => {
  it('supports a right reference and refutes one that is wrong by a ten-thousandth', () => {
    const statement = (factor: number): IdentityStatement => ({
      kind: 'identity',
      lhs: expectation(law, wrongOnTensors(scoreEnergy(p), factor)),
      rhs: [],
    });
    expect(agreementEvidence(statement(1), options).verdict).toBe('supported');
    expect(agreementEvidence(statement(1.001), options).verdict).toBe('refuted');
  });
});

describe('agreement of a term that is 0 at most draws', () => {
  it('is judged by the size of its mean', () => {
    // max(x − 1, 0)⁸: nothing below 1, and large above.
    const rare: Term = {
      size: 1,
      formula: (a, at) => {
        const above = a.max(a.sub(at['x'][0], a.c(2)), a.c(0));
        const fourth = a.mul(a.mul(above, above), a.mul(above, above));
        return [a.add(a.mul(fourth, fourth), a.c(2 ** -50))];
      },
      tensor: ({ x }) =>
        x
          .sub(2)
          .relu()
          .pow(8)
          .add<Tensor2D>(2 ** -50),
    };
    const statement: IdentityStatement = { kind: 'identity', lhs: expectation(law, rare), rhs: [] };
    for (const seed of [1, 2, 3, 4])
      expect(agreementEvidence(statement, { ...options, seed }).verdict).toBe('supported');
  });
});

describe('sequential-mean', () => {
  const design = {
    alpha: 1e-8,
    beta: 1e-4,
    discrepancy: 0.05,
    maxDraws: 2 ** 17,
    thorough: true,
    seed: testSeed,
    path: ['test'],
  };

  it('supports E[s] = 0 with a declared variance from quadrature', () => {
    const evidence = sequentialMeanEvidence(meanScore(0), design);
    expect(evidence.verdict).toBe('supported');
    expect(evidence.comparisons).toBe(1);
    expect(evidence.sequential).toMatchObject({ varianceSource: 'quadrature', alpha: 1e-8 });
  });

  it('refutes a mean that is off by twice its resolution, on either side', () => {
    const { resolution } = sequentialMeanEvidence(meanScore(0), design);
    expect(sequentialMeanEvidence(meanScore(2 * resolution), design).verdict).toBe('refuted');
    expect(sequentialMeanEvidence(meanScore(-2 * resolution), design).verdict).toBe('refuted');
  });

  it('is inconclusive when the draws do not suffice, and says what is excluded', () => {
    const evidence = sequentialMeanEvidence(meanScore(0), { ...design, discrepancy: 1e-4, maxDraws: 1000 });
    expect(evidence.verdict).toBe('inconclusive');
    expect(evidence.note).toMatch(/after 1000 draws/);
  });

  it('marks a variance that was estimated', () => {
    const { density: _, ...sampled } = law;
    const statement: IdentityStatement = {
      kind: 'identity',
      lhs: expectation(sampled, scoreTerm(p)),
      rhs: expectation(sampled, constant(0)),
    };
    expect(sequentialMeanEvidence(statement, design).sequential?.varianceSource).toBe('estimated');
  });

  it('replays from its seed and path alone', () => {
    expect(sequentialMeanEvidence(meanScore(0.5), design)).toEqual(sequentialMeanEvidence(meanScore(0.5), design));
  });
});
