import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { type Schedule, schedule, levelsBy, along, throughLogarithms, byMultiplication } from '../formulas.js';

export const geometricSigmasTask = task<Schedule>({
  name: 'geometricSigmas',
  inputs: ['sigmaMax', 'sigmaMin', 'levels'],
  returns: ({ levels }) => [levels],
  answer: levelsBy(along),
  alsoRight: [throughLogarithms, byMultiplication],
  properties: {
    value: { points: 1.5, count: 16, cases: cases({ n: [1], d: [1] }, schedule([2, 3, 5, 10])) },
    small: {
      points: 0.5,
      count: 2,
      cases: cases({ n: [1], d: [1] }, schedule([1])),
      reason: { en: 'One level has to be [sigmaMax].', 'zh-TW': '只有一層時應為 [sigmaMax]。' },
    },
  },
  mistakes: {
    'linear-spacing': {
      says: {
        en: 'The levels are spaced evenly; their ratio has to be constant.',
        'zh-TW': '各層等距；應該是等比。',
      },
      hint: { en: 'What is constant in a geometric sequence?', 'zh-TW': '等比數列裡什麼是固定的？' },
      answer: (a, { sigmaMax, sigmaMin, levels }) =>
        Array.from({ length: levels }, (_, i) =>
          a.add(a.c(sigmaMax), a.mul(a.c(along(i, levels)), a.sub(a.c(sigmaMin), a.c(sigmaMax)))),
        ),
    },
    'last-end-left-out': {
      says: {
        en: 'sigmaMin is not reached: the exponent runs over i/levels in place of i/(levels − 1).',
        'zh-TW': '沒有到達 sigmaMin：指數用了 i/levels，應為 i/(levels − 1)。',
      },
      hint: { en: 'levels points have levels − 1 gaps.', 'zh-TW': 'levels 個點之間有 levels − 1 個間隔。' },
      answer: levelsBy((i, levels) => i / levels),
    },
    'first-end-left-out': {
      says: { en: 'sigmaMax is left out.', 'zh-TW': '沒有包含 sigmaMax。' },
      hint: { en: 'Both ends belong to the levels.', 'zh-TW': '兩端都屬於這些層。' },
      answer: levelsBy((i, levels) => (i + 1) / levels),
    },
    ascending: {
      says: { en: 'The levels increase; they have to decrease.', 'zh-TW': '各層遞增；應該遞減。' },
      hint: { en: 'Annealing starts with the largest noise.', 'zh-TW': '退火從最大的雜訊開始。' },
      answer: levelsBy((i, levels) => 1 - along(i, levels)),
    },
    'one-level-divides-by-zero': {
      says: {
        en: 'For one level the exponent is 0/0.',
        'zh-TW': '只有一層時，指數成了 0/0。',
      },
      hint: { en: 'levels = 1 gives [sigmaMax].', 'zh-TW': 'levels = 1 時應為 [sigmaMax]。' },
      answer: levelsBy((i, levels) => i / (levels - 1)),
    },
  },
});
