import { daeLoss, dsmIsDae, tweedie } from '../../src/claims/confusions.js';
import { anySizes, cases } from '../../src/grade/arbitraries.js';
import { clamp, negated, sumOfSquares } from '../../src/grade/batch.js';
import { clipped, responsibilitiesWithoutDeterminant, underflowToNan } from '../../src/grade/density-mistakes.js';
import { exercise, task, variantOf } from '../../src/grade/exercise.js';
import { formulaTask } from '../../src/grade/formula-answer.js';
import { responsibilities, squaredDistance } from '../../src/grade/gaussians.js';
import {
  half,
  meanOverDimensions,
  normNotSquared,
  sameWithEveryExampleTwice,
  sumOverBatch,
  times,
} from '../../src/grade/loss-laws.js';
import {
  average,
  byPrecisions,
  byTweedie,
  dae,
  denoised,
  denoiser,
  expanded,
  itself,
  logits,
  loss,
  mixtureFar,
  mixtureNear,
  momentsOf,
  type Noised,
  noised,
  type OfDenoiser,
  type OfMixture,
  type OfScore,
  posterior,
  rightDenoiser,
  scored,
  scoreOf,
  smallSizes,
  smoothed,
  square,
  stepAlong,
  stepping,
  withinComponent,
  withoutErrorInTheFirstRow,
  withUnderflow,
  zh,
} from './formulas.js';

