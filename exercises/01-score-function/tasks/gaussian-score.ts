import { scoreIsLogGradient } from '../../../src/claims/confusions.js';
import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { negated } from '../../../src/grade/batch.js';
import { dividedByTheBatch } from '../../../src/grade/density-mistakes.js';
import { task, variantOf } from '../../../src/grade/exercise.js';
import { pull } from '../../../src/grade/gaussians.js';
import {
  diagonal,
  difference,
  farReason,
  farSizes,
  gaussianFar,
  gaussianNear,
  gaussianScore,
  logGaussian,
  type OfGaussian,
  scaled,
  smallSizes,
  whitened,
} from '../formulas.js';

export const gaussianScoreTask = task<OfGaussian>({
  name: 'gaussianScore',
  inputs: ['x', 'mean', 'covariance'],
  returns: ({ x }) => x.shape,
  answer: gaussianScore((a, gaussian, x) => pull(a, gaussian, x)),
  properties: {
    value: { points: 1, count: 24, cases: cases(anySizes, gaussianNear) },
    far: { points: 0.5, count: 8, cases: cases(farSizes, gaussianFar), reason: farReason },
    small: { points: 0.5, count: 6, cases: cases(smallSizes, gaussianNear) },
  },
  mistakes: {
    'wrong-sign': {
      says: {
        en: 'The score has the wrong sign: it points away from the mean.',
        'zh-TW': '分數的正負號相反：它指向遠離平均的方向。',
      },
      hint: { en: 'The score points uphill.', 'zh-TW': '分數指向密度增加的方向。' },
      answer: gaussianScore((a, gaussian, x) => pull(a, gaussian, x).map((value) => negated(a, value))),
    },
    'covariance-not-inverted': {
      says: {
        en: 'The difference is multiplied by the covariance; it has to be its inverse.',
        'zh-TW': '差乘上了共變異數矩陣，應該乘它的反矩陣。',
      },
      hint: {
        en: 'A narrow Gaussian pulls harder.',
        'zh-TW': '愈窄的高斯分布，拉力愈大。',
      },
      answer: gaussianScore((a, gaussian, x) => {
        const away = difference(a, gaussian, x);
        return gaussian.covariance.map((row) => a.combine(row, away));
      }),
    },
    'covariance-forgotten': {
      says: {
        en: 'This is mean − x, without the inverse of the covariance.',
        'zh-TW': '這是 mean − x，沒有乘上共變異數矩陣的反矩陣。',
      },
      hint: { en: 'A narrow Gaussian pulls harder.', 'zh-TW': '愈窄的高斯分布，拉力愈大。' },
      answer: gaussianScore((a, gaussian, x) => difference(a, gaussian, x)),
    },
    'standard-deviation-for-variance': {
      says: {
        en: 'The difference is divided by standard deviations, the roots of the diagonal; the inverse of the covariance is due.',
        'zh-TW': '差除以的是標準差（對角線的平方根），應該乘共變異數矩陣的反矩陣。',
      },
      hint: {
        en: 'The exponent of the Gaussian holds the covariance, not its root.',
        'zh-TW': '高斯分布的指數裡是共變異數矩陣，不是它的平方根。',
      },
      answer: gaussianScore((a, gaussian, x) =>
        difference(a, gaussian, x).map((value, i) => a.div(value, a.sqrt(a.c(gaussian.covariance[i][i])))),
      ),
    },
    whitened: {
      says: {
        en: 'The difference is multiplied by the inverse of the Cholesky factor once: that makes it white, and the transposed factor is missing.',
        'zh-TW': '差只乘了一次 Cholesky 因子的反矩陣：這樣只是白化，還少了轉置的那一個因子。',
      },
      hint: { en: 'covariance = L Lᵀ: what is its inverse?', 'zh-TW': 'covariance = L Lᵀ，它的反矩陣是什麼？' },
      answer: gaussianScore((a, gaussian, x) => whitened(a, gaussian, x)),
    },
    'diagonal-only': {
      says: {
        en: 'The difference is divided by the diagonal of the covariance: the correlations are lost.',
        'zh-TW': '差只除以共變異數矩陣的對角線，失去了相關性。',
      },
      hint: {
        en: 'The inverse of a matrix is not the matrix of the inverses.',
        'zh-TW': '反矩陣不是把各元素取倒數。',
      },
      answer: gaussianScore((a, gaussian, x) => pull(a, diagonal(gaussian), x)),
    },
    'factor-two': {
      says: {
        en: 'This is twice the score: the ½ of the exponent was forgotten.',
        'zh-TW': '這是分數的兩倍：忘了指數裡的 ½。',
      },
      hint: { en: 'The 2 of the square cancels against the ½.', 'zh-TW': '平方微分出來的 2 會和 ½ 相消。' },
      answer: gaussianScore((a, gaussian, x) => scaled(a, a.c(2), pull(a, gaussian, x))),
    },
    'divided-by-the-batch': dividedByTheBatch(
      gaussianScore((a, gaussian, x, c) => scaled(a, a.c(1 / c.x.shape[0]), pull(a, gaussian, x))),
    ),
    'gradient-of-density': variantOf(scoreIsLogGradient, 'gradient-of-density', {
      zh: '這是 p 本身的梯度，應該是 log p 的梯度。',
      hint: { en: 'The score is ∇p divided by p.', 'zh-TW': '分數是 ∇p 再除以 p。' },
      answer: gaussianScore((a, gaussian, x) => scaled(a, a.exp(logGaussian(a, gaussian, x)), pull(a, gaussian, x))),
    }),
  },
});
