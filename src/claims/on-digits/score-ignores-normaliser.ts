import type { DigitSetting } from '../../verify/claim.js';
import { digitDensity, noisyDigits, posteriorVariance } from '../../verify/digit-densities.js';
import { minus, plus, constant, times, type Term } from '../../verify/term.js';
import { innerProduct, logDensityTerm, scoreTerm } from '../../verify/terms.js';
import { displacementTerm } from '../../verify/noising.js';

/** Small: at most points the posterior sits on one image. */
const SIGMA = 0.1;
/** q = Z·p. */
const LOG_Z = 4.2;
/** Half the step of the central difference along x − x₀, as a part of its length. */
const STEP = 0.25;

/**
 * Where the posterior sits on one image all along the segment, log p is a quadratic there and the central difference is exact. Its error is at most
 * h²/6 |κ₃|, κ₃ the third cumulant of ⟨x₀, u⟩/σ² under the posterior, and |κ₃| ≤ ‖u‖³ σ⁻⁶ D V with the diameter D ≤ 28 of the images and V = tr Cov[x₀ | x]:
 * for V ≤ 1e-20 that is below 1e-12, less than rounding. The logits are linear along the segment but for a common term, so V is largest at an end.
 */
const CONCENTRATED = 1e-20;

/** (log q(x + h u) − log q(x − h u)) / 2h with u = x − x₀: the derivative of log q along u, without the score. */
function difference(logQ: Term): Term {
  const at = (k: number): Term => ({
    size: 1,
    formula: (a, { x, x0 }) => logQ.formula(a, { x: x.map((v, j) => a.add(v, a.mul(a.c(k), a.sub(v, x0[j])))) }),
    tensor: ({ x, x0 }) => logQ.tensor({ x: x.add(x.sub(x0).mul(k)) }),
  });
  return times(1 / (2 * STEP), minus(at(STEP), at(-STEP)));
}

/** The score of the smoothed digits against differences of an unnormalised log density, along the line from the clean to the noisy image. */
export const scoreIgnoresNormaliserOnDigits: DigitSetting = {
  name: `training digits, sigma = ${SIGMA}, log Z = ${LOG_Z}`,
  silent: {
    'gradient-of-density':
      'In 784 dimensions the density itself is beyond the range of numbers (e^±1000): only its logarithm is computed.',
  },
  prepare: (resources) => {
    const p = digitDensity(resources, SIGMA);
    const along = (field: Term): Term => innerProduct(field, displacementTerm(p.dimension));
    const unnormalised = difference(plus(logDensityTerm(p), constant(LOG_Z)));
    const digits = noisyDigits(resources, SIGMA);
    const varianceAt = posteriorVariance(resources, SIGMA);
    const isConcentrated = ({ x, x0 }: Readonly<Record<string, readonly number[]>>): boolean =>
      [STEP, -STEP].every((k) => varianceAt(x.map((v, j) => v + k * (v - x0[j]))) <= CONCENTRATED);
    const domain = {
      ...digits,
      name: `${digits.name}, where the posterior sits on one image`,
      points: digits.points.filter(isConcentrated),
    };
    const statement = (rhs: Term) => ({
      kind: 'pointwise' as const,
      relation: '=' as const,
      domain,
      lhs: along(scoreTerm(p)),
      rhs,
    });
    const ones = constant(...Array.from({ length: p.dimension }, () => LOG_Z));
    return {
      statement: statement(unnormalised),
      variants: {
        'divided-by-z': statement(times(Math.exp(-LOG_Z), unnormalised)),
        'log-z-kept': statement(minus(unnormalised, along(ones))),
      },
    };
  },
};
