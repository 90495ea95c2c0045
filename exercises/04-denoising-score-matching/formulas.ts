import type { Arithmetic } from '../../src/oracle/arithmetic.js';
import { type Parts, type Sizes } from '../../src/grade/arbitraries.js';
import { addScaled, clamp, lifted, mean, negated, sumOfSquares } from '../../src/grade/batch.js';
import type { Field } from '../../src/grade/fields.js';
import type { Formula, Oracle } from '../../src/grade/formula.js';
import { grid, type Grid } from '../../src/grade/grid.js';

/** No standard deviation is 1, whose powers all agree. */
const sigmas = [0.6, 0.3, 2.5, 0.1, 1.7];

/** The shape of one example: vectors, images [h, w, c], volumes [depth, h, w, c]. */
const exampleShapes = (d: number): readonly (readonly number[])[] => [[d], [d], [2, 3, 1], [3, 2, 2], [2, 2, 3, 1]];

export interface Noised extends Record<string, Grid | number> {
  readonly x0: Grid;
  readonly noise: Grid;
  readonly sigma: number;
}

export const noised = ({ n, d, tensor, pick }: Parts): Noised => {
  const shape = [n, ...pick(exampleShapes(d))];
  return { sigma: pick(sigmas), x0: tensor(...shape), noise: tensor(...shape) };
};

export interface Pair extends Record<string, Grid | number> {
  readonly x: Grid;
  readonly x0: Grid;
  readonly sigma: number;
}

export const pairs =
  (reach: number) =>
  ({ n, d, tensor, pick }: Parts): Pair => {
    const shape = [n, ...pick(exampleShapes(d))];
    const x0 = tensor(...shape);
    const away = tensor(...shape);
    return {
      sigma: pick(sigmas),
      x: grid(
        shape,
        x0.data.map((value, i) => value + reach * away.data[i]),
      ),
      x0,
    };
  };

type Scored<C> = C & { readonly score: Field };
export type Loss = Scored<{ readonly [name: string]: Grid | number | Field; x0: Grid; noise: Grid; sigma: number }>;
export type MultiScale = Scored<{ readonly [name: string]: Grid | Field; x0: Grid; noise: Grid; sigma: Grid }>;

/** A case of the loss: an affine score or a network on vectors, a field that mixes the entries of an example on other shapes. */
export const scored = (parts: Parts): Loss => {
  const { n, d, tensor, pick } = parts;
  const example = pick(exampleShapes(d));
  const sigma = pick(sigmas);
  const [x0, noise] = [tensor(n, ...example), tensor(n, ...example)];
  const score = example.length > 1 ? parts.mixing(example) : pick([parts.affine, parts.network])();
  return { sigma, x0, noise, score };
};

export const scoredAtScales = (parts: Parts): MultiScale => {
  const { n, d, tensor, pick } = parts;
  const example = pick(exampleShapes(d));
  const sigma = grid(
    [n],
    Array.from({ length: n }, () => pick(sigmas)),
  );
  const [x0, noise] = [tensor(n, ...example), tensor(n, ...example)];
  const level = { level: 'sigma' };
  return { sigma, x0, noise, score: example.length > 1 ? parts.mixing(example, level) : parts.network(level) };
};

/** The batch is short enough for the picks of a case, one sigma for each example. */
export const scaleSizes: Sizes = { n: [1, 2, 3, 4, 5], d: [1, 2, 3, 5] };

/** One list of every entry of the noisy examples, and one per example. */
export const noisyRows = <T>(
  a: Arithmetic<T>,
  { x0, noise }: { x0: Grid; noise: Grid },
  sigma: (row: number) => T,
): T[][] => {
  const draws = lifted(a, noise);
  return lifted(a, x0).map((row, i) => addScaled(a, row, sigma(i), draws[i]));
};

/** mean over the batch of Σ (score − target)², the target of each example as `target` makes it. */
export const loss =
  (target: <T>(a: Arithmetic<T>, parts: { x: T[]; x0: T[]; noise: T[]; sigma: T }) => T[]): Formula<Loss> =>
  (a, c, on) => [
    mean(
      a,
      errors(a, c, on, target).map((row) => sumOfSquares(a, row)),
    ),
  ];

export function errors<T>(
  a: Arithmetic<T>,
  c: Loss,
  on: Oracle<T>,
  target: <U>(a: Arithmetic<U>, parts: { x: U[]; x0: U[]; noise: U[]; sigma: U }) => U[],
): T[][] {
  const sigma = a.c(c.sigma);
  const x = noisyRows(a, c, () => sigma);
  const [clean, noise] = [lifted(a, c.x0), lifted(a, c.noise)];
  return x.map((row, i) => {
    const wanted = target(a, { x: row, x0: clean[i], noise: noise[i], sigma });
    return on
      .field(c.score)
      .at(row)
      .map((s, j) => a.sub(s, wanted[j]));
  });
}

