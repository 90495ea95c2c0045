import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { sigmaAt, squaredDiffusion } from '../processes.js';
import { type AtTime, atTime, diffusion, isVp, perTime, sizes, words } from '../formulas.js';

export const diffusionCoefficientTask = task<AtTime>({
  name: 'diffusionCoefficient',
  inputs: ['sde', 't'],
  returns: ({ t }) => t.shape,
  answer: perTime(diffusion),
  properties: { value: { points: 1, count: 16, cases: cases(sizes, atTime) } },
  mistakes: {
    squared: {
      ...words('This is g², not g.', '這是 g²，不是 g。', 'The coefficient of dW is g.', 'dW 的係數是 g。'),
      answer: perTime(squaredDiffusion),
    },
    've-is-sigma': {
      ...words(
        'For VE this is sigma(t): the factor sqrt(2 log(sigmaMax/sigmaMin)) is missing.',
        'VE 時這是 sigma(t)：少了 sqrt(2 log(sigmaMax/sigmaMin))。',
        'g² is the derivative of sigma² in t.',
        'g² 是 sigma² 對 t 的導數。',
      ),
      answer: perTime((a, sde, t) => (isVp(sde) ? diffusion(a, sde, t) : sigmaAt(a, sde, t))),
    },
    've-without-two': {
      ...words(
        'For VE the factor 2 under the root is missing.',
        'VE 時根號裡少了 2。',
        'Differentiate the square.',
        '要把平方微分。',
      ),
      answer: perTime((a, sde, t) =>
        isVp(sde) ? diffusion(a, sde, t) : a.sqrt(a.mul(a.c(0.5), squaredDiffusion(a, sde, t))),
      ),
    },
    've-factor-without-root': {
      ...words(
        'For VE sigma(t) is multiplied by 2 log(sigmaMax/sigmaMin), without the root.',
        'VE 時 sigma(t) 乘的是 2 log(sigmaMax/sigmaMin)，沒有開根號。',
        'g² is the derivative of sigma² in t; take the root of all of it.',
        'g² 是 sigma² 對 t 的導數；整個都要開根號。',
      ),
      answer: perTime((a, sde, t) =>
        isVp(sde) ? diffusion(a, sde, t) : a.mul(sigmaAt(a, sde, t), a.c(2 * Math.log(sde.sigmaMax / sde.sigmaMin))),
      ),
    },
    've-common-logarithm': {
      ...words(
        'For VE the logarithm is to the base 10.',
        'VE 時用了以 10 為底的對數。',
        'Which logarithm does a derivative give?',
        '微分得到的是哪一種對數？',
      ),
      answer: perTime((a, sde, t) =>
        isVp(sde) ? diffusion(a, sde, t) : a.mul(a.c(1 / Math.sqrt(Math.LN10)), diffusion(a, sde, t)),
      ),
    },
    've-linear': {
      ...words(
        'For VE sigma(t) is interpolated linearly.',
        'VE 時 sigma(t) 用了線性內插。',
        'sigma(t) is geometric in t.',
        'sigma(t) 對 t 是等比的。',
      ),
      answer: perTime((a, sde, t) => {
        if (isVp(sde)) return diffusion(a, sde, t);
        const sigma = a.add(a.c(sde.sigmaMin), a.mul(t, a.sub(a.c(sde.sigmaMax), a.c(sde.sigmaMin))));
        return a.mul(sigma, a.sqrt(a.c(2 * Math.log(sde.sigmaMax / sde.sigmaMin))));
      }),
    },
    've-ends-swapped': {
      ...words(
        'For VE sigmaMin and sigmaMax are exchanged.',
        'VE 時 sigmaMin 和 sigmaMax 對調了。',
        'Where is the noise largest?',
        '雜訊在哪一端最大？',
      ),
      answer: perTime((a, sde, t) => diffusion(a, sde, isVp(sde) ? t : a.sub(a.c(1), t))),
    },
  },
});
