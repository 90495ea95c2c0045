import { inverse, symmetricEigen, type Rows } from '../../src/numerics/linear-algebra.js';
import { type Parts, type Sizes } from '../../src/grade/arbitraries.js';
import { addScaled, lifted, mean, sumOfSquares } from '../../src/grade/batch.js';
import type { Field } from '../../src/grade/fields.js';
import type { Formula } from '../../src/grade/formula.js';
import {
  logDeterminant,
  logSumOfExp,
  pull,
  responsibilities,
  responsibilitiesByLog,
  solveError,
  squaredDistance,
  weightedSum,
  type Component,
} from '../../src/grade/gaussians.js';
import { grid, rowsOf, type Grid } from '../../src/grade/grid.js';
import type { Input } from '../../src/grade/inputs.js';
import { componentsOf, far, mixtureIn, near, type MixtureInput } from '../../src/grade/mixtures.js';
import { float64, type Arithmetic } from '../../src/oracle/arithmetic.js';

/** No standard deviation is 1, whose powers all agree. */
const sigmas = [0.6, 0.3, 2.5, 0.1, 1.7];

export interface OfScore extends Record<string, Grid | Field | number> {
  readonly score: Field;
  readonly sigma: number;
  readonly x: Grid;
}

export interface OfDenoiser extends Record<string, Grid | Field | number> {
  readonly denoiser: Field;
  readonly sigma: number;
  readonly x: Grid;
}

export interface Noised extends Record<string, Grid | Field | number> {
  readonly denoiser: Field;
  readonly x0: Grid;
  readonly noise: Grid;
  readonly sigma: number;
}

export interface OfMixture extends Record<string, Input> {
  readonly x: Grid;
  readonly mixture: MixtureInput;
  readonly sigma: number;
}

export const scored = ({ n, d, tensor, pick, network, affine }: Parts): OfScore => ({
  sigma: pick(sigmas),
  x: tensor(n, d),
  score: pick([network, affine])(),
});

export const denoised = ({ n, d, tensor, pick, network, affine }: Parts): OfDenoiser => ({
  sigma: pick(sigmas),
  x: tensor(n, d),
  denoiser: { ...pick([network, affine])(), name: 'denoiser' },
});

export const noised = ({ n, d, tensor, pick, network, affine }: Parts): Noised => ({
  sigma: pick(sigmas),
  x0: tensor(n, d),
  noise: tensor(n, d),
  denoiser: { ...pick([network, affine])(), name: 'denoiser' },
});

/** The first row is 0 and stays 0 through a linear denoiser: its error is exactly 0, and the gradient has to be finite there. */
export const withoutErrorInTheFirstRow = ({ n, d, tensor, pick, affine }: Parts): Noised => {
  const denoiser = { ...affine(), name: 'denoiser' };
  const [matrix, offset] = denoiser.parameters;
  const zeros = offset.data.map(() => 0);
  const below = (): Grid => grid([n, d], [...zeros, ...tensor(n - 1, d).data]);
  return {
    sigma: pick(sigmas),
    x0: below(),
    noise: below(),
    denoiser: { ...denoiser, parameters: [matrix, grid(offset.shape, zeros)] },
  };
};

/** h(x) from x and score(x), entry by entry. */
export const denoiser =
  (entry: <T>(a: Arithmetic<T>, x: T, score: T, sigma: T) => T): Formula<OfScore> =>
  (a, c, on) =>
    lifted(a, c.x).flatMap((x) => {
      const score = on.field(c.score).at(x);
      return x.map((xi, i) => entry(a, xi, score[i], a.c(c.sigma)));
    });

/** x + k(sigma) score(x). */
export const stepping = (k: Power): Formula<OfScore> =>
  denoiser((a, x, score, sigma) => a.add(x, a.mul(k(a, sigma), score)));

export const square: Power = (a, sigma) => a.mul(sigma, sigma);

export const rightDenoiser = stepping(square);

/** score(x) from x and h(x), entry by entry. */
export const scoreOf =
  (entry: <T>(a: Arithmetic<T>, x: T, clean: T, sigma: T) => T): Formula<OfDenoiser> =>
  (a, c, on) =>
    lifted(a, c.x).flatMap((x) => {
      const clean = on.field(c.denoiser).at(x);
      return x.map((xi, i) => entry(a, xi, clean[i], a.c(c.sigma)));
    });

type Power = <T>(a: Arithmetic<T>, sigma: T) => T;
export const itself: Power = (_, sigma) => sigma;

