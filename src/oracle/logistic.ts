import type { Arithmetic } from './arithmetic.js';
import type { OracleDensity } from './density.js';
import type { Random } from '../numerics/random.js';

/** One draw of the logistic law: the log odds of a uniform number, shifted by 2⁻⁵⁴ so that it is never 0. */
function logisticDraw(random: Random): number {
  const u = random.uniform() + 2 ** -54;
  return Math.log(u / (1 - u));
}

/** Beyond 37 scales on either side lies e^(−37) = 2⁻⁵³ of the mass. */
const REACH = 37;

/** The logistic law: distribution function F(x) = σ((x − m)/s), log p = log σ(u) + log σ(−u) − log s, score (1 − 2σ(u))/s with u = (x − m)/s. */
export function logisticOracle(location: number, scale: number): OracleDensity {
  const standard = <T>(a: Arithmetic<T>, x: T): T => a.div(a.sub(x, a.c(location)), a.c(scale));
  return {
    dimension: 1,
    logDensity: (a, [x]) => {
      const u = standard(a, x);
      return a.sub(a.c(-Math.log(scale)), a.add(a.softplus(u), a.softplus(a.sub(a.c(0), u))));
    },
    score: (a, [x]) => [a.div(a.sub(a.c(1), a.mul(a.c(2), a.sigmoid(standard(a, x)))), a.c(scale))],
    sample: (random, n) => Float64Array.from({ length: n }, () => location + scale * logisticDraw(random)),
    axes: [{ from: location - REACH * scale, to: location + REACH * scale, breaks: [], smooth: true }],
  };
}

/**
 * The law of x₀ + e, x₀ logistic and e uniform on [−a, a]: p(x) = (F(x + a) − F(x − a))/(2a). With A = (x + a − m)/s and B = (x − a − m)/s,
 * σ(A) − σ(B) = σ(A) σ(−B) (1 − e^(B − A)), so log p has no cancellation and the score is (1 − σ(A) − σ(B))/s.
 */
export function uniformlySmoothedLogisticOracle(location: number, scale: number, halfWidth: number): OracleDensity {
  const ends = <T>(a: Arithmetic<T>, x: T): [T, T] => [
    a.div(a.sub(x, a.c(location - halfWidth)), a.c(scale)),
    a.div(a.sub(x, a.c(location + halfWidth)), a.c(scale)),
  ];
  const logConstant = Math.log(-Math.expm1((-2 * halfWidth) / scale) / (2 * halfWidth));
  const reach = REACH * scale + halfWidth;
  return {
    dimension: 1,
    logDensity: (a, [x]) => {
      const [upper, lower] = ends(a, x);
      return a.sub(a.c(logConstant), a.add(a.softplus(a.sub(a.c(0), upper)), a.softplus(lower)));
    },
    score: (a, [x]) => {
      const [upper, lower] = ends(a, x).map((end) => a.sigmoid(end));
      return [a.div(a.sub(a.sub(a.c(1), upper), lower), a.c(scale))];
    },
    sample: (random, n) =>
      Float64Array.from(
        { length: n },
        () => location + scale * logisticDraw(random) + halfWidth * (2 * random.uniform() - 1),
      ),
    axes: [{ from: location - reach, to: location + reach, breaks: [], smooth: true }],
  };
}
