import { inverse, symmetricEigen, type Rows } from '../../src/numerics/linear-algebra.js';
import { daeLoss, dsmIsDae, tweedie } from '../../src/claims/confusions.js';
import { anySizes, cases, type Parts, type Sizes } from '../../src/grade/arbitraries.js';
import { addScaled, clamp, lifted, mean, negated, sumOfSquares } from '../../src/grade/batch.js';
import { exercise, task, variantOf } from '../../src/grade/exercise.js';
import type { Field } from '../../src/grade/fields.js';
import type { Formula } from '../../src/grade/formula.js';
import {
  logDeterminant,
  logSumOfExp,
  pull,
  responsibilities,
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

interface OfScore extends Record<string, Grid | Field | number> {
  readonly score: Field;
  readonly sigma: number;
  readonly x: Grid;
}

interface OfDenoiser extends Record<string, Grid | Field | number> {
  readonly denoiser: Field;
  readonly sigma: number;
  readonly x: Grid;
}

interface Noised extends Record<string, Grid | Field | number> {
  readonly denoiser: Field;
  readonly x0: Grid;
  readonly noise: Grid;
  readonly sigma: number;
}

interface OfMixture extends Record<string, Input> {
  readonly x: Grid;
  readonly mixture: MixtureInput;
  readonly sigma: number;
}

const scored = ({ n, d, tensor, pick, network, affine }: Parts): OfScore => ({
  sigma: pick(sigmas),
  x: tensor(n, d),
  score: pick([network, affine])(),
});

const denoised = ({ n, d, tensor, pick, network, affine }: Parts): OfDenoiser => ({
  sigma: pick(sigmas),
  x: tensor(n, d),
  denoiser: { ...pick([network, affine])(), name: 'denoiser' },
});

const noised = ({ n, d, tensor, pick, network, affine }: Parts): Noised => ({
  sigma: pick(sigmas),
  x0: tensor(n, d),
  noise: tensor(n, d),
  denoiser: { ...pick([network, affine])(), name: 'denoiser' },
});

/** The first row is 0 and stays 0 through a linear denoiser: its error is exactly 0, and the gradient has to be finite there. */
const withoutErrorInTheFirstRow = ({ n, d, tensor, pick, affine }: Parts): Noised => {
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
const denoiser =
  (entry: <T>(a: Arithmetic<T>, x: T, score: T, sigma: T) => T): Formula<OfScore> =>
  (a, c, on) =>
    lifted(a, c.x).flatMap((x) => {
      const score = on.field(c.score).at(x);
      return x.map((xi, i) => entry(a, xi, score[i], a.c(c.sigma)));
    });

/** x + k(sigma) score(x). */
const stepping = (k: Power): Formula<OfScore> => denoiser((a, x, score, sigma) => a.add(x, a.mul(k(a, sigma), score)));

const square: Power = (a, sigma) => a.mul(sigma, sigma);

const rightDenoiser = stepping(square);

/** score(x) from x and h(x), entry by entry. */
const scoreOf =
  (entry: <T>(a: Arithmetic<T>, x: T, clean: T, sigma: T) => T): Formula<OfDenoiser> =>
  (a, c, on) =>
    lifted(a, c.x).flatMap((x) => {
      const clean = on.field(c.denoiser).at(x);
      return x.map((xi, i) => entry(a, xi, clean[i], a.c(c.sigma)));
    });

type Power = <T>(a: Arithmetic<T>, sigma: T) => T;
const itself: Power = (_, sigma) => sigma;

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

const loss =
  (variant: Variant = {}, each: <T>(a: Arithmetic<T>, error: readonly T[]) => T = sumOfSquares): Formula<Noised> =>
  (a, c, on) => [
    mean(
      a,
      errors(a, c, (x) => on.field(c.denoiser).at(x), variant).map((error) => each(a, error)),
    ),
  ];

/** ‖h‖² − 2 h·x₀ + ‖x₀‖², multiplied out. */
const expanded: Formula<Noised> = (a, c, on) => {
  const clean = lifted(a, c.x0);
  const rows = noisyRows(a, c).map((x, i) => {
    const h = on.field(c.denoiser).at(x);
    const cross = a.sum(h.map((hj, j) => a.mul(hj, clean[i][j])));
    return a.add(a.sub(sumOfSquares(a, h), a.mul(a.c(2), cross)), sumOfSquares(a, clean[i]));
  });
  return [mean(a, rows)];
};

const dae = loss();

const scaled =
  (k: (c: Noised) => number): Formula<Noised> =>
  (a, c, on) =>
    dae(a, c, on).map((value) => a.mul(a.c(k(c)), value));

const repeated = ({ shape, data }: Grid): Grid => grid([2 * shape[0], ...shape.slice(1)], [...data, ...data]);

const plusOnDiagonal = (matrix: Rows, k: number): Rows =>
  matrix.map((row, i) => row.map((value, j) => (i === j ? value + k : value)));

/** The law of x = x₀ + noise of a variance. */
const smoothed = (components: readonly Component[], variance: number): Component[] =>
  components.map((each) => ({ ...each, covariance: plusOnDiagonal(each.covariance, variance) }));

/** log wₖ + log Nₖ(x) + (d/2) log 2π, k = 1 … K. */
const logits = <T>(a: Arithmetic<T>, components: readonly Component[], x: readonly number[]): T[] =>
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

const posterior =
  (each: <T>(a: Arithmetic<T>, at: At) => readonly T[]): Formula<OfMixture> =>
  (a, { x, mixture, sigma }) => {
    const clean = componentsOf(mixture);
    const noisy = smoothed(clean, sigma * sigma);
    return rowsOf(x).flatMap((row) => each(a, { x: row, clean, noisy, sigma }));
  };

/** x + k Σ rₖ Cₖ⁻¹(mₖ − x) for a mixture: a step along its score. */
function stepAlong<T>(a: Arithmetic<T>, x: readonly number[], mixture: readonly Component[], k: number): T[] {
  const score = weightedSum(
    a,
    responsibilities(a, logits(a, mixture, x)),
    mixture.map((each) => pull(a, each, x)),
  );
  return score.map((s, i) => a.add(a.c(x[i]), a.mul(a.c(k), s)));
}

type WithinComponent = <T>(a: Arithmetic<T>, at: At, k: number) => T[];

/** μₖ = mₖ + Cₖ(Cₖ + σ²I)⁻¹(x − mₖ), the posterior mean within one component. */
const withinComponent: WithinComponent = (a, { x, clean, noisy }, k) => {
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
  const prior = times(precision, centre);
  const information = prior.map((value, i) => value + x[i] / variance);
  const value = times(inverse(whole), information);
  const norm = (vector: readonly number[]): number => Math.hypot(...vector);
  const carried =
    solveError(covariance) * (norm(prior) + spectralNorm(precision) * norm(value)) +
    2 * norm(x.map((xi) => xi / variance)) +
    norm(information);
  const error = spectralNorm(inverse(whole)) * carried + solveError(whole) * norm(value);
  return a.opaque([], { value, error: value.map(() => error), lipschitz: 0 });
};

const times = (matrix: Rows, x: readonly number[]): number[] => matrix.map((row) => float64.combine(row, x));
const spectralNorm = (matrix: Rows): number => Math.max(...symmetricEigen(matrix).values);

/** Σ rₖ μₖ with shares and means as a mistake has them. */
const average = (
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

const byTweedie = posterior((a, { x, noisy, sigma }) => stepAlong(a, x, noisy, sigma * sigma));

/** What becomes of a point where every component underflows in float32: the logarithm of its density is below that of the smallest number. */
const UNDERFLOW = -104;

const withUnderflow: Formula<OfMixture> = posterior((a, { x, noisy, sigma }) => {
  const right = stepAlong(a, x, noisy, sigma * sigma);
  const log = a.value(logSumOfExp(a, logits(a, noisy, x)));
  return log < UNDERFLOW ? right.map(() => a.div(a.c(0), a.c(0))) : right;
});

/** The mixture replaced by the one Gaussian with its mean and covariance. */
const momentsOf = (components: readonly Component[]): Component => {
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

const mixtureNear =
  (counts?: readonly number[]) =>
  (parts: Parts): OfMixture => {
    const mixture = mixtureIn(parts, counts);
    const sigma = parts.pick(sigmas);
    return { x: near(parts, smoothed(componentsOf(mixture), sigma * sigma)), mixture, sigma };
  };

const mixtureFar = (parts: Parts): OfMixture => {
  const mixture = mixtureIn(parts);
  const sigma = parts.pick(sigmas);
  const reach = parts.pick([15, 50, 1000]);
  return { x: far(parts, smoothed(componentsOf(mixture), sigma * sigma), reach), mixture, sigma };
};

const smallSizes: Sizes = { n: [1], d: [1, 2] };

const zh = {
  variance: 'sigma 已經是標準差：變異數是它的平方。',
  uphill: '分數指向密度增加的方向，也就是乾淨的資料那一邊。',
};

export default exercise({
  id: 'denoising-autoencoder',
  number: '05',
  week: 7,
  title: { en: 'The denoising autoencoder', 'zh-TW': '去噪自編碼器' },
  claims: [daeLoss, tweedie, dsmIsDae],
  tasks: [
    task<OfScore>({
      name: 'denoiserFromScore',
      inputs: ['score', 'sigma'],
      applied: ['x'],
      returns: ({ x }) => x.shape,
      answer: rightDenoiser,
      properties: {
        value: { points: 1.5, count: 24, cases: cases(anySizes, scored) },
        small: { points: 0.5, count: 6, cases: cases(smallSizes, scored) },
      },
      mistakes: {
        'sigma-not-squared': variantOf(tweedie, 'sigma-not-squared', {
          zh: '分數乘上了 sigma，應該是 sigma²。',
          hint: { en: 'sigma is a standard deviation already: the variance is its square.', 'zh-TW': zh.variance },
          answer: stepping(itself),
        }),
        'minus-the-score': variantOf(tweedie, 'minus-the-score', {
          zh: '這一步逆著分數走，遠離了資料。',
          hint: { en: 'The score points uphill, to the clean data.', 'zh-TW': zh.uphill },
          answer: stepping((a, sigma) => negated(a, square(a, sigma))),
        }),
        'without-sigma': variantOf(tweedie, 'without-sigma', {
          zh: '加上分數時沒有乘以 sigma²。',
          hint: {
            en: 'How long is the step where there is hardly any noise?',
            'zh-TW': '幾乎沒有雜訊時，這一步有多長？',
          },
          answer: stepping((a) => a.c(1)),
        }),
        'half-the-step': variantOf(tweedie, 'half-the-step', {
          zh: '這一步只有應有的一半長。',
          hint: { en: 'There is no 1/2 in the formula.', 'zh-TW': '公式裡沒有 1/2。' },
          answer: stepping((a, sigma) => a.mul(a.c(0.5), square(a, sigma))),
        }),
        'divided-by-the-variance': {
          says: {
            en: 'The score is divided by sigma²; it has to be multiplied.',
            'zh-TW': '分數除以了 sigma²，應該是乘以 sigma²。',
          },
          hint: {
            en: 'How long is the step where there is hardly any noise?',
            'zh-TW': '幾乎沒有雜訊時，這一步有多長？',
          },
          answer: stepping((a, sigma) => a.div(a.c(1), square(a, sigma))),
        },
        'without-x': variantOf(tweedie, 'without-x', {
          zh: '少了帶雜訊的 x 本身，只剩下那一步。',
          hint: { en: 'A denoiser returns a point, not a direction.', 'zh-TW': '去噪器回傳的是一個點，不是方向。' },
          answer: denoiser((a, _, score, sigma) => a.mul(square(a, sigma), score)),
        }),
        'score-itself': variantOf(dsmIsDae, 'field-as-denoiser', {
          zh: '直接把分數當成去噪器：分數指向資料，它不是乾淨的點。',
          hint: { en: 'A denoiser returns a point, not a direction.', 'zh-TW': '去噪器回傳的是一個點，不是方向。' },
          answer: denoiser((_, __, score) => score),
        }),
        clipped: {
          says: { en: 'The result is clipped to [−1, 1].', 'zh-TW': '結果被限制在 [−1, 1] 之間。' },
          hint: { en: 'Nothing says that the data lie in this range.', 'zh-TW': '並沒有說資料都在這個範圍內。' },
          answer: (a, c, on) => rightDenoiser(a, c, on).map((value) => clamp(a, value, -1, 1)),
        },
      },
    }),

    task<OfDenoiser>({
      name: 'scoreFromDenoiser',
      inputs: ['denoiser', 'sigma'],
      applied: ['x'],
      returns: ({ x }) => x.shape,
      answer: scoreOf((a, x, clean, sigma) => a.div(a.sub(clean, x), square(a, sigma))),
      alsoRight: [
        scoreOf((a, x, clean, sigma) => a.mul(a.sub(clean, x), a.div(a.c(1), square(a, sigma)))),
        scoreOf((a, x, clean, sigma) => a.sub(a.div(clean, square(a, sigma)), a.div(x, square(a, sigma)))),
      ],
      properties: {
        value: { points: 1.5, count: 24, cases: cases(anySizes, denoised) },
        small: { points: 0.5, count: 6, cases: cases(smallSizes, denoised) },
      },
      mistakes: {
        'wrong-sign': {
          says: {
            en: 'The score has the wrong sign: it points from the clean point to the noisy one.',
            'zh-TW': '分數的正負號相反：它從乾淨的點指向帶雜訊的點。',
          },
          hint: { en: 'The score points uphill, to the clean data.', 'zh-TW': zh.uphill },
          answer: scoreOf((a, x, clean, sigma) => a.div(a.sub(x, clean), square(a, sigma))),
        },
        'sigma-not-squared': {
          says: {
            en: 'The difference is divided by sigma; sigma² is due.',
            'zh-TW': '差除以的是 sigma，應該是 sigma²。',
          },
          hint: { en: 'Solve h = x + sigma² score for the score.', 'zh-TW': '從 h = x + sigma² score 解出 score。' },
          answer: scoreOf((a, x, clean, sigma) => a.div(a.sub(clean, x), sigma)),
        },
        'sigma-forgotten': {
          says: {
            en: 'This is h(x) − x, without the division by sigma².',
            'zh-TW': '這是 h(x) − x，沒有除以 sigma²。',
          },
          hint: { en: 'Solve h = x + sigma² score for the score.', 'zh-TW': '從 h = x + sigma² score 解出 score。' },
          answer: scoreOf((a, x, clean) => a.sub(clean, x)),
        },
        'multiplied-by-the-variance': {
          says: {
            en: 'The difference is multiplied by sigma²; it has to be divided.',
            'zh-TW': '差乘上了 sigma²，應該是除以 sigma²。',
          },
          hint: { en: 'Solve h = x + sigma² score for the score.', 'zh-TW': '從 h = x + sigma² score 解出 score。' },
          answer: scoreOf((a, x, clean, sigma) => a.mul(a.sub(clean, x), square(a, sigma))),
        },
        'sigma-to-the-fourth': {
          says: {
            en: 'The difference is divided by sigma to the fourth; sigma² is due.',
            'zh-TW': '差除以的是 sigma 的四次方，應該是 sigma²。',
          },
          hint: {
            en: 'sigma is a standard deviation already: square it once.',
            'zh-TW': 'sigma 已經是標準差，只要平方一次。',
          },
          answer: scoreOf((a, x, clean, sigma) => a.div(a.sub(clean, x), square(a, square(a, sigma)))),
        },
        'without-x': {
          says: { en: 'This is h(x)/sigma²: x is not subtracted.', 'zh-TW': '這是 h(x)/sigma²：沒有減去 x。' },
          hint: { en: 'Solve h = x + sigma² score for the score.', 'zh-TW': '從 h = x + sigma² score 解出 score。' },
          answer: scoreOf((a, _, clean, sigma) => a.div(clean, square(a, sigma))),
        },
        'not-inverted': {
          says: {
            en: 'This is x + sigma² h(x): the line of task 1 once more, not its inverse.',
            'zh-TW': '這是 x + sigma² h(x)：又套了一次第 1 題的式子，而不是它的反函數。',
          },
          hint: { en: 'Solve h = x + sigma² score for the score.', 'zh-TW': '從 h = x + sigma² score 解出 score。' },
          answer: scoreOf((a, x, clean, sigma) => a.add(x, a.mul(square(a, sigma), clean))),
        },
      },
    }),

    task<Noised>({
      name: 'daeLoss',
      inputs: ['denoiser', 'x0', 'noise', 'sigma'],
      returns: () => [],
      answer: dae,
      alsoRight: [expanded],
      properties: {
        value: { points: 1, count: 24, cases: cases(anySizes, noised) },
        laws: {
          points: 0.5,
          count: 3,
          cases: cases({ n: [2, 3], d: [1, 3] }, noised),
          laws: [
            {
              says: {
                en: 'A batch with every example twice has the same loss.',
                'zh-TW': '每個樣本都出現兩次時，損失不變。',
              },
              moved: (c) => ({ ...c, x0: repeated(c.x0), noise: repeated(c.noise) }),
              answer: (values) => values,
            },
          ],
        },
        small: { points: 0.5, count: 6, cases: cases(smallSizes, noised) },
        gradient: { points: 1, count: 4, cases: cases({ n: [2, 3], d: [2, 3] }, withoutErrorInTheFirstRow) },
      },
      mistakes: {
        half: {
          says: {
            en: 'The loss has a factor 1/2 that the formula of the exercise does not have.',
            'zh-TW': '損失多了一個題目公式裡沒有的 1/2。',
          },
          hint: { en: 'Compare with the formula in the README.', 'zh-TW': '請和 README 的公式比較。' },
          answer: scaled(() => 0.5),
        },
        'mean-over-dimensions': {
          says: {
            en: 'The squares are averaged over the dimensions; they have to be summed.',
            'zh-TW': '平方對維度取了平均，應該相加。',
          },
          hint: {
            en: 'Sum over the dimensions, then average over the batch.',
            'zh-TW': '先對維度相加，再對批次取平均。',
          },
          answer: scaled(({ x0 }) => 1 / x0.shape[1]),
        },
        'sum-over-batch': {
          says: {
            en: 'The loss is summed over the batch; it has to be the mean.',
            'zh-TW': '損失對批次相加了，應該取平均。',
          },
          hint: {
            en: 'What happens to the loss when the batch gets twice as long?',
            'zh-TW': '批次變成兩倍長時，損失會怎樣？',
          },
          answer: scaled(({ x0 }) => x0.shape[0]),
        },
        'norm-not-squared': {
          says: { en: 'The norm of the error is not squared.', 'zh-TW': '誤差的範數沒有平方。' },
          hint: { en: 'What happens to the loss when the error doubles?', 'zh-TW': '誤差變成兩倍時，損失會怎樣？' },
          answer: loss({}, (a, error) => a.sqrt(sumOfSquares(a, error))),
        },
        'noisy-target': variantOf(daeLoss, 'noisy-target', {
          zh: '損失拿帶雜訊的點當目標，應該是乾淨的點。',
          hint: {
            en: 'Which denoiser would have no loss at all?',
            'zh-TW': '這樣的話，什麼樣的去噪器損失會是 0？',
          },
          answer: loss({ target: (_, { x }) => x }),
        }),
        'clean-input': variantOf(daeLoss, 'clean-input', {
          zh: '去噪器拿到的是乾淨的 x0，照抄就好了。',
          hint: { en: 'What does a denoiser see?', 'zh-TW': '去噪器看到的是什麼？' },
          answer: loss({ seen: 'clean' }),
        }),
        'noise-as-target': {
          says: {
            en: 'The target is the noise; here the denoiser predicts the clean point.',
            'zh-TW': '目標用了雜訊；這裡的去噪器要預測的是乾淨的點。',
          },
          hint: { en: 'What does the denoiser return?', 'zh-TW': '去噪器回傳的是什麼？' },
          answer: loss({ target: (_, { noise }) => noise }),
        },
        'variance-for-sigma': {
          says: {
            en: 'The noise is multiplied by sigma²: sigma is a standard deviation, and the noise has unit variance.',
            'zh-TW': '雜訊乘上了 sigma²；sigma 是標準差，而雜訊的變異數為 1。',
          },
          hint: {
            en: 'What is the standard deviation of sigma times a unit draw?',
            'zh-TW': '單位常態亂數乘上 sigma 之後，標準差是多少？',
          },
          answer: loss({ scale: square }),
        },
        'noise-not-scaled': {
          says: { en: 'The noise is added without sigma.', 'zh-TW': '加上的雜訊沒有乘以 sigma。' },
          hint: { en: 'How large is the noise at level sigma?', 'zh-TW': '在雜訊水準 sigma 之下，雜訊有多大？' },
          answer: loss({ scale: (a) => a.c(1) }),
        },
        'divided-by-the-variance': {
          says: {
            en: 'The loss is divided by sigma²; this loss has no weight.',
            'zh-TW': '損失除以了 sigma²；這個損失沒有權重。',
          },
          hint: {
            en: 'Even the loss of denoising score matching is another one: it divides by sigma to the fourth.',
            'zh-TW': '去噪分數匹配的損失也不是這樣：它除以的是 sigma 的四次方。',
          },
          answer: scaled(({ sigma }) => sigma ** -2),
        },
        'divided-by-sigma-to-the-fourth': {
          says: {
            en: 'The loss is divided by sigma to the fourth: that is the loss of denoising score matching.',
            'zh-TW': '損失除以了 sigma 的四次方：那是去噪分數匹配的損失。',
          },
          hint: { en: 'This loss has no weight.', 'zh-TW': '這個損失沒有權重。' },
          answer: scaled(({ sigma }) => sigma ** -4),
        },
      },
    }),

    task<OfMixture>({
      name: 'posteriorMean',
      inputs: ['x', 'mixture', 'sigma'],
      returns: ({ x }) => x.shape,
      answer: byTweedie,
      alsoRight: [average(), average(byPrecisions)],
      properties: {
        value: { points: 2, count: 24, cases: cases(anySizes, mixtureNear()) },
        far: { points: 0.5, count: 8, cases: cases({ n: [2, 3], d: [1, 2, 3] }, mixtureFar) },
        small: { points: 0.5, count: 6, cases: cases(smallSizes, mixtureNear([1, 2])) },
      },
      mistakes: {
        'score-of-clean-density': variantOf(tweedie, 'score-of-clean-density', {
          zh: '用了乾淨密度 p0 的分數，應該用加雜訊後的密度的分數。',
          hint: { en: 'Which law does x have?', 'zh-TW': 'x 服從什麼分布？' },
          answer: posterior((a, { x, clean, sigma }) => stepAlong(a, x, clean, sigma * sigma)),
        }),
        'clean-responsibilities': {
          says: {
            en: 'The components are weighted as if x had no noise: the covariances in the weights lack sigma² I.',
            'zh-TW': '各成分的權重好像 x 沒有雜訊一樣：權重裡的共變異數矩陣少了 sigma² I。',
          },
          hint: { en: 'Which law does x have, within one component?', 'zh-TW': '在一個成分之內，x 服從什麼分布？' },
          answer: average(withinComponent, (a, { clean, x }) => responsibilities(a, logits(a, clean, x))),
        },
        'sigma-for-variance': {
          says: {
            en: 'The covariances grow by sigma I; sigma² I is due.',
            'zh-TW': '共變異數矩陣加上了 sigma I，應該是 sigma² I。',
          },
          hint: { en: 'sigma is a standard deviation.', 'zh-TW': 'sigma 是標準差。' },
          answer: (a, c, on) => average()(a, { ...c, sigma: Math.sqrt(c.sigma) }, on),
        },
        'sigma-not-squared': variantOf(tweedie, 'sigma-not-squared', {
          zh: '分數乘上了 sigma，應該是 sigma²。',
          hint: { en: 'Compare with task 1.', 'zh-TW': '請和第 1 題比較。' },
          answer: posterior((a, { x, noisy, sigma }) => stepAlong(a, x, noisy, sigma)),
        }),
        'minus-the-score': variantOf(tweedie, 'minus-the-score', {
          zh: '這一步逆著分數走，遠離了資料。',
          hint: { en: 'The score points uphill, to the clean data.', 'zh-TW': zh.uphill },
          answer: posterior((a, { x, noisy, sigma }) => stepAlong(a, x, noisy, -sigma * sigma)),
        }),
        'without-sigma': variantOf(tweedie, 'without-sigma', {
          zh: '加上分數時沒有乘以 sigma²。',
          hint: { en: 'Compare with task 1.', 'zh-TW': '請和第 1 題比較。' },
          answer: posterior((a, { x, noisy }) => stepAlong(a, x, noisy, 1)),
        }),
        'component-means': {
          says: {
            en: 'This is the weighted mean of the means of the components: within a component x says something about x0 as well.',
            'zh-TW': '這是各成分平均的加權平均；但在一個成分之內，x 也帶有 x0 的資訊。',
          },
          hint: {
            en: 'What is E[x0 | x] for one Gaussian?',
            'zh-TW': '只有一個高斯分布時，E[x0 | x] 是什麼？',
          },
          answer: average((a, { clean }, k) => clean[k].mean.map((m) => a.c(m))),
        },
        'responsibilities-left-out': {
          says: {
            en: 'The posterior means of the components are weighted by the weights of the mixture; they have to be weighted by how much each component explains x.',
            'zh-TW': '各成分的後驗平均用混合權重加權了，應該依各成分對 x 的解釋程度加權。',
          },
          hint: {
            en: 'Which component did x come from, given where it is?',
            'zh-TW': '從 x 的位置來看，它來自哪個成分？',
          },
          answer: average(withinComponent, (a, { clean }) => clean.map(({ weight }) => a.c(weight))),
        },
        'responsibilities-without-determinant': {
          says: {
            en: 'The responsibilities lack the determinants of the covariances.',
            'zh-TW': '各成分的責任度少了共變異數矩陣的行列式。',
          },
          hint: {
            en: 'A narrow component has a higher peak than a wide one of the same weight.',
            'zh-TW': '權重相同時，窄的成分比寬的峰值高。',
          },
          answer: average(withinComponent, (a, { noisy, x }) => {
            const logs = noisy.map((each) =>
              a.add(a.log(a.c(each.weight)), a.mul(a.c(-0.5), squaredDistance(a, each, x))),
            );
            return responsibilities(a, logs);
          }),
        },
        'nearest-component-only': {
          says: {
            en: 'Only the component that explains x best is used.',
            'zh-TW': '只用了最能解釋 x 的成分。',
          },
          hint: {
            en: 'Between two modes x may come from either.',
            'zh-TW': '在兩個峰之間，x 可能來自任何一個。',
          },
          answer: average(withinComponent, (a, { noisy, x }) => {
            const logs = logits(a, noisy, x);
            const top = logs.reduce((best, each, k) => (a.value(each) > a.value(logs[best]) ? k : best), 0);
            return logs.map((_, k) => a.c(k === top ? 1 : 0));
          }),
        },
        'one-gaussian': {
          says: {
            en: 'The mixture is replaced by one Gaussian with its mean and covariance: this is the best linear denoiser, not the posterior mean.',
            'zh-TW': '把混合分布換成一個平均和共變異數相同的高斯分布：這是最佳的線性去噪器，不是後驗平均。',
          },
          hint: {
            en: 'Between two modes the posterior mean is not linear in x.',
            'zh-TW': '在兩個峰之間，後驗平均不是 x 的一次式。',
          },
          answer: posterior((a, { x, clean, sigma }) => {
            const one = momentsOf(clean);
            const [noisy] = smoothed([one], sigma * sigma);
            return withinComponent(a, { x, clean: [one], noisy: [noisy], sigma }, 0);
          }),
        },
        clipped: {
          says: { en: 'The result is clipped to [−1, 1].', 'zh-TW': '結果被限制在 [−1, 1] 之間。' },
          hint: { en: 'Nothing says that the data lie in this range.', 'zh-TW': '並沒有說資料都在這個範圍內。' },
          answer: (a, c, on) => byTweedie(a, c, on).map((value) => clamp(a, value, -1, 1)),
        },
        'underflow-to-nan': {
          says: {
            en: 'The responsibilities are 0/0 far from the modes, where every density underflows in float32.',
            'zh-TW': '遠離各峰時，所有密度在 float32 中都下溢，責任度成了 0/0。',
          },
          hint: {
            en: 'Subtract the largest logarithm before the exponentials (softmax).',
            'zh-TW': '取指數之前先減去最大的對數（softmax）。',
          },
          answer: withUnderflow,
        },
      },
    }),
  ],
});
