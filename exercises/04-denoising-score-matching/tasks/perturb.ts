import { anySizes, cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { clamped, type Noised, noised, noisyRows } from '../formulas.js';

export const perturbTask = task<Noised>({
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
    'variance-preserving-without-the-root': {
      says: {
        en: 'This shrinks x0 by 1 − sigma²; here x0 is not scaled (and where it is, the factor is a root).',
        'zh-TW': '這裡把 x0 乘上 1 − sigma²；本題的 x0 不縮放（需要縮放的過程，因子也要開根號）。',
      },
      hint: { en: 'Which mean has x given x0?', 'zh-TW': '給定 x0 時，x 的平均是什麼？' },
      answer: (a, c) => {
        const shrunk = a.sub(a.c(1), a.mul(a.c(c.sigma), a.c(c.sigma)));
        return c.x0.data.map((value, i) => a.add(a.mul(shrunk, a.c(value)), a.mul(a.c(c.sigma), a.c(c.noise.data[i]))));
      },
    },
    'clamped-to-the-data': clamped((a, c) => noisyRows(a, c, () => a.c(c.sigma)).flat()),
  },
});
