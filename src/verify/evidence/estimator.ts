import { randomStream } from '../../numerics/random.js';
import { FLOAT32_ROUNDOFF, runningError, tolerance } from '../../oracle/running-error.js';
import type { Evidence, Method } from '../evidence.js';
import type { Law } from '../law.js';
import type { MeasureOptions, Measurement } from '../measurement.js';
import { expectation, type IdentityStatement } from '../statement.js';
import { constant, minus, type Term } from '../term.js';
import { productTerm } from '../terms.js';
import { columnsOnTensors, pointOf, roundedDraws } from './on-tensors.js';
import { gapsAt, summaryOf } from './pointwise.js';
import { quadratureEvidence } from './quadrature.js';
import { sequentialMeanEvidence } from './sequential-mean.js';

/** A random estimate and what is claimed of it: it reads the draws of a law. */
export interface Estimate {
  /** The estimator's own randomness, as it draws it. */
  readonly law: Law;
  /** One estimate per draw: [1]. */
  readonly value: Term;
  /** The number that it is to estimate. */
  readonly mean: number;
  /** Var of one estimate. */
  readonly variance: number;
}

/** Points at which code and formula are compared. */
const POINTS = 64;

/** With the same draws the code and the printed formula give the same value, up to rounding: no randomness is left in the comparison. */
export function sameDraws(
  name: string,
  value: Term,
  formula: Term,
  law: Law,
  { points = POINTS, method = 'estimator' }: { readonly points?: number; readonly method?: Method } = {},
): Measurement {
  return {
    name,
    measure: ({ seed, path, discrepancy }): Evidence => {
      const draws = roundedDraws(law.sample(randomStream(seed, ...path), points));
      const at = Array.from({ length: points }, (_, i) => pointOf(draws, i, points));
      const gaps = gapsAt({ relation: '=', lhs: value, rhs: formula }, at);
      const compared = `${name}: the code against its formula in float64, at ${points} draws`;
      return { ...summaryOf(gaps, compared, { discrepancy, seedName: [seed, ...path].join('/') }), method };
    },
  };
}

/** E[value] = mean by quadrature, or by the sum over all outcomes where there are finitely many: nothing is drawn. */
export function integratedMean(name: string, law: Law, value: Term, mean: number): Measurement {
  return {
    name,
    measure: ({ discrepancy, thorough }) =>
      quadratureEvidence(equality(law, value, mean), { discrepancy, fineness: thorough ? 'fine' : 'coarse' }),
  };
}

/** E[value] = mean on the estimator's own draws, by the sequential test with the claim's own variance. */
export function unbiased({ law, value, mean, variance }: Estimate, name = 'mean of own draws'): Measurement {
  return {
    name,
    measure: (options) =>
      ofDraws(equality(law, value, mean), options, variance, `mean of the estimates against ${rounded(mean)}`),
  };
}

/** E[(value − mean)²] = variance on the estimator's own draws: the variance of (value − mean)² is μ₄ − V² with the claim's μ₄. */
export function varianceOfDraws({ law, value, mean, variance }: Estimate, fourth: number): Measurement {
  const spread = Math.max(fourth - variance ** 2, 0);
  return {
    name: 'variance of own draws',
    measure: (options) =>
      ofDraws(
        equality(law, squaredDeviation(value, mean), variance),
        options,
        spread,
        `mean square deviation of the estimates against ${rounded(variance)}`,
      ),
  };
}

/** (value − mean)². */
export function squaredDeviation(value: Term, mean: number): Term {
  const deviation = minus(value, constant(mean));
  return productTerm(deviation, deviation);
}

/** A matrix on which an estimator's spread is known, so that few draws tell which law its probes have. */
export interface Design {
  readonly name: string;
  readonly value: Term;
  readonly mean: number;
  /** Var of the estimate under the claimed law: 0 asks for the exact value in every draw, anything else for a spread. */
  readonly variance: number;
}

/** Draws per design. */
const DRAWS = 4;

/** A variance below this part of the squared mean is the rounding of its closed form, not a spread. */
const NO_VARIANCE = 1e-20;

/**
 * The estimate of each design is exact in all of four draws, or in not all of them, as the claimed law has it: a skew matrix tells any right formula, the
 * identity tells a fixed length, a diagonal tells signs. Exact means: up to rounding, including that of probes scaled to a length in float32.
 * Four exact draws by chance, where the density of the estimate is at most 1 per unit, have probability below 1e-20.
 */
