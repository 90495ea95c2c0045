import { dsmTarget } from '../../../src/claims/confusions.js';
import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { negated, power } from '../../../src/grade/batch.js';
import { task, variantOf } from '../../../src/grade/exercise.js';
import { type Pair, pairs, target } from '../formulas.js';

export const dsmTargetTask = task<Pair>({
  name: 'dsmTarget',
  inputs: ['x', 'x0', 'sigma'],
  returns: ({ x }) => x.shape,
  answer: target((a, difference, sigma) => a.div(difference, a.mul(sigma, sigma))),
  alsoRight: [target((a, difference, sigma) => a.mul(difference, a.div(a.c(1), a.mul(sigma, sigma))))],
  properties: {
    value: { points: 1.5, count: 24, cases: cases(anySizes, pairs(1)) },
    far: { points: 0.5, count: 8, cases: cases({ n: [2, 3], d: [1, 3] }, pairs(1000)) },
  },
  mistakes: {
    'wrong-sign': variantOf(dsmTarget, 'sign', {
      zh: '目標的正負號相反：它從 x0 指向 x，遠離乾淨的資料。',
      hint: {
        en: 'Differentiate log p(x | x0) with respect to x, not x0.',
        'zh-TW': '請把 log p(x | x0) 對 x 微分，而不是對 x0。',
      },
      answer: target((a, difference, sigma) => a.div(negated(a, difference), a.mul(sigma, sigma))),
    }),
    'sigma-not-squared': variantOf(dsmTarget, 'sigma-not-squared', {
      zh: '距離除以的是 sigma，應該是變異數 sigma²。',
      hint: {
        en: 'The exponent of the Gaussian holds the variance sigma², not sigma.',
        'zh-TW': '高斯分布的指數裡是變異數 sigma²，不是 sigma。',
      },
      answer: target((a, difference, sigma) => a.div(difference, sigma)),
    }),
    'sigma-to-the-fourth': variantOf(dsmTarget, 'sigma-to-the-fourth', {
      zh: '距離除以的是 sigma 的四次方，應該是 sigma²。',
      hint: {
        en: 'sigma is a standard deviation already: square it once.',
        'zh-TW': 'sigma 已經是標準差，只要平方一次。',
      },
      answer: target((a, difference, sigma) => a.div(difference, power(a, sigma, 4))),
    }),
    'noise-over-variance': variantOf(dsmTarget, 'noise-over-variance', {
      zh: '把變異數為 1 的雜訊當成 x − x0，又除以 sigma²。',
      hint: {
        en: 'Write x − x0 in terms of the unit noise and count the powers of sigma.',
        'zh-TW': '把 x − x0 用單位雜訊表示，數一數 sigma 的次方。',
      },
      answer: target((a, difference, sigma) => a.div(difference, power(a, sigma, 3))),
    }),
    'sigma-forgotten': {
      says: { en: 'This is x0 − x, without the division by sigma².', 'zh-TW': '這是 x0 − x，沒有除以 sigma²。' },
      hint: {
        en: 'The gradient of −‖x − x0‖²/(2 sigma²) keeps its denominator.',
        'zh-TW': '−‖x − x0‖²/(2 sigma²) 的梯度仍保有分母。',
      },
      answer: target((_, difference) => difference),
    },
    'sigma-made-whole': {
      says: {
        en: 'sigma is cut to a whole number (as a tensor of type int32 is): 0 for every sigma below 1.',
        'zh-TW': 'sigma 被截成整數（int32 型別的張量就會如此）：小於 1 的 sigma 都成了 0。',
      },
      hint: { en: 'Which element type has tf.scalar(0.5)?', 'zh-TW': 'tf.scalar(0.5) 的元素型別是什麼？' },
      answer: (a, { x, x0, sigma }) => {
        const whole = a.c(Math.trunc(sigma) ** 2);
        return x.data.map((xi, i) => a.div(a.sub(a.c(x0.data[i]), a.c(xi)), whole));
      },
    },
    'factor-two': {
      says: {
        en: 'This is the target divided by 2: the 1/2 of the exponent cancels against the 2 of the square.',
        'zh-TW': '這是目標的一半：指數裡的 1/2 會和平方微分出來的 2 相消。',
      },
      hint: { en: 'Differentiate the square as well.', 'zh-TW': '平方也要微分。' },
      answer: target((a, difference, sigma) => a.div(a.mul(a.c(0.5), difference), a.mul(sigma, sigma))),
    },
  },
});
