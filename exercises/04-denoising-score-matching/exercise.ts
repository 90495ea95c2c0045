import { dsmEqualsEsm, dsmTarget } from '../../src/claims/confusions.js';
import { anySizes, cases } from '../../src/grade/arbitraries.js';
import { clamp, lifted, mean, negated, power, sumOfSquares } from '../../src/grade/batch.js';
import { exercise, task, variantOf } from '../../src/grade/exercise.js';
import { formulaTask } from '../../src/grade/formula-answer.js';
import { half, normNotSquared, sameWithEveryExampleTwice, sumOverBatch, times } from '../../src/grade/loss-laws.js';
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
  type MultiScale,
  multiScale,
  multiScaleFromDistance,
  multiScaleInside,
  type Noised,
  noised,
  noisyRows,
  type Pair,
  pairs,
  scaleSizes,
  scored,
  scoredAtScales,
  target,
} from './formulas.js';

export default exercise({
  id: 'denoising-score-matching',
  number: '04',
  week: 7,
  title: { en: 'Denoising score matching', 'zh-TW': '去噪分數匹配' },
  claims: [dsmTarget, dsmEqualsEsm],
  tasks: [
    task<Noised>({
      name: 'perturb',
      inputs: ['x0', 'noise', 'sigma'],
      returns: ({ x0 }) => x0.shape,
      answer: (a, c) => noisyRows(a, c, () => a.c(c.sigma)).flat(),
      properties: {
        value: { points: 1, count: 24, cases: cases(anySizes, noised) },
      },
      mistakes: {
        'variance-for-sigma': {
          says: {
            en: 'This adds sigma² times the noise: sigma is a standard deviation, and the noise has unit variance.',
            'zh-TW': '這裡加的是 sigma² 乘以雜訊；sigma 是標準差，而雜訊的變異數為 1。',
          },
          hint: {
            en: 'What is the standard deviation of sigma times a unit draw?',
            'zh-TW': '單位常態亂數乘上 sigma 之後，標準差是多少？',
          },
          answer: (a, c) => noisyRows(a, c, () => a.mul(a.c(c.sigma), a.c(c.sigma))).flat(),
        },
        'standard-deviation-of-the-root': {
          says: {
            en: 'This adds the square root of sigma times the noise, as if sigma were a variance.',
            'zh-TW': '這裡加的是 sigma 的平方根乘以雜訊，把 sigma 當成變異數了。',
          },
          hint: {
            en: 'sigma is already the standard deviation.',
            'zh-TW': 'sigma 本身就是標準差。',
          },
          answer: (a, c) => noisyRows(a, c, () => a.sqrt(a.c(c.sigma))).flat(),
        },
        'noise-not-scaled': {
          says: { en: 'This adds the noise without sigma.', 'zh-TW': '這裡加上的雜訊沒有乘以 sigma。' },
          hint: { en: 'How large is the noise at level sigma?', 'zh-TW': '在雜訊水準 sigma 之下，雜訊有多大？' },
          answer: (a, c) => noisyRows(a, c, () => a.c(1)).flat(),
        },
        'variance-preserving': {
          says: {
            en: 'This shrinks x0 by sqrt(1 − sigma²), as the variance-preserving process does; here x0 is not scaled.',
            'zh-TW': '這裡把 x0 乘上 sqrt(1 − sigma²)，那是保持變異數的過程；本題的 x0 不縮放。',
          },
          hint: { en: 'Which mean has x given x0?', 'zh-TW': '給定 x0 時，x 的平均是什麼？' },
          answer: (a, { x0, noise, sigma }) =>
            x0.data.map((value, i) =>
              a.add(a.mul(a.sqrt(a.c(1 - sigma * sigma)), a.c(value)), a.mul(a.c(sigma), a.c(noise.data[i]))),
            ),
        },
        'clamped-to-the-data': clamped((a, c) => noisyRows(a, c, () => a.c(c.sigma)).flat()),
      },
    }),

    task<Pair>({
      name: 'dsmTarget',
      inputs: ['x', 'x0', 'sigma'],
      returns: ({ x }) => x.shape,
      answer: target((a, difference, sigma) => a.div(difference, a.mul(sigma, sigma))),
      alsoRight: [target((a, difference, sigma) => a.mul(difference, a.div(a.c(1), a.mul(sigma, sigma))))],
      properties: {
        value: { points: 1.5, count: 24, cases: cases(anySizes, pairs(1)) },
        far: { points: 0.5, count: 8, cases: cases({ n: [2, 3], d: [1, 3] }, pairs(1000)) },
      },
      mistakes: {
        'wrong-sign': variantOf(dsmTarget, 'sign', {
          zh: '目標的正負號相反：它從 x0 指向 x，遠離乾淨的資料。',
          hint: {
            en: 'Differentiate log p(x | x0) with respect to x, not x0.',
            'zh-TW': '請把 log p(x | x0) 對 x 微分，而不是對 x0。',
          },
          answer: target((a, difference, sigma) => a.div(negated(a, difference), a.mul(sigma, sigma))),
        }),
        'sigma-not-squared': variantOf(dsmTarget, 'sigma-not-squared', {
          zh: '距離除以的是 sigma，應該是變異數 sigma²。',
          hint: {
            en: 'The exponent of the Gaussian holds the variance sigma², not sigma.',
            'zh-TW': '高斯分布的指數裡是變異數 sigma²，不是 sigma。',
          },
          answer: target((a, difference, sigma) => a.div(difference, sigma)),
        }),
        'sigma-to-the-fourth': variantOf(dsmTarget, 'sigma-to-the-fourth', {
          zh: '距離除以的是 sigma 的四次方，應該是 sigma²。',
          hint: {
            en: 'sigma is a standard deviation already: square it once.',
            'zh-TW': 'sigma 已經是標準差，只要平方一次。',
          },
          answer: target((a, difference, sigma) => a.div(difference, power(a, sigma, 4))),
        }),
        'noise-over-variance': variantOf(dsmTarget, 'noise-over-variance', {
          zh: '把變異數為 1 的雜訊當成 x − x0，又除以 sigma²。',
          hint: {
            en: 'Write x − x0 in terms of the unit noise and count the powers of sigma.',
            'zh-TW': '把 x − x0 用單位雜訊表示，數一數 sigma 的次方。',
          },
          answer: target((a, difference, sigma) => a.div(difference, power(a, sigma, 3))),
        }),
        'sigma-forgotten': {
          says: { en: 'This is x0 − x, without the division by sigma².', 'zh-TW': '這是 x0 − x，沒有除以 sigma²。' },
          hint: {
            en: 'The gradient of −‖x − x0‖²/(2 sigma²) keeps its denominator.',
            'zh-TW': '−‖x − x0‖²/(2 sigma²) 的梯度仍保有分母。',
          },
          answer: target((_, difference) => difference),
        },
        'factor-two': {
          says: {
            en: 'This is the target divided by 2: the 1/2 of the exponent cancels against the 2 of the square.',
            'zh-TW': '這是目標的一半：指數裡的 1/2 會和平方微分出來的 2 相消。',
          },
          hint: { en: 'Differentiate the square as well.', 'zh-TW': '平方也要微分。' },
          answer: target((a, difference, sigma) => a.div(a.mul(a.c(0.5), difference), a.mul(sigma, sigma))),
        },
      },
    }),

    task<Loss>({
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
    }),

    task<MultiScale>({
      name: 'multiScaleDsmLoss',
      inputs: ['score', 'x0', 'noise', 'sigma'],
      returns: () => [],
      answer: multiScale(),
      alsoRight: [multiScaleInside, multiScaleFromDistance],
      properties: {
        value: { points: 1.5, count: 24, cases: cases(scaleSizes, scoredAtScales) },
        small: { points: 0.5, count: 6, cases: cases({ n: [1], d: [1, 2] }, scoredAtScales) },
        gradient: { points: 1, count: 4, cases: cases({ n: [2, 3], d: [2, 3] }, scoredAtScales) },
      },
      mistakes: {
        'no-weight': {
          says: { en: 'The weight sigma² is missing.', 'zh-TW': '少了權重 sigma²。' },
          hint: {
            en: 'Without a weight the smallest sigma dominates the loss.',
            'zh-TW': '沒有權重時，最小的 sigma 會主宰損失。',
          },
          answer: multiScale({ weight: (a) => a.c(1) }),
        },
        'weight-sigma': {
          says: { en: 'The weight is sigma; it has to be sigma².', 'zh-TW': '權重用了 sigma，應該是 sigma²。' },
          hint: {
            en: 'Which power of sigma makes every level count alike?',
            'zh-TW': 'sigma 的幾次方會讓每一層同樣重要？',
          },
          answer: multiScale({ weight: (_, sigma) => sigma }),
        },
        'weighted-twice': {
          says: {
            en: 'The weight sigma² is applied twice.',
            'zh-TW': '權重 sigma² 乘了兩次。',
          },
          hint: {
            en: '‖sigma score + noise‖² has the weight in it already.',
            'zh-TW': '‖sigma score + noise‖² 已經含有權重了。',
          },
          answer: multiScale({ weight: (a, sigma) => power(a, sigma, 4) }),
        },
        'weights-normalised': {
          says: {
            en: 'The weights are divided by their sum.',
            'zh-TW': '權重除以了它們的總和。',
          },
          hint: { en: 'The formula takes a plain mean over the batch.', 'zh-TW': '公式對批次取的是單純的平均。' },
          answer: multiScale({
            weight: (a, sigma, all) => a.div(a.mul(sigma, sigma), a.sum(all.map((each) => a.mul(each, each)))),
          }),
        },
        half: half(multiScale({ weight: (a, sigma) => a.mul(a.c(0.5), a.mul(sigma, sigma)) })),
        'score-gets-log-sigma': {
          says: {
            en: 'The score is called with log sigma in place of sigma.',
            'zh-TW': '呼叫分數時給了 log sigma，應該給 sigma。',
          },
          hint: { en: 'The second argument of score is sigma itself.', 'zh-TW': 'score 的第二個引數就是 sigma。' },
          answer: multiScale({ level: (a, sigma) => a.log(sigma) }),
        },
        'score-gets-variance': {
          says: {
            en: 'The score is called with sigma² in place of sigma.',
            'zh-TW': '呼叫分數時給了 sigma²，應該給 sigma。',
          },
          hint: { en: 'The second argument of score is sigma itself.', 'zh-TW': 'score 的第二個引數就是 sigma。' },
          answer: multiScale({ level: (a, sigma) => a.mul(sigma, sigma) }),
        },
        'sigma-of-another-example': {
          says: {
            en: 'The target uses the sigma of another example of the batch than the noise does.',
            'zh-TW': '目標用的 sigma 屬於批次裡的另一個樣本。',
          },
          hint: {
            en: 'Gather sigma once, and use it for the noise and for the target.',
            'zh-TW': 'sigma 只取一次，雜訊和目標都用它。',
          },
          answer: multiScale({ target: (_, _sigma, all, row) => all[(row + 1) % all.length] }),
        },
      },
    }),

    formulaTask({
      name: 'dsmTargetFormula',
      points: 1,
      symbols: { x: [-3, 3], x0: [-3, 3], sigma: [0.3, 2.5] },
      right: '-(x - x0)/sigma^2',
      mistakes: {
        'wrong-sign': {
          line: '(x - x0)/sigma^2',
          says: {
            en: 'The target has the wrong sign: it points from x0 to x.',
            'zh-TW': '目標的正負號相反：它從 x0 指向 x。',
          },
        },
        'sigma-not-squared': {
          line: '-(x - x0)/sigma',
          says: {
            en: 'The distance is divided by sigma; the variance sigma² is due.',
            'zh-TW': '距離除以的是 sigma，應該是變異數 sigma²。',
          },
        },
        'sigma-to-the-fourth': {
          line: '-(x - x0)/sigma^4',
          says: { en: 'The distance is divided by sigma to the fourth.', 'zh-TW': '距離除以的是 sigma 的四次方。' },
        },
        'factor-two': {
          line: '-(x - x0)/(2*sigma^2)',
          says: {
            en: 'The 2 of the square was forgotten: it cancels against the 1/2.',
            'zh-TW': '忘了平方微分出來的 2：它會和 1/2 相消。',
          },
        },
        'sigma-forgotten': {
          line: '-(x - x0)',
          says: { en: 'The division by sigma² is missing.', 'zh-TW': '沒有除以 sigma²。' },
        },
      },
    }),
  ],
});
