import { daeLoss } from '../../../src/claims/confusions.js';
import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { sumOfSquares } from '../../../src/grade/batch.js';
import { task, variantOf } from '../../../src/grade/exercise.js';
import {
  half,
  meanOverDimensions,
  normNotSquared,
  sameWithEveryExampleTwice,
  sumOverBatch,
  times,
} from '../../../src/grade/loss-laws.js';
import {
  dae,
  expanded,
  loss,
  type Noised,
  noised,
  smallSizes,
  square,
  withoutErrorInTheFirstRow,
} from '../formulas.js';

export const daeLossTask = task<Noised>({
  name: 'daeLoss',
  inputs: ['denoiser', 'x0', 'noise', 'sigma'],
  returns: () => [],
  answer: dae,
  alsoRight: [expanded],
  properties: {
    value: { points: 1, count: 24, cases: cases(anySizes, noised) },
    laws: {
      points: 0.5,
      count: 3,
      cases: cases({ n: [2, 3], d: [1, 3] }, noised),
      laws: [sameWithEveryExampleTwice('x0', 'noise')],
    },
    small: { points: 0.5, count: 6, cases: cases(smallSizes, noised) },
    gradient: { points: 1, count: 4, cases: cases({ n: [2, 3], d: [2, 3] }, withoutErrorInTheFirstRow) },
  },
  mistakes: {
    half: half(times(() => 0.5, dae)),
    'mean-over-dimensions': meanOverDimensions(times(({ x0 }) => 1 / x0.shape[1], dae)),
    'sum-over-batch': sumOverBatch(times(({ x0 }) => x0.shape[0], dae)),
    'norm-not-squared': normNotSquared(loss({}, (a, error) => a.sqrt(sumOfSquares(a, error)))),
    'noisy-target': variantOf(daeLoss, 'noisy-target', {
      zh: '損失拿帶雜訊的點當目標，應該是乾淨的點。',
      hint: {
        en: 'Which denoiser would have no loss at all?',
        'zh-TW': '這樣的話，什麼樣的去噪器損失會是 0？',
      },
      answer: loss({ target: (_, { x }) => x }),
    }),
    'clean-input': variantOf(daeLoss, 'clean-input', {
      zh: '去噪器拿到的是乾淨的 x0，照抄就好了。',
      hint: { en: 'What does a denoiser see?', 'zh-TW': '去噪器看到的是什麼？' },
      answer: loss({ seen: 'clean' }),
    }),
    'noise-as-target': {
      says: {
        en: 'The target is the noise; here the denoiser predicts the clean point.',
        'zh-TW': '目標用了雜訊；這裡的去噪器要預測的是乾淨的點。',
      },
      hint: { en: 'What does the denoiser return?', 'zh-TW': '去噪器回傳的是什麼？' },
      answer: loss({ target: (_, { noise }) => noise }),
    },
    'variance-for-sigma': {
      says: {
        en: 'The noise is multiplied by sigma²: sigma is a standard deviation, and the noise has unit variance.',
        'zh-TW': '雜訊乘上了 sigma²；sigma 是標準差，而雜訊的變異數為 1。',
      },
      hint: {
        en: 'What is the standard deviation of sigma times a unit draw?',
        'zh-TW': '單位常態亂數乘上 sigma 之後，標準差是多少？',
      },
      answer: loss({ scale: square }),
    },
    'noise-not-scaled': {
      says: { en: 'The noise is added without sigma.', 'zh-TW': '加上的雜訊沒有乘以 sigma。' },
      hint: { en: 'How large is the noise at level sigma?', 'zh-TW': '在雜訊水準 sigma 之下，雜訊有多大？' },
      answer: loss({ scale: (a) => a.c(1) }),
    },
    'divided-by-the-variance': {
      says: {
        en: 'The loss is divided by sigma²; this loss has no weight.',
        'zh-TW': '損失除以了 sigma²；這個損失沒有權重。',
      },
      hint: {
        en: 'Even the loss of denoising score matching is another one: it divides by sigma to the fourth.',
        'zh-TW': '去噪分數匹配的損失也不是這樣：它除以的是 sigma 的四次方。',
      },
      answer: times(({ sigma }) => sigma ** -2, dae),
    },
    'divided-by-sigma-to-the-fourth': {
      says: {
        en: 'The loss is divided by sigma to the fourth: that is the loss of denoising score matching.',
        'zh-TW': '損失除以了 sigma 的四次方：那是去噪分數匹配的損失。',
      },
      hint: { en: 'This loss has no weight.', 'zh-TW': '這個損失沒有權重。' },
      answer: times(({ sigma }) => sigma ** -4, dae),
    },
  },
});
