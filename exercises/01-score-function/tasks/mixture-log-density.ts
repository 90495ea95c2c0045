import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import {
  normaliserOfTwoDimensions,
  normaliserWithoutHalf,
  oneCovariance,
} from '../../../src/grade/density-mistakes.js';
import { task } from '../../../src/grade/exercise.js';
import { logSumOfExp } from '../../../src/grade/gaussians.js';
import {
  farReason,
  farSizes,
  logarithmOfZero,
  mixtureFar,
  mixtureLaws,
  mixtureLog,
  mixtureNear,
  mixtureSmall,
  type OfMixture,
  onFirstCovariance,
  smallSizes,
  UNDERFLOW,
  zeroWeight,
} from '../formulas.js';

export const mixtureLogDensityTask = task<OfMixture>({
  name: 'mixtureLogDensity',
  inputs: ['x', 'mixture'],
  returns: ({ x }) => [x.shape[0]],
  answer: mixtureLog(),
  properties: {
    value: { points: 1.5, count: 24, cases: cases(anySizes, mixtureNear) },
    laws: mixtureLaws,
    far: { points: 0.5, count: 8, cases: cases(farSizes, mixtureFar), reason: farReason },
    small: { points: 0.5, count: 6, cases: cases(smallSizes, mixtureSmall) },
  },
  mistakes: {
    'no-shift': {
      says: {
        en: 'The exponentials are summed as they are: far from the modes all of them underflow to 0 in float32, and the logarithm is −∞.',
        'zh-TW': '直接把各指數相加：遠離各峰時，它們在 float32 中全部下溢成 0，對數就成了 −∞。',
      },
      hint: {
        en: 'Take the largest exponent out of the sum first (log-sum-exp).',
        'zh-TW': '先把最大的指數提到和的外面（log-sum-exp）。',
      },
      answer: (a, c, on) =>
        mixtureLog()(a, c, on).map((value) => (a.value(value) < UNDERFLOW ? logarithmOfZero(a) : value)),
    },
    'shift-not-added-back': {
      says: {
        en: 'The largest exponent is subtracted inside the sum, and not added back outside.',
        'zh-TW': '在和裡面減去了最大的指數，外面卻沒有加回來。',
      },
      hint: { en: 'log Σ exp(l − m) is not log Σ exp l.', 'zh-TW': 'log Σ exp(l − m) 不等於 log Σ exp l。' },
      answer: mixtureLog({}, (a, all) => {
        const top = all.reduce((best, each) => (a.value(each) > a.value(best) ? each : best));
        return logSumOfExp(
          a,
          all.map((each) => (each === top ? a.c(0) : a.sub(each, top))),
        );
      }),
    },
    'weights-forgotten': {
      says: { en: 'The weights of the components are not used.', 'zh-TW': '沒有用到各成分的權重。' },
      hint: { en: 'Which component do most points come from?', 'zh-TW': '多數的點來自哪個成分？' },
      answer: mixtureLog({ weight: zeroWeight }),
    },
    'weights-in-linear-space': {
      says: {
        en: 'The weights are added to log densities as they are; their logarithms are due.',
        'zh-TW': '權重直接加到對數密度上，應該加權重的對數。',
      },
      hint: { en: 'log(w p) = log w + log p.', 'zh-TW': 'log(w p) = log w + log p。' },
      answer: mixtureLog({ weight: (a, weight) => a.c(weight) }),
    },
    'mean-of-logarithms': {
      says: {
        en: 'This is the weighted mean of the log densities; the logarithm of the weighted sum of densities is due.',
        'zh-TW': '這是對數密度的加權平均，應該是密度加權和的對數。',
      },
      hint: { en: 'Sum and logarithm do not commute.', 'zh-TW': '求和與取對數不能交換。' },
      answer: mixtureLog({ weight: zeroWeight }, (a, all, components) =>
        a.sum(all.map((each, k) => a.mul(a.c(components[k].weight), each))),
      ),
    },
    'largest-component-only': {
      says: {
        en: 'Only the largest component counts: between the modes the others are missing.',
        'zh-TW': '只算了最大的成分：在各峰之間少了其他成分。',
      },
      hint: { en: 'Between two modes both contribute.', 'zh-TW': '在兩個峰之間，兩者都有貢獻。' },
      answer: mixtureLog({}, (a, all) => all.reduce((top, each) => (a.value(each) > a.value(top) ? each : top))),
    },
    'normaliser-missing': {
      says: {
        en: 'The components are not normalised: their constants are missing.',
        'zh-TW': '各成分沒有歸一化：少了常數項。',
      },
      hint: { en: 'A narrow component has a high peak.', 'zh-TW': '愈窄的成分，峰值愈高。' },
      answer: mixtureLog({ determinant: 0, normaliser: () => 0 }),
    },
    'normaliser-without-half': normaliserWithoutHalf(mixtureLog({ normaliser: (d) => d })),
    'normaliser-of-two-dimensions': normaliserOfTwoDimensions(mixtureLog({ normaliser: () => 1 })),
    'log-determinant-missing': {
      says: {
        en: 'The terms −½ log det covariance of the components are missing.',
        'zh-TW': '各成分少了 −½ log det covariance 這一項。',
      },
      hint: { en: 'A narrow component has a high peak.', 'zh-TW': '愈窄的成分，峰值愈高。' },
      answer: mixtureLog({ determinant: 0 }),
    },
    'log-determinant-without-half': {
      says: { en: 'The log determinants lack their factor ½.', 'zh-TW': 'log 行列式少乘了 ½。' },
      hint: {
        en: 'The density divides by the square root of the determinant.',
        'zh-TW': '密度除以的是行列式的平方根。',
      },
      answer: mixtureLog({ determinant: 1 }),
    },
    'one-covariance': oneCovariance(onFirstCovariance(mixtureLog())),
  },
});
