import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { denoised, type OfDenoiser, scoreOf, smallSizes, square, zh } from '../formulas.js';

export const scoreFromDenoiserTask = task<OfDenoiser>({
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
});
