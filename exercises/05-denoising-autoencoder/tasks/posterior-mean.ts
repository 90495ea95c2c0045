import { tweedie } from '../../../src/claims/confusions.js';
import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { clamp } from '../../../src/grade/batch.js';
import { clipped, responsibilitiesWithoutDeterminant, underflowToNan } from '../../../src/grade/density-mistakes.js';
import { task, variantOf } from '../../../src/grade/exercise.js';
import { responsibilities, squaredDistance } from '../../../src/grade/gaussians.js';
import {
  average,
  byTweedie,
  logits,
  mixtureFar,
  mixtureNear,
  momentsOf,
  otherPosteriors,
  type OfMixture,
  posterior,
  smallSizes,
  smoothed,
  stepAlong,
  withinComponent,
  withUnderflow,
  zh,
} from '../formulas.js';

export const posteriorMeanTask = task<OfMixture>({
  name: 'posteriorMean',
  inputs: ['x', 'mixture', 'sigma'],
  returns: ({ x }) => x.shape,
  answer: byTweedie,
  alsoRight: otherPosteriors,
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
    'responsibilities-without-determinant': responsibilitiesWithoutDeterminant(
      average(withinComponent, (a, { noisy, x }) => {
        const logs = noisy.map((each) => a.add(a.log(a.c(each.weight)), a.mul(a.c(-0.5), squaredDistance(a, each, x))));
        return responsibilities(a, logs);
      }),
    ),
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
    clipped: clipped((a, c, on) => byTweedie(a, c, on).map((value) => clamp(a, value, -1, 1))),
    'underflow-to-nan': underflowToNan(withUnderflow),
  },
});
