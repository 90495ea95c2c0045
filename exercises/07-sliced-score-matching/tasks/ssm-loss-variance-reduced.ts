import { task } from '../../../src/grade/exercise.js';
import { type Sliced, averaged, withCurvature, projected, energy, shared, properties } from '../formulas.js';

export const ssmLossVarianceReducedTask = task<Sliced>({
  name: 'ssmLossVarianceReduced',
  inputs: ['score', 'x', 'probes'],
  returns: () => [],
  answer: averaged(withCurvature(energy)),
  properties,
  mistakes: {
    ...shared(energy),
    'projection-in-its-place': {
      says: {
        en: 'This is ssmLoss: the first term is (vᵀ score)² in place of ‖score‖².',
        'zh-TW': '這是 ssmLoss：第一項用了 (vᵀ score)²，應為 ‖score‖²。',
      },
      hint: { en: 'The mean of (vᵀ score)² over v is known.', 'zh-TW': '(vᵀ score)² 對 v 的平均是已知的。' },
      answer: averaged(withCurvature(projected)),
    },
    'energy-averaged-over-dimensions': {
      says: {
        en: '‖score‖² is averaged over the dimensions; it is a sum.',
        'zh-TW': '‖score‖² 對維度取了平均，應該相加。',
      },
      hint: { en: 'The square of a length is a sum over coordinates.', 'zh-TW': '長度的平方是各座標平方的和。' },
      answer: averaged(withCurvature((a, slice) => a.div(energy(a, slice), a.c(slice.s.length)))),
    },
  },
});
