import { affineChain } from '../../../src/grade/affine-chain.js';
import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { gaussianChecks } from '../../../src/grade/gaussian-checks.js';
import { randomInput } from '../../../src/grade/inputs.js';
import {
  type Annealed,
  annealed,
  grid2,
  annealedSteps,
  levelled,
  ofChains,
  chainSizes,
  large,
  repeated,
} from '../formulas.js';

export const annealedLangevinSampleTask = task<Annealed>({
  name: 'annealedLangevinSample',
  inputs: ['score', 'start', 'sigmas', 'stepsPerLevel', 'stepSize', 'random'],
  returns: ({ start }) => start.shape,
  answer: levelled(),
  properties: {
    random: {
      points: 3,
      replayed: { count: 16, cases: cases(chainSizes, annealed) },
      large: cases(large, ({ n, tensor, affine }): Annealed => ({
        sigmas: grid2([0.9, 0.6]),
        stepsPerLevel: 2,
        stepSize: 0.05,
        start: repeated(n, tensor(2).data),
        random: randomInput,
        score: affine({ level: 'sigma' }),
      })),
      calls: 2,
      checks: (answers, c) =>
        gaussianChecks(
          answers,
          affineChain(
            c.score,
            c.start.data.slice(0, 2),
            annealedSteps(c).map(({ stepSize, level = 0 }) => ({
              drift: stepSize,
              level,
              own: 0,
              variance: 2 * stepSize,
            })),
          ),
        ),
    },
  },
  mistakes: {
    ...ofChains(levelled),
    'inverse-ratio': {
      says: {
        en: 'The step size is multiplied by sigma_last²/sigma_l²: the ratio is upside down.',
        'zh-TW': '步長乘上了 sigma_last²/sigma_l²：比值顛倒了。',
      },
      hint: { en: 'Where should steps be large?', 'zh-TW': '哪一層的步長應該大？' },
      answer: levelled({}, (c) => annealedSteps(c, (sigma, last) => (last / sigma) ** 2)),
    },
    'constant-step-size': {
      says: { en: 'The step size is the same at all levels.', 'zh-TW': '每一層的步長都一樣。' },
      hint: { en: 'Steps grow with sigma².', 'zh-TW': '步長與 sigma² 成正比。' },
      answer: levelled({}, (c) => annealedSteps(c, () => 1)),
    },
    'not-divided-by-last': {
      says: {
        en: 'The step size is stepSize · sigma_l²: the division by sigma_last² is missing.',
        'zh-TW': '步長是 stepSize · sigma_l²：少了除以 sigma_last²。',
      },
      hint: { en: 'At the last level the step size is stepSize itself.', 'zh-TW': '最後一層的步長就是 stepSize。' },
      answer: levelled({}, (c) => annealedSteps(c, (sigma) => sigma ** 2)),
    },
    'ratio-not-squared': {
      says: { en: 'The ratio of the sigmas is not squared.', 'zh-TW': 'sigma 的比值沒有平方。' },
      hint: { en: 'A step is a length squared per unit of score.', 'zh-TW': '步長的單位是長度的平方。' },
      answer: levelled({}, (c) => annealedSteps(c, (sigma, last) => sigma / last)),
    },
    'score-at-first-level': {
      says: {
        en: 'The score is always called with the first sigma.',
        'zh-TW': '呼叫分數時總是給第一個 sigma。',
      },
      hint: { en: 'Each level has its own score.', 'zh-TW': '每一層有自己的分數。' },
      answer: levelled({}, (c) => annealedSteps(c).map((each) => ({ ...each, level: c.sigmas.data[0] }))),
    },
    'score-at-last-level': {
      says: {
        en: 'The score is always called with the last sigma.',
        'zh-TW': '呼叫分數時總是給最後一個 sigma。',
      },
      hint: { en: 'Each level has its own score.', 'zh-TW': '每一層有自己的分數。' },
      answer: levelled({}, (c) =>
        annealedSteps(c).map((each) => ({ ...each, level: c.sigmas.data[c.sigmas.data.length - 1] })),
      ),
    },
    'restarted-at-each-level': {
      says: { en: 'Every level starts again from start.', 'zh-TW': '每一層都重新從 start 開始。' },
      hint: { en: 'A level goes on where the one before ended.', 'zh-TW': '每一層從上一層結束的地方繼續。' },
      answer: levelled({ restart: 'level' }),
    },
    'last-level-skipped': {
      says: { en: 'The last level is left out.', 'zh-TW': '漏了最後一層。' },
      hint: { en: 'How often does the outer loop run?', 'zh-TW': '外層迴圈跑了幾次？' },
      answer: levelled({}, (c) => annealedSteps(c).slice(0, -c.stepsPerLevel)),
    },
    'steps-shared-by-levels': {
      says: {
        en: 'stepsPerLevel steps are made in all; they are due at each level.',
        'zh-TW': '總共只走了 stepsPerLevel 步；應該每一層都走這麼多步。',
      },
      hint: { en: 'How many calls of the score are there?', 'zh-TW': '總共呼叫分數幾次？' },
      answer: levelled({}, (c) => {
        const each = Math.max(1, Math.floor(c.stepsPerLevel / c.sigmas.data.length));
        return annealedSteps({ ...c, stepsPerLevel: each });
      }),
    },
  },
});
