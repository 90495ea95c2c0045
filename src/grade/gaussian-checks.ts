import { choleskyFactor, inverse, type Rows } from '../numerics/linear-algebra.js';
import { drawsOver, type MeanCheck } from './random-checks.js';
import type { Texts } from './texts.js';

/**
 * Whether the rows of several calls are independent draws of N(mean, covariance): they are whitened by the oracle's law, and then their means, squares,
 * products, fourth powers, and products with the next row and the next call are known, variances included.
 */
export function gaussianChecks(
  answers: readonly (readonly number[])[],
  { mean, covariance }: { readonly mean: readonly number[]; readonly covariance: Rows },
): MeanCheck[] {
  const d = mean.length;
  const whitening = inverse(choleskyFactor(covariance));
  const calls = answers.map((data) =>
    Array.from({ length: data.length / d }, (_, r) =>
      whitening.map((row) => row.reduce((sum, w, j) => sum + w * (data[r * d + j] - mean[j]), 0)),
    ),
  );
  const raw = statisticsOf(calls);
  const own = lazily(() => statisticsOf(standardised(calls)));
  // Float32 moves a whitened number by some 1e-6.
  const rest = { variance: 1, allowance: 1e-4, discrepancy: 0.1 };
  const checks: MeanCheck[] = [];
  for (let i = 0; i < d; i++) {
    checks.push({ ...named.mean, ...rest, draws: raw.mean(i) });
    checks.push({ ...named.variance, ...rest, draws: raw.square(i), variance: 2 });
    checks.push({
      ...named.shape,
      draws: raw.fourth(i),
      alone: () => ({ draws: own().fourth(i) }),
      // E y⁸ − (E y⁴)² = 105 − 9.
      variance: 96,
      allowance: 1e-3,
      discrepancy: 0.4,
    });
    for (let j = 0; j < i; j++) {
      const alone = (): { draws: Float64Array } & typeof mostlyTied => ({ draws: own().tied(i, j), ...mostlyTied });
      checks.push({ ...named.axes, ...rest, draws: raw.axes(i, j), alone });
    }
  }
  const above = { side: 'above' } as const;
  checks.push({ ...named.rows, ...rest, draws: raw.rows(), alone: () => ({ draws: own().rows(), ...above }) });
  checks.push({ ...named.calls, ...rest, draws: raw.calls(), alone: () => ({ draws: own().calls(), ...above }) });
  return checks;
}

/** The rows of each call. */
type Calls = readonly (readonly (readonly number[])[])[];

/** What has mean 0 for independent rows of N(0, I). */
function statisticsOf(calls: Calls) {
  const all = calls.flat();
  const [first, second] = calls;
  // Rows 2k and 2k + 1: each row once, so that what is made of the pairs is independent.
  const pairs = Array.from({ length: Math.floor(all.length / 2) }, (_, k) => [all[2 * k], all[2 * k + 1]] as const);
  return {
    mean: (i: number) => drawsOver(all, (y) => y[i]),
    square: (i: number) => drawsOver(all, (y) => y[i] ** 2 - 1),
    fourth: (i: number) => drawsOver(all, (y) => y[i] ** 4 - 3),
    axes: (i: number, j: number) => drawsOver(all, (y) => y[i] * y[j]),
    /** The same of differences of rows: 0 where the rows are the same. */
    tied: (i: number, j: number) => drawsOver(pairs, ([y, z]) => ((y[i] - z[i]) * (y[j] - z[j])) / 2),
    rows: () => drawsOver(pairs, ([y, z]) => y[0] * z[0]),
    calls: () => drawsOver(first, (y, r) => y[0] * second[r][0]),
  };
}

/** A wrong drift can tie the coordinates of a sample too, but hardly more than half of the way; one noise for both ties them wholly. */
const mostlyTied = { allowance: 0.5, discrepancy: 0.6 };

/** Every coordinate less its mean, by its deviation; none where draws do not differ. */
function standardised(calls: Calls): Calls {
  const all = calls.flat();
  const scales = all[0].map((_, i) => {
    const mean = all.reduce((sum, y) => sum + y[i], 0) / all.length;
    const deviation = Math.sqrt(all.reduce((sum, y) => sum + (y[i] - mean) ** 2, 0) / all.length);
    return { mean, deviation };
  });
  if (scales.some(({ deviation }) => deviation === 0)) return [[], []];
  return calls.map((rows) => rows.map((y) => y.map((value, i) => (value - scales[i].mean) / scales[i].deviation)));
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const check = (id: string, says: Texts, hint: Texts): Pick<MeanCheck, 'id' | 'says' | 'hint'> => ({ id, says, hint });

const sharing = (...of: Parameters<typeof check>) => ({ ...check(...of), shared: true });

const named = {
  mean: check(
    'mean-of-samples',
    { en: 'The mean of the samples is wrong.', 'zh-TW': '樣本的平均錯誤。' },
    { en: 'Look at the drift, and at the mean of the noise.', 'zh-TW': '請檢查漂移項，以及雜訊的平均。' },
  ),
  variance: check(
    'variance-of-samples',
    { en: 'The variance of the samples is wrong.', 'zh-TW': '樣本的變異數錯誤。' },
    { en: 'Which factor multiplies the noise, and in which steps?', 'zh-TW': '雜訊乘上了什麼因子？在哪些步驟？' },
  ),
  shape: check(
    'noise-not-gaussian',
    { en: 'The noise is not Gaussian: its fourth moment is wrong.', 'zh-TW': '雜訊不是高斯的：四次矩錯誤。' },
    { en: 'Draw it with random.normal.', 'zh-TW': '請用 random.normal 抽。' },
  ),
  axes: sharing(
    'noise-shared-by-dimensions',
    { en: 'The coordinates of one sample share their noise.', 'zh-TW': '同一個樣本的各座標共用了雜訊。' },
    { en: 'The noise has the shape of x.', 'zh-TW': '雜訊的形狀和 x 相同。' },
  ),
  rows: sharing(
    'noise-shared-by-rows',
    { en: 'The samples of a batch share their noise.', 'zh-TW': '同一批次的樣本共用了雜訊。' },
    { en: 'The noise has the shape of x.', 'zh-TW': '雜訊的形狀和 x 相同。' },
  ),
  calls: sharing(
    'noise-frozen',
    { en: 'Two calls use the same noise.', 'zh-TW': '兩次呼叫用了相同的雜訊。' },
    { en: 'Draw from random at every call.', 'zh-TW': '每次呼叫都要從 random 抽。' },
  ),
};