type Target = <T>(a: Arithmetic<T>, parts: { x: T[]; x0: T[]; noise: T[]; sigma: T }) => T[];
export const fromNoise: Target = (a, { noise, sigma }) => noise.map((e) => negated(a, a.div(e, sigma)));
export const fromDistance: Target = (a, { x, x0, sigma }) =>
  x.map((xi, i) => a.div(a.sub(x0[i], xi), a.mul(sigma, sigma)));

export const dsm = loss(fromNoise);
export const entries = ({ x0 }: { x0: Grid }): number => x0.data.length / x0.shape[0];

/** ‖s‖² − 2 s·t + ‖t‖², multiplied out. */
export const expanded =
  (target: Target): Formula<Loss> =>
  (a, c, on) => {
    const sigma = a.c(c.sigma);
    const x = noisyRows(a, c, () => sigma);
    const [clean, noise] = [lifted(a, c.x0), lifted(a, c.noise)];
    const rows = x.map((row, i) => {
      const t = target(a, { x: row, x0: clean[i], noise: noise[i], sigma });
      const s = on.field(c.score).at(row);
      const cross = a.sum(s.map((si, j) => a.mul(si, t[j])));
      return a.add(a.sub(sumOfSquares(a, s), a.mul(a.c(2), cross)), sumOfSquares(a, t));
    });
    return [mean(a, rows)];
  };

/** mean of w(σᵢ) ‖score(xᵢ, level(σᵢ)) + εᵢ/σᵢ‖². */
export const multiScale =
  ({
    weight = (a, sigma) => a.mul(sigma, sigma),
    level = (_, sigma) => sigma,
    target = (_, sigma) => sigma,
  }: {
    weight?: <T>(a: Arithmetic<T>, sigma: T, all: readonly T[]) => T;
    level?: <T>(a: Arithmetic<T>, sigma: T) => T;
    target?: <T>(a: Arithmetic<T>, sigma: T, all: readonly T[], row: number) => T;
  } = {}): Formula<MultiScale> =>
  (a, c, on) => {
    const sigma = c.sigma.data.map((value) => a.c(value));
    const noise = lifted(a, c.noise);
    const rows = noisyRows(a, c, (i) => sigma[i]).map((x, i) => {
      const s = on.field(c.score).at(x, level(a, sigma[i]));
      const parts = s.map((sj, j) => a.add(sj, a.div(noise[i][j], target(a, sigma[i], sigma, i))));
      return a.mul(weight(a, sigma[i], sigma), sumOfSquares(a, parts));
    });
    return [mean(a, rows)];
  };

/** ‖σ score + ε‖², the weight multiplied in. */
export const multiScaleInside: Formula<MultiScale> = (a, c, on) => {
  const sigma = c.sigma.data.map((value) => a.c(value));
  const noise = lifted(a, c.noise);
  const rows = noisyRows(a, c, (i) => sigma[i]).map((x, i) => {
    const s = on.field(c.score).at(x, sigma[i]);
    return sumOfSquares(
      a,
      s.map((sj, j) => a.add(a.mul(sigma[i], sj), noise[i][j])),
    );
  });
  return [mean(a, rows)];
};

/** The same with the noise found again from x − x₀. */
export const multiScaleFromDistance: Formula<MultiScale> = (a, c, on) => {
  const sigma = c.sigma.data.map((value) => a.c(value));
  const clean = lifted(a, c.x0);
  const rows = noisyRows(a, c, (i) => sigma[i]).map((x, i) => {
    const s = on.field(c.score).at(x, sigma[i]);
    const variance = a.mul(sigma[i], sigma[i]);
    const parts = s.map((sj, j) => a.add(sj, a.div(a.sub(x[j], clean[i][j]), variance)));
    return a.mul(variance, sumOfSquares(a, parts));
  });
  return [mean(a, rows)];
};

export const target =
  (divided: <T>(a: Arithmetic<T>, difference: T, sigma: T) => T): Formula<Pair> =>
  (a, { x, x0, sigma }) =>
    x.data.map((xi, i) => divided(a, a.sub(a.c(x0.data[i]), a.c(xi)), a.c(sigma)));

export function clamped<C>(answer: Formula<C>) {
  const clampedAnswer: Formula<C> = (a, c, on) => answer(a, c, on).map((value) => clamp(a, value, 0, 1));
  return {
    says: {
      en: 'The noisy x is clamped to [0, 1].',
      'zh-TW': '加雜訊後的 x 被限制在 [0, 1] 之間。',
    },
    hint: {
      en: 'Noise may leave the range of the data; the target is right only for the x that was drawn.',
      'zh-TW': '雜訊可以超出資料的範圍；目標只對抽到的那個 x 正確。',
    },
    answer: clampedAnswer,
  };
}
