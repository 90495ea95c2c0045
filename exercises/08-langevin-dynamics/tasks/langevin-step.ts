import { cases } from '../../../src/grade/arbitraries.js';
import { task } from '../../../src/grade/exercise.js';
import { type OneStep, oneStep, step, says, double, root, same, none } from '../formulas.js';

export const langevinStepTask = task<OneStep>({
  name: 'langevinStep',
  inputs: ['score', 'x', 'stepSize', 'noise'],
  returns: ({ x }) => x.shape,
  answer: step(),
  properties: { value: { points: 2, count: 24, cases: cases({ n: [1, 2, 3, 4], d: [1, 2, 3, 5] }, oneStep) } },
  mistakes: {
    'noise-is-two-step-sizes': { ...says.noRoot, answer: step({ scale: double }) },
    'noise-without-two': { ...says.noTwo, answer: step({ scale: root }) },
    'noise-is-step-size': { ...says.plain, answer: step({ scale: same }) },
    'against-the-score': { ...says.sign, answer: step({ drift: (a, gamma) => a.sub(a.c(0), gamma) }) },
    'half-drift': { ...says.halfDrift, answer: step({ drift: (a, gamma) => a.mul(a.c(0.5), gamma) }) },
    'no-noise': { ...says.noNoise, answer: step({ scale: none }) },
    'noise-before-score': { ...says.noiseFirst, answer: step({ noiseFirst: true }) },
    'exact-for-the-normal': {
      ...says.exact,
      answer: (a, { x, stepSize, noise }) =>
        x.data.map((value, i) =>
          a.add(
            a.mul(a.exp(a.c(-stepSize)), a.c(value)),
            a.mul(a.sqrt(a.sub(a.c(1), a.exp(a.c(-2 * stepSize)))), a.c(noise.data[i])),
          ),
        ),
    },
  },
});
