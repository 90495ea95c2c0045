import { choleskyFactor } from '../../src/numerics/linear-algebra.js';
import { cases, type Parts, type Sizes } from '../../src/grade/arbitraries.js';
import type { Formula } from '../../src/grade/formula.js';
import {
  logDeterminant,
  logSumOfExp,
  pull,
  responsibilities,
  squaredDistance,
  weightedSum,
  type Component,
  type Gaussian,
} from '../../src/grade/gaussians.js';
import { grid, rowsOf, type Grid } from '../../src/grade/grid.js';
import type { Input } from '../../src/grade/inputs.js';
import { componentsOf, far, gaussianIn, gaussianOf, mixtureIn, near, shifted } from '../../src/grade/mixtures.js';
import type { MixtureInput } from '../../src/grade/mixtures.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';

export interface OfGaussian extends Record<string, Input> {
  readonly x: Grid;
  readonly mean: Grid;
  readonly covariance: Grid;
}

export interface OfMixture extends Record<string, Input> {
  readonly x: Grid;
  readonly mixture: MixtureInput;
}

export const gaussianNear = (parts: Parts): OfGaussian => {
  const given = gaussianIn(parts);
  return { x: near(parts, [gaussianOf(given)]), ...given };
};

export const mixtureNear = (parts: Parts): OfMixture => {
  const mixture = mixtureIn(parts);
  return { x: near(parts, componentsOf(mixture)), mixture };
};

/** Distances in standard deviations; at 15 the density is below the smallest float32 number. 0: near the mean, and all of it far from the origin. */
const reaches = [15, 0, 50, 1000];
/** How far the mean is from the origin. */
const SHIFT = 1000;

export const gaussianFar = (parts: Parts): OfGaussian => {
  // A square that is multiplied out cancels near a mean that is far from the origin, and nowhere else: (3/8)⁸ = 0.0004 is how often eight cases miss that.
  const reach = parts.pick([...reaches, 0, 0, 0, 0]);
  const { x, mean, covariance } = gaussianNear(parts);
  if (reach === 0) return { x: shifted(x, SHIFT), mean: shifted(mean, SHIFT), covariance };
  return { x: far(parts, [gaussianOf({ mean, covariance })], reach), mean, covariance };
};

export const mixtureFar = (parts: Parts): OfMixture => {
  const reach = parts.pick(reaches);
  const { x, mixture } = mixtureNear(parts);
  if (reach === 0) return { x: shifted(x, SHIFT), mixture: { ...mixture, means: shifted(mixture.means, SHIFT) } };
  return { x: far(parts, componentsOf(mixture), reach), mixture };
};

export const farSizes: Sizes = { n: [2, 3], d: [1, 2, 3] };
export const smallSizes: Sizes = { n: [1], d: [1, 2] };

/** One component, or one point, or one dimension. */
export const mixtureSmall = (parts: Parts): OfMixture => {
  const mixture = mixtureIn(parts, parts.d === 1 ? [1, 2] : [1]);
  return { x: near(parts, componentsOf(mixture)), mixture };
};

const log2Pi = Math.log(2 * Math.PI);

/** How a log density is put together: −exponent·distance² − determinant·log det Σ − normaliser·log 2π. */
interface Shape {
  readonly exponent?: number;
  readonly determinant?: number;
  readonly normaliser?: (d: number) => number;
  readonly distance?: typeof squaredDistance;
}

export function logGaussian<T>(
  a: Arithmetic<T>,
  gaussian: Gaussian,
  x: readonly number[],
  { exponent = 0.5, determinant = 0.5, normaliser = (d) => d / 2, distance = squaredDistance }: Shape = {},
): T {
  return a.sum([
    a.mul(a.c(-exponent), distance(a, gaussian, x)),
    a.mul(a.c(-determinant), logDeterminant(a, gaussian)),
    a.c(-normaliser(x.length) * log2Pi),
  ]);
}

export const gaussianLog =
  (shape?: Shape): Formula<OfGaussian> =>
  (a, c) =>
    rowsOf(c.x).map((x) => logGaussian(a, gaussianOf(c), x, shape));

/** The numbers of a float32 evaluation: exp of what is below this is 0. */
export const UNDERFLOW = -104;
export const logarithmOfZero = <T>(a: Arithmetic<T>): T => a.log(a.c(0));

export const diagonal = ({ mean, covariance }: Gaussian): Gaussian => ({
  mean,
  covariance: covariance.map((row, i) => row.map((value, j) => (i === j ? value : 0))),
});

/** (x − mean)ᵀ M (x − mean) for a matrix that is given. */
export const productDistance: typeof squaredDistance = (a, { mean, covariance }, x) => {
  const difference = x.map((value, i) => a.c(value - mean[i]));
  return a.sum(covariance.map((row, i) => a.mul(difference[i], a.combine(row, difference))));
};

export const gaussianScore =
  (each: <T>(a: Arithmetic<T>, gaussian: Gaussian, x: readonly number[], c: OfGaussian) => T[]): Formula<OfGaussian> =>
  (a, c) =>
    rowsOf(c.x).flatMap((x) => each(a, gaussianOf(c), x, c));

