import { divergenceIsTrace } from '../../../src/claims/confusions.js';
import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { lifted } from '../../../src/grade/batch.js';
import { task, variantOf } from '../../../src/grade/exercise.js';
import { times } from '../../../src/grade/loss-laws.js';
import {
  type Scored,
  scored,
  trace,
  minusTrace,
  meanOfDiagonal,
  firstEntry,
  allEntries,
  otherDiagonal,
  STEP,
  oneSided,
  divergence,
  differentiated,
  diagonalHint,
} from '../formulas.js';

export const divergenceTask = task<Scored>({
  name: 'divergence',
  inputs: ['score', 'x'],
  returns: ({ x }) => [x.shape[0]],
  answer: divergence(trace),
  properties: {
    value: { points: 3, count: 24, cases: cases(anySizes, scored) },
    small: { points: 0.5, count: 6, cases: cases({ n: [1, 3], d: [1] }, scored) },
    gradient: {
      points: 1,
      count: 4,
      cases: cases({ n: [1], d: [2, 3] }, scored),
    },
    score: differentiated(0.5),
  },
  mistakes: {
    'sum-of-all-entries': variantOf(divergenceIsTrace, 'sum-of-all-entries', {
      zh: '把雅可比的所有元素都加起來了，也就是對各分量之和反向傳播一次；應該只加對角線。',
      hint: diagonalHint,
      answer: divergence(allEntries),
    }),
    'mean-of-the-diagonal': variantOf(divergenceIsTrace, 'mean-of-the-diagonal', {
      zh: '對角線對維度取了平均，應該相加。',
      hint: { en: 'The divergence of x in d dimensions is d.', 'zh-TW': 'd 維時，x 的散度是 d。' },
      answer: divergence(meanOfDiagonal),
    }),
    'other-diagonal': variantOf(divergenceIsTrace, 'other-diagonal', {
      zh: '偏微分配錯了：每個分量都對另一端的座標微分。',
      hint: diagonalHint,
      answer: divergence(otherDiagonal),
    }),
    'minus-the-trace': variantOf(divergenceIsTrace, 'minus-the-trace', {
      zh: '正負號相反：分部積分會帶來負號，但散度的定義裡沒有。',
      hint: { en: 'The divergence of x in d dimensions is d.', 'zh-TW': 'd 維時，x 的散度是 d。' },
      answer: divergence(minusTrace),
    }),
    'first-entry-only': {
      says: {
        en: 'Only the first entry of the diagonal is there: ∂S₁/∂x₁.',
        'zh-TW': '只有對角線的第一個元素 ∂S₁/∂x₁。',
      },
      hint: { en: 'One term for each dimension.', 'zh-TW': '每一維都有一項。' },
      answer: divergence(firstEntry),
    },
    'sum-over-batch': {
      says: { en: 'Every entry is the sum over the batch.', 'zh-TW': '每一項都是整個批次的和。' },
      hint: { en: 'One number for each point.', 'zh-TW': '每個點一個數。' },
      answer: (a, c, on) => {
        const each = divergence(trace)(a, c, on);
        const total = a.sum(each);
        return each.map(() => total);
      },
    },
    'divided-by-the-batch': {
      says: {
        en: 'Every divergence is divided by n: the mean over the batch was differentiated.',
        'zh-TW': '每個散度都除以了 n：被微分的是批次的平均。',
      },
      hint: {
        en: 'Differentiate a sum over the batch, so that each point keeps its own gradient.',
        'zh-TW': '請對批次的和微分，這樣每個點都保有自己的梯度。',
      },
      answer: times(({ x }) => 1 / x.shape[0], divergence(trace)),
    },
    'one-sided-difference': {
      says: {
        en: `This is a difference quotient with step ${STEP}, not the derivative: it is off wherever the score is curved.`,
        'zh-TW': `這是步長 ${STEP} 的差商，不是導數：分數只要不是一次式就會有誤差。`,
      },
      hint: {
        en: 'Automatic differentiation gives the exact derivative (tf.grad; in Python score.vjp or torch.autograd).',
        'zh-TW': '自動微分可以得到精確的導數（tf.grad；Python 用 score.vjp 或 torch.autograd）。',
      },
      answer: (a, c, on) => lifted(a, c.x).map((x) => oneSided(a, on.field(c.score), x)),
    },
  },
});
