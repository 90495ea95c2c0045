import type { Mistake } from './exercise.js';
import type { Formula } from './formula.js';

// Mistakes that the log densities and scores of Gaussians and mixtures share; the formula is the answer with the mistake.

/** min(max(answer, −1), 1). */
export const clipped = <C>(answer: Formula<C>): Mistake<C> => ({
  says: { en: 'The result is clipped to [−1, 1].', 'zh-TW': '結果被限制在 [−1, 1] 之間。' },
  hint: { en: 'Nothing says that the data lie in this range.', 'zh-TW': '並沒有說資料都在這個範圍內。' },
  answer,
});

/** The score over n. */
export const dividedByTheBatch = <C>(answer: Formula<C>): Mistake<C> => ({
  says: {
    en: 'Every score is divided by n: this is the gradient of the mean over the batch.',
    'zh-TW': '每個分數都除以了 n：這是對批次平均的梯度。',
  },
  hint: {
    en: 'Each point has its own score, whatever else is in the batch.',
    'zh-TW': '每個點有自己的分數，與批次裡的其他點無關。',
  },
  answer,
});

/** −log 2π in place of −(d/2) log 2π. */
export const normaliserOfTwoDimensions = <C>(answer: Formula<C>): Mistake<C> => ({
  says: {
    en: 'The constant is log 2π whatever d is: that is right for d = 2 alone.',
    'zh-TW': '不論 d 是多少，常數項都是 log 2π：只有 d = 2 時才對。',
  },
  hint: { en: 'Which power of 2π has the density in d dimensions?', 'zh-TW': 'd 維的密度裡是 2π 的幾次方？' },
  answer,
});

/** −d log 2π in place of −(d/2) log 2π. */
export const normaliserWithoutHalf = <C>(answer: Formula<C>): Mistake<C> => ({
  says: {
    en: 'The constant is d log 2π; it has to be (d/2) log 2π.',
    'zh-TW': '常數項用了 d log 2π，應該是 (d/2) log 2π。',
  },
  hint: { en: 'The density divides by the square root of (2π)^d.', 'zh-TW': '密度除以的是 (2π)^d 的平方根。' },
  answer,
});

/** The same with Σ₁ for every component. */
export const oneCovariance = <C>(answer: Formula<C>): Mistake<C> => ({
  says: {
    en: 'The covariance of the first component is used for all of them.',
    'zh-TW': '所有成分都用了第一個成分的共變異數矩陣。',
  },
  hint: { en: 'covariances holds one matrix per component.', 'zh-TW': 'covariances 裡每個成分各有一個矩陣。' },
  answer,
});

/** Shares wₖ exp(−½ distance²) in place of wₖ Nₖ. */
export const responsibilitiesWithoutDeterminant = <C>(answer: Formula<C>): Mistake<C> => ({
  says: {
    en: 'The responsibilities lack the determinants of the covariances.',
    'zh-TW': '各成分的責任度少了共變異數矩陣的行列式。',
  },
  hint: {
    en: 'A narrow component has a higher peak than a wide one of the same weight.',
    'zh-TW': '權重相同時，窄的成分比寬的峰值高。',
  },
  answer,
});

/** 0/0 where every component underflows. */
export const underflowToNan = <C>(answer: Formula<C>): Mistake<C> => ({
  says: {
    en: 'The responsibilities are 0/0 far from the modes, where every density underflows in float32.',
    'zh-TW': '遠離各峰時，所有密度在 float32 中都下溢，責任度成了 0/0。',
  },
  hint: {
    en: 'Subtract the largest logarithm before the exponentials (softmax).',
    'zh-TW': '取指數之前先減去最大的對數（softmax）。',
  },
  answer,
});
