import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { gaussianChecks } from '../../../src/grade/gaussian-checks.js';
import { randomInput } from '../../../src/grade/inputs.js';
import { isVp, type Prior, processes, scaledPrior } from '../formulas.js';

export const priorTask = task<Prior>({
  name: 'prior',
  inputs: ['sde', 'shape', 'random'],
  returns: ({ shape }) => shape,
  answer: (a, { sde, shape }, on) => {
    const scale = a.c(isVp(sde) ? 1 : sde.sigmaMax);
    return on.normals(shape.reduce((size, length) => size * length, 1)).map((z) => a.mul(scale, z));
  },
  properties: {
    random: {
      points: 0.5,
      replayed: {
        count: 10,
        cases: cases({ n: [2, 1, 3], d: [2, 1] }, ({ n, d, pick }): Prior => ({
          sde: pick(processes),
          shape: [n, d],
          random: randomInput,
        })),
      },
      large: cases({ n: [16_384], d: [2] }, ({ n, d, pick }): Prior => ({
        sde: pick([processes[1], processes[3]]),
        shape: [n, d],
        random: randomInput,
      })),
      calls: 2,
      checks: (answers, { sde }) => {
        const v = isVp(sde) ? 1 : sde.sigmaMax ** 2;
        return gaussianChecks(answers, {
          mean: [0, 0],
          covariance: [
            [v, 0],
            [0, v],
          ],
        });
      },
    },
  },
  mistakes: {
    'always-standard': scaledPrior(() => 1, 'The prior is N(0, I) for VE as well.', 'VE 時先驗也用了 N(0, I)。'),
    'variance-for-sigma': scaledPrior(
      (sde) => sde.sigmaMax ** 2,
      'For VE the noise is multiplied by sigmaMax²: sigmaMax is a standard deviation.',
      'VE 時雜訊乘上了 sigmaMax²；sigmaMax 是標準差。',
    ),
    'root-of-sigma': scaledPrior(
      (sde) => Math.sqrt(sde.sigmaMax),
      'For VE the noise is multiplied by sqrt(sigmaMax).',
      'VE 時雜訊乘上了 sqrt(sigmaMax)。',
    ),
    'sigma-min': scaledPrior((sde) => sde.sigmaMin, 'For VE the noise has sigmaMin.', 'VE 時雜訊用了 sigmaMin。'),
  },
});
