import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { clamp, lifted, mean, negated, sumOfSquares } from '../../../src/grade/batch.js';
import { task } from '../../../src/grade/exercise.js';
import { half, normNotSquared, sameWithEveryExampleTwice, sumOverBatch, times } from '../../../src/grade/loss-laws.js';
import {
  clamped,
  dsm,
  entries,
  errors,
  expanded,
  fromDistance,
  fromNoise,
  type Loss,
  loss,
  noisyRows,
  scored,
} from '../formulas.js';

export const dsmLossTask = task<Loss>({
  name: 'dsmLoss',
  inputs: ['score', 'x0', 'noise', 'sigma'],
  returns: () => [],
  answer: dsm,
  alsoRight: [loss(fromDistance), expanded(fromNoise), expanded(fromDistance)],
  properties: {
    value: { points: 2, count: 24, cases: cases(anySizes, scored) },
    laws: {
      points: 0.5,
      count: 3,
      cases: cases({ n: [2, 3], d: [1, 3] }, scored),
      laws: [sameWithEveryExampleTwice('x0', 'noise')],
    },
    small: { points: 0.5, count: 6, cases: cases({ n: [1], d: [1, 2] }, scored) },
    gradient: { points: 1, count: 4, cases: cases({ n: [2, 3], d: [2, 3] }, scored) },
  },
  mistakes: {
    half: half(times(() => 0.5, dsm)),
    'mean-over-dimensions': {
      says: {
        en: 'The squares are averaged over the entries of an example; they have to be summed.',
        'zh-TW': '平方對樣本的各分量取了平均，應該相加。',
      },
      hint: {
        en: 'Sum over every axis but the first, then average over the batch.',
        'zh-TW': '除了第一軸以外全部相加，再對批次取平均。',
      },
      answer: times((c) => 1 / entries(c), dsm),
    },
    'sum-over-batch': sumOverBatch(times(({ x0 }) => x0.shape[0], dsm)),
    'sum-over-last-axis': {
      says: {
        en: 'Only the last axis is summed and all others are averaged: right for vectors, wrong for images.',
        'zh-TW': '只對最後一軸相加，其餘取平均：對向量正確，對影像錯誤。',
      },
      hint: { en: 'An image has three axes besides the batch.', 'zh-TW': '影像除了批次之外還有三個軸。' },
      answer: times((c) => (c.x0.shape.at(-1) ?? 1) / entries(c), dsm),
    },
    'weighted-by-variance': {
      says: {
        en: 'The loss is weighted by sigma²; this loss has no weight.',
        'zh-TW': '損失乘上了權重 sigma²；這個損失沒有權重。',
      },
      hint: {
        en: 'Multiplying score and target by sigma multiplies the loss by sigma².',
        'zh-TW': '分數和目標都乘上 sigma，損失就會乘上 sigma²。',
      },
      answer: times(({ sigma }) => sigma ** 2, dsm),
    },
    'weighted-by-variance-squared': {
      says: {
        en: 'The loss is weighted by sigma⁴: it is ‖sigma² score + x − x0‖² without the division by sigma⁴.',
        'zh-TW': '損失乘上了 sigma⁴：這是沒有除以 sigma⁴ 的 ‖sigma² score + x − x0‖²。',
      },
      hint: { en: 'Which factor was multiplied into the square?', 'zh-TW': '平方裡面乘進了哪個因子？' },
      answer: times(({ sigma }) => sigma ** 4, dsm),
    },
    'target-sign': {
      says: {
        en: 'The target enters with the wrong sign: the loss is ‖score − noise/sigma‖².',
        'zh-TW': '目標的正負號相反：損失成了 ‖score − noise/sigma‖²。',
      },
      hint: { en: 'Does the target point towards x0 or away from it?', 'zh-TW': '目標是指向 x0，還是遠離它？' },
      answer: loss((a, { noise, sigma }) => noise.map((e) => a.div(e, sigma))),
    },
    'target-is-noise': {
      says: {
        en: 'The target is −noise in place of −noise/sigma.',
        'zh-TW': '目標用了 −noise，應該是 −noise/sigma。',
      },
      hint: { en: 'Put x = x0 + sigma noise into the target.', 'zh-TW': '把 x = x0 + sigma noise 代入目標。' },
      answer: loss((a, { noise }) => noise.map((e) => negated(a, e))),
    },
    'target-over-variance': {
      says: {
        en: 'The unit noise is divided by sigma² in the target; −noise/sigma is due.',
        'zh-TW': '目標裡把單位雜訊除以 sigma²，應該是 −noise/sigma。',
      },
      hint: { en: 'Put x = x0 + sigma noise into the target.', 'zh-TW': '把 x = x0 + sigma noise 代入目標。' },
      answer: loss((a, { noise, sigma }) => noise.map((e) => negated(a, a.div(e, a.mul(sigma, sigma))))),
    },
    'score-at-clean-data': {
      says: {
        en: 'The score is evaluated at x0; it has to be evaluated at the noisy x.',
        'zh-TW': '分數在 x0 上取值，應該在加了雜訊的 x 上取值。',
      },
      hint: { en: 'Which points does the noisy density live on?', 'zh-TW': '加雜訊後的密度是在哪些點上？' },
      answer: (a, c, on) => {
        const noise = lifted(a, c.noise);
        const rows = lifted(a, c.x0).map((row, i) =>
          sumOfSquares(
            a,
            on
              .field(c.score)
              .at(row)
              .map((s, j) => a.add(s, a.div(noise[i][j], a.c(c.sigma)))),
          ),
        );
        return [mean(a, rows)];
      },
    },
    'norm-not-squared': normNotSquared((a, c, on) => [
      mean(
        a,
        errors(a, c, on, fromNoise).map((row) => a.sqrt(sumOfSquares(a, row))),
      ),
    ]),
    'clamped-to-the-data': {
      ...clamped<Loss>(dsm),
      answer: (a, c, on) => {
        const noise = lifted(a, c.noise);
        const rows = noisyRows(a, c, () => a.c(c.sigma)).map((row, i) => {
          const inside = row.map((value) => clamp(a, value, 0, 1));
          return sumOfSquares(
            a,
            on
              .field(c.score)
              .at(inside)
              .map((s, j) => a.add(s, a.div(noise[i][j], a.c(c.sigma)))),
          );
        });
        return [mean(a, rows)];
      },
    },
  },
});
