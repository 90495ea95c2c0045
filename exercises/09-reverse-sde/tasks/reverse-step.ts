import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { kernelVariance } from '../processes.js';
import { stepsBack } from '../steps.js';
import { type Back, back, noisy, ofSteps, sizes, stepping, words, mistakesFrom } from '../formulas.js';

export const reverseStepTask = task<Back>({
  name: 'reverseStep',
  inputs: ['sde', 'score', 'x', 't', 'dt', 'noise'],
  returns: ({ x }) => x.shape,
  answer: stepping(),
  properties: { value: { points: 2, count: 24, cases: cases(sizes, back) } },
  mistakes: {
    ...mistakesFrom(ofSteps, stepping),
    ...mistakesFrom(noisy, stepping),
    'no-noise': {
      ...words(
        'The noise is missing.',
        '少了雜訊。',
        'The reverse SDE has noise of its own.',
        '反向 SDE 自己也有雜訊。',
      ),
      answer: stepping({ noiseScale: 'none' }),
    },
    'discrete-process': {
      ...words(
        'This is the step of a discrete process with β in place of β dt.',
        '這是離散過程的一步，用了 β 而不是 β dt。',
        'β(t) is a rate; a step of length dt uses β dt.',
        'β(t) 是速率；長度 dt 的一步要用 β dt。',
      ),
      answer: stepping({ ancestral: true }),
    },
    'score-divided-by-std': {
      ...words(
        'The score is divided by the standard deviation of the kernel: it is a score already, not a noise prediction.',
        '分數又除以了核的標準差：它已經是分數，不是雜訊的預測。',
        'What does score return?',
        'score 回傳的是什麼？',
      ),
      answer: (a, c, on) => {
        const field = on.field(c.score);
        return stepsBack(a, c, {
          ...field,
          at: (x, t) => {
            const std = t === undefined ? a.c(1) : a.sqrt(kernelVariance(a, c.sde, t));
            return field.at(x, t).map((s) => a.div(s, std));
          },
        });
      },
    },
  },
});
