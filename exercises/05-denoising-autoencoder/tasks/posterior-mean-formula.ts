import { formulaTask } from '../../../src/grade/formula-answer.js';

export const posteriorMeanFormulaTask = formulaTask({
  name: 'posteriorMeanFormula',
  points: 1,
  symbols: { x: [-3, 3], mu: [-2, 2], tau: [0.4, 2.5], sigma: [0.3, 2.5] },
  right: '(tau^2*x + sigma^2*mu)/(tau^2 + sigma^2)',
  mistakes: {
    'weights-swapped': {
      line: '(sigma^2*x + tau^2*mu)/(tau^2 + sigma^2)',
      says: {
        en: 'The weights are swapped: with little noise the answer has to be close to x.',
        'zh-TW': '權重對調了：雜訊很小時，答案應該接近 x。',
      },
      hint: { en: 'What is left where sigma is 0?', 'zh-TW': 'sigma 是 0 時剩下什麼？' },
    },
    'variances-not-squared': {
      line: '(tau*x + sigma*mu)/(tau + sigma)',
      says: {
        en: 'tau and sigma are standard deviations: the weights are their squares.',
        'zh-TW': 'tau 和 sigma 是標準差：權重應該是它們的平方。',
      },
      hint: { en: 'Which of them add up, standard deviations or variances?', 'zh-TW': '相加的是標準差還是變異數？' },
    },
    'step-against-the-score': {
      line: 'x + sigma^2*(x - mu)/(tau^2 + sigma^2)',
      says: { en: 'The step goes against the score, away from mu.', 'zh-TW': '這一步逆著分數走，遠離 mu。' },
      hint: { en: 'The score points to where the density is larger.', 'zh-TW': '分數指向密度較大的地方。' },
    },
    'score-of-the-clean-density': {
      line: 'x - sigma^2*(x - mu)/tau^2',
      says: {
        en: 'The score is that of the clean density; x has the variance tau² + sigma².',
        'zh-TW': '用了乾淨密度的分數；x 的變異數是 tau² + sigma²。',
      },
      hint: { en: 'Which density does the noisy x come from?', 'zh-TW': '帶雜訊的 x 來自哪個密度？' },
    },
    'score-itself': {
      line: '-(x - mu)/(tau^2 + sigma^2)',
      says: {
        en: 'This is the score of the noisy density; the point x + sigma² score is due.',
        'zh-TW': '這是加雜訊後的密度的分數，應該是 x + sigma² score 這個點。',
      },
      hint: { en: 'The answer is a point, not a direction.', 'zh-TW': '答案是一個點，不是方向。' },
    },
    'score-without-sigma-squared': {
      line: 'x - (x - mu)/(tau^2 + sigma^2)',
      says: { en: 'The factor sigma² before the score is missing.', 'zh-TW': '分數前面少乘了 sigma²。' },
      hint: { en: 'Without noise x itself is the answer.', 'zh-TW': '沒有雜訊時，答案就是 x 本身。' },
    },
    'sigma-for-its-square': {
      line: 'x - sigma*(x - mu)/(tau^2 + sigma^2)',
      says: {
        en: 'The score is multiplied by sigma; it has to be sigma².',
        'zh-TW': '分數乘的是 sigma，應該是 sigma²。',
      },
      hint: { en: 'A score has the unit of one over a length.', 'zh-TW': '分數的單位是長度分之一。' },
    },
    'mu-left-out': {
      line: 'tau^2*x/(tau^2 + sigma^2)',
      says: { en: 'mu is left out: this is right for mu = 0 alone.', 'zh-TW': '漏掉了 mu：只有 mu = 0 時正確。' },
      hint: { en: 'With much noise the answer has to be close to mu.', 'zh-TW': '雜訊很大時，答案應該接近 mu。' },
    },
  },
});
