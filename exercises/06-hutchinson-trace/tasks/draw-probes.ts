import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { randomInput } from '../../../src/grade/inputs.js';
import { probeChecks } from '../probe-checks.js';
import { type Drawn } from '../formulas.js';

export const drawProbesTask = task<Drawn>({
  name: 'drawProbes',
  inputs: ['shape', 'random'],
  returns: ({ shape }) => shape,
  properties: {
    small: {
      points: 1,
      count: 6,
      cases: cases({ n: [1], d: [1] }, ({ pick }): Drawn => {
        return { shape: pick([[3], [1, 2], [4, 1], [2, 3, 5], [1, 1, 1]]), random: randomInput };
      }),
      reason: {
        en: 'The tensor has not the shape that was asked for.',
        'zh-TW': '張量的形狀和要求的不同。',
      },
    },
    random: {
      points: 2,
      calls: 2,
      large: cases({ n: [1], d: [3] }, ({ d }): Drawn => ({ shape: [4, 8192, d], random: randomInput })),
      checks: (answers, { shape }) => probeChecks(answers, shape),
      reason: {
        en: 'The estimate is unbiased only for E[vvᵀ] = I and independent probes.',
        'zh-TW': '只有 E[vvᵀ] = I 且探測向量互相獨立時，估計才不偏。',
      },
    },
  },
  mistakes: {},
});
