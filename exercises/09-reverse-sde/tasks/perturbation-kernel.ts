import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { integratedBeta, kernelVariance, meanCoefficient, sigmaAt } from '../processes.js';
import {
  allowed,
  integrated,
  isVp,
  type Kernel,
  kernel,
  perturbed,
  processes,
  sizes,
  words,
  times,
} from '../formulas.js';

export const perturbationKernelTask = task<Kernel>({
  name: 'perturbationKernel',
  inputs: ['sde', 'x0', 't'],
  returns: ({ x0, t }) => ({ mean: x0.shape, std: t.shape }),
  answer: perturbed(),
  // The contract allows a relative error of 1e-3, and no more where the formula as it is printed loses more.
  allowance: allowed(1e-3),
  properties: {
    value: { points: 1.5, count: 20, cases: cases(sizes, kernel([...times, 1])) },
    small: {
      points: 0.5,
      count: 10,
      // Where β(0) is small, B is some 40 roundings of 1 − exp(−B).
      cases: cases(sizes, kernel([1e-5, 2e-5, 3e-5], [processes[0], processes[2], processes[1]])),
      reason: {
        en: 'At small t the standard deviation is wrong: 1 − exp(−B) loses its digits in float32.',
        'zh-TW': 't 很小時標準差錯誤：1 − exp(−B) 在 float32 下失去有效位數。',
      },
    },
  },
  mistakes: {
    'variance-for-std': {
      ...words(
        'std holds the variance.',
        'std 裡放的是變異數。',
        'A standard deviation is a root.',
        '標準差要開根號。',
      ),
      answer: perturbed({ std: kernelVariance }),
    },
    'std-one-minus-mean': {
      ...words(
        'For VP std is 1 − the mean coefficient.',
        'VP 時 std 用了 1 − 平均係數。',
        'Variances add up to 1, not standard deviations.',
        '加起來等於 1 的是變異數。',
      ),
      answer: perturbed({
        std: (a, sde, t) => (isVp(sde) ? a.sub(a.c(1), meanCoefficient(a, sde, t)) : a.sqrt(kernelVariance(a, sde, t))),
      }),
    },
    'beta-not-integrated': {
      ...words(
        'For VP β(t)·t stands in place of the integral of β.',
        'VP 時用了 β(t)·t，應該是 β 的積分。',
        'β changes between 0 and t.',
        'β 在 0 到 t 之間會變。',
      ),
      answer: integrated((a, sde, t) =>
        a.mul(a.add(a.c(sde.betaMin), a.mul(t, a.sub(a.c(sde.betaMax), a.c(sde.betaMin)))), t),
      ),
    },
    'beta-constant': {
      ...words(
        'For VP β is taken as the constant betaMin.',
        'VP 時把 β 當成常數 betaMin。',
        'β grows to betaMax.',
        'β 會增加到 betaMax。',
      ),
      answer: integrated((a, sde, t) => a.mul(a.c(sde.betaMin), t)),
    },
    'beta-max-for-difference': {
      ...words(
        'For VP betaMax stands where betaMax − betaMin belongs.',
        'VP 時該用 betaMax − betaMin 的地方用了 betaMax。',
        'Integrate betaMin + t (betaMax − betaMin).',
        '請積分 betaMin + t (betaMax − betaMin)。',
      ),
      answer: integrated((a, sde, t) => a.add(a.mul(a.c(sde.betaMin), t), a.mul(a.c(0.5 * sde.betaMax), a.mul(t, t)))),
    },
    'constants-of-the-paper': {
      ...words(
        'For VP betaMin and betaMax are 0.1 and 20 whatever is given.',
        'VP 時不管給什麼，betaMin 和 betaMax 都用 0.1 和 20。',
        'Use the numbers of sde.',
        '請用 sde 裡的數。',
      ),
      answer: integrated((a, sde, t) => integratedBeta(a, { ...sde, betaMin: 0.1, betaMax: 20 }, t)),
    },
    'mean-coefficient-squared': {
      ...words(
        'For VP the mean lacks the 1/2 in the exponent.',
        'VP 時平均的指數少了 1/2。',
        'The drift is −β x/2.',
        '漂移項是 −β x/2。',
      ),
      answer: perturbed({
        coefficient: (a, sde, t) => a.mul(meanCoefficient(a, sde, t), meanCoefficient(a, sde, t)),
      }),
    },
    've-without-sigma-zero': {
      ...words(
        'For VE std is sigma(t): sigma(0)² is not subtracted.',
        'VE 時 std 是 sigma(t)：沒有減去 sigma(0)²。',
        'At t = 0 nothing has been added yet.',
        't = 0 時還沒有加任何雜訊。',
      ),
      answer: perturbed({
        std: (a, sde, t) => (isVp(sde) ? a.sqrt(kernelVariance(a, sde, t)) : sigmaAt(a, sde, t)),
      }),
    },
    've-linear': {
      ...words(
        'For VE sigma(t) is interpolated linearly.',
        'VE 時 sigma(t) 用了線性內插。',
        'sigma(t) is geometric in t.',
        'sigma(t) 對 t 是等比的。',
      ),
      answer: perturbed({
        std: (a, sde, t) => {
          if (isVp(sde)) return a.sqrt(kernelVariance(a, sde, t));
          const sigma = a.add(a.c(sde.sigmaMin), a.mul(t, a.sub(a.c(sde.sigmaMax), a.c(sde.sigmaMin))));
          return a.sqrt(a.sub(a.mul(sigma, sigma), a.c(sde.sigmaMin ** 2)));
        },
      }),
    },
    've-mean-shrunk': {
      ...words(
        'For VE the mean is shrunk as for VP.',
        'VE 時平均像 VP 一樣縮小了。',
        'VE has no drift.',
        'VE 沒有漂移項。',
      ),
      answer: perturbed({
        coefficient: (a, sde, t) =>
          isVp(sde) ? meanCoefficient(a, sde, t) : a.sqrt(a.sub(a.c(1), kernelVariance(a, sde, t))),
      }),
    },
  },
});
