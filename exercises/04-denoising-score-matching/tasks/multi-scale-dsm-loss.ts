import { cases } from '../../../src/grade/arbitraries.js';
import { lifted, mean, power, sumOfSquares } from '../../../src/grade/batch.js';
import { task } from '../../../src/grade/exercise.js';
import { half } from '../../../src/grade/loss-laws.js';
import {
  type MultiScale,
  multiScale,
  multiScaleFromDistance,
  multiScaleInside,
  scaleSizes,
  scoredAtScales,
} from '../formulas.js';

export const multiScaleDsmLossTask = task<MultiScale>({
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
    'sigma-along-the-last-axis': {
      says: {
        en: 'sigma is multiplied along the last axis: entry j of an example gets the sigma of example j.',
        'zh-TW': 'sigma 沿著最後一軸相乘：樣本的第 j 個分量用到了第 j 個樣本的 sigma。',
      },
      hint: {
        en: 'A tensor [n] lines up with the last axis. Which shape lines up with the first one?',
        'zh-TW': '形狀 [n] 的張量會和最後一軸對齊；什麼形狀才會和第一軸對齊？',
      },
      answer: (a, c, on) => {
        const sigma = c.sigma.data.map((value) => a.c(value));
        const last = c.x0.shape.at(-1) ?? 1;
        const along = (j: number) => sigma[(j % last) % sigma.length];
        const noise = lifted(a, c.noise);
        const rows = lifted(a, c.x0).map((row, i) => {
          const x = row.map((value, j) => a.add(value, a.mul(along(j), noise[i][j])));
          const s = on.field(c.score).at(x, sigma[i]);
          return sumOfSquares(
            a,
            s.map((sj, j) => a.add(a.mul(along(j), sj), noise[i][j])),
          );
        });
        return [mean(a, rows)];
      },
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
});
