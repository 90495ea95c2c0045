import { formulaTask } from '../../../src/grade/formula-answer.js';

export const dsmTargetFormulaTask = formulaTask({
  name: 'dsmTargetFormula',
  points: 1,
  symbols: { x: [-3, 3], x0: [-3, 3], sigma: [0.3, 2.5] },
  right: '-(x - x0)/sigma^2',
  mistakes: {
    'wrong-sign': {
      line: '(x - x0)/sigma^2',
      says: {
        en: 'The target has the wrong sign: it points from x0 to x.',
        'zh-TW': '目標的正負號相反：它從 x0 指向 x。',
      },
      hint: { en: 'Differentiate in x, not in x0.', 'zh-TW': '是對 x 微分，不是對 x0。' },
    },
    'sigma-not-squared': {
      line: '-(x - x0)/sigma',
      says: {
        en: 'The distance is divided by sigma; the variance sigma² is due.',
        'zh-TW': '距離除以的是 sigma，應該是變異數 sigma²。',
      },
      hint: { en: 'The exponent holds the variance.', 'zh-TW': '指數裡是變異數。' },
    },
    'sigma-to-the-fourth': {
      line: '-(x - x0)/sigma^4',
      says: { en: 'The distance is divided by sigma to the fourth.', 'zh-TW': '距離除以的是 sigma 的四次方。' },
      hint: { en: 'sigma is a standard deviation already.', 'zh-TW': 'sigma 已經是標準差。' },
    },
    'sigma-multiplied': {
      line: '-(x - x0)*sigma^2',
      says: {
        en: 'The distance is multiplied by sigma²; it has to be divided by it.',
        'zh-TW': '距離乘上了 sigma²，應該是除以它。',
      },
      hint: { en: 'With little noise the target pulls hard.', 'zh-TW': '雜訊愈小，目標的拉力愈大。' },
    },
    'factor-two': {
      line: '-(x - x0)/(2*sigma^2)',
      says: {
        en: 'The 2 of the square was forgotten: it cancels against the 1/2.',
        'zh-TW': '忘了平方微分出來的 2：它會和 1/2 相消。',
      },
      hint: { en: 'What is the derivative of a square?', 'zh-TW': '平方的導數是什麼？' },
    },
    'factor-two-too-much': {
      line: '-2*(x - x0)/sigma^2',
      says: {
        en: 'The 1/2 of the exponent was forgotten: the 2 of the square cancels against it.',
        'zh-TW': '忘了指數裡的 1/2：平方微分出來的 2 會和它相消。',
      },
      hint: { en: 'Write the exponent down first.', 'zh-TW': '先寫下指數。' },
    },
    'sigma-forgotten': {
      line: '-(x - x0)',
      says: { en: 'The division by sigma² is missing.', 'zh-TW': '沒有除以 sigma²。' },
      hint: { en: 'With little noise the target pulls hard.', 'zh-TW': '雜訊愈小，目標的拉力愈大。' },
    },
    'logarithm-not-differentiated': {
      line: '-(x - x0)^2/(2*sigma^2)',
      says: {
        en: 'This is the logarithm of the density; its derivative in x is due.',
        'zh-TW': '這是密度的對數，應該再對 x 微分。',
      },
      hint: { en: 'A score is a gradient.', 'zh-TW': '分數是梯度。' },
    },
  },
});
