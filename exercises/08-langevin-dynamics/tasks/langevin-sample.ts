import { affineChain } from '../../../src/grade/affine-chain.js';
import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { gaussianChecks } from '../../../src/grade/gaussian-checks.js';
import { randomInput } from '../../../src/grade/inputs.js';
import { type Chain, chained, plainSteps, plain, ofChains, chainSizes, large, repeated } from '../formulas.js';

export const langevinSampleTask = task<Chain>({
  name: 'langevinSample',
  inputs: ['score', 'start', 'stepSize', 'steps', 'random'],
  returns: ({ start }) => start.shape,
  answer: plain(),
  properties: {
    random: {
      points: 3,
      replayed: { count: 16, cases: cases(chainSizes, chained([2, 3, 1, 4])) },
      large: cases(large, ({ n, tensor, affine, pick }): Chain => ({
        stepSize: pick([0.12, 0.3]),
        steps: pick([3, 2]),
        start: repeated(n, tensor(2).data),
        random: randomInput,
        score: affine(),
      })),
      calls: 2,
      checks: (answers, c) =>
        gaussianChecks(
          answers,
          affineChain(
            c.score,
            c.start.data.slice(0, 2),
            plainSteps(c).map(({ stepSize }) => ({ drift: stepSize, level: 0, own: 0, variance: 2 * stepSize })),
          ),
        ),
    },
  },
  mistakes: {
    ...ofChains(plain),
    'one-step-too-few': {
      says: { en: 'One step is missing.', 'zh-TW': '少了一步。' },
      hint: { en: 'How often does the loop run?', 'zh-TW': '迴圈跑了幾次？' },
      answer: plain({}, (c) => plainSteps(c).slice(1)),
    },
    'one-step-too-many': {
      says: { en: 'There is one step too many.', 'zh-TW': '多了一步。' },
      hint: { en: 'How often does the loop run?', 'zh-TW': '迴圈跑了幾次？' },
      answer: plain({}, (c) => [...plainSteps(c), ...plainSteps(c).slice(0, 1)]),
    },
    'starts-at-random': {
      says: {
        en: 'The chain starts from fresh noise in place of start.',
        'zh-TW': '鏈從新抽的雜訊開始，沒有用 start。',
      },
      hint: { en: 'start is the state before the first step.', 'zh-TW': 'start 是第一步之前的狀態。' },
      answer: plain({ restart: 'begin' }),
    },
  },
});