/** x₀ + σ ε, row by row, or with something else in place of σ. */
const noisyRows = <T>(a: Arithmetic<T>, { x0, noise, sigma }: Noised, scale: Power = itself): T[][] => {
  const draws = lifted(a, noise);
  return lifted(a, x0).map((row, i) => addScaled(a, row, scale(a, a.c(sigma)), draws[i]));
};

type Target = <T>(a: Arithmetic<T>, row: { x: readonly T[]; clean: readonly T[]; noise: readonly T[] }) => readonly T[];
const cleanRow: Target = (_, { clean }) => clean;

/** What a mistake puts in place of the target, of what the denoiser sees, of σ. */
interface Variant {
  readonly target?: Target;
  readonly seen?: 'clean';
  readonly scale?: Power;
}

/** h(x) − target, row by row. */
function errors<T>(
  a: Arithmetic<T>,
  c: Noised,
  at: (x: readonly T[]) => readonly T[],
  { target = cleanRow, seen, scale }: Variant = {},
): T[][] {
  const [clean, noise] = [lifted(a, c.x0), lifted(a, c.noise)];
  return noisyRows(a, c, scale).map((x, i) => {
    const wanted = target(a, { x, clean: clean[i], noise: noise[i] });
    return at(seen === 'clean' ? clean[i] : x).map((h, j) => a.sub(h, wanted[j]));
  });
}

export const loss =
  (variant: Variant = {}, each: <T>(a: Arithmetic<T>, error: readonly T[]) => T = sumOfSquares): Formula<Noised> =>
  (a, c, on) => [
    mean(
      a,
      errors(a, c, (x) => on.field(c.denoiser).at(x), variant).map((error) => each(a, error)),
    ),
  ];

/** ‖h‖² − 2 h·x₀ + ‖x₀‖², multiplied out. */
export const expanded: Formula<Noised> = (a, c, on) => {
  const clean = lifted(a, c.x0);
  const rows = noisyRows(a, c).map((x, i) => {
    const h = on.field(c.denoiser).at(x);
    const cross = a.sum(h.map((hj, j) => a.mul(hj, clean[i][j])));
    return a.add(a.sub(sumOfSquares(a, h), a.mul(a.c(2), cross)), sumOfSquares(a, clean[i]));
  });
  return [mean(a, rows)];
};

export const dae = loss();

const plusOnDiagonal = (matrix: Rows, k: number): Rows =>
  matrix.map((row, i) => row.map((value, j) => (i === j ? value + k : value)));

/** The law of x = x₀ + noise of a variance. */
export const smoothed = (components: readonly Component[], variance: number): Component[] =>
  components.map((each) => ({ ...each, covariance: plusOnDiagonal(each.covariance, variance) }));

/** log wₖ + log Nₖ(x) + (d/2) log 2π, k = 1 … K. */
export const logits = <T>(a: Arithmetic<T>, components: readonly Component[], x: readonly number[]): T[] =>
  components.map((each) =>
    a.sum([
      a.log(a.c(each.weight)),
      a.mul(a.c(-0.5), squaredDistance(a, each, x)),
      a.mul(a.c(-0.5), logDeterminant(a, each)),
    ]),
  );

interface At {
  readonly x: readonly number[];
  readonly clean: readonly Component[];
  readonly noisy: readonly Component[];
  readonly sigma: number;
}

export const posterior =
  (each: <T>(a: Arithmetic<T>, at: At) => readonly T[]): Formula<OfMixture> =>
  (a, { x, mixture, sigma }) => {
    const clean = componentsOf(mixture);
    const noisy = smoothed(clean, sigma * sigma);
    return rowsOf(x).flatMap((row) => each(a, { x: row, clean, noisy, sigma }));
  };

/** x + k Σ rₖ Cₖ⁻¹(mₖ − x) for a mixture: a step along its score. */
export function stepAlong<T>(
  a: Arithmetic<T>,
  x: readonly number[],
  mixture: readonly Component[],
  k: number,
  shares: typeof responsibilities = responsibilities,
): T[] {
  const score = weightedSum(
    a,
    shares(a, logits(a, mixture, x)),
    mixture.map((each) => pull(a, each, x)),
  );
  return score.map((s, i) => a.add(a.c(x[i]), a.mul(a.c(k), s)));
}

type WithinComponent = <T>(a: Arithmetic<T>, at: At, k: number) => T[];

/** μₖ = mₖ + Cₖ(Cₖ + σ²I)⁻¹(x − mₖ), the posterior mean within one component. */
export const withinComponent: WithinComponent = (a, { x, clean, noisy }, k) => {
  const pulled = pull(a, noisy[k], x);
  return clean[k].mean.map((m, i) => a.sub(a.c(m), a.combine(clean[k].covariance[i], pulled)));
};

