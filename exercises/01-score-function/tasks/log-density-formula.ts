import { formulaTask } from '../../../src/grade/formula-answer.js';

export const logDensityFormulaTask = formulaTask({
  name: 'logDensityFormula',
  points: 1,
  symbols: { x: [-3, 3], mu: [-2, 2], sigma: [0.3, 2.5] },
  right: '-(x - mu)^2/(2*sigma^2)',
  derivative: 'x',
  mistakes: {
    'without-half': {
      line: '-(x - mu)^2/sigma^2',
      says: { en: 'The factor 1/2 of the exponent is missing.', 'zh-TW': '指數少了 1/2。' },
      hint: {
        en: 'One standard deviation away the density falls by e^−½.',
        'zh-TW': '距離一個標準差時，密度降為 e^−½ 倍。',
      },
    },
    'sigma-not-squared': {
      line: '-(x - mu)^2/(2*sigma)',
      says: {
        en: 'The square is divided by sigma; the variance sigma² is due.',
        'zh-TW': '平方除以的是 sigma，應該是變異數 sigma²。',
      },
      hint: {
        en: 'An exponent has no unit: x and sigma are both lengths.',
        'zh-TW': '指數沒有單位，而 x 和 sigma 都是長度。',
      },
    },
    'sigma-to-the-fourth': {
      line: '-(x - mu)^2/(2*sigma^4)',
      says: {
        en: 'The square is divided by sigma to the fourth; the variance sigma² is due.',
        'zh-TW': '平方除以的是 sigma 的四次方，應該是變異數 sigma²。',
      },
      hint: {
        en: 'An exponent has no unit: x and sigma are both lengths.',
        'zh-TW': '指數沒有單位，而 x 和 sigma 都是長度。',
      },
    },
    'wrong-sign': {
      line: '(x - mu)^2/(2*sigma^2)',
      says: {
        en: 'The exponent has a plus sign: the density grows away from mu.',
        'zh-TW': '指數的正負號相反：離 mu 愈遠密度愈大。',
      },
      hint: { en: 'Where is the density largest?', 'zh-TW': '密度在哪裡最大？' },
    },
    'not-squared': {
      line: '-(x - mu)/(2*sigma^2)',
      says: { en: 'The distance is not squared.', 'zh-TW': '距離沒有平方。' },
      hint: {
        en: 'The density is as large on the left of mu as on the right.',
        'zh-TW': '在 mu 左邊和右邊同樣遠的地方，密度一樣大。',
      },
    },
    'density-in-place-of-its-logarithm': {
      line: 'exp(-(x - mu)^2/(2*sigma^2))/(sigma*sqrt(2*pi))',
      says: { en: 'This is the density, not its logarithm.', 'zh-TW': '這是密度，不是它的對數。' },
      hint: { en: 'Take the logarithm by hand: a product becomes a sum.', 'zh-TW': '先用手取對數：乘積會變成和。' },
    },
    'score-in-its-place': {
      line: '-(x - mu)/sigma^2',
      says: {
        en: 'This is the score already, the derivative of the log density.',
        'zh-TW': '這已經是分數，也就是對數密度的導數。',
      },
      hint: {
        en: 'The formula is compared after it is differentiated in x.',
        'zh-TW': '公式是先對 x 微分之後才比較的。',
      },
    },
  },
});
