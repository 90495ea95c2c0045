import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { driftFactor, squaredDiffusion } from '../processes.js';
import { type AtTime, atTime, drifted, isVp, sizes, words } from '../formulas.js';

export const driftTask = task<AtTime>({
  name: 'drift',
  inputs: ['sde', 'x', 't'],
  returns: ({ x }) => x.shape,
  answer: drifted(driftFactor),
  properties: { value: { points: 0.5, count: 16, cases: cases(sizes, atTime) } },
  mistakes: {
    'half-missing': {
      ...words('The factor 1/2 is missing.', '少了 1/2。', 'f = −β(t) x/2.', 'f = −β(t) x/2。'),
      answer: drifted((a, sde, t) => a.mul(a.c(2), driftFactor(a, sde, t))),
    },
    sign: {
      ...words(
        'The sign is wrong: the forward process shrinks x.',
        '正負號相反：前向過程會縮小 x。',
        'f = −β(t) x/2.',
        'f = −β(t) x/2。',
      ),
      answer: drifted((a, sde, t) => a.sub(a.c(0), driftFactor(a, sde, t))),
    },
    've-drifts-too': {
      ...words(
        'The VE process has a drift here; it has none.',
        '這裡的 VE 過程有漂移項；它沒有。',
        'In which of the two does the mean stay?',
        '哪一種過程的平均不變？',
      ),
      answer: drifted((a, sde, t) =>
        isVp(sde) ? driftFactor(a, sde, t) : a.mul(a.c(-0.5), squaredDiffusion(a, sde, t)),
      ),
    },
  },
});
