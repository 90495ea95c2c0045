import { mean, sumOfSquares } from '../../../src/grade/batch.js';
import { task } from '../../../src/grade/exercise.js';
import { type Sliced, slices, averaged, withCurvature, projected, energy, shared, properties } from '../formulas.js';

export const ssmLossTask = task<Sliced>({
  name: 'ssmLoss',
  inputs: ['score', 'x', 'probes'],
  returns: () => [],
  answer: averaged(withCurvature(projected)),
  properties,
  mistakes: {
    ...shared(projected),
    'projections-averaged-first': {
      says: {
        en: 'The projections vᵀ score are averaged over the probes before they are squared.',
        'zh-TW': '投影 vᵀ score 先對探測向量平均才平方。',
      },
      hint: { en: 'The mean of squares is not the square of the mean.', 'zh-TW': '平方的平均不等於平均的平方。' },
      answer: (a, c, on) => [
        mean(
          a,
          slices(a, c, on.field(c.score)).map((row) => {
            const middle = mean(
              a,
              row.map(({ projection }) => projection),
            );
            const bend = mean(
              a,
              row.map(({ curvature }) => curvature),
            );
            return a.add(a.mul(middle, middle), a.mul(a.c(2), bend));
          }),
        ),
      ],
    },
    'variance-reduced-in-its-place': {
      says: {
        en: 'This is ssmLossVarianceReduced: the first term is ‖score‖² in place of (vᵀ score)².',
        'zh-TW': '這是 ssmLossVarianceReduced：第一項用了 ‖score‖²，應為 (vᵀ score)²。',
      },
      hint: {
        en: 'Which of the two terms has a known mean over v?',
        'zh-TW': '兩項之中，哪一項對 v 的平均是已知的？',
      },
      answer: averaged(withCurvature(energy)),
    },
    'projection-not-squared': {
      says: { en: 'The projection is not squared.', 'zh-TW': '投影沒有平方。' },
      hint: { en: 'The loss starts with (vᵀ score)².', 'zh-TW': '損失的第一項是 (vᵀ score)²。' },
      answer: averaged((a, slice) => a.add(slice.projection, a.mul(a.c(2), slice.curvature))),
    },
    'projection-entry-by-entry': {
      says: {
        en: 'The products vᵢ sᵢ are squared one by one; the projection is their sum, squared.',
        'zh-TW': '把 vᵢ sᵢ 逐項平方了；應先相加成投影，再平方。',
      },
      hint: {
        en: 'vᵀ score is one number for each probe and example.',
        'zh-TW': 'vᵀ score 對每個探測向量和樣本是一個數。',
      },
      answer: averaged((a, { v, s, curvature }) =>
        a.add(
          sumOfSquares(
            a,
            v.map((vi, i) => a.mul(vi, s[i])),
          ),
          a.mul(a.c(2), curvature),
        ),
      ),
    },
  },
});
