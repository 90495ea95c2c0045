import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { normaliserOfTwoDimensions, normaliserWithoutHalf } from '../../../src/grade/density-mistakes.js';
import { task } from '../../../src/grade/exercise.js';
import { rowsOf } from '../../../src/grade/grid.js';
import { gaussianOf } from '../../../src/grade/mixtures.js';
import {
  diagonal,
  farReason,
  farSizes,
  gaussianFar,
  gaussianLog,
  gaussianNear,
  logarithmOfZero,
  logGaussian,
  type OfGaussian,
  productDistance,
  smallSizes,
  UNDERFLOW,
} from '../formulas.js';

export const gaussianLogDensityTask = task<OfGaussian>({
  name: 'gaussianLogDensity',
  inputs: ['x', 'mean', 'covariance'],
  returns: ({ x }) => [x.shape[0]],
  answer: gaussianLog(),
  properties: {
    value: { points: 1, count: 24, cases: cases(anySizes, gaussianNear) },
    far: { points: 0.5, count: 8, cases: cases(farSizes, gaussianFar), reason: farReason },
    small: { points: 0.5, count: 6, cases: cases(smallSizes, gaussianNear) },
  },
  mistakes: {
    'normaliser-missing': {
      says: {
        en: 'The constants are missing: this is the exponent alone, a log density that is not normalised.',
        'zh-TW': '少了常數項：這只是指數部分，是沒有歸一化的對數密度。',
      },
      hint: { en: 'The density has to integrate to 1.', 'zh-TW': '密度的積分必須是 1。' },
      answer: gaussianLog({ determinant: 0, normaliser: () => 0 }),
    },
    'normaliser-without-half': normaliserWithoutHalf(gaussianLog({ normaliser: (d) => d })),
    'normaliser-of-one-dimension': {
      says: {
        en: 'The constant is ½ log 2π whatever d is; each dimension brings one.',
        'zh-TW': '不論 d 是多少，常數項都是 ½ log 2π；每一維都應該有一份。',
      },
      hint: { en: 'Which power of 2π has the density in d dimensions?', 'zh-TW': 'd 維的密度裡是 2π 的幾次方？' },
      answer: gaussianLog({ normaliser: () => 0.5 }),
    },
    'normaliser-of-two-dimensions': normaliserOfTwoDimensions(gaussianLog({ normaliser: () => 1 })),
    'log-determinant-missing': {
      says: { en: 'The term −½ log det covariance is missing.', 'zh-TW': '少了 −½ log det covariance 這一項。' },
      hint: { en: 'A wider Gaussian has a lower peak.', 'zh-TW': '高斯分布愈寬，峰值愈低。' },
      answer: gaussianLog({ determinant: 0 }),
    },
    'log-determinant-without-half': {
      says: {
        en: 'The log determinant lacks its factor ½.',
        'zh-TW': 'log 行列式少乘了 ½。',
      },
      hint: {
        en: 'The density divides by the square root of the determinant.',
        'zh-TW': '密度除以的是行列式的平方根。',
      },
      answer: gaussianLog({ determinant: 1 }),
    },
    'log-determinant-sign': {
      says: {
        en: 'The log determinant enters with a plus sign.',
        'zh-TW': 'log 行列式的正負號相反，變成加的了。',
      },
      hint: { en: 'A wider Gaussian has a lower peak.', 'zh-TW': '高斯分布愈寬，峰值愈低。' },
      answer: gaussianLog({ determinant: -0.5 }),
    },
    'exponent-without-half': {
      says: { en: 'The exponent lacks its factor ½.', 'zh-TW': '指數部分少乘了 ½。' },
      hint: {
        en: 'One standard deviation away the density falls by e^−½.',
        'zh-TW': '距離一個標準差時，密度降為 e^−½ 倍。',
      },
      answer: gaussianLog({ exponent: 1 }),
    },
    'exponent-sign': {
      says: {
        en: 'The exponent has a plus sign: the density grows away from the mean.',
        'zh-TW': '指數部分的正負號相反：密度離平均愈遠反而愈大。',
      },
      hint: { en: 'Where is the density largest?', 'zh-TW': '密度在哪裡最大？' },
      answer: gaussianLog({ exponent: -0.5 }),
    },
    'covariance-not-inverted': {
      says: {
        en: 'The exponent multiplies with the covariance; it has to be its inverse.',
        'zh-TW': '指數部分乘的是共變異數矩陣，應該乘它的反矩陣。',
      },
      hint: {
        en: 'Along a direction of large variance the density falls slowly.',
        'zh-TW': '沿著變異數大的方向，密度下降得慢。',
      },
      answer: gaussianLog({ distance: productDistance }),
    },
    'diagonal-only': {
      says: {
        en: 'Only the diagonal of the covariance is used: the correlations are lost.',
        'zh-TW': '只用了共變異數矩陣的對角線，失去了相關性。',
      },
      hint: { en: 'The components of x are correlated.', 'zh-TW': 'x 的各分量之間有相關。' },
      answer: (a, c) => rowsOf(c.x).map((x) => logGaussian(a, diagonal(gaussianOf(c)), x)),
    },
    'density-in-place-of-its-logarithm': {
      says: { en: 'This is the density, not its logarithm.', 'zh-TW': '這是密度，不是它的對數。' },
      hint: { en: 'A log density can be negative.', 'zh-TW': '對數密度可以是負的。' },
      answer: (a, c, on) => gaussianLog()(a, c, on).map((value) => a.exp(value)),
    },
    'logarithm-of-the-density': {
      says: {
        en: 'The density is computed before its logarithm is taken: far from the mean it underflows to 0 in float32.',
        'zh-TW': '先算出密度才取對數：離平均很遠時，密度在 float32 中會下溢成 0。',
      },
      hint: { en: 'Simplify log exp by hand first.', 'zh-TW': '先用手把 log exp 化簡。' },
      answer: (a, c, on) =>
        gaussianLog()(a, c, on).map((value) => (a.value(value) < UNDERFLOW ? logarithmOfZero(a) : value)),
    },
  },
});