export default exercise({
  id: 'denoising-autoencoder',
  number: '05',
  week: 7,
  title: { en: 'The denoising autoencoder', 'zh-TW': '去噪自編碼器' },
  claims: [daeLoss, tweedie, dsmIsDae],
  tasks: [
    task<OfScore>({
      name: 'denoiserFromScore',
      inputs: ['score', 'sigma'],
      applied: ['x'],
      returns: ({ x }) => x.shape,
      answer: rightDenoiser,
      properties: {
        value: { points: 1.5, count: 24, cases: cases(anySizes, scored) },
        small: { points: 0.5, count: 6, cases: cases(smallSizes, scored) },
      },
      mistakes: {
        'sigma-not-squared': variantOf(tweedie, 'sigma-not-squared', {
          zh: '分數乘上了 sigma，應該是 sigma²。',
          hint: { en: 'sigma is a standard deviation already: the variance is its square.', 'zh-TW': zh.variance },
          answer: stepping(itself),
        }),
        'minus-the-score': variantOf(tweedie, 'minus-the-score', {
          zh: '這一步逆著分數走，遠離了資料。',
          hint: { en: 'The score points uphill, to the clean data.', 'zh-TW': zh.uphill },
          answer: stepping((a, sigma) => negated(a, square(a, sigma))),
        }),
        'without-sigma': variantOf(tweedie, 'without-sigma', {
          zh: '加上分數時沒有乘以 sigma²。',
          hint: {
            en: 'How long is the step where there is hardly any noise?',
            'zh-TW': '幾乎沒有雜訊時，這一步有多長？',
          },
          answer: stepping((a) => a.c(1)),
        }),
        'half-the-step': variantOf(tweedie, 'half-the-step', {
          zh: '這一步只有應有的一半長。',
          hint: { en: 'There is no 1/2 in the formula.', 'zh-TW': '公式裡沒有 1/2。' },
          answer: stepping((a, sigma) => a.mul(a.c(0.5), square(a, sigma))),
        }),
        'divided-by-the-variance': {
          says: {
            en: 'The score is divided by sigma²; it has to be multiplied.',
            'zh-TW': '分數除以了 sigma²，應該是乘以 sigma²。',
          },
          hint: {
            en: 'How long is the step where there is hardly any noise?',
            'zh-TW': '幾乎沒有雜訊時，這一步有多長？',
          },
          answer: stepping((a, sigma) => a.div(a.c(1), square(a, sigma))),
        },
        'without-x': variantOf(tweedie, 'without-x', {
          zh: '少了帶雜訊的 x 本身，只剩下那一步。',
          hint: { en: 'A denoiser returns a point, not a direction.', 'zh-TW': '去噪器回傳的是一個點，不是方向。' },
          answer: denoiser((a, _, score, sigma) => a.mul(square(a, sigma), score)),
        }),
        'score-itself': variantOf(dsmIsDae, 'field-as-denoiser', {
          zh: '直接把分數當成去噪器：分數指向資料，它不是乾淨的點。',
          hint: { en: 'A denoiser returns a point, not a direction.', 'zh-TW': '去噪器回傳的是一個點，不是方向。' },
          answer: denoiser((_, __, score) => score),
        }),
        clipped: clipped((a, c, on) => rightDenoiser(a, c, on).map((value) => clamp(a, value, -1, 1))),
      },
    }),

    task<OfDenoiser>({
      name: 'scoreFromDenoiser',
      inputs: ['denoiser', 'sigma'],
      applied: ['x'],
      returns: ({ x }) => x.shape,
      answer: scoreOf((a, x, clean, sigma) => a.div(a.sub(clean, x), square(a, sigma))),
      alsoRight: [
        scoreOf((a, x, clean, sigma) => a.mul(a.sub(clean, x), a.div(a.c(1), square(a, sigma)))),
        scoreOf((a, x, clean, sigma) => a.sub(a.div(clean, square(a, sigma)), a.div(x, square(a, sigma)))),
      ],
      properties: {
        value: { points: 1.5, count: 24, cases: cases(anySizes, denoised) },
        small: { points: 0.5, count: 6, cases: cases(smallSizes, denoised) },
      },
      mistakes: {
        'wrong-sign': {
          says: {
            en: 'The score has the wrong sign: it points from the clean point to the noisy one.',
            'zh-TW': '分數的正負號相反：它從乾淨的點指向帶雜訊的點。',
          },
          hint: { en: 'The score points uphill, to the clean data.', 'zh-TW': zh.uphill },
          answer: scoreOf((a, x, clean, sigma) => a.div(a.sub(x, clean), square(a, sigma))),
        },
        'sigma-not-squared': {
          says: {
            en: 'The difference is divided by sigma; sigma² is due.',
            'zh-TW': '差除以的是 sigma，應該是 sigma²。',
          },
          hint: { en: 'Solve h = x + sigma² score for the score.', 'zh-TW': '從 h = x + sigma² score 解出 score。' },
          answer: scoreOf((a, x, clean, sigma) => a.div(a.sub(clean, x), sigma)),
        },
        'sigma-forgotten': {
          says: {
            en: 'This is h(x) − x, without the division by sigma².',
            'zh-TW': '這是 h(x) − x，沒有除以 sigma²。',
          },
          hint: { en: 'Solve h = x + sigma² score for the score.', 'zh-TW': '從 h = x + sigma² score 解出 score。' },
          answer: scoreOf((a, x, clean) => a.sub(clean, x)),
        },
        'multiplied-by-the-variance': {
          says: {
            en: 'The difference is multiplied by sigma²; it has to be divided.',
            'zh-TW': '差乘上了 sigma²，應該是除以 sigma²。',
          },
          hint: { en: 'Solve h = x + sigma² score for the score.', 'zh-TW': '從 h = x + sigma² score 解出 score。' },
          answer: scoreOf((a, x, clean, sigma) => a.mul(a.sub(clean, x), square(a, sigma))),
        },
        'sigma-to-the-fourth': {
          says: {
            en: 'The difference is divided by sigma to the fourth; sigma² is due.',
            'zh-TW': '差除以的是 sigma 的四次方，應該是 sigma²。',
          },
          hint: {
            en: 'sigma is a standard deviation already: square it once.',
            'zh-TW': 'sigma 已經是標準差，只要平方一次。',
          },
          answer: scoreOf((a, x, clean, sigma) => a.div(a.sub(clean, x), square(a, square(a, sigma)))),
        },
        'without-x': {
          says: { en: 'This is h(x)/sigma²: x is not subtracted.', 'zh-TW': '這是 h(x)/sigma²：沒有減去 x。' },
          hint: { en: 'Solve h = x + sigma² score for the score.', 'zh-TW': '從 h = x + sigma² score 解出 score。' },
          answer: scoreOf((a, _, clean, sigma) => a.div(clean, square(a, sigma))),
        },
        'not-inverted': {
          says: {
            en: 'This is x + sigma² h(x): the line of task 1 once more, not its inverse.',
            'zh-TW': '這是 x + sigma² h(x)：又套了一次第 1 題的式子，而不是它的反函數。',
          },
          hint: { en: 'Solve h = x + sigma² score for the score.', 'zh-TW': '從 h = x + sigma² score 解出 score。' },
          answer: scoreOf((a, x, clean, sigma) => a.add(x, a.mul(square(a, sigma), clean))),
        },
      },
    }),

    task<Noised>({
      name: 'daeLoss',
      inputs: ['denoiser', 'x0', 'noise', 'sigma'],
      returns: () => [],
      answer: dae,
      alsoRight: [expanded],
      properties: {
        value: { points: 1, count: 24, cases: cases(anySizes, noised) },
        laws: {
          points: 0.5,
          count: 3,
          cases: cases({ n: [2, 3], d: [1, 3] }, noised),
          laws: [sameWithEveryExampleTwice('x0', 'noise')],
        },
        small: { points: 0.5, count: 6, cases: cases(smallSizes, noised) },
        gradient: { points: 1, count: 4, cases: cases({ n: [2, 3], d: [2, 3] }, withoutErrorInTheFirstRow) },
      },
      mistakes: {
        half: half(times(() => 0.5, dae)),
        'mean-over-dimensions': meanOverDimensions(times(({ x0 }) => 1 / x0.shape[1], dae)),
        'sum-over-batch': sumOverBatch(times(({ x0 }) => x0.shape[0], dae)),
        'norm-not-squared': normNotSquared(loss({}, (a, error) => a.sqrt(sumOfSquares(a, error)))),
        'noisy-target': variantOf(daeLoss, 'noisy-target', {
          zh: '損失拿帶雜訊的點當目標，應該是乾淨的點。',
          hint: {
            en: 'Which denoiser would have no loss at all?',
            'zh-TW': '這樣的話，什麼樣的去噪器損失會是 0？',
          },
          answer: loss({ target: (_, { x }) => x }),
        }),
        'clean-input': variantOf(daeLoss, 'clean-input', {
          zh: '去噪器拿到的是乾淨的 x0，照抄就好了。',
          hint: { en: 'What does a denoiser see?', 'zh-TW': '去噪器看到的是什麼？' },
          answer: loss({ seen: 'clean' }),
        }),
        'noise-as-target': {
          says: {
            en: 'The target is the noise; here the denoiser predicts the clean point.',
            'zh-TW': '目標用了雜訊；這裡的去噪器要預測的是乾淨的點。',
          },
          hint: { en: 'What does the denoiser return?', 'zh-TW': '去噪器回傳的是什麼？' },
          answer: loss({ target: (_, { noise }) => noise }),
        },
        'variance-for-sigma': {
          says: {
            en: 'The noise is multiplied by sigma²: sigma is a standard deviation, and the noise has unit variance.',
            'zh-TW': '雜訊乘上了 sigma²；sigma 是標準差，而雜訊的變異數為 1。',
          },
          hint: {
            en: 'What is the standard deviation of sigma times a unit draw?',
            'zh-TW': '單位常態亂數乘上 sigma 之後，標準差是多少？',
          },
          answer: loss({ scale: square }),
        },
        'noise-not-scaled': {
          says: { en: 'The noise is added without sigma.', 'zh-TW': '加上的雜訊沒有乘以 sigma。' },
          hint: { en: 'How large is the noise at level sigma?', 'zh-TW': '在雜訊水準 sigma 之下，雜訊有多大？' },
          answer: loss({ scale: (a) => a.c(1) }),
        },
        'divided-by-the-variance': {
          says: {
            en: 'The loss is divided by sigma²; this loss has no weight.',
            'zh-TW': '損失除以了 sigma²；這個損失沒有權重。',
          },
          hint: {
            en: 'Even the loss of denoising score matching is another one: it divides by sigma to the fourth.',
            'zh-TW': '去噪分數匹配的損失也不是這樣：它除以的是 sigma 的四次方。',
          },
          answer: times(({ sigma }) => sigma ** -2, dae),
        },
        'divided-by-sigma-to-the-fourth': {
          says: {
            en: 'The loss is divided by sigma to the fourth: that is the loss of denoising score matching.',
            'zh-TW': '損失除以了 sigma 的四次方：那是去噪分數匹配的損失。',
          },
          hint: { en: 'This loss has no weight.', 'zh-TW': '這個損失沒有權重。' },
          answer: times(({ sigma }) => sigma ** -4, dae),
        },
      },
    }),

    task<OfMixture>({
      name: 'posteriorMean',
      inputs: ['x', 'mixture', 'sigma'],
      returns: ({ x }) => x.shape,
      answer: byTweedie,
      alsoRight: [average(), average(byPrecisions)],
      properties: {
        value: { points: 2, count: 24, cases: cases(anySizes, mixtureNear()) },
        far: { points: 0.5, count: 8, cases: cases({ n: [2, 3], d: [1, 2, 3] }, mixtureFar) },
        small: { points: 0.5, count: 6, cases: cases(smallSizes, mixtureNear([1, 2])) },
      },
      mistakes: {
        'score-of-clean-density': variantOf(tweedie, 'score-of-clean-density', {
          zh: '用了乾淨密度 p0 的分數，應該用加雜訊後的密度的分數。',
          hint: { en: 'Which law does x have?', 'zh-TW': 'x 服從什麼分布？' },
          answer: posterior((a, { x, clean, sigma }) => stepAlong(a, x, clean, sigma * sigma)),
        }),
        'clean-responsibilities': {
          says: {
            en: 'The components are weighted as if x had no noise: the covariances in the weights lack sigma² I.',
            'zh-TW': '各成分的權重好像 x 沒有雜訊一樣：權重裡的共變異數矩陣少了 sigma² I。',
          },
          hint: { en: 'Which law does x have, within one component?', 'zh-TW': '在一個成分之內，x 服從什麼分布？' },
          answer: average(withinComponent, (a, { clean, x }) => responsibilities(a, logits(a, clean, x))),
        },
        'sigma-for-variance': {
          says: {
            en: 'The covariances grow by sigma I; sigma² I is due.',
            'zh-TW': '共變異數矩陣加上了 sigma I，應該是 sigma² I。',
          },
          hint: { en: 'sigma is a standard deviation.', 'zh-TW': 'sigma 是標準差。' },
          answer: (a, c, on) => average()(a, { ...c, sigma: Math.sqrt(c.sigma) }, on),
        },
        'sigma-not-squared': variantOf(tweedie, 'sigma-not-squared', {
          zh: '分數乘上了 sigma，應該是 sigma²。',
          hint: { en: 'Compare with task 1.', 'zh-TW': '請和第 1 題比較。' },
          answer: posterior((a, { x, noisy, sigma }) => stepAlong(a, x, noisy, sigma)),
        }),
        'minus-the-score': variantOf(tweedie, 'minus-the-score', {
          zh: '這一步逆著分數走，遠離了資料。',
          hint: { en: 'The score points uphill, to the clean data.', 'zh-TW': zh.uphill },
          answer: posterior((a, { x, noisy, sigma }) => stepAlong(a, x, noisy, -sigma * sigma)),
        }),
        'without-sigma': variantOf(tweedie, 'without-sigma', {
          zh: '加上分數時沒有乘以 sigma²。',
          hint: { en: 'Compare with task 1.', 'zh-TW': '請和第 1 題比較。' },
          answer: posterior((a, { x, noisy }) => stepAlong(a, x, noisy, 1)),
        }),
        'component-means': {
          says: {
            en: 'This is the weighted mean of the means of the components: within a component x says something about x0 as well.',
            'zh-TW': '這是各成分平均的加權平均；但在一個成分之內，x 也帶有 x0 的資訊。',
          },
          hint: {
            en: 'What is E[x0 | x] for one Gaussian?',
            'zh-TW': '只有一個高斯分布時，E[x0 | x] 是什麼？',
          },
          answer: average((a, { clean }, k) => clean[k].mean.map((m) => a.c(m))),
        },
        'responsibilities-left-out': {
          says: {
            en: 'The posterior means of the components are weighted by the weights of the mixture; they have to be weighted by how much each component explains x.',
            'zh-TW': '各成分的後驗平均用混合權重加權了，應該依各成分對 x 的解釋程度加權。',
          },
          hint: {
            en: 'Which component did x come from, given where it is?',
            'zh-TW': '從 x 的位置來看，它來自哪個成分？',
          },
          answer: average(withinComponent, (a, { clean }) => clean.map(({ weight }) => a.c(weight))),
        },
        'responsibilities-without-determinant': responsibilitiesWithoutDeterminant(
          average(withinComponent, (a, { noisy, x }) => {
            const logs = noisy.map((each) =>
              a.add(a.log(a.c(each.weight)), a.mul(a.c(-0.5), squaredDistance(a, each, x))),
            );
            return responsibilities(a, logs);
          }),
        ),
        'nearest-component-only': {
          says: {
            en: 'Only the component that explains x best is used.',
            'zh-TW': '只用了最能解釋 x 的成分。',
          },
          hint: {
            en: 'Between two modes x may come from either.',
            'zh-TW': '在兩個峰之間，x 可能來自任何一個。',
          },
          answer: average(withinComponent, (a, { noisy, x }) => {
            const logs = logits(a, noisy, x);
            const top = logs.reduce((best, each, k) => (a.value(each) > a.value(logs[best]) ? k : best), 0);
            return logs.map((_, k) => a.c(k === top ? 1 : 0));
          }),
        },
        'one-gaussian': {
          says: {
            en: 'The mixture is replaced by one Gaussian with its mean and covariance: this is the best linear denoiser, not the posterior mean.',
            'zh-TW': '把混合分布換成一個平均和共變異數相同的高斯分布：這是最佳的線性去噪器，不是後驗平均。',
          },
          hint: {
            en: 'Between two modes the posterior mean is not linear in x.',
            'zh-TW': '在兩個峰之間，後驗平均不是 x 的一次式。',
          },
          answer: posterior((a, { x, clean, sigma }) => {
            const one = momentsOf(clean);
            const [noisy] = smoothed([one], sigma * sigma);
            return withinComponent(a, { x, clean: [one], noisy: [noisy], sigma }, 0);
          }),
        },
        clipped: clipped((a, c, on) => byTweedie(a, c, on).map((value) => clamp(a, value, -1, 1))),
        'underflow-to-nan': underflowToNan(withUnderflow),
      },
    }),

    formulaTask({
      name: 'posteriorMeanFormula',
      points: 1,
      symbols: { x: [-3, 3], mu: [-2, 2], tau: [0.4, 2.5], sigma: [0.3, 2.5] },
      right: '(tau^2*x + sigma^2*mu)/(tau^2 + sigma^2)',
      mistakes: {
        'weights-swapped': {
          line: '(sigma^2*x + tau^2*mu)/(tau^2 + sigma^2)',
          says: {
            en: 'The weights are swapped: with little noise the answer has to be close to x.',
            'zh-TW': '權重對調了：雜訊很小時，答案應該接近 x。',
          },
        },
        'variances-not-squared': {
          line: '(tau*x + sigma*mu)/(tau + sigma)',
          says: {
            en: 'tau and sigma are standard deviations: the weights are their squares.',
            'zh-TW': 'tau 和 sigma 是標準差：權重應該是它們的平方。',
          },
        },
        'step-against-the-score': {
          line: 'x + sigma^2*(x - mu)/(tau^2 + sigma^2)',
          says: { en: 'The step goes against the score, away from mu.', 'zh-TW': '這一步逆著分數走，遠離 mu。' },
        },
        'score-of-the-clean-density': {
          line: 'x - sigma^2*(x - mu)/tau^2',
          says: {
            en: 'The score is that of the clean density; x has the variance tau² + sigma².',
            'zh-TW': '用了乾淨密度的分數；x 的變異數是 tau² + sigma²。',
          },
        },
        'score-itself': {
          line: '-(x - mu)/(tau^2 + sigma^2)',
          says: {
            en: 'This is the score of the noisy density; the point x + sigma² score is due.',
            'zh-TW': '這是加雜訊後的密度的分數，應該是 x + sigma² score 這個點。',
          },
        },
      },
    }),
  ],
});
