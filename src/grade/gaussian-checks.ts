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
  const all = calls.flat();
  const over = (f: (y: readonly number[]) => number): Float64Array => drawsOver(all, f);
  // Float32 moves a whitened number by some 1e-6.
  const rest = { allowance: 1e-4, discrepancy: 0.1 };
  const checks: MeanCheck[] = [];
  for (let i = 0; i < d; i++) {
    checks.push({ ...named.mean, draws: over((y) => y[i]), variance: 1, ...rest });
    checks.push({ ...named.variance, draws: over((y) => y[i] ** 2 - 1), variance: 2, ...rest });
    // E y⁸ − (E y⁴)² = 105 − 9.
    checks.push({ ...named.shape, draws: over((y) => y[i] ** 4 - 3), variance: 96, allowance: 1e-3, discrepancy: 0.4 });
    for (let j = 0; j < i; j++) checks.push({ ...named.axes, draws: over((y) => y[i] * y[j]), variance: 1, ...rest });
  }
  // Products of rows 2k and 2k + 1: each row once, so the products are independent.
  const pairs = Float64Array.from({ length: Math.floor(all.length / 2) }, (_, k) => all[2 * k][0] * all[2 * k + 1][0]);
  checks.push({ ...named.rows, draws: pairs, variance: 1, ...rest });
  const [first, second] = calls;
  checks.push({ ...named.calls, draws: drawsOver(first, (y, r) => y[0] * second[r][0]), variance: 1, ...rest });
  return checks;
}

const check = (id: string, says: Texts, hint: Texts): Pick<MeanCheck, 'id' | 'says' | 'hint'> => ({ id, says, hint });

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
  axes: check(
    'noise-shared-by-dimensions',
    { en: 'The coordinates of one sample share their noise.', 'zh-TW': '同一個樣本的各座標共用了雜訊。' },
    { en: 'The noise has the shape of x.', 'zh-TW': '雜訊的形狀和 x 相同。' },
  ),
  rows: check(
    'noise-shared-by-rows',
    { en: 'The samples of a batch share their noise.', 'zh-TW': '同一批次的樣本共用了雜訊。' },
    { en: 'The noise has the shape of x.', 'zh-TW': '雜訊的形狀和 x 相同。' },
  ),
  calls: check(
    'noise-frozen',
    { en: 'Two calls use the same noise.', 'zh-TW': '兩次呼叫用了相同的雜訊。' },
    { en: 'Draw from random at every call.', 'zh-TW': '每次呼叫都要從 random 抽。' },
  ),
};