/**
 * The same as P⁻¹ η with P = Cₖ⁻¹ + I/σ² and η = Cₖ⁻¹mₖ + x/σ², which inverts Cₖ as well: its errors are those of P and η carried through P⁻¹, and those of
 * the last solution.
 */
const byPrecisions: WithinComponent = (a, { x, clean, sigma }, k) => {
  const { mean: centre, covariance } = clean[k];
  const variance = sigma * sigma;
  const precision = inverse(covariance);
  const whole = plusOnDiagonal(precision, 1 / variance);
  const prior = product(precision, centre);
  const information = prior.map((value, i) => value + x[i] / variance);
  const value = product(inverse(whole), information);
  const norm = (vector: readonly number[]): number => Math.hypot(...vector);
  const carried =
    solveError(covariance) * (norm(prior) + spectralNorm(precision) * norm(value)) +
    2 * norm(x.map((xi) => xi / variance)) +
    norm(information);
  const error = spectralNorm(inverse(whole)) * carried + solveError(whole) * norm(value);
  return a.opaque([], { value, error: value.map(() => error), lipschitz: 0 });
};

const product = (matrix: Rows, x: readonly number[]): number[] => matrix.map((row) => float64.combine(row, x));
const spectralNorm = (matrix: Rows): number => Math.max(...symmetricEigen(matrix).values);

/** Σ rₖ μₖ with shares and means as a mistake has them. */
export const average = (
  within: WithinComponent = withinComponent,
  shares: <T>(a: Arithmetic<T>, at: At) => T[] = (a, { noisy, x }) => responsibilities(a, logits(a, noisy, x)),
): Formula<OfMixture> =>
  posterior((a, at) =>
    weightedSum(
      a,
      shares(a, at),
      at.clean.map((_, k) => within(a, at, k)),
    ),
  );

export const byTweedie = posterior((a, { x, noisy, sigma }) => stepAlong(a, x, noisy, sigma * sigma));

/** Other right ways; the shares by their logarithm round more than a softmax, and so cover it. */
const sharesByLog = <T>(a: Arithmetic<T>, { noisy, x }: At): T[] => responsibilitiesByLog(a, logits(a, noisy, x));
export const otherPosteriors = [
  posterior((a, { x, noisy, sigma }) => stepAlong(a, x, noisy, sigma * sigma, responsibilitiesByLog)),
  average(withinComponent, sharesByLog),
  average(byPrecisions, sharesByLog),
];

/** What becomes of a point where every component underflows in float32: the logarithm of its density is below that of the smallest number. */
const UNDERFLOW = -104;

export const withUnderflow: Formula<OfMixture> = posterior((a, { x, noisy, sigma }) => {
  const right = stepAlong(a, x, noisy, sigma * sigma);
  const log = a.value(logSumOfExp(a, logits(a, noisy, x)));
  return log < UNDERFLOW ? right.map(() => a.div(a.c(0), a.c(0))) : right;
});

/** The mixture replaced by the one Gaussian with its mean and covariance. */
export const momentsOf = (components: readonly Component[]): Component => {
  const middle = components[0].mean.map((_, i) =>
    components.reduce((sum, { weight, mean: centre }) => sum + weight * centre[i], 0),
  );
  const covariance = middle.map((_, i) =>
    middle.map((__, j) =>
      components.reduce((sum, each) => {
        const between = (each.mean[i] - middle[i]) * (each.mean[j] - middle[j]);
        return sum + each.weight * (each.covariance[i][j] + between);
      }, 0),
    ),
  );
  return { weight: 1, mean: middle, covariance };
};

export const mixtureNear =
  (counts?: readonly number[]) =>
  (parts: Parts): OfMixture => {
    const mixture = mixtureIn(parts, counts);
    const sigma = parts.pick(sigmas);
    return { x: near(parts, smoothed(componentsOf(mixture), sigma * sigma)), mixture, sigma };
  };

export const mixtureFar = (parts: Parts): OfMixture => {
  const mixture = mixtureIn(parts);
  const sigma = parts.pick(sigmas);
  const reach = parts.pick([15, 50, 1000]);
  return { x: far(parts, smoothed(componentsOf(mixture), sigma * sigma), reach), mixture, sigma };
};

export const smallSizes: Sizes = { n: [1], d: [1, 2] };

export const zh = {
  variance: 'sigma 已經是標準差：變異數是它的平方。',
  uphill: '分數指向密度增加的方向，也就是乾淨的資料那一邊。',
};