export function zeroVarianceDesigns(law: Law, designs: readonly Design[]): Measurement {
  return {
    name: 'zero-variance designs',
    measure: ({ seed, path }) => {
      const draws = roundedDraws(law.sample(randomStream(seed, ...path), DRAWS));
      const judged = designs.map((design) => judgeDesign(design, draws));
      const wrong = judged.filter(({ asClaimed }) => !asClaimed);
      const [worst] = [...(wrong.length > 0 ? wrong : judged)].sort(
        (a, b) => b.residual / b.allowed - a.residual / a.allowed,
      );
      const spreads = designs.some(({ variance, mean }) => variance > NO_VARIANCE * (1 + mean ** 2));
      return {
        method: 'estimator',
        compared: judged.map(({ name, expected }) => `${name}: ${expected}`).join('; '),
        residual: worst.residual,
        tolerance: worst.allowed,
        resolution: Math.max(...judged.map(({ allowed }) => allowed)),
        scale: worst.scale,
        samples: DRAWS * designs.length,
        // Where every estimate is to be exact the verdict does not depend on the draws.
        ...(spreads ? { comparisons: 1 } : {}),
        seed: [seed, ...path].join('/'),
        verdict: wrong.length > 0 ? 'refuted' : 'supported',
        ...(wrong.length > 0
          ? {
              note: wrong
                .map(({ name, expected, found }) => `${name}: ${expected} expected, ${found} found.`)
                .join(' '),
            }
          : {}),
      };
    },
  };
}

function judgeDesign({ name, value, mean, variance }: Design, draws: Readonly<Record<string, Float64Array>>) {
  const [estimates] = columnsOnTensors(value, draws, DRAWS);
  const allowed = Math.max(...Array.from({ length: DRAWS }, (_, i) => roundingOf(value, draws, i)));
  const deviation = Math.max(...estimates.map((estimate) => Math.abs(estimate - mean)));
  const exact = deviation <= allowed;
  const claimedExact = variance <= NO_VARIANCE * (1 + mean ** 2);
  const asClaimed = exact === claimedExact;
  const sd = Math.sqrt(variance);
  return {
    name,
    expected: claimedExact ? 'exact' : 'a spread',
    found: exact ? 'exact' : 'a spread',
    asClaimed,
    // What contradicts: a deviation where none may be, or no deviation where one of the size sd belongs.
    residual: claimedExact ? deviation : asClaimed ? 0 : sd,
    allowed,
    scale: Math.max(Math.abs(mean), sd),
  };
}

/**
 * The rounding of one estimate: of its formula at the probe, and of the probe itself. A probe scaled to a length in float32 has each coordinate right to (d/2 + 6)u: the sum of d
 * squares, square root, quotient, product; so a quadratic form moves by at most (d + 12)u of its size, which the formula's own bound exceeds.
 */
function roundingOf(value: Term, draws: Readonly<Record<string, Float64Array>>, i: number): number {
  const at = pointOf(draws, i, DRAWS);
  const coordinates = Math.max(...Object.values(at).map((values) => values.length));
  const perturbed = Object.fromEntries(
    Object.entries(at).map(([name, values]) => [
      name,
      values.map((v) => ({ v, e: (coordinates / 2 + 6) * Math.abs(v) })),
    ]),
  );
  return tolerance(value.formula(runningError, perturbed)[0], FLOAT32_ROUNDOFF);
}

/** Draws in a block of the guard. */
const BLOCK = 64;

/**
 * Two calls give different draws: a block of 64 that returns bit for bit would make every test of a mean say nothing (a seed set anew at each call). A
 * block, since single signs repeat by chance: with probability ½ per coordinate, so 2⁻⁶⁴ at most for the block.
 */
export function freshDraws(law: Law): Measurement {
  return {
    name: 'fresh draws',
    measure: ({ seed, path }) => {
      const random = randomStream(seed, ...path);
      const blocks = [law.sample(random, BLOCK), law.sample(random, BLOCK)];
      const [first, second] = blocks.map((draws) => Object.values(draws));
      const total = first.reduce((sum, array) => sum + array.length, 0);
      const same = first.reduce((sum, array, k) => sum + array.filter((v, i) => Object.is(v, second[k][i])).length, 0);
      const repeated = same === total;
      return {
        method: 'estimator',
        compared: `a block of ${BLOCK} draws against the next: not all of its numbers return`,
        residual: repeated ? 1 : 0,
        tolerance: 0.5,
        resolution: 1,
        scale: 1,
        samples: 2 * BLOCK,
        comparisons: 1,
        seed: [seed, ...path].join('/'),
        verdict: repeated ? 'refuted' : 'supported',
        ...(repeated ? { note: 'The same block of draws returned bit for bit: the draws are not fresh.' } : {}),
      };
    },
  };
}

const equality = (law: Law, value: Term, number: number): IdentityStatement => ({
  kind: 'identity',
  lhs: expectation(law, value),
  rhs: expectation(law, constant(number)),
});

function ofDraws(statement: IdentityStatement, options: MeasureOptions, variance: number, compared: string): Evidence {
  return { ...sequentialMeanEvidence(statement, { ...options, variance: [variance] }), method: 'estimator', compared };
}

const rounded = (value: number): string => value.toPrecision(4);
