import { dsmIsDae, tweedie } from '../../../src/claims/confusions.js';
import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { clamp, negated } from '../../../src/grade/batch.js';
import { clipped } from '../../../src/grade/density-mistakes.js';
import { task, variantOf } from '../../../src/grade/exercise.js';
import {
  denoiser,
  itself,
  type OfScore,
  rightDenoiser,
  scored,
  smallSizes,
  square,
  stepping,
  zh,
} from '../formulas.js';

export const denoiserFromScoreTask = task<OfScore>({
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
    clipped: clipped((a, c, on) => rightDenoiser(a, c, on).map((value) => clamp(a, value, -1, 1))),
  },
});
