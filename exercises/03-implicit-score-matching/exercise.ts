import { divergenceIsTrace, esmEqualsIsm } from '../../src/claims/confusions.js';
import { anySizes, cases, type Parts } from '../../src/grade/arbitraries.js';
import { lifted, mean, negated, sumOfSquares } from '../../src/grade/batch.js';
import { exercise, task, variantOf, type Observed } from '../../src/grade/exercise.js';
import type { Field, OracleField } from '../../src/grade/fields.js';
import type { Formula } from '../../src/grade/formula.js';
import type { Grid } from '../../src/grade/grid.js';
import { sameWithEveryExampleTwice, sumOverBatch, times } from '../../src/grade/loss-laws.js';
import type { Arithmetic } from '../../src/oracle/arithmetic.js';

interface Scored extends Record<string, Grid | Field> {
  readonly score: Field;
  readonly x: Grid;
}

/** A network, whose divergence differs from point to point, or an affine score. */
const scored = (parts: Parts): Scored => {
  const { n, d, tensor, pick } = parts;
  return { x: tensor(n, d), score: pick([parts.network, parts.affine])() };
};

type Jacobian<T> = readonly (readonly T[])[];

/** What is made of the Jacobian ∂Sᵢ/∂xⱼ of one point. */
type OfJacobian = <T>(a: Arithmetic<T>, jacobian: Jacobian<T>) => T;

const diagonal = <T>(jacobian: Jacobian<T>): T[] => jacobian.map((row, i) => row[i]);
const trace: OfJacobian = (a, jacobian) => a.sum(diagonal(jacobian));
const minusTrace: OfJacobian = (a, jacobian) => negated(a, trace(a, jacobian));
const meanOfDiagonal: OfJacobian = (a, jacobian) => mean(a, diagonal(jacobian));
const firstEntry: OfJacobian = (_, jacobian) => jacobian[0][0];
const allEntries: OfJacobian = (a, jacobian) => a.sum(jacobian.flat());
const otherDiagonal: OfJacobian = (a, jacobian) => a.sum(jacobian.map((row, i) => row[row.length - 1 - i]));

/** A step that students take; the error of the difference quotient is about as large. */
const STEP = 0.1;

/** Σ (Sᵢ(x + h eᵢ) − Sᵢ(x))/h. */
function oneSided<T>(a: Arithmetic<T>, field: OracleField<T>, x: readonly T[]): T {
  const here = field.at(x);
  const quotients = x.map((_, i) => {
    const moved = field.at(x.map((xj, j) => (j === i ? a.add(xj, a.c(STEP)) : xj)));
    return a.div(a.sub(moved[i], here[i]), a.c(STEP));
  });
  return a.sum(quotients);
}

const divergence =
  (each: OfJacobian): Formula<Scored> =>
  (a, c, on) =>
    lifted(a, c.x).map((x) => each(a, on.field(c.score).jacobian(x)));

/** ‖S‖² and a number made of the Jacobian, point by point. */
function terms<T>(
  a: Arithmetic<T>,
  c: Scored,
  score: OracleField<T>,
  each: OfJacobian = trace,
): { readonly square: T; readonly slope: T }[] {
  return lifted(a, c.x).map((x) => ({ square: sumOfSquares(a, score.at(x)), slope: each(a, score.jacobian(x)) }));
}

/** mean of square ‖S‖² + slope · (a number made of the Jacobian). */
const loss =
  ({
    square = 1,
    slope = 2,
    each = trace,
  }: { square?: number; slope?: number; each?: OfJacobian } = {}): Formula<Scored> =>
  (a, c, on) => {
    const rows = terms(a, c, on.field(c.score), each);
    return [
      mean(
        a,
        rows.map((row) => a.add(a.mul(a.c(square), row.square), a.mul(a.c(slope), row.slope))),
      ),
    ];
  };

/** The same with a mean for each of the two terms. */
const twoMeans: Formula<Scored> = (a, c, on) => {
  const rows = terms(a, c, on.field(c.score));
  const [squares, slopes] = [rows.map(({ square }) => square), rows.map(({ slope }) => slope)];
  return [a.add(mean(a, squares), a.mul(a.c(2), mean(a, slopes)))];
};

const ism = loss();

/** A network alone: of an affine score a difference quotient would be right. */
const differentiated = (points: number): Observed<Scored> => ({
  points,
  count: 1,
  cases: cases({ n: [2, 3], d: [2, 3] }, ({ n, d, tensor, network }): Scored => ({
    x: tensor(n, d),
    score: network(),
  })),
  id: 'not-differentiated',
  problem: ({ programs }) =>
    programs[0].products > 0
      ? undefined
      : {
          en: 'The score was called, but never differentiated: a difference quotient is not exact.',
          'zh-TW': '有呼叫分數，但從未對它微分：差商不是精確的。',
        },
  reason: {
    en: 'The divergence has to be exact: differentiate the score automatically (tf.grad; in Python score.vjp or torch.autograd).',
    'zh-TW': '散度必須精確：請用自動微分對分數微分（tf.grad；Python 用 score.vjp 或 torch.autograd）。',
  },
});

const diagonalHint = {
  en: 'Which entries of the Jacobian make up the trace?',
  'zh-TW': '跡是由雅可比的哪些元素組成的？',
};

export default exercise({
  id: 'implicit-score-matching',
  number: '03',
  week: 7,
  title: { en: 'Implicit score matching', 'zh-TW': '隱式分數匹配' },
  claims: [divergenceIsTrace, esmEqualsIsm],
  tasks: [
    task<Scored>({
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
    }),

    task<Scored>({
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
    }),
  ],
});