export const difference = <T>(a: Arithmetic<T>, { mean }: Gaussian, x: readonly number[]): T[] =>
  mean.map((m, i) => a.sub(a.c(m), a.c(x[i])));

export const scaled = <T>(a: Arithmetic<T>, k: T, x: readonly T[]): T[] => x.map((value) => a.mul(k, value));

interface MixtureShape extends Shape {
  readonly weight?: <T>(a: Arithmetic<T>, weight: number) => T;
}

/** log πₖ + log Nₖ(x), k = 1 … K. */
export const logits = <T>(
  a: Arithmetic<T>,
  components: readonly Component[],
  x: readonly number[],
  { weight = (b, each) => b.log(b.c(each)), ...shape }: MixtureShape = {},
): T[] => components.map((each) => a.add(weight(a, each.weight), logGaussian(a, each, x, shape)));

export const mixtureLog =
  (
    shape?: MixtureShape,
    joined: <T>(a: Arithmetic<T>, all: readonly T[], components: readonly Component[]) => T = logSumOfExp,
  ): Formula<OfMixture> =>
  (a, { x, mixture }) => {
    const components = componentsOf(mixture);
    return rowsOf(x).map((row) => joined(a, logits(a, components, row, shape), components));
  };

export const zeroWeight = <T>(a: Arithmetic<T>): T => a.c(0);

/** Σ rₖ gₖ with the responsibilities and the scores of the components as a mistake has them. */
export const mixtureScore =
  (
    shape: MixtureShape = {},
    each: typeof pull = pull,
    weights: <T>(a: Arithmetic<T>, all: readonly T[], components: readonly Component[]) => T[] = responsibilities,
  ): Formula<OfMixture> =>
  (a, { x, mixture }) => {
    const components = componentsOf(mixture);
    return rowsOf(x).flatMap((row) =>
      weightedSum(
        a,
        weights(a, logits(a, components, row, shape), components),
        components.map((component) => each(a, component, row)),
      ),
    );
  };

export const rightScore = mixtureScore();

/** What becomes of the right score of a point where every component underflows in float32, and of one where none does. */
export const withUnderflow =
  (there: <T>(a: Arithmetic<T>) => T): Formula<OfMixture> =>
  (a, c, on) => {
    const scores = rightScore(a, c, on);
    const logs = mixtureLog()(a, c, on);
    const d = c.x.shape[1];
    return scores.map((value, i) => (a.value(logs[Math.floor(i / d)]) < UNDERFLOW ? there(a) : value));
  };

/** The same mixture with its components in another order. */
const turned = ({ weights, means, covariances }: MixtureInput): MixtureInput => {
  const last = ({ shape, data }: Grid): Grid => {
    const size = data.length / shape[0];
    return grid(shape, [...data.slice(-size), ...data.slice(0, -size)]);
  };
  return { weights: last(weights), means: last(means), covariances: last(covariances) };
};

/** The same mixture with every component twice, at half the weight. */
const doubled = ({ weights, means, covariances }: MixtureInput): MixtureInput => {
  const twice = ({ shape, data }: Grid, k = 1): Grid => {
    const values = data.map((value) => k * value);
    return grid([2 * shape[0], ...shape.slice(1)], [...values, ...values]);
  };
  return { weights: twice(weights, 0.5), means: twice(means), covariances: twice(covariances) };
};

export const mixtureLaws = {
  points: 0.5,
  count: 3,
  cases: cases({ n: [2, 3], d: [1, 3] }, mixtureNear),
  laws: [
    {
      says: { en: 'The order of the components plays no part.', 'zh-TW': '成分的順序不影響答案。' },
      moved: (c: OfMixture) => ({ ...c, mixture: turned(c.mixture) }),
      answer: (values: readonly number[]) => values,
    },
    {
      says: {
        en: 'Each component twice, at half the weight, is the same density.',
        'zh-TW': '每個成分重複兩次、權重各減半，仍是同一個密度。',
      },
      moved: (c: OfMixture) => ({ ...c, mixture: doubled(c.mixture) }),
      answer: (values: readonly number[]) => values,
    },
  ],
};

export const farReason = {
  en: 'Far from the mean, or with everything far from the origin, the answer is wrong: float32 asks for care there.',
  'zh-TW': '遠離平均或整體遠離原點時答案錯誤：float32 在那裡要特別小心。',
};

/** L⁻¹(mean − x) = Lᵀ Σ⁻¹(mean − x) with Σ = L Lᵀ. */
export function whitened<T>(a: Arithmetic<T>, gaussian: Gaussian, x: readonly number[]): T[] {
  const solved = pull(a, gaussian, x);
  const factor = choleskyFactor(gaussian.covariance);
  return solved.map((_, i) =>
    a.combine(
      factor.map((row) => row[i]),
      solved,
    ),
  );
}

/** The same formula on a mixture whose components share the covariance of the first. */
export function onFirstCovariance(formula: Formula<OfMixture>): Formula<OfMixture> {
  return (a, { x, mixture }, on) => {
    const { shape, data } = mixture.covariances;
    const size = data.length / shape[0];
    const covariances = grid(
      shape,
      data.map((_, i) => data[i % size]),
    );
    return formula(a, { x, mixture: { ...mixture, covariances } }, on);
  };
}
