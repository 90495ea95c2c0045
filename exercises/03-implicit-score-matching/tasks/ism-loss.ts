import { divergenceIsTrace, esmEqualsIsm } from '../../../src/claims/confusions.js';
import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { lifted, mean, sumOfSquares } from '../../../src/grade/batch.js';
import { task, variantOf } from '../../../src/grade/exercise.js';
import { sameWithEveryExampleTwice, sumOverBatch, times } from '../../../src/grade/loss-laws.js';
import {
  type Scored,
  scored,
  meanOfDiagonal,
  firstEntry,
  allEntries,
  STEP,
  oneSided,
  terms,
  loss,
  twoMeans,
  ism,
  differentiated,
  diagonalHint,
} from '../formulas.js';

export const ismLossTask = task<Scored>({
  name: 'ismLoss',
  inputs: ['score', 'x'],
  returns: () => [],
  answer: ism,
  alsoRight: [twoMeans],
  properties: {
    value: { points: 2.5, count: 24, cases: cases(anySizes, scored) },
    laws: {
      points: 0.5,
      count: 3,
      cases: cases({ n: [2, 3], d: [1, 3] }, scored),
      laws: [sameWithEveryExampleTwice('x')],
    },
    small: { points: 0.5, count: 6, cases: cases({ n: [1], d: [1, 2] }, scored) },
    gradient: { points: 1, count: 4, cases: cases({ n: [2, 3], d: [2, 3] }, scored) },
    score: differentiated(0.5),
  },
  mistakes: {
    half: {
      says: {
        en: 'The loss has a factor 1/2 that the formula of the exercise does not have: ½‖score‖² + ∇·score.',
        'zh-TW': '損失多了一個題目公式裡沒有的 1/2：½‖score‖² + ∇·score。',
      },
      hint: { en: 'Compare with the formula in the README.', 'zh-TW': '請和 README 的公式比較。' },
      answer: loss({ square: 0.5, slope: 1 }),
    },
    'half-of-both': {
      says: {
        en: 'This is ½(‖score‖² + ∇·score): the divergence lacks its factor 2, so that half the true score is best.',
        'zh-TW': '這是 ½(‖score‖² + ∇·score)：散度少了係數 2，這樣最佳的會是真正分數的一半。',
      },
      hint: {
        en: 'Integrate the cross term −2 E[S·s] by parts.',
        'zh-TW': '對交叉項 −2 E[S·s] 做分部積分。',
      },
      answer: loss({ square: 0.5, slope: 0.5 }),
    },
    'divergence-without-two': variantOf(esmEqualsIsm, 'divergence-without-two', {
      zh: '散度少了係數 2。',
      hint: {
        en: 'Integrate the cross term −2 E[S·s] by parts.',
        'zh-TW': '對交叉項 −2 E[S·s] 做分部積分。',
      },
      answer: loss({ slope: 1 }),
    }),
    'divergence-sign': variantOf(esmEqualsIsm, 'divergence-sign', {
      zh: '散度的正負號相反。',
      hint: {
        en: 'Integration by parts changes the sign of the cross term.',
        'zh-TW': '分部積分會改變交叉項的正負號。',
      },
      answer: loss({ slope: -2 }),
    }),
    'half-and-divergence-sign': {
      says: {
        en: 'This is ½‖score‖² − ∇·score: the divergence has the wrong sign, and the formula of the exercise has no 1/2.',
        'zh-TW': '這是 ½‖score‖² − ∇·score：散度的正負號相反，而且題目的公式沒有 1/2。',
      },
      hint: {
        en: 'Integration by parts changes the sign of the cross term.',
        'zh-TW': '分部積分會改變交叉項的正負號。',
      },
      answer: loss({ square: 0.5, slope: -1 }),
    },
    'divergence-left-out': {
      says: { en: 'This is ‖score‖² alone, without the divergence.', 'zh-TW': '這只是 ‖score‖²，沒有散度。' },
      hint: {
        en: 'What keeps the best score from being 0 everywhere?',
        'zh-TW': '是什麼讓最佳的分數不會處處為 0？',
      },
      answer: loss({ slope: 0 }),
    },
    'norm-not-squared': {
      says: { en: 'The norm of the score is not squared.', 'zh-TW': '分數的範數沒有平方。' },
      hint: { en: 'Which power has the norm in ‖S − s‖²?', 'zh-TW': '‖S − s‖² 裡的範數是幾次方？' },
      answer: (a, c, on) => [
        mean(
          a,
          terms(a, c, on.field(c.score)).map(({ square, slope }) => a.add(a.sqrt(square), a.mul(a.c(2), slope))),
        ),
      ],
    },
    'first-entry-only': {
      says: {
        en: 'Only the first entry of the diagonal is in the divergence: ∂S₁/∂x₁.',
        'zh-TW': '散度只有對角線的第一個元素 ∂S₁/∂x₁。',
      },
      hint: { en: 'One term for each dimension.', 'zh-TW': '每一維都有一項。' },
      answer: loss({ each: firstEntry }),
    },
    'mean-of-the-diagonal': variantOf(divergenceIsTrace, 'mean-of-the-diagonal', {
      zh: '對角線對維度取了平均，應該相加。',
      hint: { en: 'The divergence of x in d dimensions is d.', 'zh-TW': 'd 維時，x 的散度是 d。' },
      answer: loss({ each: meanOfDiagonal }),
    }),
    'sum-of-all-entries': variantOf(divergenceIsTrace, 'sum-of-all-entries', {
      zh: '把雅可比的所有元素都加起來了，也就是對各分量之和反向傳播一次；應該只加對角線。',
      hint: diagonalHint,
      answer: loss({ each: allEntries }),
    }),
    'mean-over-dimensions': {
      says: {
        en: 'Both terms are averaged over the dimensions; they have to be summed.',
        'zh-TW': '兩項都對維度取了平均，應該相加。',
      },
      hint: {
        en: 'Sum over the dimensions, then average over the batch.',
        'zh-TW': '先對維度相加，再對批次取平均。',
      },
      answer: times(({ x }) => 1 / x.shape[1], ism),
    },
    'sum-over-batch': sumOverBatch(times(({ x }) => x.shape[0], ism)),
    'divergence-summed-over-batch': {
      says: {
        en: 'The divergence is summed over the batch and the squares are averaged; both have to be averaged.',
        'zh-TW': '散度對批次相加，平方卻取平均；兩者都應該取平均。',
      },
      hint: {
        en: 'What happens to the loss when the batch gets twice as long?',
        'zh-TW': '批次變成兩倍長時，損失會怎樣？',
      },
      answer: (a, c, on) => {
        const rows = terms(a, c, on.field(c.score));
        const slopes = a.sum(rows.map(({ slope }) => slope));
        const squares = rows.map(({ square }) => square);
        return [a.add(mean(a, squares), a.mul(a.c(2), slopes))];
      },
    },
    'one-sided-difference': {
      says: {
        en: `The divergence is a difference quotient with step ${STEP}, not the derivative: it is off wherever the score is curved.`,
        'zh-TW': `散度用的是步長 ${STEP} 的差商，不是導數：分數只要不是一次式就會有誤差。`,
      },
      hint: {
        en: 'Automatic differentiation gives the exact derivative (tf.grad; in Python score.vjp or torch.autograd).',
        'zh-TW': '自動微分可以得到精確的導數（tf.grad；Python 用 score.vjp 或 torch.autograd）。',
      },
      answer: (a, c, on) => {
        const score = on.field(c.score);
        const rows = lifted(a, c.x).map((x) =>
          a.add(sumOfSquares(a, score.at(x)), a.mul(a.c(2), oneSided(a, score, x))),
        );
        return [mean(a, rows)];
      },
    },
    'divergence-detached': {
      says: {
        en: 'The value is right, but the gradient is that of ‖score‖² alone: the divergence was cut off from the parameters on the way, and training drives the score to 0.',
        'zh-TW': '數值正確，但梯度只剩 ‖score‖² 的部分：散度在途中和參數斷開了，訓練會把分數推向 0。',
      },
      hint: {
        en: 'dataSync() and arraySync() cut the gradient (in PyTorch detach(), numpy() and a grad without create_graph=True); stay with tensors throughout.',
        'zh-TW':
          'dataSync() 和 arraySync() 會切斷梯度（PyTorch 裡是 detach()、numpy() 和沒有 create_graph=True 的 grad）；請全程使用張量。',
      },
      gradient: loss({ slope: 0 }),
    },
    'square-detached': {
      says: {
        en: 'The value is right, but the gradient is that of the divergence alone: ‖score‖² was cut off from the parameters on the way.',
        'zh-TW': '數值正確，但梯度只剩散度的部分：‖score‖² 在途中和參數斷開了。',
      },
      hint: {
        en: 'dataSync() and arraySync() cut the gradient (in PyTorch detach() and numpy()).',
        'zh-TW': 'dataSync() 和 arraySync() 會切斷梯度（PyTorch 裡是 detach() 和 numpy()）。',
      },
      gradient: loss({ square: 0 }),
    },
  },
});
